"""Records: `safecampus check` against `frictionless validate` of the same package.

Each contender is a whole process; they take turns, and the medians of wall time and the peak
memory stand side by side with the bar that we set ourselves. The schools are made by
`schools.py` in a temporary folder; before anything is timed, the answers are compared.

    python -m benchmarks.records [--rows 1000000] [--runs 3]
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import schools
from benchmarks.processes import ROOT, run
from benchmarks.sites.works import edit_record

BIN = Path(sys.executable).parent
MEMORY = 1024.0
FAULTS = 1000
SAMPLE = ROOT
KEPT = ".build/cache"
LOAD = (
    "import duckdb, frictionless, sys\n"
    "for number, path in enumerate(sys.argv[1:]):\n"
    "    duckdb.execute(f\"create table t{number} as from read_csv('{path}', all_varchar=true)\")\n"
)


@dataclass(frozen=True)
class Work:
    """One comparison: a school, the other contender, and the bar for the ratio of wall times."""

    title: str
    root: Path
    other: list[str]
    bar: float
    again: bool = False
    """Ours may use what its last run kept; else that is removed beforehand."""
    edited: bool = False
    """One record is edited before each run."""


def main() -> int:
    """Make the schools, compare the answers, take the times; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        works = prepare(Path(folder), options.rows)
        print(f"{'':48}{'ours s':>8}{'other s':>9}{'ratio':>7}{'bar':>6}{'MiB':>6}{'MiB':>7}")
        kept = [measure(work, options.runs) for work in works]
    return 0 if all(kept) else 1


def prepare(folder: Path, rows: int) -> list[Work]:
    """Write the schools; the planted faults must be found exactly."""
    schools.one_table(folder / "clean", rows)
    planted = schools.one_table(folder / "faults", rows, min(FAULTS, rows))
    schools.related_tables(folder / "related", rows // 10)
    _agree(folder / "faults", planted)
    few = rows // 10
    load = [sys.executable, "-c", LOAD, *map(str, sorted(SAMPLE.glob("records/tables/*.csv")))]
    clean, faults, related = (folder / name for name in ("clean", "faults", "related"))
    return [
        Work(f"{rows:,} rows of ten columns", clean, _validate(clean), 10),
        Work(f"the same with {len(planted)} faults", faults, _validate(faults), 8),
        Work(f"{schools.RELATED} related tables, {few:,} rows", related, _validate(related), 3),
        Work("the sample school; other: imports and load", SAMPLE, load, 0.5),
        Work("the same, nothing changed since the last check", SAMPLE, load, 0.5, again=True),
        Work("the same, one record edited since", _own(folder), load, 0.5, again=True, edited=True),
    ]


def _own(folder: Path) -> Path:
    """A copy of the sample with its history, checked once, that may be edited."""
    root = folder / "own"
    clone = ["git", "clone", "-q", str(SAMPLE), str(root)]
    subprocess.run(clone, check=True)
    subprocess.run(_check(root), cwd=ROOT, check=True, capture_output=True)
    return root


def _validate(root: Path) -> list[str]:
    return [str(BIN / "frictionless"), "validate", str(root / "records" / "datapackage.yaml")]


def _check(root: Path) -> list[str]:
    return [sys.executable, "-m", "generator", "check", "--root", str(root)]


def _agree(root: Path, planted: list[tuple[int, int]]) -> None:
    """Every planted fault is found at its line and column, and nothing else is."""
    command = [*_check(root), "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    found = [(entry["line"], entry["column"]) for entry in json.loads(done.stdout)["problems"]]
    if sorted(found) != sorted(planted):
        raise SystemExit(f"{len(planted)} faults were planted, {len(found)} found, or elsewhere")


def measure(work: Work, runs: int) -> bool:
    """Let the two take turns; print medians, ratio and peak memory; tell whether the bar is met."""
    seconds: dict[str, list[float]] = {"ours": [], "other": []}
    peaks = {"ours": 0.0, "other": 0.0}
    for number in range(runs):
        if not work.again:
            shutil.rmtree(work.root / KEPT, ignore_errors=True)
        if work.edited:
            edit_record(work.root, number)
        for name, command in (("ours", _check(work.root)), ("other", work.other)):
            cost = run(command, ROOT, (0, 1))  # 1: faults were found
            seconds[name].append(cost.wall)
            peaks[name] = max(peaks[name], cost.peak)
    ours, other = (statistics.median(times) for times in seconds.values())
    kept = other / ours >= work.bar and peaks["ours"] <= MEMORY
    print(
        f"{work.title:48}{ours:8.2f}{other:9.2f}{other / ours:7.1f}{work.bar:6}"
        f"{peaks['ours']:6.0f}{peaks['other']:7.0f}{'' if kept else '  missed'}",
        flush=True,
    )
    return kept


if __name__ == "__main__":
    raise SystemExit(main())
