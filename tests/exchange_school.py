"""A small school whose sheets are brought in, and short ways to write sheets and bring them in."""

import csv
import datetime as dt
import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from generator.exchange.importing import Outcome, Request, carry_out, plan_import
from generator.ledger import check_project
from generator.problems.problem import Problem, errors
from generator.project import read_project

SCHOOL = Path(__file__).parent / "exchange" / "school"
NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
Row = Sequence[object]


def csv_text(rows: Sequence[Row]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows(rows)
    return target.getvalue()


@dataclass(frozen=True)
class School:
    """A copy of the school in a temporary folder."""

    root: Path

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.root / f"records/tables/{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def file(self, name: str, rows: Sequence[Row], encoding: str = "utf-8") -> Path:
        """Write a sheet: CSV in an encoding, or a workbook whose merged cells are `None`."""
        path = self.root.parent / name
        if path.suffix == ".csv":
            path.write_bytes(csv_text(rows).encode(encoding))
            return path
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.title = "Sheet1"
        for row in rows:
            page.append(list(row))
        book.save(path)
        return path

    def plan(
        self, path: Path, table: str = "", sheet: str = "", *, accept_ditto: bool = False
    ) -> Outcome:
        project, found = read_project(self.root, NOW)
        with check_project(project, found) as checked:
            request = Request(path, table, sheet, accept_ditto)
            return plan_import(checked, found, request)

    def bring(self, path: Path, table: str = "") -> Outcome:
        outcome = self.plan(path, table)
        if not outcome.refused:
            carry_out(self.root, outcome)
        return outcome

    def errors(self) -> tuple[Problem, ...]:
        with check_project(*read_project(self.root, NOW)) as checked:
            return errors(checked.problems)


def ferry_school(target: Path) -> School:
    shutil.copytree(SCHOOL, target / "school")
    return School(target / "school")


def rules(outcome: Outcome) -> list[str]:
    return [problem.rule for problem in outcome.problems]


def cells(outcome: Outcome) -> list[str]:
    return [problem.place.cell for problem in outcome.problems]
