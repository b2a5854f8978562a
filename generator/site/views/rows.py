"""The rows of a record table as readers see them."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from generator.records.fields import RESTRICTED
from generator.records.package import Table
from generator.records.records import Record
from generator.records.schema import Field
from generator.records.tables import RawTables
from generator.search.entries import RECORD, Entry
from generator.site.book import Book, is_hidden, table_path
from generator.site.lazily import Lazily
from generator.site.page import url_of
from generator.site.row_files import Row
from generator.site.views.cells import Shown

_SHORT_NAME = 24
_SHORT_TITLE = 24
Rows: TypeAlias = Mapping[str, Sequence[Record]]
"""The rows of every table as known on the day counted on."""
_UNSAFE = re.compile(r"[^\w.-]+")


def anchors_of(table: Table) -> Callable[[int, str], str]:
    """How the rows of a table are anchored: by their key, made safe for an address."""

    def plain(row: int, key: str) -> str:
        safe = _UNSAFE.sub("-", key)
        return f"r-{safe}" if safe == key else f"r-{safe}-{row}"

    hidden = any(is_hidden(table, name) for name in table.schema.primary_key)
    return (lambda row, _: f"r-{row}") if hidden else plain


class RowAddresses(Mapping[int, str]):
    """The page and anchor of every record that is shown; keys are asked for table by table."""

    def __init__(self, raw: RawTables, keys: Mapping[str, Mapping[int, str]]) -> None:
        """Take all tables and the keys of their rows; of a restricted one none has an address."""
        shown = [t.table.name for t in raw.tables.values() if t.table.sensitivity != RESTRICTED]
        self._raw = raw
        self._tables = Lazily(shown, keys.__getitem__)

    def __getitem__(self, row: int) -> str:
        """The address of a row.

        Raises:
            KeyError: it has none.
        """
        try:
            table = self._raw.owner(row).table
            key = self._tables[table.name][row]
        except LookupError as error:
            raise KeyError(row) from error
        return f"{table_path(table.name)}#{anchors_of(table)(row, key)}"

    def __iter__(self) -> Iterator[int]:
        """The rows of all tables."""
        return itertools.chain.from_iterable(self._tables.values())

    def __len__(self) -> int:
        """How many rows have an address."""
        return sum(map(len, self._tables.values()))


def row_titles(table: Table, records: Sequence[Record]) -> dict[str, str]:
    """The titles of records by key, where all are short: a sentence does not stand in for one."""
    key, title = table.schema.primary_key, table.schema.row_title
    field = table.field(title)
    if len(key) != 1 or field is None or title == key[0] or field.constraints.enum:
        return {}
    if is_hidden(table, title) or is_hidden(table, key[0]):
        return {}
    titles = {str(r.cells[key[0]]): str(r.cells[title] or "") for r in records}
    return titles if all(len(text) <= _SHORT_TITLE for text in titles.values()) else {}


def shown_fields(table: Table) -> list[Field]:
    """The fields that staff may see; of a restricted table there are none."""
    if table.sensitivity == RESTRICTED:
        return []
    return [field for field in table.schema.fields if field.sensitivity != RESTRICTED]


def shown_rows(book: Book, table: Table, records: Sequence[Record]) -> list[Row]:
    """Every row of a table, in the declared order; none where no column may be seen."""
    fields = [Shown(field, _titles(book, table, field)) for field in shown_fields(table)]
    key, anchor = table.schema.primary_key, anchors_of(table)
    columns = [shown.texts([r.cells[shown.field.name] for r in records]) for shown in fields]
    line, changed = book.ledger.checked.records.raw.tables[table.name].line, book.changed
    return [
        Row(
            anchor(record.id, "-".join([str(record.cells[name]) for name in key])),
            list(cells),
            *line(record.id),
            changed.get(record.id, ""),
        )
        for record, *cells in zip(records, *columns, strict=True)
        if fields
    ]


def row_entries(table: Table, rows: Sequence[Row], fields: Sequence[Field]) -> list[Entry]:
    """Rows by the name of their table, their key and, where it has one, their own short name."""
    title = [n for n, f in enumerate(fields) if n and f.name == table.schema.row_title]
    url = url_of(table_path(table.name))
    return [
        Entry(
            "",
            RECORD,
            " ".join(filter(None, (table.title, row.cells[0], *_short(row, title)))),
            f"{url}#{row.anchor}",
            " ".join(" ".join(row.cells).split()),
        )
        for row in rows
    ]


def _short(row: Row, places: Sequence[int]) -> list[str]:
    return [row.cells[place] for place in places if len(row.cells[place]) <= _SHORT_NAME]


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
