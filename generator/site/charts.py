"""Charts as inline SVG, drawn at build time: one column a period, the target as a line.

Positions across are percentages and positions down are pixels, so that text keeps its size at
every width; colours come from the style sheet, so that a chart follows dark mode and paper. A
status is drawn as its icon too. The table with the same numbers is the page's own affair.
"""

import dataclasses
import functools
import math
from fractions import Fraction

from markupsafe import Markup

from generator.site.environment import icon

_TOP, _HEIGHT, _BOTTOM = 28, 120, 66
_PLOT = Fraction(80)
"""Percent of the width for the columns; the rest is for the words at a target line."""
_WIDEST = Fraction(10)
_WORDS = 12
"""So many columns have room for words on a phone; of more, every second or third has them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column: its word below the axis, a second line there, the number above it."""

    label: str
    group: str
    value: Fraction
    text: str
    state: str
    """The value of a status, or an empty string for a column without one."""
    drawn: bool = True
    """False where there is nothing to draw: the icon alone stands there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Chart:
    """What a column chart shows; `line` is a number with its words, such as 目标 and 100 %."""

    id: str
    title: str
    description: str
    columns: tuple[Column, ...]
    top: Fraction
    line: tuple[Fraction, str, str] | None = None


@functools.lru_cache(512)
def column_chart(chart: Chart) -> Markup:
    """The chart as a figure; `title` and `desc` tell its content to those who do not see it.

    It holds no link, so a page and the sheets of an indicator share one.
    """
    highest = max([chart.top, *(c.value for c in chart.columns), *_line_value(chart)])
    plot = _PLOT if chart.line else Fraction(100)
    width = min(plot / max(1, len(chart.columns)), _WIDEST)
    step = math.ceil(len(chart.columns) / _WORDS)
    last = len(chart.columns) - 1
    columns = Markup().join(
        _column(column, index * width, width, highest, worded=(last - index) % step == 0)
        for index, column in enumerate(chart.columns)
    )
    end = percent(width * len(chart.columns))
    head = svg_head(chart.id, chart.title, chart.description, _TOP + _HEIGHT + _BOTTOM)
    axis = Markup('<line class="sc-chart__axis" x1="0" x2="{}" y1="{}" y2="{}"/>').format(
        end, _TOP + _HEIGHT, _TOP + _HEIGHT
    )
    line = _target(chart, end, highest)
    return Markup('<figure class="sc-chart">{}{}{}{}</svg></figure>').format(
        head, columns, axis, line
    )


def svg_head(name: str, title: str, description: str, height: int) -> Markup:
    """The beginning of a picture as wide as its place, with what it tells in words."""
    return Markup(
        '<svg role="img" aria-labelledby="{0}-t {0}-d" width="100%" height="{1}">'
        '<title id="{0}-t">{2}</title><desc id="{0}-d">{3}</desc>'
    ).format(name, height, title, description)


def _line_value(chart: Chart) -> list[Fraction]:
    return [chart.line[0]] if chart.line else []


def percent(value: Fraction) -> str:
    """A share of the width with two decimals, cut off."""
    whole, part = divmod(int(value * 100), 100)
    return f"{whole}.{part:02d}%"


def pixels(value: Fraction, highest: Fraction) -> int:
    """The height of a column."""
    return int(value * _HEIGHT / highest) if highest else 0


def _column(
    column: Column, left: Fraction, width: Fraction, highest: Fraction, *, worded: bool
) -> Markup:
    """One column in a coordinate system of its own."""
    height = max(pixels(column.value, highest), 2) if column.drawn else 0
    floor = _TOP + _HEIGHT
    parts = [
        Markup('<svg class="sc-chart__column" x="{}" width="{}"{}>').format(
            percent(left),
            percent(width),
            Markup(' data-bar="{}"').format(column.state) if column.state else "",
        )
    ]
    thin = "" if worded else " sc-chart__thin"
    if column.drawn:
        parts.append(
            Markup(
                '<rect class="sc-chart__bar" x="16%" width="68%" y="{}" height="{}" rx="2"/>'
            ).format(floor - height, height)
        )
    if column.drawn:
        parts.append(text_at(f"sc-chart__value{thin}", floor - height - 7, column.text))
    if column.state:
        parts.append(
            Markup('<svg x="50%" y="{}"><g transform="translate(-7)">{}</g></svg>').format(
                floor + 7, icon(f"status-{column.state}")
            )
        )
    parts.append(text_at(thin.strip(), floor + 38, column.label))
    if column.group:
        parts.append(text_at("", floor + 56, column.group))
    return Markup("{}</svg>").format(Markup().join(parts))


def text_at(name: str, y: int, text: str, x: str = "50%", anchor: str = "middle") -> Markup:
    """Words at a place; without a class they are the words of an axis."""
    return Markup('<text{} x="{}" y="{}" text-anchor="{}">{}</text>').format(
        Markup(' class="{}"').format(name) if name else "", x, y, anchor, text
    )


def _target(chart: Chart, end: str, highest: Fraction) -> Markup:
    if chart.line is None:
        return Markup()
    value, word, number = chart.line
    y = _TOP + _HEIGHT - pixels(value, highest)
    return Markup(
        '<line class="sc-chart__target" x1="0" x2="{0}" y1="{1}" y2="{1}"/>'
        '<svg x="{0}"><text class="sc-chart__word" x="8" y="{2}">{3}</text>'
        '<text class="sc-chart__word" x="8" y="{4}">{5}</text></svg>'
    ).format(end, y, y - 2, word, y + 14, number)
