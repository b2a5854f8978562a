"""The keys of other tables that judged rows refer to: as many as the judge needs."""

import dataclasses

from generator.records.database import quoted
from generator.records.loading import Loader
from generator.records.schema import Plain, Reference
from generator.records.tables import RawTable, RawTables


@dataclasses.dataclass(frozen=True, slots=True)
class Lookup:
    """The key columns of a table that a foreign key points to, as written."""

    fields: tuple[dict[str, Plain], ...]
    """How the columns are read."""
    rows: tuple[tuple[str, ...], ...]


def lookup(
    loader: Loader, raw: RawTable, all_raw: RawTables, key: tuple[Reference, list[int]]
) -> Lookup:
    """The keys to look for.

    Of text keys only those that the judged rows name; all of them where values of other types
    may be written in several ways. A table that could not be read is taken to have every key.

    Args:
        loader: where the tables are loaded.
        raw: the table that is judged.
        all_raw: all tables.
        key: the reference, and the judged rows.
    """
    reference, rows = key
    named = {tuple(raw.written(row, name) for name in reference.fields) for row in rows}
    name = reference.table or raw.table.name
    if name in all_raw.broken:
        readings = tuple(
            raw.table.schema.reading(own) | {"name": theirs}
            for own, theirs in zip(reference.fields, reference.target_fields, strict=True)
        )
        return Lookup(readings, tuple(sorted(named)))
    target = all_raw.tables[name]
    fields = [target.table.field(column) for column in reference.target_fields]
    if all(field is not None and field.type == "string" for field in fields):
        found = _known(loader, name, reference.target_fields, named)
    else:
        names = [field.name for field in target.table.schema.fields]
        positions = [names.index(column) for column in reference.target_fields]
        found = {tuple(cells[position] for position in positions) for cells in target.cells()}
    schema = target.table.schema
    readings = tuple(schema.reading(column) for column in reference.target_fields)
    return Lookup(readings, tuple(sorted(found)))


def _known(
    loader: Loader, table: str, columns: tuple[str, ...], named: set[tuple[str, ...]]
) -> set[tuple[str, ...]]:
    """Which of the named text keys a table has."""
    loader.make(table)
    cells = ", ".join(f"coalesce({quoted(column)}, '')" for column in columns)
    wanted = ", ".join("unnest(?::varchar[])" for _ in columns)
    query = (
        f"select distinct {cells} from loaded.{quoted(table)} where ({cells}) in (select {wanted})"  # noqa: S608
    )
    lists = [list(column) for column in zip(*named, strict=True)]
    return {tuple(str(cell) for cell in row) for row in loader.run(query, lists)}
