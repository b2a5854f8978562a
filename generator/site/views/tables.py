"""Record tables: the list of all, and pages of rows with the data dictionary."""

import dataclasses
import datetime as dt
import math
import re

from generator.records.fields import RESTRICTED
from generator.records.package import Table
from generator.records.records import Record
from generator.records.schema import Field
from generator.site.book import ROWS_PER_PAGE, Book, Desk, is_hidden
from generator.site.environment import render
from generator.site.page import Page, SearchEntry
from generator.site.views.cells import Column, FieldView, Shown, column_of, field_view

_SHORT_NAME = 24


@dataclasses.dataclass(frozen=True, slots=True)
class TableRowView:
    """One record as shown."""

    anchor: str
    cells: list[str]


@dataclasses.dataclass(frozen=True, slots=True)
class PagerView:
    """One entry of the pager."""

    number: int
    address: str
    current: bool


@dataclasses.dataclass(frozen=True, slots=True)
class TableView:
    """One page of a table."""

    name: str
    title: str
    description: str
    as_of: dt.date
    count: str
    number: int
    first: int
    last: int
    restricted: bool
    columns: list[Column]
    rows: list[TableRowView]
    pages: list[PagerView]
    dictionary: list[FieldView]
    files: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class TableEntry:
    """One table in the list of all."""

    name: str
    title: str
    description: str
    address: str
    count: str
    latest: str


@dataclasses.dataclass(frozen=True, slots=True)
class TablesView:
    """The list of all tables."""

    tables: list[TableEntry]


def table_path(name: str, number: int = 1) -> str:
    """The path of a page of a table: `records/drills.md`, `records/drills/2.md`."""
    return f"records/{name}.md" if number == 1 else f"records/{name}/{number}.md"


def row_anchor(table: Table, record: Record) -> str:
    """The anchor of a row: its key, made safe for an address."""
    if any(is_hidden(table, name) for name in table.schema.primary_key):
        return f"r-{record.id}"
    key = "-".join(str(record.cells[name]) for name in table.schema.primary_key)
    safe = re.sub(r"[^\w.-]+", "-", key)
    return f"r-{safe}" if safe == key else f"r-{safe}-{record.id}"


def shown_fields(table: Table) -> list[Field]:
    """The fields that staff may see; restricted columns are left out."""
    return [field for field in table.schema.fields if field.sensitivity != RESTRICTED]


def tables_page(book: Book, records: dict[str, list[Record]]) -> Page:
    """The list of all tables."""
    desk = Desk(book, "records/index.md")
    entries = [
        TableEntry(
            table.name,
            table.title,
            table.description,
            desk.link(table_path(table.name)),
            desk.size(table.name) if table.enabled else "尚未启用",
            _latest(table, records[table.name]),
        )
        for table in book.ledger.checked.records.package.tables.values()
    ]
    view = TablesView(entries)
    return Page(
        path=desk.path,
        title="记录",
        kind="tables",
        markdown=render("tables.html", desk=desk, view=view),
        source="records/datapackage.yaml",
        line=1,
        edition="staff",
        inputs=("records", "as_of"),
        search=(
            SearchEntry(
                "", "page", "记录", "", "台账 登记表 " + " ".join(e.title for e in entries)
            ),
        ),
    )


def table_pages(book: Book, table: Table, records: list[Record]) -> list[Page]:
    """The pages of one table, some hundred rows each."""
    shown = 0 if table.sensitivity == RESTRICTED else len(records)
    count = max(1, math.ceil(shown / ROWS_PER_PAGE))
    return [_page(book, table, records, number, count) for number in range(1, count + 1)]


def _page(book: Book, table: Table, records: list[Record], number: int, count: int) -> Page:
    desk = Desk(book, table_path(table.name, number))
    first = (number - 1) * ROWS_PER_PAGE
    part = records[first : first + ROWS_PER_PAGE]
    fields = shown_fields(table)
    restricted = table.sensitivity == RESTRICTED or not fields
    shown = [Shown(field, _titles(book, table, field)) for field in fields]
    rows = [] if restricted else [_row(table, shown, record) for record in part]
    view = TableView(
        name=table.name,
        title=table.title,
        description=table.description,
        as_of=book.ledger.as_of,
        count=desk.size(table.name),
        number=number,
        first=first + 1,
        last=first + len(part),
        restricted=restricted,
        columns=[column_of(field) for field in fields],
        rows=rows,
        pages=[
            PagerView(n, desk.link(table_path(table.name, n)), n == number)
            for n in range(1, count + 1)
        ],
        dictionary=[field_view(field) for field in table.schema.fields] if number == 1 else [],
        files=table.paths,
    )
    text = f"{table.description} " + " ".join(field.title for field in table.schema.fields)
    entries = [SearchEntry(table.name, "table", table.title, "", text)] if number == 1 else []
    entries += [_entry(table, row, fields) for row in rows]
    return Page(
        path=desk.path,
        title=table.title if number == 1 else f"{table.title}（第 {number} 页）",
        kind="table",
        markdown=render("table.html", desk=desk, view=view),
        source=table.paths[0],
        line=1,
        edition="public" if table.sensitivity == "public" else "staff",
        inputs=(*table.paths, table.schema.path, "as_of"),
        hide=("toc",),
        search=tuple(entries),
        in_navigation=number == 1,
    )


def _entry(table: Table, row: TableRowView, fields: list[Field]) -> SearchEntry:
    """A row by the name of its table, its key and, where it has one, its own short name."""
    names = [row.cells[0]]
    for field, cell in zip(fields[1:], row.cells[1:], strict=True):
        if field.name == table.schema.row_title and len(cell) <= _SHORT_NAME:
            names.append(cell)
    title = " ".join(filter(None, (table.title, *names)))
    return SearchEntry("", "record", title, row.anchor, " ".join(filter(None, row.cells)))


def _row(table: Table, fields: list[Shown], record: Record) -> TableRowView:
    cells = [shown.text(record.cells[shown.field.name]) for shown in fields]
    return TableRowView(row_anchor(table, record), cells)


def _titles(book: Book, table: Table, field: Field) -> dict[str, str]:
    """Titles of the records that a field refers to, by key."""
    if field.list_of is not None:
        return book.row_titles.get(field.list_of.table, {})
    for reference in table.schema.references:
        if reference.fields == (field.name,):
            return book.row_titles.get(reference.table or table.name, {})
    return {}


def _latest(table: Table, records: list[Record]) -> str:
    name = table.schema.event_date if not is_hidden(table, table.schema.event_date) else ""
    days = [record.cells[name] for record in records] if name else []
    found = [day for day in days if isinstance(day, dt.date)]
    return max(found).isoformat() if found else ""
