"""The room's result: declared and checked tables, and what others may ask of them."""

import dataclasses
import datetime as dt

from generator.problems.problem import Place, Problem, Severity
from generator.project import Project
from generator.records.answers import Cell
from generator.records.database import Database, quoted
from generator.records.loading import Loader
from generator.records.package import Package, Table, read_package
from generator.records.tables import RawTables, read_raw_tables
from generator.records.typing import type_tables
from generator.records.views import check_views


@dataclasses.dataclass(frozen=True, slots=True)
class Record:
    """One row of a table as known on the day counted on."""

    id: int
    cells: dict[str, Cell]


@dataclasses.dataclass(frozen=True, slots=True)
class Records:
    """The package, the rows as written and the names of tables that have errors."""

    package: Package
    raw: RawTables
    faulty: frozenset[str]

    def place(self, row: int, field: str = "") -> Place:
        """Where a record stands."""
        return self.raw.owner(row).place(row, field)

    def line(self, row: int) -> tuple[str, int]:
        """The file and line a record begins on."""
        return self.raw.owner(row).line(row)

    def table_of(self, row: int) -> Table:
        """The table a record belongs to."""
        return self.raw.owner(row).table

    def written(self, row: int, field: str) -> str:
        """A cell as written."""
        return self.raw.owner(row).written(row, field)


def read_records(project: Project, loader: Loader) -> tuple[Records, list[Problem]]:
    """Read, check and type every declared table into `loader`."""
    package, problems = read_package(project)
    raw, found = read_raw_tables(project.root, package, None if _wrong(problems) else loader)
    problems.extend(found)
    for table in package.tables.values():
        problems.extend(check_views(table))
    if any(problem.place.file.endswith(".yaml") for problem in _wrong(problems)):
        return Records(package, raw, frozenset(package.tables)), problems
    found = type_tables(loader, raw, project.today)
    problems.extend(found)
    files = {p.place.file for p in problems if p.severity is Severity.ERROR}
    faulty = {
        table.name for table in package.tables.values() if files & {*table.paths, table.schema.path}
    }
    return Records(package, raw, frozenset(faulty | raw.broken)), problems


def _wrong(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def count_of(database: Database, table: Table) -> int:
    """How many rows of a table are known on the day counted on."""
    query = f"select count(*) from {quoted(table.name)}"  # noqa: S608 - a quoted name
    return int(str(database.ask(query, reads=[table.name])[1][0][0]))


def latest_of(database: Database, table: Table, column: str) -> dt.date | None:
    """The last day in a column, as known on the day counted on; None where there is none."""
    query = f"select max({quoted(column)}) from {quoted(table.name)}"  # noqa: S608 - quoted names
    found = database.ask(query, reads=[table.name])[1][0][0]
    return found if isinstance(found, dt.date) else None


def keys_of(database: Database, table: Table, *, few: bool) -> list[tuple[int, str]]:
    """The rows of a table as known on the day counted on, each with its key in one word.

    Later runs are not told those of a large table: they are found faster than read.
    """
    names = ", ".join(["_row", *map(quoted, table.schema.primary_key)])
    query = f"select {names} from {quoted(table.name)}"  # noqa: S608 - quoted names of ours
    _, rows = database.ask(query, reads=[table.name], keep=few)
    return [(int(str(row[0])), "-".join(map(str, row[1:]))) for row in rows]


def rows_of(database: Database, table: Table) -> list[Record]:
    """All rows of a table as known on the day counted on, in the declared order."""
    order = [
        f"{quoted(name.removeprefix('-'))} {'desc' if name.startswith('-') else 'asc'}"
        for name in table.schema.sort
    ]
    names = ", ".join(["_row", *(quoted(field.name) for field in table.schema.fields)])
    ordered = ", ".join([*order, "_row"])
    query = f"select {names} from {quoted(table.name)} order by {ordered}"  # noqa: S608
    _, rows = database.ask(query, reads=[table.name], keep=False)  # pages are kept instead
    columns = [field.name for field in table.schema.fields]
    return [Record(int(str(row[0])), dict(zip(columns, row[1:], strict=True))) for row in rows]
