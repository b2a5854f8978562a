"""Periods: months, quarters, terms, years of two kinds, rolling windows, the day counted on."""

import calendar as months
import dataclasses
import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from generator.compliance.calendar import Calendar, Day

ROLLING = {f"rolling_{count}_months": count for count in (3, 6, 12, 24, 36)}
"""Windows of whole months that end on the day counted on."""
_BY_CALENDAR = (
    "calendar_month", "teaching_month", "quarter", "term", "school_year", "calendar_year",
)  # fmt: skip
KINDS = (*_BY_CALENDAR, "as_of", *ROLLING)
_NUMBERS = "一二三四"
_ORDINALS = {"1": "第一", "2": "第二", "3": "第三"}


@dataclasses.dataclass(frozen=True, slots=True)
class Period:
    """A span of days that an indicator is counted over."""

    kind: str
    id: str
    title: str
    start: dt.date
    end: dt.date
    applies: bool = True


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day `count` months on, clamped to the end of a shorter month."""
    index = day.year * 12 + day.month - 1 + count
    year, month = index // 12, index % 12 + 1
    last = months.monthrange(year, month)[1]
    return dt.date(year, month, min(day.day, last))


def periods_of(calendar: Calendar, least: int) -> dict[str, tuple[Period, ...]]:
    """All periods that the calendar spans, by kind, in order of time.

    Args:
        calendar: all days.
        least: a month or quarter with fewer teaching days carries no quota.
    """
    days = calendar.days
    if not days:
        return dict.fromkeys(KINDS, ())
    teaching = Counter(day.day.strftime("%Y-%m") for day in days if day.teaching)
    by_month = _spans((day.day.strftime("%Y-%m"), day.day) for day in days)
    return {
        "calendar_month": tuple(
            Period("calendar_month", name, month_title(start), *_whole_month(start))
            for name, start, _ in by_month
        ),
        "teaching_month": tuple(
            Period(
                "teaching_month",
                name,
                month_title(start),
                *_whole_month(start),
                applies=teaching[name] >= least,
            )
            for name, start, _ in by_month
        ),
        "quarter": _quarters(days, least),
        "term": tuple(
            Period("term", name, term_title(name), start, end)
            for name, start, end in calendar.terms
        ),
        "school_year": tuple(
            Period("school_year", name, f"{name.replace('-', '—')} 学年", start, end)
            for name, start, end in calendar.school_years
        ),
        "calendar_year": tuple(
            Period(
                "calendar_year", str(year), f"{year}年", dt.date(year, 1, 1), dt.date(year, 12, 31)
            )
            for year in sorted({day.day.year for day in days})
        ),
        **dict.fromkeys(("as_of", *ROLLING), ()),
    }


def rolling(kind: str, first: dt.date, as_of: dt.date) -> tuple[Period, ...]:
    """The window that ends on the day counted on, and those before it back to the first day.

    Args:
        kind: one of `ROLLING`.
        first: the first day that is known; a window that begins earlier is only given when it
            is the last one.
        as_of: the day counted on.
    """
    count = ROLLING[kind]
    windows: list[Period] = []
    end = as_of
    while not windows or (end > first and add_months(end, -count) >= first):
        start = add_months(end, -count) + dt.timedelta(days=1)
        title = f"{start.isoformat()} 至 {end.isoformat()}"
        windows.append(Period(kind, end.isoformat(), title, start, end))
        end = add_months(as_of, -count * len(windows))
    return tuple(reversed(windows))


def on_day(as_of: dt.date) -> Period:
    """The period of an indicator that is counted on a day."""
    return Period("as_of", as_of.isoformat(), f"{as_of.isoformat()} 当日", as_of, as_of)


def period_at(periods: tuple[Period, ...], day: dt.date) -> Period | None:
    """The period that holds a day; periods of a kind are in order and do not overlap."""
    index = bisect_right(periods, day, key=lambda period: period.start) - 1
    return periods[index] if index >= 0 and day <= periods[index].end else None


def month_title(day: dt.date) -> str:
    """`2026年10月`."""
    return f"{day.year}年{day.month}月"


def term_title(term: str) -> str:
    """`2026-2027-1` is 2026—2027 学年第一学期; another id stands for itself."""
    year, _, number = term.rpartition("-")
    if not year:
        return term
    return f"{year.replace('-', '—')} 学年{_ORDINALS.get(number, number)}学期"


def _quarters(days: Sequence[Day], least: int) -> tuple[Period, ...]:
    """Quarters of the calendar year; one with too few teaching days carries no quota."""
    teaching = Counter(_quarter(day.day) for day in days if day.teaching)
    return tuple(
        Period(
            "quarter",
            f"{year}-Q{number}",
            f"{year}年第{_NUMBERS[number - 1]}季度",
            dt.date(year, 3 * number - 2, 1),
            add_months(dt.date(year, 3 * number - 2, 1), 3) - dt.timedelta(days=1),
            applies=teaching[year, number] >= least,
        )
        for year, number in sorted({_quarter(day.day) for day in days})
    )


def _quarter(day: dt.date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def _whole_month(day: dt.date) -> tuple[dt.date, dt.date]:
    start = day.replace(day=1)
    return start, add_months(start, 1) - dt.timedelta(days=1)


def _spans(pairs: Iterable[tuple[str, dt.date]]) -> list[tuple[str, dt.date, dt.date]]:
    found: dict[str, list[dt.date]] = defaultdict(list)
    for name, day in pairs:
        found[name].append(day)
    return sorted((name, min(days), max(days)) for name, days in found.items())
