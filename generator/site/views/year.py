"""The year wheel: the days of every year that are worth an activity, dated for one school year."""

import dataclasses
import datetime as dt

from generator.compliance.periods import add_months
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.page import Page, SearchEntry

_MONTHS = 12


@dataclasses.dataclass(frozen=True, slots=True)
class YearDay:
    """One day or month, in the year at hand."""

    anchor: str
    title: str
    note: str
    first: dt.date
    last: dt.date
    past: bool

    @property
    def when(self) -> str:
        """`2027-03-29`, or `2027年6月` for a whole month."""
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first.year}年{self.first.month}月"


@dataclasses.dataclass(frozen=True, slots=True)
class YearView:
    """All days from the first to the last day of a school year."""

    start: dt.date
    end: dt.date
    days: list[YearDay]
    calendar: str


def year_page(book: Book) -> list[Page]:
    """The page of the year; none when no days are declared."""
    plan, as_of = book.ledger.checked.plan, book.ledger.as_of
    if not plan.days:
        return []
    desk = Desk(book, "year.md")
    start, end = _school_year(book)
    days = [
        YearDay(f"d-{day.id}", day.title, day.note, *span, past=span[1] < as_of)
        for day in plan.days
        for year in range(start.year, end.year + 1)
        if (span := day.in_year(year)) is not None and start <= span[0] <= end
    ]
    days.sort(key=lambda day: (day.first, day.last, day.title))
    view = YearView(start, end, days, desk.link("calendar.md"))
    text = "主题日 年历 宣传月 安全教育日 今年 " + " ".join(f"{d.title} {d.when}" for d in days)
    page = Page(
        path=desk.path,
        title="主题日",
        kind="year",
        markdown=render("year.html", desk=desk, view=view),
        source="content/days.yml",
        line=1,
        edition="public",
        inputs=("content/days.yml", "records", "as_of"),
        search=(SearchEntry("", "page", "主题日", "", text),),
    )
    return [page]


def _school_year(book: Book) -> tuple[dt.date, dt.date]:
    """The school year of the day counted on; without one, the twelve months from that month."""
    as_of = book.ledger.as_of
    years = book.ledger.checked.calendar.school_years
    first = as_of.replace(day=1)
    around = (first, add_months(first, _MONTHS) - dt.timedelta(days=1))
    return next(((start, end) for _, start, end in years if start <= as_of <= end), around)
