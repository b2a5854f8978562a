"""What is timed: building from nothing, again, after one page and after one record was edited.

After each run it is made sure that the contender really built every page, and shows the edit.
"""

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import ROOT, Cost, run
from benchmarks.sites.contenders import Contender
from benchmarks.sites.corpus import Made

CLEAN, NOTHING, PAGE, RECORD = "clean", "nothing changed", "one page edited", "one record edited"
TABLE, COLUMN = "records/tables/asset_checks.csv", "report_no"
"""The table of the sample school that holds most rows when it is enlarged."""
_LOAD = (
    "import duckdb, sys\n"
    "for number, path in enumerate(sys.argv[1:]):\n"
    "    duckdb.execute(f\"create table t{number} as from read_csv('{path}', all_varchar=true)\")\n"
)


class Result(NamedTuple):
    """What one work cost, and what was left: bytes of the site and of its search, pages."""

    cost: Cost
    output: int
    found: int
    pages: int


def build(contender: Contender, pages: Sequence[Made]) -> Result:
    """Build from nothing."""
    contender.clean()
    return _timed(contender, pages)


def build_again(contender: Contender, pages: Sequence[Made]) -> Result:
    """Build once more, nothing changed."""
    return _timed(contender, pages)


def build_page(contender: Contender, pages: Sequence[Made]) -> Result:
    """Build after a sentence was added to a page in the middle."""
    page = pages[len(pages) // 2]
    said = contender.edit(page)
    result = _timed(contender, pages)
    if said not in (contender.output / page.url / "index.html").read_text(encoding="utf-8"):
        raise SystemExit(f"{contender.name}: the edit is not on the site")
    return result


def build_record(contender: Contender, pages: Sequence[Made]) -> Result:
    """Build after one cell of the last row of a table was edited."""
    contender.edits += 1
    said = edit_record(contender.root, contender.edits)
    result = _timed(contender, pages)
    kept = (file for file in contender.files() if file.suffix in {".html", ".json"})
    if not any(said in file.read_text(encoding="utf-8") for file in kept):
        raise SystemExit(f"{contender.name}: the edited record is not on the site")
    return result


def load_tables(root: Path) -> Cost:
    """A process that loads the CSV files of a school once and does nothing else."""
    tables = sorted(str(path) for path in root.glob("records/tables/*.csv"))
    return run([sys.executable, "-c", _LOAD, *tables], ROOT)


def edit_record(root: Path, number: int) -> str:
    """Edit one cell of the last row of a table of the sample; returns what it says now."""
    said = f"复测单第{number}号"
    path = root / TABLE
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[-1][COLUMN] = said
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return said


def _timed(contender: Contender, pages: Sequence[Made]) -> Result:
    cost = run(contender.command, contender.root)
    for page in pages:
        file = contender.output / page.url / "index.html"
        if not file.is_file() or page.title not in file.read_text(encoding="utf-8"):
            raise SystemExit(f"{contender.name} did not build {page.url}")
    return Result(cost, *_sizes(contender, pages))


def _sizes(contender: Contender, pages: Sequence[Made]) -> tuple[int, int, int]:
    """The bytes of the site and of its search, and how many pages there are."""
    files = list(contender.files())
    found = list(contender.output.glob(contender.search)) if contender.search else []
    index = [path for path in found if path.is_file()]
    if contender.search and not index:
        raise SystemExit(f"{contender.name} built no search")
    if len(index) == 1:
        _check_index(contender.name, index[0], pages)
    built = sum(path.name == "index.html" for path in files)
    return sum(p.stat().st_size for p in files), sum(p.stat().st_size for p in index), built


def _check_index(name: str, index: Path, pages: Sequence[Made]) -> None:
    """An index in one file names every page."""
    entries = json.loads(index.read_text(encoding="utf-8"))
    listed = entries.get("docs") or entries["items"]
    places = {str(entry["location"]).partition("#")[0].strip("/") for entry in listed}
    if missing := {page.url for page in pages} - places:
        raise SystemExit(f"{name}: search does not know {min(missing)} and {len(missing) - 1} more")
