"""What a workbook to fill in holds: one table, or every table due from a post in a month."""

import dataclasses
import datetime as dt
import re

from generator.exchange.names import KeyNames
from generator.exchange.template import SheetPlan
from generator.exchange.values import UnfitError
from generator.ledger import Checked
from generator.problems.catalogue.exchange import NOT_PREPARED
from generator.problems.problem import Place, Problem
from generator.records.database import QueryError, quoted
from generator.records.import_maps import IMPORTS_FOLDER, ImportMap, Monthly
from generator.records.package import Table
from generator.records.refusals import refused
from generator.usage import UsageError

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """A table, or a month and perhaps a post."""

    table: str = ""
    month: str = ""
    role: str = ""

    @property
    def name(self) -> str:
        """The name of the file that is written when none is given."""
        return "-".join(part for part in (self.table, self.month, self.role) if part)


def plan_workbook(checked: Checked, wanted: Wanted) -> tuple[list[SheetPlan], list[Problem]]:
    """The sheets of the workbook.

    Raises:
        UsageError: neither or both of table and month are named, or they do not exist.
    """
    if bool(wanted.table) == bool(wanted.month) or (wanted.role and wanted.table):
        message = "写一个表名，或者写 --month（可加 --role），二者选一"
        raise UsageError(message)
    if wanted.month and not _MONTH.fullmatch(wanted.month):
        message = f"月份写成 2026-11 的样子：{wanted.month}"
        raise UsageError(message)
    package = checked.records.package
    maps = checked.maps
    problems = [p for p in checked.problems if p.place.file.startswith(IMPORTS_FOLDER)]
    if problems or checked.records.raw.broken:
        return [], [*problems, *(p for p in checked.problems if not problems)]
    if wanted.table:
        table = package.tables[wanted.table]
        return [SheetPlan(table, maps[table.name])], []
    role = _role(checked, wanted.role)
    pages: list[SheetPlan] = []
    for table in package.tables.values():
        due = maps[table.name].monthly
        if due is None or (role and due.role != role) or not _is_due(due, wanted.month):
            continue
        page, found = _page(checked, table, maps[table.name], due, wanted.month)
        pages.append(page)
        problems += found
    if not pages:
        problems = [
            NOT_PREPARED.at(Place(IMPORTS_FOLDER), month=wanted.month, folder=IMPORTS_FOLDER)
        ]
    return pages, problems


def _is_due(due: Monthly, month: str) -> bool:
    return not due.months or str(int(month[5:])) in {entry.lstrip("0") for entry in due.months}


def _role(checked: Checked, written: str) -> str:
    """The id of a post, written as such or by its title."""
    binding = checked.project.school.bindings.get("roles")
    if not written or binding is None:
        return written
    table = checked.records.package.tables[binding.table]
    names = KeyNames(checked, table, binding.columns["id"])
    try:
        return names.key(written, checked.project.as_of.isoformat(), table.label)
    except UnfitError:
        message = f"没有岗位 {written}；有：{'、'.join(sorted(names.titles.values()))}"
        raise UsageError(message) from None


def _page(
    checked: Checked, table: Table, header_map: ImportMap, due: Monthly, month: str
) -> tuple[SheetPlan, list[Problem]]:
    date = header_map.id_date or table.schema.event_date
    if due.prefill == "teaching_days" and date:
        days = [day.day for day in checked.calendar.days if day.teaching and _in(day.day, month)]
        rows = tuple({date: day.isoformat()} for day in days)
        return SheetPlan(table, header_map, rows, (date,)), []
    if due.prefill != "open_rows" or due.open is None or table.hidden:
        return SheetPlan(table, header_map), []
    query = f"select _row from {quoted(table.name)} where (\n{due.open.value}\n) order by _row"  # noqa: S608 - checked before
    try:
        with checked.database.as_recorded():
            _, found = checked.database.ask(query)
    except QueryError as error:
        return SheetPlan(table, header_map), [refused(error, due.open)]
    names = [field.name for field in table.schema.fields]
    raw = checked.records.raw.tables[table.name]
    rows = tuple({name: raw.written(int(str(row[0])), name) for name in names} for row in found)
    return SheetPlan(table, header_map, rows), []


def _in(day: dt.date, month: str) -> bool:
    return day.isoformat().startswith(month)
