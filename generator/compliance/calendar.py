"""The school calendar: what kind of day each day is, from the bound table.

A make-up workday beats a holiday, a holiday beats a teaching range. Lessons are held on the
weekdays of teaching ranges and on make-up workdays. A term id is `<school year>-<number>`;
a school year runs from the first day of its first term to the day before the next one.
"""

import dataclasses
import datetime as dt
from collections import defaultdict

from generator.problems.catalogue.declarations import WRONG_SHAPE
from generator.problems.catalogue.queries import CALENDAR_OVERLAP
from generator.problems.masking import shown
from generator.problems.problem import Problem
from generator.project import Binding
from generator.records.answers import Cell
from generator.records.database import quoted
from generator.records.loading import Loader, Relation
from generator.records.records import Records

_ORDER = ("teaching", "holiday", "makeup")
_HOLIDAY = 1
_MAKEUP = 2
_WORKDAYS = range(5)
_LONGEST = 400
"""Days; a longer range is a slip of the pen, not a holiday."""


@dataclasses.dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar."""

    day: dt.date
    kind: str
    in_term: bool
    teaching: bool
    term: str
    school_year: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Calendar:
    """All days in order, with the spans of terms and school years (id, first, last day)."""

    days: tuple[Day, ...] = ()
    terms: tuple[tuple[str, dt.date, dt.date], ...] = ()
    school_years: tuple[tuple[str, dt.date, dt.date], ...] = ()

    def relation(self) -> Relation:
        """The calendar as the relation `calendar_days`."""
        columns = {
            "day": "date", "kind": "varchar", "in_term": "boolean", "teaching": "boolean",
            "term_id": "varchar", "school_year": "varchar", "name": "varchar",
        }  # fmt: skip
        return Relation("calendar_days", columns, tuple(_cells(day) for day in self.days))


@dataclasses.dataclass(frozen=True, slots=True)
class _Range:
    row: int
    start: dt.date
    end: dt.date
    kind: str
    rank: int
    term: str
    name: str


def read_calendar(
    binding: Binding | None, records: Records, loader: Loader
) -> tuple[Calendar, list[Problem]]:
    """Read the calendar through its binding; without one there are no days."""
    if binding is None or binding.table in records.faulty:
        return Calendar(), []
    every = _ranges(binding, loader)
    ranges = [entry for entry in every if (entry.end - entry.start).days < _LONGEST]
    problems = [_too_long(entry, binding, records) for entry in every if entry not in ranges]
    problems += _overlaps(ranges, records)
    terms = _term_spans(ranges)
    years = _year_spans(terms, ranges)
    days: dict[dt.date, _Range] = {}
    for entry in sorted(ranges, key=lambda entry: entry.rank):
        for offset in range((entry.end - entry.start).days + 1):
            days[entry.start + dt.timedelta(days=offset)] = entry
    found = tuple(_day(day, days[day], terms, years) for day in sorted(days))
    return Calendar(found, terms, years), problems


def _cells(day: Day) -> tuple[Cell, ...]:
    return (
        day.day, day.kind, day.in_term, day.teaching, day.term or None,
        day.school_year or None, day.name,
    )  # fmt: skip


def _ranges(binding: Binding, loader: Loader) -> list[_Range]:
    ranks = {
        value: rank for rank, group in enumerate(_ORDER) for value in binding.values.get(group, ())
    }
    columns = ", ".join(
        quoted(binding.columns[key]) for key in ("start", "end", "kind", "term", "name")
    )
    query = f"select _row, {columns} from recorded.{quoted(binding.table)} order by _row"  # noqa: S608 - declared names
    ranges = []
    for row, start, end, kind, term, name in loader.ask(query, [binding.table]):
        if isinstance(start, dt.date) and isinstance(end, dt.date):
            rank = ranks.get(str(kind), _HOLIDAY)
            number = int(str(row))
            ranges.append(
                _Range(number, start, end, str(kind), rank, str(term or ""), str(name or ""))
            )
    return ranges


def _overlaps(ranges: list[_Range], records: Records) -> list[Problem]:
    """Two ranges of the same rank must not share a day."""
    problems = []
    last: dict[int, _Range] = {}
    for entry in sorted(ranges, key=lambda entry: (entry.start, entry.row)):
        before = last.get(entry.rank)
        if before is not None and entry.start <= before.end:
            problems.append(
                CALENDAR_OVERLAP.at(
                    records.place(entry.row),
                    span=f"{entry.start}—{entry.end}",
                    other=f"{before.start}—{before.end}",
                )
            )
        if before is None or entry.end > before.end:
            last[entry.rank] = entry
    return problems


def _too_long(entry: _Range, binding: Binding, records: Records) -> Problem:
    column = binding.columns["end"]
    return WRONG_SHAPE.at(
        records.place(entry.row, column),
        key=column,
        value=shown(str(entry.end)),
        wanted_zh=f"开始之后 {_LONGEST} 天以内的日期",
        wanted_en=f"a day within {_LONGEST} days of the start",
        example=str(entry.start),
    )


def _term_spans(ranges: list[_Range]) -> tuple[tuple[str, dt.date, dt.date], ...]:
    found: dict[str, list[_Range]] = defaultdict(list)
    for entry in ranges:
        if entry.term and entry.rank != _HOLIDAY:
            found[entry.term].append(entry)
    spans = (
        (term, min(e.start for e in entries), max(e.end for e in entries))
        for term, entries in found.items()
    )
    return tuple(sorted(spans, key=lambda span: (span[1], span[0])))


def _year_spans(
    terms: tuple[tuple[str, dt.date, dt.date], ...], ranges: list[_Range]
) -> tuple[tuple[str, dt.date, dt.date], ...]:
    starts: dict[str, dt.date] = {}
    for term, start, _ in terms:
        year = term.rpartition("-")[0] or term
        starts[year] = min(start, starts.get(year, start))
    ordered = sorted(starts.items(), key=lambda pair: pair[1])
    if not ordered:
        return ()
    last = max((entry.end for entry in ranges), default=dt.date.min)
    ends = [start - dt.timedelta(days=1) for _, start in ordered[1:]] + [last]
    return tuple((year, start, end) for (year, start), end in zip(ordered, ends, strict=True))


def _day(
    day: dt.date,
    entry: _Range,
    terms: tuple[tuple[str, dt.date, dt.date], ...],
    years: tuple[tuple[str, dt.date, dt.date], ...],
) -> Day:
    in_term = entry.rank != _HOLIDAY
    teaching = entry.rank == _MAKEUP or (in_term and day.weekday() in _WORKDAYS)
    return Day(day, entry.kind, in_term, teaching, _span(day, terms), _span(day, years), entry.name)


def _span(day: dt.date, spans: tuple[tuple[str, dt.date, dt.date], ...]) -> str:
    return next((name for name, start, end in spans if start <= day <= end), "")
