"""Sites side by side: ours, MkDocs with Material, Zensical and Hugo build the same pages.

    python -m benchmarks.sites [--pages 200 1000] [--growth 500 3000] [--records 100000] [--runs 1]

Each contender is a whole process; within a run they take turns. Ours checks the records, counts
the indicators and builds the pages of the sample school besides: they stand in the last column.
MkDocs keeps nothing between builds, so only its clean build is timed. `--growth` and `--records`
time ours alone; give either without numbers to leave it out.
"""

import argparse
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.indicators import enlarge
from benchmarks.processes import ROOT
from benchmarks.sites.bars import bars
from benchmarks.sites.contenders import OURS, Contender, install, others, ours
from benchmarks.sites.corpus import Made, make_pages
from benchmarks.sites.report import LOAD, Key, Measured, machine, table
from benchmarks.sites.works import (
    CLEAN,
    NOTHING,
    PAGE,
    RECORD,
    Result,
    build,
    build_again,
    build_page,
    build_record,
    load_tables,
)

CACHE = ROOT / "build/bench"
WARM_UP = 25
Work = Callable[[Contender, Sequence[Made]], Result]
AGAIN: dict[str, Work] = {NOTHING: build_again, PAGE: build_page}
EDITED: dict[str, Work] = {**AGAIN, RECORD: build_record}


def main() -> None:
    """Measure what is asked for; print the table and the bars."""
    options = _options()
    programs = install(CACHE)
    measured: Measured = defaultdict(list)
    try:
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            _measure(measured, Path(folder), programs, options)
    finally:  # a contender that fails does not take the figures of the others with it
        print(machine(), f"{options.runs} run(s), medians", "", sep="\n")
        print("\n".join(table(measured)), end="\n\n")
        print("\n".join(bars(measured, options.pages, options.growth)), flush=True)


def _measure(measured: Measured, home: Path, programs: Path, options: argparse.Namespace) -> None:
    """Everything that is asked for, the smallest first."""
    if options.pages:
        for contender in others(home / "warm", programs, make_pages(WARM_UP)):
            build(contender, make_pages(WARM_UP))
    for pages in options.pages:
        _side_by_side(measured, home / str(pages), programs, (pages, options.runs))
    for pages in options.growth:
        _growth(measured, home / f"growth{pages}", pages)
    for records in options.records:
        _many_records(measured, home / f"records{records}", records)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.sites", description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, nargs="*", default=[200, 1000])
    parser.add_argument("--growth", type=int, nargs="*", default=[500, 3000])
    parser.add_argument("--records", type=int, nargs="*", default=[100_000])
    parser.add_argument("--runs", type=int, default=1)
    return parser.parse_args()


def _side_by_side(measured: Measured, folder: Path, programs: Path, sizes: tuple[int, int]) -> None:
    """All contenders build so many pages, in turn, so many times."""
    count, runs = sizes
    pages = make_pages(count)
    entered = [*others(folder, programs, pages), ours(folder / "ours", pages)]
    for _ in range(runs):
        for contender in entered:
            again = EDITED if contender.name == OURS else AGAIN if contender.again else {}
            works: dict[str, Work] = {CLEAN: build, **again}
            for name, work in works.items():
                key = Key(count, 0, contender.name, name)
                _keep(measured, key, work(contender, pages))
    shutil.rmtree(folder)


def _growth(measured: Measured, folder: Path, count: int) -> None:
    """Ours alone builds so many pages from nothing."""
    pages = make_pages(count)
    _keep(measured, Key(count, 0, OURS, CLEAN), build(ours(folder, pages), pages))
    shutil.rmtree(folder)


def _many_records(measured: Measured, folder: Path, records: int) -> None:
    """Ours alone, the sample school with so many records."""
    enlarge(folder, records)
    pages = make_pages(WARM_UP)
    school = ours(folder, pages)
    works: dict[str, Work] = {CLEAN: build, **EDITED}
    for name, work in works.items():
        _keep(measured, Key(WARM_UP, records, OURS, name), work(school, pages))
    loaded = Result(load_tables(folder), 0, 0, 0)
    _keep(measured, Key(WARM_UP, records, OURS, LOAD), loaded)
    shutil.rmtree(folder)


def _keep(measured: Measured, key: Key, result: Result) -> None:
    """Add a result; whoever waits sees it at once."""
    measured[key].append(result)
    print(f"{key.pages:,} {key.contender}, {key.work}: {result.cost.wall:.2f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
