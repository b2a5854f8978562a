"""Rows as text to typed rows in DuckDB, each with the answer whether it is certainly sound.

`loaded.<table>` holds all rows of a table: `_row`, the typed cells (null where empty or not
certainly sound; text stays as written) and `_sound`.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.records.database import literal, quoted
from generator.records.loading import Loader
from generator.records.schema import TableSchema
from generator.records.screen import conversion, soundness

if TYPE_CHECKING:
    from generator.records.places import TableFile
    from generator.records.tables import RawTable


def staged(schema: TableSchema, source: str, row: str = "") -> str:
    """The query that types the rows of `source`.

    Args:
        schema: the schema of the rows.
        source: a relation with the columns of the schema, as text; empty cells are null.
        row: an expression for `_row`; without one, rows are numbered by where they stand.
    """
    names = [quoted(field.name) for field in schema.fields]
    flags = [f"_sound_{number}" for number in range(len(names))]
    answers = [
        f"{soundness(field)} as {flag}" for field, flag in zip(schema.fields, flags, strict=True)
    ]
    cells = [
        quoted(field.name)
        if field.type == "string"
        else f"case when {flag} then {conversion(field)} end"
        for field, flag in zip(schema.fields, flags, strict=True)
    ]
    typed = [f"{cell} as {name}" for cell, name in zip(cells, names, strict=True)]
    filled = " or ".join(f"{name} is not null" for name in names)
    sound = f"coalesce({' and '.join(flags)} and ({filled}), false) as _sound"
    numbered = [f"{row} as _row"] if row else []
    return (
        f"select {', '.join([*numbered, *typed, sound])}"  # noqa: S608
        f" from (select *, {', '.join(answers)} from {source})"
    )


def load_table(loader: Loader, table: "RawTable") -> None:
    """Make `loaded.<table>` of the files of a table, in their order."""
    name = f"loaded.{quoted(table.table.name)}"
    if len(table.files) < 2 and not any(_relation(file) for file in table.files):  # noqa: PLR2004 - one file
        _load_rows(loader, table, (name, table.base), table.files)
        return
    base = table.base
    parts: list[str] = []
    for file in table.files:
        relation = _relation(file)
        if relation:
            parts.append(f"select rowid + {base} as _row, * from {relation}")  # noqa: S608
        else:
            part = f"loaded.{quoted(f'{table.table.name} {loader.next_number()}')}"
            _load_rows(loader, table, (part, base), [file])
            parts.append(f"from {part}")
        base += file.size
    loader.run(f"create view {name} as {' union all '.join(parts)}")


def _relation(file: "TableFile") -> str:
    """Where DuckDB has read a file into by itself; empty when Python has split it."""
    return str(getattr(file, "relation", ""))


def _load_rows(
    loader: Loader, table: "RawTable", target: tuple[str, int], files: Sequence["TableFile"]
) -> None:
    """Load rows that Python has split.

    Args:
        loader: the database being filled.
        table: the table they belong to.
        target: the relation to make, and the number of the first row.
        files: what holds the rows.
    """
    name, base = target
    names = [field.name for field in table.table.schema.fields]
    kinds = json.dumps([{"_row": "BIGINT"} | dict.fromkeys(names, "VARCHAR")])
    written = (cells for file in files for cells in file.rows)
    rows = [
        {"_row": base + index} | {n: cell or None for n, cell in zip(names, cells, strict=True)}
        for index, cells in enumerate(written)
    ]
    source = f"(select unnest(from_json(?, {literal(kinds)}), recursive := true))"
    query = staged(table.table.schema, source, "_row")
    loader.run(f"create table {name} as {query}", [json.dumps(rows)])
