"""Charts beside the plain columns: several series, bars that lie, a heat map, a time line.

As in `charts.py`, across is in percent and down in pixels, and the style sheet gives the colours.
Nothing is told by colour alone: a series has its own filling, a cell its number, a day its icon.
"""

import dataclasses
import datetime as dt
import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from markupsafe import Markup

from generator.site.charts import percent, svg_head, text_at
from generator.site.environment import icon, number

_TOP, _HEIGHT, _BOTTOM = 24, 120, 44
_WIDEST = Fraction(16)
_BAR = 46
_CELL = 28
_NAMES = Fraction(24)
"""Percent of the width for the names of rows."""
_LEVELS = 4
_SOON = 30
_TICKS = 5
_LINE = Fraction(32)
"""Percent of the width at which a time line begins."""


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """What any of these charts is called and what it tells in words."""

    id: str
    title: str
    description: str


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """A word with one number for each series; `over` stands below the word."""

    label: str
    over: str
    values: tuple[Fraction, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """What falls on one day of a row."""

    row: str
    day: dt.date
    words: tuple[str, ...]


def grouped_chart(picture: Picture, series: Sequence[str], groups: Sequence[Group]) -> Markup:
    """Columns side by side for each word."""
    highest = max((value for group in groups for value in group.values), default=Fraction(0))
    width = min(Fraction(100) / max(1, len(groups)), _WIDEST)
    parts = [
        Markup('<svg class="sc-chart__column" x="{}" width="{}">{}</svg>').format(
            percent(index * width), percent(width), _group(group, highest)
        )
        for index, group in enumerate(groups)
    ]
    floor = _TOP + _HEIGHT
    parts.append(_axis("0", percent(width * len(groups)), floor, floor))
    return _figure(picture, floor + _BOTTOM, parts, series)


def _group(group: Group, highest: Fraction) -> Markup:
    step = Fraction(76) / max(1, len(group.values))
    parts = []
    for index, value in enumerate(group.values):
        height = max(int(value * _HEIGHT / highest), 2) if highest else 2
        left = 12 + index * step
        top = _TOP + _HEIGHT - height
        parts.append(_rect(index, (left, step - 2), top, height))
        middle = percent(left + step / 2)
        parts.append(text_at("sc-chart__value sc-chart__fine", top - 6, number(value), middle))
    floor = _TOP + _HEIGHT
    parts.append(text_at("", floor + 18, group.label))
    parts += [text_at("", floor + 36, group.over)] if group.over else []
    return Markup().join(parts)


def bar_chart(picture: Picture, series: Sequence[str], groups: Sequence[Group]) -> Markup:
    """One bar for each word, its series one after the other, with the numbers over it."""
    longest = max((sum(group.values) for group in groups), default=Fraction(0))
    parts = []
    for index, group in enumerate(groups):
        y = index * _BAR
        told = (f"{word} {number(value)}" for word, value in zip(series, group.values, strict=True))
        parts.append(text_at("sc-chart__word", y + 14, group.label, "0", "start"))
        parts.append(text_at("", y + 14, "，".join(told).strip(), "100%", "end"))
        ends = list(itertools.accumulate(group.values, initial=Fraction(0)))
        for number_, (start, end) in enumerate(itertools.pairwise(ends)):
            if end > start:
                share = (start * 100 / longest, (end - start) * 100 / longest)
                parts.append(_rect(number_, share, y + 22, 12))
    return _figure(picture, len(groups) * _BAR, parts, series)


def heat_map(
    picture: Picture,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[tuple[str, Sequence[Fraction]]],
) -> Markup:
    """A cell for each row and column, darker where there is more, with its number inside."""
    highest = max((value for _, values in rows for value in values), default=Fraction(0))
    width = min((100 - _NAMES) / max(1, len(columns)), Fraction(12))
    parts = []
    before = ""
    for index, (label, over) in enumerate(columns):
        middle = percent(_NAMES + index * width + width / 2)
        parts.append(text_at("", 32, label, middle))
        parts += [text_at("", 14, over, middle)] if over != before else []
        before = over
    for line, (name, values) in enumerate(rows):
        y = 40 + line * _CELL
        parts.append(text_at("sc-chart__word", y + 19, name, "0", "start"))
        for index, value in enumerate(values):
            level = math.ceil(value * _LEVELS / highest) if highest else 0
            cell = Markup('<svg class="sc-heat" data-heat="{}" x="{}" width="{}" y="{}">').format(
                level, percent(_NAMES + index * width), percent(width), y
            )
            box = Markup('<rect x="2%" width="96%" y="1" height="{}" rx="3"/>').format(_CELL - 2)
            parts.append(cell + box + text_at("", 19, number(value)) + Markup("</svg>"))
    return _figure(picture, 40 + len(rows) * _CELL, parts)


def time_line(picture: Picture, as_of: dt.date, marks: Sequence[Mark]) -> Markup:
    """A line for each row with what falls on its days; what has passed stands left of the day."""
    rows = list(dict.fromkeys(mark.row for mark in marks))
    days = [as_of, *(mark.day for mark in marks)]
    first = min(days).replace(day=1)
    span = max(1, (max(days) - first).days + 1)

    def across(day: dt.date) -> str:
        return percent(_LINE + 2 + (94 - _LINE) * Fraction((day - first).days, span))

    height = 26 + len(rows) * _CELL
    parts = list(_months(first, max(days), across, height))
    parts.append(
        Markup('<line class="sc-chart__target" x1="{0}" x2="{0}" y1="20" y2="{1}"/>').format(
            across(as_of), height
        )
    )
    parts.append(text_at("sc-chart__word", 14, "统计日", across(as_of)))
    for line, row in enumerate(rows):
        y = 26 + line * _CELL + _CELL // 2
        parts.append(text_at("sc-chart__word", y + 5, row, "0", "start"))
        parts.append(_axis(percent(_LINE), "98%", y, y))
        parts += [_mark(mark, as_of, across(mark.day), y) for mark in marks if mark.row == row]
    return _figure(picture, height + 42, parts)


def _months(
    first: dt.date, last: dt.date, across: Callable[[dt.date], str], height: int
) -> Iterator[Markup]:
    """Words for some of the months, no more than fit a phone, and for the years they are of."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    year = 0
    for index in range(0, count, -(-count // _TICKS)):
        months = first.month - 1 + index
        day = dt.date(first.year + months // 12, months % 12 + 1, 1)
        yield text_at("", height + 16, f"{day.month}月", across(day))
        if day.year != year:
            yield text_at("", height + 34, str(day.year), across(day))
        year = day.year


def _mark(mark: Mark, as_of: dt.date, x: str, y: int) -> Markup:
    """A sign for what has passed or is near, else a dot, larger for several."""
    days = (mark.day - as_of).days
    state = "missed" if days < 0 else "at_risk" if days <= _SOON else ""
    size = 5 if len(mark.words) == 1 else 7
    dot = Markup('<circle class="sc-chart__dot" cx="7" cy="7" r="{}"/>').format(size)
    return Markup(
        '<svg class="sc-chart__mark" x="{}" y="{}"{}><title>{}</title>'
        '<g transform="translate(-7)">{}</g></svg>'
    ).format(
        x,
        y - 7,
        Markup(' data-bar="{}"').format(state) if state else "",
        f"{mark.day} {'、'.join(mark.words)}",
        icon(f"status-{state}") if state else dot,
    )


def _rect(series: int, across: tuple[Fraction, Fraction], y: int, height: int) -> Markup:
    return Markup(
        '<rect class="sc-chart__bar" data-series="{}" x="{}" width="{}" y="{}" height="{}"/>'
    ).format(series, percent(across[0]), percent(across[1]), y, height)


def _axis(left: str, right: str, top: int, bottom: int) -> Markup:
    return Markup('<line class="sc-chart__axis" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
        left, right, top, bottom
    )


def _figure(
    picture: Picture, height: int, parts: Sequence[Markup], series: Sequence[str] = ()
) -> Markup:
    """The figure with a key to its series, where there are several."""
    head = svg_head(picture.id, picture.title, picture.description, height)
    key = Markup().join(
        Markup(
            '<span class="sc-chart__series"><svg width="14" height="14" aria-hidden="true">'
            '<rect class="sc-chart__bar" data-series="{}" x="1" y="1" width="12" height="12"/>'
            "</svg>{}</span>"
        ).format(index, word)
        for index, word in enumerate(series)
    )
    caption = Markup("<figcaption>{}</figcaption>").format(key) if len(series) > 1 else ""
    return Markup('<figure class="sc-chart">{}{}{}</svg></figure>').format(
        caption, head, Markup().join(parts)
    )
