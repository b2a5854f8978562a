"""The numbers of declared charts: asked of the tables as known on the day counted on."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from generator.compliance.chart_files import ChartDeclaration, broken_chart
from generator.compliance.queries import columns_of, text_of, translated
from generator.problems.problem import Problem, Words
from generator.records.answers import Row
from generator.records.database import Database, QueryError, quoted
from generator.records.facts import relations_in

_TYPES = {"label": "varchar", "row": "varchar", "day": "date"}
_MOST = 2_000
"""Rows that a chart may have; more cannot be told apart."""


@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """One row of a chart: its words, and a number for each series or a day."""

    label: str
    values: tuple[Fraction, ...]
    row: str = ""
    day: dt.date | None = None


def usable_charts(
    charts: Iterable[ChartDeclaration], database: Database, incomplete: frozenset[str]
) -> tuple[tuple[ChartDeclaration, ...], list[Problem]]:
    """The charts whose queries give what they have to; those over faulty tables are left out.

    Args:
        charts: the charts as declared.
        database: the sealed tables.
        incomplete: relations that could not be read in whole.
    """
    problems: list[Problem] = []
    usable = []
    for chart in charts:
        if relations_in(str(chart.query.value)) & incomplete:
            continue
        found = _check_columns(chart, database)
        problems += found
        usable += [] if found else [chart]
    return tuple(usable), problems


def chart_points(chart: ChartDeclaration, database: Database) -> tuple[Point, ...]:
    """The rows of a chart in the order of its query, codes as words."""
    return tuple(_point(chart, row) for row in _rows(chart, database))


def _check_columns(chart: ChartDeclaration, database: Database) -> list[Problem]:
    columns, problems = columns_of(database, chart.query)
    missing = [name for name in chart.columns if name not in columns]
    if problems or missing:
        what = Words(f"查询缺少列 {'、'.join(missing)}", f"the query lacks {', '.join(missing)}")
        return problems or [_broken(chart, what)]
    try:
        rows = len(_rows(chart, database))
    except QueryError as error:
        return [translated(error, chart.query)]
    if rows > _MOST:
        what = Words(
            f"查询给出 {rows} 行，画不清", f"the query gives {rows} rows, too many to tell"
        )
        return [_broken(chart, what)]
    return []


def _broken(chart: ChartDeclaration, what: Words) -> Problem:
    wanted = "、".join(chart.columns)
    fix = Words(
        f"{chart.kind} 要的列是 {wanted}，最多 {_MOST} 行",
        f"{chart.kind} needs the columns {wanted} and at most {_MOST} rows",
    )
    return broken_chart(chart.query.first, chart.id, what, fix)


def _rows(chart: ChartDeclaration, database: Database) -> list[Row]:
    picked = ", ".join(
        f"cast({quoted(name)} as {_TYPES.get(name, 'decimal(18,3)')}) as {quoted(name)}"
        for name in chart.columns
    )
    query = f"select {picked} from (\n{text_of(chart.query)}\n)"  # noqa: S608 - checked declared SQL
    return database.ask(query, reads=relations_in(str(chart.query.value)))[1]


def _point(chart: ChartDeclaration, row: Row) -> Point:
    cells = dict(zip(chart.columns, row, strict=True))
    day = cells.get("day")
    return Point(
        label=_word(chart, cells["label"]),
        values=tuple(_number(cells[name]) for name, _ in chart.series if name in cells),
        row=_word(chart, cells.get("row")),
        day=day if isinstance(day, dt.date) else None,
    )


def _word(chart: ChartDeclaration, cell: object) -> str:
    text = "" if cell is None else str(cell)
    return chart.labels.get(text, text)


def _number(cell: object) -> Fraction:
    return Fraction(cell) if isinstance(cell, (int, Decimal)) else Fraction(0)
