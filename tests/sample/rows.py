"""What a row of a table is, and how a table becomes a CSV file."""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

Cell: TypeAlias = str | int | bool | dt.date | None
Row: TypeAlias = dict[str, Cell]
AS_OF = dt.date(2026, 11, 20)
"""The last day of the sample: nothing that happened lies after it."""


def day(text: str) -> dt.date:
    """A calendar date written YYYY-MM-DD."""
    return dt.date.fromisoformat(text)


def from_lines(columns: str, lines: Iterable[Sequence[Cell]]) -> list[Row]:
    """Rows out of value lists; an empty text stands for no value."""
    names = columns.split()
    return [
        {name: value if value != "" else None for name, value in zip(names, line, strict=True)}
        for line in lines
    ]


def numbered(rows: list[Row], column: str, series: Callable[[Row], str], width: int) -> list[Row]:
    """The rows with an id put first: the series of each row and its number in that series."""
    counts: dict[str, int] = {}
    result: list[Row] = []
    for row in rows:
        name = series(row)
        counts[name] = counts.get(name, 0) + 1
        result.append({column: f"{name}-{counts[name]:0{width}d}", **row})
    return result


def write_table(target: Path, name: str, rows: list[Row]) -> None:
    """Write `name`.csv: UTF-8, LF, quotes only where needed, sorted by the first column."""
    header = list(rows[0])
    with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in sorted(rows, key=lambda row: str(row[header[0]])):
            if list(row) != header:
                message = f"{name}: columns differ: {list(row)}"
                raise ValueError(message)
            writer.writerow([_text(value) for value in row.values()])


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
