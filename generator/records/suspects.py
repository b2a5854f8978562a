"""Which rows are not certainly sound: by their cells, their keys and what they refer to."""

from generator.records.database import quoted
from generator.records.loading import Loader
from generator.records.package import Table
from generator.records.plain_keys import plainly_single, plainly_there
from generator.records.schema import Field, Reference
from generator.records.tables import RawTable, RawTables


def suspected(loader: Loader, raw: RawTable, all_raw: RawTables) -> list[int]:
    """The rows of a loaded table that go to the judge, in order."""
    table = raw.table
    unsound = _rows(loader, table, "not _sound")
    queries: list[str] = []
    for key, every in _keys(table):
        if unsound and _is_blurred(loader, raw, key):
            return _rows(loader, table, "true")
        if not plainly_single(raw, key):
            queries += _repeated(table, key, every=every)
    for reference in table.schema.references:
        if reference.table not in all_raw.broken and not plainly_there(raw, all_raw, reference):
            loader.make(reference.table)
            queries.append(_lost(table, reference))
    found = loader.run(" union ".join(queries)) if queries else []
    return sorted({*unsound, *(int(str(row[0])) for row in found)})


def _rows(loader: Loader, table: Table, condition: str) -> list[int]:
    query = f"select _row from loaded.{quoted(table.name)} where {condition} order by _row"  # noqa: S608
    return [int(str(row[0])) for row in loader.run(query)]


def _keys(table: Table) -> list[tuple[list[Field], bool]]:
    """The fields of each key that must not repeat, and whether every row must have it."""
    fields = table.schema.fields
    primary = [field for field in fields if field.name in table.schema.primary_key]
    keys = [(primary, True)] if primary else []
    return keys + [([field], False) for field in fields if field.constraints.unique]


def _is_blurred(loader: Loader, raw: RawTable, key: list[Field]) -> bool:
    """Tell whether a cell that the screen cannot read may equal the key of another row."""
    return any(
        raw.written(row, field.name)
        for field in key
        if field.type != "string"
        for row in _rows(loader, raw.table, f"not _sound and {quoted(field.name)} is null")
    )


def _repeated(table: Table, key: list[Field], *, every: bool) -> list[str]:
    """Queries for the rows whose key stands in other rows too, or is empty in all its columns."""
    name = f"loaded.{quoted(table.name)}"
    columns = [quoted(field.name) for field in key]
    filled = "true" if every else f"{columns[0]} is not null"
    grouped = ", ".join(columns)
    equal = " and ".join(f"r.{column} is not distinct from s.{column}" for column in columns)
    repeated = (
        f"select s._row from {name} s join (select {grouped} from {name} where {filled}"  # noqa: S608
        f" group by {grouped} having count(*) > 1) r on {equal}"
    )
    empty = " and ".join(f"{column} is null" for column in columns)
    return [repeated, f"select _row from {name} where {empty}"] if every else [repeated]  # noqa: S608


def _lost(table: Table, reference: Reference) -> str:
    """The query for rows that refer to what the other table does not have."""
    own, target = f"loaded.{quoted(table.name)}", f"loaded.{quoted(reference.table or table.name)}"
    equal = []
    for mine, theirs in zip(reference.fields, reference.target_fields, strict=True):
        field = table.field(mine)
        whole = len(reference.fields) > 1 and field is not None and field.type == "string"
        sign = "is not distinct from" if whole else "="
        equal.append(f"t.{quoted(theirs)} {sign} s.{quoted(mine)}")
    filled = " or ".join(f"s.{quoted(name)} is not null" for name in reference.fields)
    return (
        f"select _row from {own} s where ({filled})"  # noqa: S608
        f" and not exists (select 1 from {target} t where {' and '.join(equal)})"
    )
