"""The rows of a record table as readers see them."""

import re

from generator.records.fields import RESTRICTED
from generator.records.package import Table
from generator.records.records import Record
from generator.records.schema import Field
from generator.site.book import Book, is_hidden
from generator.site.page import SearchEntry
from generator.site.row_files import Row
from generator.site.views.cells import Shown

_SHORT_NAME = 24


def row_anchor(table: Table, record: Record) -> str:
    """The anchor of a row: its key, made safe for an address."""
    if any(is_hidden(table, name) for name in table.schema.primary_key):
        return f"r-{record.id}"
    key = "-".join(str(record.cells[name]) for name in table.schema.primary_key)
    safe = re.sub(r"[^\w.-]+", "-", key)
    return f"r-{safe}" if safe == key else f"r-{safe}-{record.id}"


def shown_fields(table: Table) -> list[Field]:
    """The fields that staff may see; of a restricted table there are none."""
    if table.sensitivity == RESTRICTED:
        return []
    return [field for field in table.schema.fields if field.sensitivity != RESTRICTED]


def shown_rows(book: Book, table: Table, records: list[Record]) -> list[Row]:
    """Every row of a table, in the declared order; none where no column may be seen."""
    fields = [Shown(field, _titles(book, table, field)) for field in shown_fields(table)]
    return [_row(book, table, fields, record) for record in records] if fields else []


def _row(book: Book, table: Table, fields: list[Shown], record: Record) -> Row:
    file, index = book.ledger.checked.records.raw.owner(record.id).locate(record.id)
    return Row(
        anchor=row_anchor(table, record),
        cells=[shown.text(record.cells[shown.field.name]) for shown in fields],
        file=file.path,
        line=file.span(index)[0],
        changed=book.changed.get(record.id, ""),
    )


def row_entry(table: Table, row: Row, fields: list[Field]) -> SearchEntry:
    """A row by the name of its table, its key and, where it has one, its own short name."""
    names = [row.cells[0]]
    for field, cell in zip(fields[1:], row.cells[1:], strict=True):
        if field.name == table.schema.row_title and len(cell) <= _SHORT_NAME:
            names.append(cell)
    title = " ".join(filter(None, (table.title, *names)))
    return SearchEntry("", "record", title, row.anchor, " ".join(filter(None, row.cells)))


def _titles(book: Book, table: Table, field: Field) -> dict[str, str]:
    """Titles of the records that a field refers to, by key."""
    if field.list_of is not None:
        return book.row_titles.get(field.list_of.table, {})
    for reference in table.schema.references:
        if reference.fields == (field.name,):
            return book.row_titles.get(reference.table or table.name, {})
    return {}
