"""Raw tables to typed tables: DuckDB screens, Frictionless judges what is left."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.problems.catalogue.tables import CELL_PRECISION
from generator.problems.problem import Problem
from generator.records.cells import check_dates, check_lists
from generator.records.database import Cell, Loader, Row, quoted
from generator.records.package import Table
from generator.records.schema import Field, Reference
from generator.records.screen import column_kind, conversion, key_value, soundness
from generator.records.tables import RawTable, RawTables
from generator.records.verdicts import Explainer
from generator.records.views import create_view

if TYPE_CHECKING:
    from generator.records.judge import Lookup

_LARGEST = 10**12
_FINEST = -6


def type_tables(loader: Loader, raw: RawTables, today: dt.date) -> list[Problem]:
    """Fill `recorded.<table>` with the rows that are sound and report those that are not.

    Args:
        loader: the database being filled.
        raw: the tables as read.
        today: the day of the check; no date of a past event may lie after it.
    """
    for table in raw.tables.values():
        _load_raw(loader, table)
    problems: list[Problem] = []
    for table in raw.tables.values():
        problems.extend(_type_table(loader, table, raw))
        problems.extend(check_lists(loader, table, raw))
        problems.extend(check_dates(loader, table, today))
        problems.extend(create_view(loader, table.table))
    return list(dict.fromkeys(problems))


def _load_raw(loader: Loader, raw: RawTable) -> None:
    names = [field.name for field in raw.table.schema.fields]
    columns = {"_row": "bigint"} | dict.fromkeys(names, "varchar")
    rows: Iterator[Row] = ((raw.base + index, *row) for index, row in enumerate(raw.cells()))
    loader.fill(f"raw.{quoted(raw.table.name)}", columns, rows)


def _type_table(loader: Loader, raw: RawTable, all_raw: RawTables) -> list[Problem]:
    table = raw.table
    suspects = suspected(loader, table, all_raw)
    casts = ", ".join(
        f"{conversion(field)} as {quoted(field.name)}" for field in table.schema.fields
    )
    loader.run(
        f"create table recorded.{quoted(table.name)} as select _row, {casts}"  # noqa: S608
        f" from raw.{quoted(table.name)} where not ({_uncleared(table.schema.fields)})"
        " order by _row"
    )
    if not suspects:
        return []
    from generator.records.judge import judge  # noqa: PLC0415 - Frictionless takes 0.3 s to import

    rows = [[raw.written(row, field.name) for field in table.schema.fields] for row in suspects]
    lookups = [_lookup(all_raw, table, reference) for reference in table.schema.references]
    verdicts, typed = judge(table.schema, rows, lookups)
    explain = Explainer(raw, suspects, all_raw)
    found = [explain.problem_of(verdict) for verdict in verdicts]
    problems = [problem for problem in found if problem is not None]
    accepted = {suspects[index]: values for index, values in typed.items()}
    problems += _too_precise(raw, accepted)
    _replace(loader, table, suspects, accepted)
    return problems


def _uncleared(fields: Sequence[Field]) -> str:
    predicates = [soundness(field) for field in fields]
    return f"not coalesce({' and '.join(predicates)}, false)"


def suspected(loader: Loader, table: Table, raw: RawTables) -> list[int]:
    """Rows that are not certainly sound: cells, blank rows, keys, references not found."""
    fields = table.schema.fields
    blank = " and ".join(f"{quoted(field.name)} = ''" for field in fields)
    found = set(_rows(loader, table, f"({_uncleared(fields)}) or ({blank})"))
    keys = [(table.schema.primary_key, "true")] if table.schema.primary_key else []
    keys += [((f.name,), f"{quoted(f.name)} <> ''") for f in fields if f.constraints.unique]
    for names, condition in keys:
        key = [field for field in fields if field.name in names]
        foreign = [field for field in key if field.type != "string"]
        if foreign and _rows(loader, table, _uncleared(foreign)):
            return _rows(loader, table, "true")
        columns = ", ".join(key_value(field) for field in key)
        repeated = f"{condition} qualify count(*) over (partition by {columns}) > 1"
        found.update(_rows(loader, table, repeated))
        empty = " and ".join(f"{quoted(field.name)} = ''" for field in key)
        found.update(_rows(loader, table, f"({condition}) and ({empty})"))
    for reference in table.schema.references:
        if reference.table not in raw.broken:
            found.update(_rows(loader, table, _lost(table, reference)))
    return sorted(found)


def _rows(loader: Loader, table: Table, condition: str) -> list[int]:
    query = f"select _row from raw.{quoted(table.name)} s where {condition} order by _row"  # noqa: S608
    return [int(str(row[0])) for row in loader.run(query)]


def _lost(table: Table, reference: Reference) -> str:
    target = f"raw.{quoted(reference.table or table.name)}"
    pairs = list(zip(reference.fields, reference.target_fields, strict=True))
    equal = " and ".join(f"t.{quoted(theirs)} = s.{quoted(own)}" for own, theirs in pairs)
    filled = " or ".join(f"s.{quoted(own)} <> ''" for own in reference.fields)
    return f"({filled}) and not exists (select 1 from {target} t where {equal})"  # noqa: S608


def _lookup(raw: RawTables, table: Table, reference: Reference) -> "Lookup":
    """The keys to look for; those written here when the other table could not be read."""
    from generator.records.judge import Lookup  # noqa: PLC0415 - see above

    name = reference.table or table.name
    broken = name in raw.broken
    source = raw.tables[table.name if broken else name]
    columns = reference.fields if broken else reference.target_fields
    positions = [[f.name for f in source.table.schema.fields].index(column) for column in columns]
    values = {tuple(cells[position] for position in positions) for cells in source.cells()}
    return Lookup(reference.target_fields, tuple(sorted(values)))


def _too_precise(raw: RawTable, accepted: dict[int, dict[str, Cell]]) -> list[Problem]:
    """Numbers that Frictionless reads but that DECIMAL cannot hold; their rows are dropped."""
    problems = []
    for row, values in list(accepted.items()):
        for field in raw.table.schema.fields:
            if _fits(values[field.name]):
                continue
            accepted.pop(row, None)
            place, value = raw.place(row, field.name), raw.told(row, field.name)
            problems.append(
                CELL_PRECISION.at(place, title=field.title, field=field.name, value=value)
            )
    return problems


def _fits(value: Cell) -> bool:
    if isinstance(value, Decimal):
        exponent = value.normalize().as_tuple().exponent if value.is_finite() else "none"
        return isinstance(exponent, int) and abs(value) < _LARGEST and exponent >= _FINEST
    return not isinstance(value, int) or abs(value) < _LARGEST * 10**3


def _replace(
    loader: Loader, table: Table, judged: list[int], accepted: dict[int, dict[str, Cell]]
) -> None:
    """Take out what was judged; put in what was accepted."""
    name = f"recorded.{quoted(table.name)}"
    loader.run(f"delete from {name} where _row in (select unnest(?::bigint[]))", [judged])  # noqa: S608
    fields = table.schema.fields
    kinds = ["bigint", *(column_kind(field) for field in fields)]
    rows: Iterator[Row] = (
        (row, *(_stored(values[field.name], field) for field in fields))
        for row, values in accepted.items()
    )
    loader.extend(name, kinds, rows)


def _stored(value: Cell, field: Field) -> Cell:
    return str(value) if value is not None and column_kind(field) == "varchar" else value
