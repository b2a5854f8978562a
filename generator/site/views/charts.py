"""The page of declared charts: each as a picture, in words, and as a table."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

from markupsafe import Markup

from generator.compliance.chart_files import ChartDeclaration
from generator.compliance.charted import Point, chart_points
from generator.compliance.declarations import number_text
from generator.site.book import Book, Desk
from generator.site.charts import Chart, Column, column_chart
from generator.site.drawings import (
    Group,
    Mark,
    Picture,
    bar_chart,
    grouped_chart,
    heat_map,
    time_line,
)
from generator.site.environment import render
from generator.site.page import Page, SearchEntry

CHARTS_PAGE = "records/charts.md"
_ROOM = 3
"""Columns that the words of a year need on a phone."""
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})(-[0-9]{2})?")


@dataclasses.dataclass(frozen=True, slots=True)
class ChartView:
    """One chart: the picture is empty where there is nothing to draw."""

    anchor: str
    title: str
    about: str
    picture: Markup
    head: list[str]
    rows: list[list[str]]
    table: str
    address: str


@dataclasses.dataclass(frozen=True, slots=True)
class ChartsView:
    """The page of all charts."""

    as_of: dt.date
    charts: list[ChartView]


@dataclasses.dataclass(frozen=True, slots=True)
class _Drawn:
    picture: Markup
    head: list[str]
    rows: list[list[str]]


_Draw: TypeAlias = Callable[[Desk, ChartDeclaration, tuple[Point, ...]], _Drawn]


def chart_anchor(chart: ChartDeclaration) -> str:
    """Where a chart stands on the page of charts."""
    return f"chart-{chart.id}"


def charts_page(book: Book) -> list[Page]:
    """The page of all charts; none where none is declared."""
    charts = book.ledger.checked.charts
    if not charts:
        return []
    desk = Desk(book, CHARTS_PAGE)
    view = ChartsView(book.ledger.as_of, [_view(desk, chart) for chart in charts])
    entries = [SearchEntry("", "page", "图表", "", "统计图 走势 趋势")]
    entries += [
        SearchEntry("", "page", chart.title, chart_anchor(chart), chart.about) for chart in charts
    ]
    return [
        Page(
            path=desk.path,
            title="图表",
            kind="charts",
            markdown=render("charts.html", desk=desk, view=view),
            source=charts[0].place.file,
            line=charts[0].place.line,
            edition="staff",
            inputs=("records", "as_of"),
            search=tuple(entries),
        )
    ]


def _view(desk: Desk, chart: ChartDeclaration) -> ChartView:
    points = chart_points(chart, desk.ledger.checked.database)
    drawn = _DRAWINGS[chart.kind](desk, chart, points) if points else _Drawn(Markup(), [], [])
    return ChartView(
        anchor=chart_anchor(chart),
        title=chart.title,
        about=chart.about,
        picture=drawn.picture,
        head=drawn.head,
        rows=drawn.rows,
        table=desk.book.title("table", chart.table),
        address=desk.to("table", chart.table),
    )


def _columns(desk: Desk, chart: ChartDeclaration, points: tuple[Point, ...]) -> _Drawn:
    head, rows = _plain_table(chart, points)
    words = [word for _, word in chart.series]
    if len(words) > 1:
        groups = _groups(points)
        return _Drawn(grouped_chart(_picture(chart, head, rows), words, groups), head, rows)
    columns = tuple(
        Column(group.label, group.over, group.values[0], number_text(group.values[0]), "")
        for group in _groups(points)
    )
    picture = _picture(chart, head, rows)
    drawn = Chart(
        picture.id, picture.title, picture.description, columns, Fraction(0), _line(desk, chart)
    )
    return _Drawn(column_chart(drawn), head, rows)


def _bars(desk: Desk, chart: ChartDeclaration, points: tuple[Point, ...]) -> _Drawn:
    del desk
    head, rows = _plain_table(chart, points)
    words = [word for _, word in chart.series]
    groups = [Group(point.label, "", point.values) for point in points]
    return _Drawn(bar_chart(_picture(chart, head, rows), words, groups), head, rows)


def _matrix(desk: Desk, chart: ChartDeclaration, points: tuple[Point, ...]) -> _Drawn:
    del desk
    labels = sorted({point.label for point in points})
    names = list(dict.fromkeys(point.row for point in points))
    found = {(point.row, point.label): point.values[0] for point in points}
    cells = [(name, [found.get((name, label), Fraction(0)) for label in labels]) for name in names]
    head = ["", *labels]
    rows = [[name, *map(number_text, values)] for name, values in cells]
    shown = [_dated(label) for label in labels]
    return _Drawn(heat_map(_picture(chart, head, rows), shown, cells), head, rows)


def _timeline(desk: Desk, chart: ChartDeclaration, points: tuple[Point, ...]) -> _Drawn:
    as_of = desk.ledger.as_of
    found: dict[tuple[str, dt.date], list[str]] = {}
    for point in points:
        if point.day is not None:
            found.setdefault((point.row, point.day), []).append(point.label)
    marks = [Mark(row, day, tuple(words)) for (row, day), words in found.items()]
    rows = [
        [mark.row, mark.day.isoformat(), _left((mark.day - as_of).days), "、".join(mark.words)]
        for mark in sorted(marks, key=lambda mark: (mark.day, mark.row))
    ]
    passed = sum(len(mark.words) for mark in marks if mark.day < as_of)
    count = sum(len(mark.words) for mark in marks)
    told = f"共 {count} 项，已经过期 {passed} 项。"
    picture = Picture(chart_anchor(chart), chart.title, f"{chart.about}{told}")
    return _Drawn(time_line(picture, as_of, marks), ["类别", "日期", "期限", "内容"], rows)


_DRAWINGS: dict[str, _Draw] = {
    "columns": _columns,
    "bars": _bars,
    "matrix": _matrix,
    "timeline": _timeline,
}


def _plain_table(
    chart: ChartDeclaration, points: Sequence[Point]
) -> tuple[list[str], list[list[str]]]:
    unit = f"（{chart.unit}）" if chart.unit else ""
    plain = len(chart.series) == 1
    head = ["", *(chart.unit or "数" if plain else f"{word}{unit}" for _, word in chart.series)]
    return head, [[point.label, *map(number_text, point.values)] for point in points]


def _picture(chart: ChartDeclaration, head: list[str], rows: list[list[str]]) -> Picture:
    """What it tells in words: all numbers of a small table."""
    words = (
        f"{row[0]} "
        + "，".join(
            f"{cell} {title}".strip() for title, cell in zip(head[1:], row[1:], strict=True)
        )
        for row in rows
    )
    return Picture(chart_anchor(chart), chart.title, f"{chart.about}{'；'.join(words)}。")


def _groups(points: Sequence[Point]) -> list[Group]:
    """Months and days below the columns, the year once below its first."""
    dated = [_dated(point.label) for point in points]
    overs = [over for _, over in dated]
    groups = []
    for index, (label, over) in enumerate(dated):
        first = over not in overs[:index]
        alone = index == 0 and overs.count(over) < _ROOM < len(overs)
        groups.append(Group(label, over if first and not alone else "", points[index].values))
    return groups


def _dated(label: str) -> tuple[str, str]:
    """`2026-09` is 9月 of 2026, `2026-09-11` is 9-11 of 2026; other words stay."""
    match = _MONTH.fullmatch(label)
    if match is None:
        return label, ""
    year, month, day = match.groups()
    return (f"{int(month)}{day}" if day else f"{int(month)}月"), year


def _line(desk: Desk, chart: ChartDeclaration) -> tuple[Fraction, str, str] | None:
    """The target of the indicator that is named, drawn with its word and its number."""
    found = next((i for i in desk.ledger.checked.indicators if i.id == chart.line), None)
    if found is None:
        return None
    word = "上限" if found.target.at_most is not None else "目标"
    return found.target.number, word, f"{number_text(found.target.number)} {found.unit}"


def _left(days: int) -> str:
    return f"已过 {-days} 天" if days < 0 else f"还有 {days} 天" if days else "今天"
