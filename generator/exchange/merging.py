"""Incoming rows against what is recorded: new, changed per cell, unchanged. Nothing is deleted."""

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from generator.exchange.ids import NewIds
from generator.exchange.intake import Incoming
from generator.problems.catalogue.exchange import (
    ID_UNKNOWN,
    KEY_ZEROS,
    ROW_REPEATED,
    ROW_UNCERTAIN,
    SHEET_COLUMN_MISSING,
)
from generator.problems.masking import HIDDEN, mask
from generator.problems.problem import Place, Problem
from generator.records.import_maps import ImportMap
from generator.records.package import Table
from generator.records.schema import Field

Key = tuple[str, ...]
_SHOWN = 3


@dataclasses.dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of a recorded row that would change."""

    field: Field
    old: str
    new: str


@dataclasses.dataclass(frozen=True, slots=True)
class RowChange:
    """A row that would be added (no cells) or changed."""

    key: Key
    incoming: Incoming
    values: dict[str, str]
    cells: tuple[CellChange, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class TableChange:
    """What an import would do to one table, and the rows of its files afterwards."""

    table: Table
    added: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    unchanged: int
    files: dict[str, list[list[str]]]
    seen: dict[Key, Incoming]

    def __bool__(self) -> bool:
        """Whether anything would change."""
        return bool(self.added or self.changed)


class Merger:
    """Merges the rows of one table."""

    def __init__(
        self, table: Table, header_map: ImportMap, files: dict[str, list[list[str]]]
    ) -> None:
        """Take what is recorded.

        Args:
            table: the table.
            header_map: how its new rows get ids and defaults.
            files: the rows of every file of the table, cells in schema order.
        """
        self.problems: list[Problem] = []
        self._table = table
        self._map = header_map
        self._names = [field.name for field in table.schema.fields]
        self._files = {path: [list(row) for row in rows] for path, rows in files.items()}
        self._rows = {self._key_of(row): row for rows in self._files.values() for row in rows}
        self._alike: dict[Key, list[Key]] = defaultdict(list)
        for key, row in self._rows.items():
            self._alike[self._likeness(dict(zip(self._names, row, strict=True)))].append(key)
        self._ids = NewIds(self._map.new_id, (key[0] for key in self._rows if key))
        self._seen: dict[Key, Incoming] = {}
        self._seen_alike: dict[Key, Incoming] = {}

    def merge(self, rows: Sequence[Incoming]) -> TableChange:
        """The change that the rows make."""
        added: list[RowChange] = []
        changed: list[RowChange] = []
        unchanged = 0
        for incoming in rows:
            key = self._identify(incoming)
            if key is None:
                continue
            if key not in self._rows:
                added.append(self._new(key, incoming))
                continue
            change = self._update(key, incoming)
            if change.cells:
                changed.append(change)
            else:
                unchanged += 1
        last = list(self._files)[-1]
        self._files[last] += [[row.values[name] for name in self._names] for row in added]
        return TableChange(
            self._table, tuple(added), tuple(changed), unchanged, self._files, self._seen
        )

    def _key_of(self, row: list[str]) -> Key:
        return tuple(row[self._names.index(name)] for name in self._table.schema.primary_key)

    def _likeness(self, values: dict[str, str]) -> Key:
        """The cells by which a row without an id is recognised; empty when it cannot be."""
        if not self._map.match or not all(name in values for name in self._map.match):
            return ()
        return tuple(values[name] for name in self._map.match)

    def _identify(self, incoming: Incoming) -> Key | None:
        """The key of a row: written, that of the record it agrees with, or a new one."""
        keys = self._table.schema.primary_key
        key = tuple(incoming.values.get(name, "") for name in keys)
        alike = self._likeness(incoming.values)
        if not any(key) and (self._map.new_id or alike):
            key = self._recognise(incoming, alike) or ()
        elif all(key) and key not in self._rows:
            self._refuse_lost_zeros(incoming, key)
        if not all(key):
            self._report_missing(incoming)
            return None
        if not key:
            return None
        if key in self._seen:
            self._repeated(incoming, self._seen[key], ",".join(key))
            return None
        self._seen[key] = incoming
        self._ids.take(key[0])
        return key

    def _recognise(self, incoming: Incoming, alike: Key) -> Key | None:
        if alike and alike in self._seen_alike:
            self._repeated(incoming, self._seen_alike[alike], "，".join(alike))
            return None
        known = [key for key in self._alike.get(alike, []) if alike]
        if len(known) > 1:
            choices = "、".join(self._told(",".join(key)) for key in known[:_SHOWN])
            place = incoming.place()
            self.problems.append(ROW_UNCERTAIN.at(place, count=len(known), choices=choices))
            return None
        if alike:
            self._seen_alike[alike] = incoming
        if known:
            return known[0]
        name = self._new_id(incoming)
        if name is None:
            field = self._table.field(self._table.schema.primary_key[0])
            title = field.title if field else ""
            place = incoming.place(self._table.schema.primary_key[0])
            self.problems.append(
                ID_UNKNOWN.at(place, title=title, field=self._table.schema.primary_key[0])
            )
            return None
        return (name,)

    def _new_id(self, incoming: Incoming) -> str | None:
        if len(self._table.schema.primary_key) != 1:
            return None
        day = incoming.values.get(self._map.id_date, "")
        return self._ids.next(day)

    def _refuse_lost_zeros(self, incoming: Incoming, key: Key) -> None:
        name = self._table.schema.primary_key[0]
        field = self._table.field(name)
        bare = key[0].lstrip("0")
        near = sorted({known[0] for known in self._rows if known[0].lstrip("0") == bare != ""})
        near = [known for known in near if known != key[0]]
        if near and field is not None and field.type == "string":
            self.problems.append(
                KEY_ZEROS.at(
                    incoming.place(name), self._near(near), title=field.title, field=name,
                    value=self._told(key[0]),
                )
            )  # fmt: skip

    def _report_missing(self, incoming: Incoming) -> None:
        """A row whose key is not whole and cannot be made: name the first empty column."""
        for name in self._table.schema.primary_key:
            field = self._table.field(name)
            if field is None or incoming.values.get(name):
                continue
            if name in incoming.columns:
                rule, place = ID_UNKNOWN, incoming.place(name)
            else:
                rule, place = (
                    SHEET_COLUMN_MISSING,
                    Place(incoming.place().file, 1, 0, incoming.sheet.name),
                )
            problem = rule.at(place, title=field.title, field=name)
            if problem not in self.problems:
                self.problems.append(problem)
            return

    def _repeated(self, incoming: Incoming, first: Incoming, value: str) -> None:
        name = self._table.schema.primary_key[0]
        place, earlier = incoming.place(name), first.place(name).cell
        self.problems.append(ROW_REPEATED.at(place, first=earlier, value=self._told(value)))

    def _told(self, value: str) -> str:
        """A key as a message may quote it."""
        return HIDDEN if self._table.hidden else mask(value)

    def _near(self, keys: list[str]) -> tuple[str, ...]:
        return () if self._table.hidden else tuple(keys[:_SHOWN])

    def _new(self, key: Key, incoming: Incoming) -> RowChange:
        values = {name: incoming.values.get(name, "") for name in self._names}
        values |= dict(zip(self._table.schema.primary_key, key, strict=True))
        for name in self._names:
            values[name] = values[name] or self._map.column(name).default
        return RowChange(key, incoming, values)

    def _update(self, key: Key, incoming: Incoming) -> RowChange:
        row = self._rows[key]
        cells = []
        for index, field in enumerate(self._table.schema.fields):
            if field.name not in incoming.values or field.name in self._table.schema.primary_key:
                continue
            new = incoming.values[field.name]
            if not _same(row[index], new, field):
                cells.append(CellChange(field, row[index], new))
                row[index] = new
        return RowChange(key, incoming, dict(zip(self._names, row, strict=True)), tuple(cells))


def _same(old: str, new: str, field: Field) -> bool:
    if old == new or field.type not in {"number", "integer"}:
        return old == new
    try:
        return Decimal(old) == Decimal(new)
    except InvalidOperation:
        return False
