"""Keys of small tables, cleared by their text: planning a query would take longer than looking.

Only what is certain is cleared: texts of these types differ where their values differ, as far as
the screen has found the cells sound. Everything else is asked of DuckDB.
"""

from collections.abc import Sequence

from generator.records.bulk import BulkFile
from generator.records.schema import Field, Reference
from generator.records.tables import RawTable, RawTables

_ONE_TEXT_EACH = frozenset({"string", "integer", "date", "yearmonth", "year"})
"""Types whose sound cells have one text for each value."""


def plainly_single(raw: RawTable, key: Sequence[Field]) -> bool:
    """Tell whether every row of a small table has a whole key, and each another one."""
    texts = _texts(raw, [field.name for field in key])
    if texts is None or not all(all(entry) for entry in texts):
        return False
    return len(set(texts)) == len(texts)


def plainly_there(raw: RawTable, all_raw: RawTables, reference: Reference) -> bool:
    """Tell whether every row of a small table refers to a row of another one, or to none."""
    target = all_raw.tables[reference.table] if reference.table else raw
    own = _texts(raw, reference.fields)
    known = _texts(target, reference.target_fields)
    if own is None or known is None:
        return False
    whole = {entry for entry in known if all(entry)}
    return all(entry in whole or not any(entry) for entry in own)


def _texts(raw: RawTable, names: Sequence[str]) -> list[tuple[str, ...]] | None:
    """The cells of some columns as written; None where that is not enough or takes long."""
    fields = [raw.table.field(name) for name in names]
    plain = all(f and f.type in _ONE_TEXT_EACH and f.format == "default" for f in fields)
    if not plain or any(isinstance(file, BulkFile) for file in raw.files):
        return None
    order = [field.name for field in raw.table.schema.fields]
    columns = [order.index(name) for name in names]
    return [tuple(row[column] for column in columns) for file in raw.files for row in file.rows]
