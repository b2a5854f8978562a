"""Raw tables to typed tables: screen, judge, keys, lists, dates; then the views as of a day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from generator.problems.catalogue.tables import DATE_FUTURE, KEY_REFERENCE, LIST_DUPLICATE
from generator.problems.masking import shown
from generator.problems.problem import Problem
from generator.problems.rule import near_names
from generator.records.database import Loader, Row, quoted
from generator.records.package import Table
from generator.records.schema import Field, Reference
from generator.records.screen import column_kind, conversion, order_free_keys, soundness
from generator.records.tables import RawTable, RawTables
from generator.records.verdicts import problem_of


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
    for table in raw.tables.values():
        problems.extend(_check_lists(loader, table, raw))
        problems.extend(_check_dates(loader, table, today))
    for table in raw.tables.values():
        loader.run(_view(table.table))
    return problems


def _load_raw(loader: Loader, raw: RawTable) -> None:
    names = [field.name for field in raw.table.schema.fields]
    columns = {"_row": "bigint"} | dict.fromkeys(names, "varchar")
    rows = ((raw.base + index, *cells) for index, cells in enumerate(raw.cells()))
    loader.fill(f"raw.{quoted(raw.table.name)}", columns, rows)


def _type_table(loader: Loader, raw: RawTable, all_raw: RawTables) -> list[Problem]:
    table = raw.table
    suspects = _suspects(loader, table, all_raw)
    source = f"raw.{quoted(table.name)}"
    casts = ", ".join(
        f"{conversion(field)} as {quoted(field.name)}" for field in table.schema.fields
    )
    uncleared = _uncleared(table)
    loader.run(
        f"create table recorded.{quoted(table.name)} as select _row, {casts} from {source}"  # noqa: S608
        f" where not ({uncleared}) order by _row"
    )
    if not suspects:
        return []
    from generator.records.judge import judge  # noqa: PLC0415 - Frictionless takes 0.3 s to import

    rows = [[raw.written(row, field.name) for field in table.schema.fields] for row in suspects]
    lookups = [_lookup(all_raw, table, reference) for reference in table.schema.references]
    verdicts, typed = judge(table.schema, rows, lookups)
    problems = [problem_of(verdict, raw, suspects, all_raw) for verdict in verdicts]
    faulty = {suspects[verdict.row] for verdict in verdicts if verdict.row >= 0}
    _replace(loader, table, faulty, {suspects[index]: values for index, values in typed.items()})
    return problems


def _uncleared(table: Table) -> str:
    predicates = [soundness(field) for field in table.schema.fields]
    return f"not coalesce({' and '.join(predicates)}, false)"


def _suspects(loader: Loader, table: Table, raw: RawTables) -> list[int]:
    """Rows that are not certainly sound: cells, repeated keys, references not found."""
    source = f"raw.{quoted(table.name)}"
    uncleared = loader.run(f"select _row from {source} where {_uncleared(table)}")  # noqa: S608
    found = {int(str(row[0])) for row in uncleared}
    if found and not order_free_keys(table.schema):
        rows = loader.run(f"select _row from {source}")  # noqa: S608
        return sorted(int(str(row[0])) for row in rows)
    keys = [table.schema.primary_key] if table.schema.primary_key else []
    keys += [(field.name,) for field in table.schema.fields if field.constraints.unique]
    for key in keys:
        columns = ", ".join(quoted(name) for name in key)
        query = f"select _row from {source} qualify count(*) over (partition by {columns}) > 1"  # noqa: S608
        found.update(int(str(row[0])) for row in loader.run(query))
    for reference in table.schema.references:
        if reference.table not in raw.broken:
            found.update(_lost(loader, table, reference))
    return sorted(found)


def _lost(loader: Loader, table: Table, reference: Reference) -> Iterable[int]:
    target = f"raw.{quoted(reference.table or table.name)}"
    pairs = list(zip(reference.fields, reference.target_fields, strict=True))
    equal = " and ".join(f"t.{quoted(theirs)} = s.{quoted(own)}" for own, theirs in pairs)
    filled = " or ".join(f"s.{quoted(own)} <> ''" for own in reference.fields)
    query = (
        f"select s._row from raw.{quoted(table.name)} s where ({filled})"  # noqa: S608
        f" and not exists (select 1 from {target} t where {equal})"
    )
    return [int(str(row[0])) for row in loader.run(query)]


def _lookup(raw: RawTables, table: Table, reference: Reference) -> Any:  # noqa: ANN401
    from generator.records.judge import Lookup  # noqa: PLC0415

    target = raw.tables[reference.table or table.name]
    fields = reference.target_fields
    if target.table.name in raw.broken:
        own = raw.tables[table.name]
        rows = {
            tuple(own.written(own.base + i, f) for f in reference.fields) for i in range(own.size)
        }
        return Lookup(fields, tuple(sorted(rows)))
    positions = [[f.name for f in target.table.schema.fields].index(name) for name in fields]
    values = {tuple(cells[position] for position in positions) for cells in target.cells()}
    return Lookup(fields, tuple(sorted(values)))


def _replace(
    loader: Loader, table: Table, faulty: set[int], typed: dict[int, dict[str, Any]]
) -> None:
    """Take out what was refused; put in what the judge accepted and the screen had not."""
    name = f"recorded.{quoted(table.name)}"
    gone = [[*faulty, *typed]]
    loader.run(f"delete from {name} where list_contains(?::bigint[], _row)", gone)  # noqa: S608
    kinds = [column_kind(field) for field in table.schema.fields]
    marks = ", ".join(["?", *(f"?::{kind}" for kind in kinds)])
    for row, values in typed.items():
        cells = [_stored(values[field.name], field) for field in table.schema.fields]
        loader.run(f"insert into {name} values ({marks})", [row, *cells])  # noqa: S608


def _stored(value: Any, field: Field) -> Any:  # noqa: ANN401
    return str(value) if value is not None and column_kind(field) == "varchar" else value


def _check_lists(loader: Loader, raw: RawTable, all_raw: RawTables) -> list[Problem]:
    """Every entry of a `;` list exists in its table and stands once."""
    problems: list[Problem] = []
    for field in raw.table.schema.fields:
        if field.list_of is None or field.list_of.table in all_raw.broken:
            continue
        known = _known(loader, field.list_of.table, field.list_of.field)
        query = f"select _row, {quoted(field.name)} from recorded.{quoted(raw.table.name)}"  # noqa: S608
        for row, text in _filled(loader.run(query)):
            problems.extend(_entries(raw, row, field, text.split(";"), known))
    return problems


def _known(loader: Loader, table: str, column: str) -> frozenset[str]:
    rows = loader.run(f"select distinct {quoted(column)} from raw.{quoted(table)}")  # noqa: S608
    return frozenset(str(row[0]) for row in rows)


def _filled(rows: Sequence[Row]) -> list[tuple[int, str]]:
    return [(int(str(row[0])), str(row[1])) for row in rows if row[1] is not None]


def _entries(
    raw: RawTable, row: int, field: Field, entries: list[str], known: frozenset[str]
) -> Iterable[Problem]:
    target = field.list_of.table if field.list_of else ""
    for number, entry in enumerate(entries):
        facts = {"title": field.title, "field": field.name, "value": shown(entry)}
        place = raw.place(row, field.name)
        if entry not in known:
            near = near_names(entry, known)
            yield KEY_REFERENCE.at(place, near=near, target=target, **facts)
        elif entry in entries[:number]:
            yield LIST_DUPLICATE.at(place, **facts)


def _check_dates(loader: Loader, raw: RawTable, today: dt.date) -> list[Problem]:
    """A date of a past event must not lie after the day of the check."""
    problems: list[Problem] = []
    for field in raw.table.schema.fields:
        if field.type != "date" or field.future:
            continue
        query = (
            f"select _row, {quoted(field.name)}::varchar from recorded.{quoted(raw.table.name)}"  # noqa: S608
            f" where {quoted(field.name)} > ?"
        )
        for row, text in _filled(loader.run(query, [today])):
            facts = {"title": field.title, "field": field.name, "value": shown(text)}
            problems.append(DATE_FUTURE.at(raw.place(row, field.name), **facts))
    return problems


def _view(table: Table) -> str:
    """The table as known on `as_of()`: later rows hidden, later dates blanked, rest derived."""
    schema = table.schema
    later = [
        field
        for field in schema.fields
        if field.type == "date" and not field.future and field.name != schema.event_date
    ]
    blanked = ", ".join(
        f"case when {quoted(field.name)} <= as_of() then {quoted(field.name)} end"
        f" as {quoted(field.name)}"
        for field in later
    )
    replaced = f"* replace ({blanked})" if blanked else "*"
    is_later = " or ".join(f"{quoted(field.name)} > as_of()" for field in later) or "false"
    known = (
        f"{quoted(schema.event_date)} is null or {quoted(schema.event_date)} <= as_of()"
        if schema.event_date
        else "true"
    )
    columns = ", ".join(["_row", *(_column(field) for field in schema.fields)])
    return (
        f"create view {quoted(table.name)} as select {columns} from (select {replaced},"  # noqa: S608
        f" coalesce({is_later}, false) as _later"
        f" from recorded.{quoted(table.name)} where {known})"
    )


def _column(field: Field) -> str:
    if not field.derived:
        return quoted(field.name)
    name = quoted(field.name)
    return f"case when _later then ({field.derived}) else {name} end as {name}"
