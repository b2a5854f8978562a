"""The rows of a record table as readers see them."""

import re
from collections.abc import Sequence

from generator.records.fields import RESTRICTED
from generator.records.package import Table
from generator.records.records import Record
from generator.records.schema import Field
from generator.site.book import Book, is_hidden
from generator.site.page import SearchEntry
from generator.site.row_files import Row
from generator.site.views.cells import Shown

_SHORT_NAME = 24
_UNSAFE = re.compile(r"[^\w.-]+")


def row_anchors(table: Table, records: Sequence[Record]) -> list[str]:
    """The anchor of every row: its key, made safe for an address."""
    names = table.schema.primary_key
    if any(is_hidden(table, name) for name in names):
        return [f"r-{record.id}" for record in records]
    return [
        _anchor(record, "-".join([str(record.cells[name]) for name in names])) for record in records
    ]


def _anchor(record: Record, key: str) -> str:
    safe = _UNSAFE.sub("-", key)
    return f"r-{safe}" if safe == key else f"r-{safe}-{record.id}"


def shown_fields(table: Table) -> list[Field]:
    """The fields that staff may see; of a restricted table there are none."""
    if table.sensitivity == RESTRICTED:
        return []
    return [field for field in table.schema.fields if field.sensitivity != RESTRICTED]


def shown_rows(book: Book, table: Table, records: list[Record]) -> list[Row]:
    """Every row of a table, in the declared order; none where no column may be seen."""
    fields = [Shown(field, _titles(book, table, field)) for field in shown_fields(table)]
    columns = [shown.texts([r.cells[shown.field.name] for r in records]) for shown in fields]
    line, changed = book.ledger.checked.records.line, book.changed
    return [
        Row(anchor, list(cells), *line(record.id), changed.get(record.id, ""))
        for record, anchor, *cells in zip(
            records, row_anchors(table, records), *columns, strict=True
        )
        if fields
    ]


def row_entry(table: Table, row: Row, fields: list[Field]) -> SearchEntry:
    """A row by the name of its table, its key and, where it has one, its own short name."""
    names = [row.cells[0]]
    for field, cell in zip(fields[1:], row.cells[1:], strict=True):
        if field.name == table.schema.row_title and len(cell) <= _SHORT_NAME:
            names.append(cell)
    title = " ".join(filter(None, (table.title, *names)))
    return SearchEntry("", "record", title, row.anchor, " ".join(filter(None, row.cells)))


def referred(table: Table) -> set[str]:
    """The tables whose titles stand in the rows of a table."""
    lists = {field.list_of.table for field in table.schema.fields if field.list_of is not None}
    return lists | {reference.table or table.name for reference in table.schema.references}


def _titles(book: Book, table: Table, field: Field) -> dict[str, str]:
    """Titles of the records that a field refers to, by key."""
    if field.list_of is not None:
        return book.row_titles.get(field.list_of.table, {})
    for reference in table.schema.references:
        if reference.fields == (field.name,):
            return book.row_titles.get(reference.table or table.name, {})
    return {}
