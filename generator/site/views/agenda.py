"""Everything that has a day: what is due, what is held, days of every year, the school calendar."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from generator.compliance.calendar import Day
from generator.site.book import Desk, is_hidden
from generator.site.views.due import due_items, row_key

KINDS = {
    "overdue": "逾期",
    "due": "到期",
    "drill": "演练",
    "event": "活动",
    "theme": "主题日",
    "holiday": "放假",
    "makeup": "调休上课",
}
_MEANINGS = {"drills": "drill", "events": "event"}
_WEEKEND = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the calendar; `key` stays the same while the thing does."""

    key: str
    kind: str
    day: dt.date
    last: dt.date
    title: str
    address: str = ""
    owner_id: str = ""
    note: str = ""

    @property
    def kind_word(self) -> str:
        """The word of its kind."""
        return KINDS[self.kind]

    @property
    def span(self) -> str:
        """`11-09`, or `10-01 至 10-07`."""
        first = self.day.strftime("%m-%d")
        return first if self.day == self.last else f"{first} 至 {self.last.strftime('%m-%d')}"


def agenda(desk: Desk) -> list[Entry]:
    """All entries in order of time."""
    found = [*_due(desk), *_events(desk), *_themes(desk), *_school_days(desk)]
    return sorted(found, key=lambda entry: (entry.day, list(KINDS).index(entry.kind), entry.key))


def _due(desk: Desk) -> Iterator[Entry]:
    for item in due_items(desk):
        kind = "overdue" if item.days < 0 else "due"
        note = " · ".join(filter(None, (item.owner, item.asked_by)))
        yield Entry(
            item.key, kind, item.day, item.day, item.title, item.address, item.owner_id, note
        )


def _events(desk: Desk) -> Iterator[Entry]:
    """Bound events; nothing of a column that nobody may see."""
    tables = desk.ledger.checked.records.package.tables
    for event in desk.ledger.checked.bound.events:
        table = tables[event.table]
        field = table.field(event.title_column)
        if field is None or is_hidden(table, field.name) or not row_key(desk, event.row):
            continue
        yield Entry(
            key=row_key(desk, event.row),
            kind=_MEANINGS[event.meaning],
            day=event.day,
            last=event.day,
            title=field.labels.get(event.title, event.title),
            address=desk.row(event.row) or desk.to("table", event.table),
            owner_id=event.owner,
            note="" if event.day <= desk.ledger.as_of else "计划",
        )


def _themes(desk: Desk) -> Iterator[Entry]:
    """Days of every year, in the years that the school calendar spans."""
    days = desk.ledger.checked.calendar.days
    if not days:
        return
    first, last = days[0].day, days[-1].day
    for theme in desk.ledger.checked.plan.days:
        for year in range(first.year, last.year + 1):
            span = theme.in_year(year)
            if span is not None and first <= span[0] <= last:
                key = f"{theme.id}-{year}"
                yield Entry(key, "theme", span[0], span[1], theme.title, note=theme.note)


def _school_days(desk: Desk) -> Iterator[Entry]:
    """Holidays and make-up workdays, each run of days as one entry."""
    run: list[Day] = []
    for day in desk.ledger.checked.calendar.days:
        if run and not _continues(run[-1], day):
            yield from _span(run)
            run = []
        run.append(day)
    yield from _span(run)


def _continues(before: Day, day: Day) -> bool:
    following = before.day + dt.timedelta(days=1) == day.day
    return following and (before.kind, before.name) == (day.kind, day.name)


def _span(run: list[Day]) -> Iterator[Entry]:
    if not run:
        return
    first, last = run[0], run[-1]
    makeup = first.in_term and first.teaching and first.day.weekday() >= _WEEKEND
    if makeup and first.day == last.day:
        yield Entry(f"calendar-{first.day}", "makeup", first.day, last.day, first.name)
    elif not first.in_term:
        yield Entry(f"calendar-{first.day}", "holiday", first.day, last.day, first.name)
