"""Indicators: counting all of them over all periods against loading the same tables three times.

The school is the sample with more fire extinguishers, each checked again and again, so that all
indicators have something to count. Each contender is a whole process; they take turns.

    python -m benchmarks.indicators [--rows 100000] [--runs 3]
"""

import argparse
import csv
import datetime as dt
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import ROOT, Cost, run
from benchmarks.sites.works import edit_record

FIRST_TIME, AGAIN, EDITED = "ours, first", "ours, nothing changed", "ours, one record edited"
OTHER = "loading the tables three times"
MEMORY = 1024.0
UNITS = 2000
FIRST, LAST = dt.date(2025, 9, 1), dt.date(2026, 11, 20)
LOAD = (
    "import duckdb, sys\n"
    "for turn in range(3):\n"
    "    for number, path in enumerate(sys.argv[1:]):\n"
    "        duckdb.execute(f\"create or replace table t{number} as from read_csv('{path}')\")\n"
)


def main() -> int:
    """Make the school, let the two take turns; 1 when we are slower or take too much memory."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        rows = enlarge(root, options.rows)
        tables = sorted(str(path) for path in root.glob("records/tables/*.csv"))
        ours = [sys.executable, "-m", "generator", "status", "--root", str(root)]
        other = [sys.executable, "-c", LOAD, *tables]
        contenders = {FIRST_TIME: ours, AGAIN: ours, EDITED: ours, OTHER: other}
        costs: dict[str, list[Cost]] = {name: [] for name in contenders}
        for number in range(options.runs):
            shutil.rmtree(root / ".build", ignore_errors=True)
            for name, command in contenders.items():
                if name == EDITED:
                    edit_record(root, number)
                costs[name].append(run(command, ROOT, (0, 1)))
    wall = {name: statistics.median(cost.wall for cost in found) for name, found in costs.items()}
    cpu = {name: statistics.median(cost.cpu for cost in found) for name, found in costs.items()}
    peak = max(cost.peak for name in (FIRST_TIME, AGAIN, EDITED) for cost in costs[name])
    print(f"{rows:,} rows, peak {peak:.0f} MiB")
    for name in contenders:
        ratio = f"{wall[name] / wall[OTHER]:6.2f} x"
        print(f"{name:36}{wall[name]:8.2f} s{cpu[name]:8.2f} s of processor time {ratio}")
    return int(wall[FIRST_TIME] > wall[OTHER] or peak > MEMORY)


def enlarge(root: Path, rows: int) -> int:
    """Copy the sample, add extinguishers with checks up to so many rows; count the rows."""
    for folder in ("content", "records"):
        shutil.copytree(ROOT / folder, root / folder)
    tables = root / "records/tables"
    present = sum(len(_read(path)) for path in tables.glob("*.csv"))
    source = random.Random(7)  # noqa: S311 - the same rows on every run
    assets = _read(tables / "assets.csv")
    pattern = next(row for row in assets if row["asset_id"].startswith("AS-FE-"))
    units = [f"AS-FX-{number:04d}" for number in range(min(UNITS, max(1, (rows - present) // 20)))]
    assets += [pattern | {"asset_id": name, "valid_to": ""} for name in units]
    checks = _read(tables / "asset_checks.csv")
    blank = dict.fromkeys(checks[0], "") | {
        "kind": "monthly_check",
        "result": "pass",
        "defects": "0",
    }
    days = [str(FIRST + dt.timedelta(days=n)) for n in range((LAST - FIRST).days + 1)]
    each = max(1, (rows - present - len(units)) // len(units))
    for name in units:
        chosen = source.sample(days, min(each, len(days)))
        checks += [blank | {"asset_id": name, "checked_on": day} for day in sorted(chosen)]
    _write(tables / "assets.csv", assets)
    _write(tables / "asset_checks.csv", checks)
    return sum(len(_read(path)) for path in tables.glob("*.csv"))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    raise SystemExit(main())
