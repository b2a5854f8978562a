"""A copy of the sample school in a temporary folder, whose rows can be changed."""

import csv
import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from generator.ledger import Checked, check_project
from generator.project import read_project

Row: TypeAlias = dict[str, str]
When: TypeAlias = Callable[[Row], bool]
Written: TypeAlias = str | Callable[[Row], str]
ROOT = Path(__file__).resolve().parents[1]
AS_OF = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class SampleCopy:
    root: Path

    def change(self, table: str, key: str, **cells: str) -> int:
        """Change cells of the row with that key; a key that is new adds a row. Give its line."""
        header, rows = self._read(table)
        found = [row for row in rows if row[header[0]] == key]
        if not found:
            found = [dict.fromkeys(header, "") | {header[0]: key}]
            rows.append(found[0])
        assert set(cells) <= set(header)
        found[0].update(cells)
        self._write(table, header, rows)
        return rows.index(found[0]) + 2

    def drop(self, table: str, *keys: str) -> None:
        header, rows = self._read(table)
        self._write(table, header, [row for row in rows if row[header[0]] not in keys])

    def edit(self, table: str, when: When, **cells: Written) -> None:
        """Change cells of every row for which `when` holds; there must be one."""
        header, rows = self._read(table)
        found = [row for row in rows if when(row)]
        assert found, table
        assert set(cells) <= set(header)
        for row in found:
            row.update({k: v if isinstance(v, str) else v(row) for k, v in cells.items()})
        self._write(table, header, rows)

    def remove(self, table: str, when: When) -> None:
        """Drop every row for which `when` holds; there must be one."""
        header, rows = self._read(table)
        kept = [row for row in rows if not when(row)]
        assert len(kept) < len(rows), table
        self._write(table, header, kept)

    def add(self, table: str, **cells: str) -> None:
        """Add a row; what is not given is empty."""
        header, rows = self._read(table)
        assert set(cells) <= set(header)
        self._write(table, header, [*rows, dict.fromkeys(header, "") | cells])

    def checked(self, now: dt.datetime = NOW) -> Checked:
        project, problems = read_project(self.root, now)
        return check_project(project, problems)

    def _read(self, table: str) -> tuple[list[str], list[dict[str, str]]]:
        with self._file(table).open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            return list(reader.fieldnames or []), list(reader)

    def _write(self, table: str, header: list[str], rows: list[dict[str, str]]) -> None:
        with self._file(table).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def _file(self, table: str) -> Path:
        return self.root / "records/tables" / f"{table}.csv"


def sample_copy(target: Path) -> SampleCopy:
    for folder in ("content", "records"):
        shutil.copytree(ROOT / folder, target / folder)
    return SampleCopy(target)
