"""Days that return every year: a fixed day, the last Monday of a month, or a whole month."""

import calendar
import dataclasses
import datetime as dt
from pathlib import Path

from generator.declared import Declared
from generator.plan.register import Register, read_register, register_form, repeated
from generator.problems.catalogue.declarations import WRONG_SHAPE
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem

DAYS_FILE = "content/days.yml"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WHICH = ("first", "second", "third", "fourth", "last")
_LEAP = 2024


@dataclasses.dataclass(frozen=True, slots=True)
class YearlyDay:
    """A day of every year; with neither `day` nor `weekday` it is the whole month."""

    id: str
    title: str
    note: str
    month: int
    day: int
    weekday: str
    which: str
    place: Place

    def in_year(self, year: int) -> tuple[dt.date, dt.date] | None:
        """The first and the last day in a year; None where there is no 29 February."""
        last = calendar.monthrange(year, self.month)[1]
        if self.weekday:
            day = self._nth(year, last)
        elif self.day:
            day = self.day
        else:
            return dt.date(year, self.month, 1), dt.date(year, self.month, last)
        if day > last:
            return None
        found = dt.date(year, self.month, day)
        return found, found

    def _nth(self, year: int, last: int) -> int:
        wanted = _WEEKDAYS.index(self.weekday)
        first = (wanted - dt.date(year, self.month, 1).weekday()) % 7 + 1
        days = range(first, last + 1, 7)
        return days[-1] if self.which == "last" else days[_WHICH.index(self.which)]


_FORM = register_form(DAYS_FILE, YearlyDay)


def read_days(root: Path) -> tuple[tuple[YearlyDay, ...], list[Problem]]:
    """Read `content/days.yml`; without the file there are none."""
    days, _, problems = read_register(root, DAYS_FILE, _FORM, _days)
    return days, problems


def _days(register: Register) -> list[YearlyDay]:
    days = [_day(entry) for entry in register.entries]
    register.problems += repeated((day.id, day.place) for day in days)
    return [day for day in days if day.month]


def _day(entry: Declared) -> YearlyDay:
    month = _number(entry, "month", 12, required=True)
    longest = calendar.monthrange(_LEAP, month)[1] if month else 31
    counted = "weekday" in entry
    weekday = entry.one_of("weekday", _WEEKDAYS) if counted else ""
    which = entry.one_of("which", _WHICH) if counted else ""
    day = YearlyDay(
        id=entry.text("id", required=True),
        title=entry.text("title", required=True),
        note=entry.text("note"),
        month=month,
        day=_number(entry, "day", longest),
        weekday=weekday if which else "",
        which=which,
        place=entry.node.place,
    )
    entry.close()
    return day


def _number(entry: Declared, key: str, most: int, *, required: bool = False) -> int:
    """A whole number from one to `most`; zero when it is absent or wrong."""
    text = entry.text(key, required=required)
    number = entry.integer(key)
    if text and number and not 1 <= number <= most:
        entry.problems.append(
            WRONG_SHAPE.at(
                entry.place(key),
                key=key,
                value=shown(text),
                wanted_zh=f"1 到 {most} 的整数",
                wanted_en=f"a whole number from 1 to {most}",
                example=str(min(most, 9)),
            )
        )
        return 0
    return number
