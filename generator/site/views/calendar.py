"""The calendar page: month by month what is due, held and free, as a grid and as a list."""

import calendar
import dataclasses
import datetime as dt
from collections import Counter

from generator.compliance.periods import month_title
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.origins import bound_origin
from generator.site.page import Page, SearchEntry
from generator.site.views.agenda import Entry, agenda
from generator.site.views.roles import feed_path

_AHEAD = 12
"""Months on the page, the one of the day counted on included."""
_MARKS = {"holiday": "休", "makeup": "班"}


@dataclasses.dataclass(frozen=True, slots=True)
class DayView:
    """One day of a grid; `mark` is 休 or 班, `entries` how many things it has."""

    number: int
    day: dt.date
    mark: str
    entries: int
    urgent: bool
    today: bool


@dataclasses.dataclass(frozen=True, slots=True)
class MonthView:
    """One month: weeks of days, None outside it, and the entries in order."""

    id: str
    title: str
    weeks: list[list[DayView | None]]
    entries: list[Entry]


@dataclasses.dataclass(frozen=True, slots=True)
class CalendarView:
    """The calendar."""

    as_of: dt.date
    months: list[MonthView]
    past: list[MonthView]
    feed: str
    feeds: list[tuple[str, str]]


def calendar_page(book: Book) -> Page:
    """The months from the day counted on, and the past ones of its school year."""
    desk = Desk(book, "calendar.md")
    as_of = book.ledger.as_of
    entries = agenda(desk)
    first = as_of.replace(day=1)
    years = book.ledger.checked.calendar.school_years
    began = next((start for _, start, end in years if start <= as_of <= end), first)
    posts = book.ledger.checked.bound.posts.values()
    view = CalendarView(
        as_of=as_of,
        months=[_month(day, entries, as_of) for day in _months(first, _AHEAD)],
        past=[
            _month(day, entries, as_of)
            for day in _months(began.replace(day=1), _AHEAD)
            if day < first
        ],
        feed=desk.link(feed_path()),
        feeds=[(post.title, desk.link(feed_path(post.id))) for post in posts],
    )
    text = "日历 校历 放假 调休 演练 主题日 到期 " + " ".join(e.title for e in entries)
    place = bound_origin(book.ledger, "calendar")
    return Page(
        path=desk.path,
        title="日历",
        kind="calendar",
        markdown=render("calendar.html", desk=desk, view=view),
        source=place.file,
        line=place.line,
        edition="staff",
        inputs=("records", "content", "as_of"),
        search=(SearchEntry("", "page", "日历", "", text),),
    )


def _months(first: dt.date, count: int) -> list[dt.date]:
    """The first days of consecutive months."""
    index = first.year * 12 + first.month - 1
    return [dt.date((index + n) // 12, (index + n) % 12 + 1, 1) for n in range(count)]


def _month(first: dt.date, entries: list[Entry], as_of: dt.date) -> MonthView:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    inside = [entry for entry in entries if entry.day <= last and entry.last >= first]
    marks: dict[dt.date, str] = {}
    counts: Counter[dt.date] = Counter()
    for entry in inside:
        if entry.kind not in _MARKS:
            counts[max(entry.day, first)] += 1
            continue
        for offset in range((min(entry.last, last) - max(entry.day, first)).days + 1):
            marks[max(entry.day, first) + dt.timedelta(days=offset)] = _MARKS[entry.kind]
    urgent = {entry.day for entry in inside if entry.kind == "overdue"}
    weeks = [
        [
            DayView(day.day, day, marks.get(day, ""), counts[day], day in urgent, day == as_of)
            if day.month == first.month
            else None
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return MonthView(first.strftime("%Y-%m"), month_title(first), weeks, inside)
