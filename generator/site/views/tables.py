"""Record tables: the list of all, and the page of each with its first rows and its dictionary."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from functools import partial

from generator.records.package import Table
from generator.records.records import Record, latest_of
from generator.records.schema import Field
from generator.search.rows import chunk_json, row_chunks
from generator.site.assets import table_script
from generator.site.book import FIRST_ROWS, Book, Desk, is_hidden, table_path
from generator.site.environment import render
from generator.site.page import Page, SearchEntry
from generator.site.remembered import remembered
from generator.site.row_files import Row, RowFiles, write_rows
from generator.site.views.cells import Column, FieldView, column_of, field_view
from generator.site.views.charts import CHARTS_PAGE, chart_anchor
from generator.site.views.items import Item
from generator.site.views.rows import Rows, referred, row_entries, shown_fields, shown_rows


@dataclasses.dataclass(frozen=True, slots=True)
class TableRowView:
    """One record as shown, with its line in the file, and where that is edited."""

    anchor: str
    cells: list[str]
    line: int
    edit: str
    changed: str


@dataclasses.dataclass(frozen=True, slots=True)
class TableView:
    """The page of a table; of a restricted one there are neither rows nor files."""

    name: str
    title: str
    description: str
    as_of: dt.date
    count: str
    restricted: bool
    columns: list[Column]
    rows: list[TableRowView]
    more: bool
    sheet: str
    csv: str
    script: str
    dictionary: list[FieldView]
    charts: list[Item]


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


def tables_page(book: Book) -> Page:
    """The list of all tables."""
    desk = Desk(book, "records/index.md")
    entries = [
        TableEntry(
            table.name,
            table.title,
            table.description,
            desk.link(table_path(table.name)),
            desk.size(table.name) if table.enabled else "尚未启用",
            _latest(book, table),
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


def table_pages(book: Book, records: Rows) -> list[Page]:
    """The page of each table; it shows its own rows and the titles of those they refer to."""
    tables = book.ledger.checked.records.package.tables
    pages: list[Page] = []
    for table in tables.values():
        shown = [table, *(tables[name] for name in referred(table) if name in tables)]
        made = partial(_alone, book, table, records)
        state = book.ledger.checked.database.state_of([table.name])
        value = state or [(row.id, *row.cells.values()) for row in records[table.name]]
        pages += remembered(book, f"table {table.name}", made, shown, value)
    return pages


def _alone(book: Book, table: Table, records: Rows) -> list[Page]:
    return [table_page(book, table, records[table.name])]


def table_page(book: Book, table: Table, records: Sequence[Record]) -> Page:
    """The page of one table: its first rows in the page, all of them in files beside it."""
    desk = Desk(book, table_path(table.name))
    fields = shown_fields(table)
    told = fields if desk.public else table.schema.fields
    rows = shown_rows(book, table, records)
    files = _files(book, table, fields, rows)
    view = TableView(
        name=table.name,
        title=table.title,
        description=table.description,
        as_of=book.ledger.as_of,
        count=desk.size(table.name),
        restricted=not fields,
        columns=[column_of(field) for field in fields],
        rows=[_row_view(desk, row) for row in rows[:FIRST_ROWS]],
        more=len(rows) > FIRST_ROWS,
        sheet=desk.link(files.sheet) if rows else "",
        csv=desk.link(files.csv) if rows else "",
        script=desk.link(table_script()) if rows else "",
        dictionary=[field_view(field) for field in told],
        charts=_charts(desk, table),
    )
    text = f"{table.description} " + " ".join(field.title for field in told)
    found = [SearchEntry(table.name, "table", table.title, "", text)]
    return Page(
        path=desk.path,
        title=table.title,
        kind="table",
        markdown=render("table.html", desk=desk, view=view),
        source=table.paths[0],
        line=1,
        edition="public" if table.sensitivity == "public" else "staff",
        inputs=(*table.paths, table.schema.path, "as_of"),
        hide=("toc",),
        search=tuple(found),
        rows=tuple(map(chunk_json, row_chunks(row_entries(table, rows, fields)))),
        files=files.files if rows else {},
        kept=frozenset(row.anchor for row in rows[FIRST_ROWS:]),
        more_sources=table.paths[1:],
    )


def _files(book: Book, table: Table, fields: list[Field], rows: list[Row]) -> RowFiles:
    """All rows as files, with what a browser needs to filter them by their columns."""
    columns = [
        {"name": field.name, "type": field.type, "choices": _choices(field)}
        | dataclasses.asdict(column_of(field))
        for field in fields
    ]
    edit = book.ledger.checked.project.school.edit_url
    head = {"title": table.title, "page": FIRST_ROWS, "columns": columns, "edit": edit}
    return write_rows(table.name, head, [field.title for field in fields], rows)


def _choices(field: Field) -> list[str]:
    """The words a cell can hold, where they are declared."""
    if field.type == "boolean":
        return ["是", "否"]
    return [field.labels.get(value, value) for value in field.constraints.enum]


def _charts(desk: Desk, table: Table) -> list[Item]:
    return [
        Item(chart.title, desk.link(f"{CHARTS_PAGE}#{chart_anchor(chart)}"))
        for chart in desk.ledger.checked.charts
        if chart.table == table.name
    ]


def _row_view(desk: Desk, row: Row) -> TableRowView:
    edit = desk.file_place(row.file, row.line)[1]
    return TableRowView(row.anchor, row.cells, row.line, edit, row.changed)


def _latest(book: Book, table: Table) -> str:
    name = table.schema.event_date
    if not name or is_hidden(table, name):
        return ""
    day = latest_of(book.ledger.checked.database, table, name)
    return day.isoformat() if day else ""
