"""Rows of a table that `school.yaml` binds by meaning, under the keys of the binding."""

import datetime as dt

from generator.project import Binding
from generator.records.answers import Cell
from generator.records.database import quoted
from generator.records.loading import Loader
from generator.records.records import Records


def bound_rows(binding: Binding | None, records: Records, loader: Loader) -> list[dict[str, Cell]]:
    """The rows of a bound table as recorded, by the binding's keys; a faulty table has none."""
    if binding is None or binding.table in records.faulty:
        return []
    keys = list(binding.columns)
    columns = ", ".join(["_row", *(quoted(binding.columns[key]) for key in keys)])
    query = f"select {columns} from recorded.{quoted(binding.table)} order by _row"  # noqa: S608 - declared names
    rows = loader.ask(query, [binding.table])
    return [dict(zip(["_row", *keys], row, strict=True)) for row in rows]


def text_of(value: Cell) -> str:
    """A cell as text; nothing is an empty text."""
    return "" if value is None else str(value)


def number_of(value: Cell) -> int:
    """A cell as a whole number; nothing is 0."""
    return value if isinstance(value, int) else 0


def day_of(value: Cell) -> dt.date | None:
    """A cell as a day, if it is one."""
    return value if isinstance(value, dt.date) else None
