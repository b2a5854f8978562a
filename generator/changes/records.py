"""Records added, changed and removed between two states, by primary key.

Restricted tables give only suppressed numbers, and no totals that they follow from; hidden
columns give only the fact that something in them changed.
"""

import dataclasses
from collections.abc import Iterator
from typing import TypeAlias

from generator.exchange.report import Titles
from generator.ledger import Checked
from generator.problems.masking import mask
from generator.records.fields import RESTRICTED
from generator.records.package import Table
from generator.records.schema import Field
from generator.records.tables import RawTable

FEW = 5
"""From here on a number of records of a restricted table is told."""
_Key: TypeAlias = tuple[str, ...]
_Row: TypeAlias = dict[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class CellDiff:
    """One cell before and after, as people say it; `hidden` when nobody may see it."""

    field: str
    title: str
    old: str
    new: str
    hidden: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class RowDiff:
    """One record, its key as it may be told, and its cells: all filled ones, or those changed."""

    key: str
    cells: tuple[CellDiff, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class TableDiff:
    """What changed in one table; of a restricted one only `counts` is filled."""

    table: Table
    added: tuple[RowDiff, ...] = ()
    changed: tuple[RowDiff, ...] = ()
    removed: tuple[RowDiff, ...] = ()
    counts: tuple[str, str, str] | None = None
    columns: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Titles of columns that are new, and of those that are gone."""

    @property
    def numbers(self) -> tuple[str, str, str]:
        """How many were added, changed and removed, as it may be told."""
        exact = (str(len(self.added)), str(len(self.changed)), str(len(self.removed)))
        return self.counts or exact


def compare_records(before: Checked, after: Checked, skip: frozenset[str]) -> tuple[TableDiff, ...]:
    """The tables in which something changed, in the order of the present package.

    Args:
        before: the earlier state.
        after: the present state.
        skip: names of tables that cannot be compared.
    """
    old, new = before.records.raw.tables, after.records.raw.tables
    names = [*new, *(name for name in old if name not in new)]
    found = []
    for name in names:
        if name not in skip:
            diff = _compare(old.get(name), new.get(name), (Titles(before), Titles(after)))
            found += [diff] if diff is not None else []
    return tuple(found)


def _compare(
    old: RawTable | None, new: RawTable | None, titles: tuple[Titles, Titles]
) -> TableDiff | None:
    side = new or old
    if side is None:
        return None
    table = side.table
    columns = _columns(old, new)
    rows = (_rows(old, table), _rows(new, table))
    added = [key for key in rows[1] if key not in rows[0]]
    removed = [key for key in rows[0] if key not in rows[1]]
    changed = [key for key, row in rows[1].items() if _differs(rows[0].get(key), row)]
    if not (added or removed or changed or any(columns)):
        return None
    if _restricted(old, new):
        return TableDiff(table, counts=(_few(added), _few(changed), _few(removed)))
    earlier = old.table if old else table
    return TableDiff(
        table,
        tuple(RowDiff(_told(table, key), _filled(table, rows[1][key], titles[1])) for key in added),
        tuple(
            RowDiff(_told(table, key), tuple(_moved(table, (rows[0][key], rows[1][key]), titles)))
            for key in changed
        ),
        tuple(
            RowDiff(_told(earlier, key), _filled(earlier, rows[0][key], titles[0]))
            for key in removed
        ),
        columns=columns,
    )


def _restricted(*sides: RawTable | None) -> bool:
    """A table that is or was restricted stays so in a comparison."""
    return any(side is not None and side.table.sensitivity == RESTRICTED for side in sides)


def _few(keys: list[_Key]) -> str:
    return str(len(keys)) if not keys or len(keys) >= FEW else f"<{FEW}"


def _columns(old: RawTable | None, new: RawTable | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if old is None or new is None:
        return (), ()
    before = {field.name: field.title for field in old.table.schema.fields}
    after = {field.name: field.title for field in new.table.schema.fields}
    gained = tuple(title for name, title in after.items() if name not in before)
    return gained, tuple(title for name, title in before.items() if name not in after)


def _rows(raw: RawTable | None, table: Table) -> dict[_Key, _Row]:
    if raw is None:
        return {}
    names = [field.name for field in raw.table.schema.fields]
    key = [names.index(name) for name in table.schema.primary_key if name in names]
    found: dict[_Key, _Row] = {}
    for file in raw.files:
        for cells in file.rows:
            own = tuple(cells[index] for index in key) if key else tuple(cells)
            found[own] = dict(zip(names, cells, strict=True))
    return found


def _differs(old: _Row | None, new: _Row) -> bool:
    if old is None or old == new:
        return False
    return any(old[name] != value for name, value in new.items() if name in old)


def _told(table: Table, key: _Key) -> str:
    hidden = not table.schema.primary_key or table.hidden & set(table.schema.primary_key)
    return "***" if hidden else mask(" ".join(key))


def _filled(table: Table, row: _Row, titles: Titles) -> tuple[CellDiff, ...]:
    return tuple(
        CellDiff(field.name, field.title, "", mask(titles.shown(table, field, row[field.name])))
        for field in table.schema.fields
        if row.get(field.name)
        and field.name not in table.schema.primary_key
        and field.name not in table.hidden
    )


def _moved(
    table: Table, rows: tuple[_Row, _Row], titles: tuple[Titles, Titles]
) -> Iterator[CellDiff]:
    old, new = rows
    for field in table.schema.fields:
        if field.name in old and field.name in new and old[field.name] != new[field.name]:
            yield _cell(table, field, (old[field.name], new[field.name]), titles)


def _cell(
    table: Table, field: Field, values: tuple[str, str], titles: tuple[Titles, Titles]
) -> CellDiff:
    if field.name in table.hidden:
        return CellDiff(field.name, field.title, "", "", hidden=True)
    old, new = (
        mask(side.shown(table, field, value)) for side, value in zip(titles, values, strict=True)
    )
    return CellDiff(field.name, field.title, old, new)
