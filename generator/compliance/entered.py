"""When a record was written down, against the day it is about: in time, late, or before the site.

Read from history only when asked; restricted tables are never told about.
"""

import dataclasses
import datetime as dt
from collections import Counter
from enum import StrEnum
from functools import cached_property

from generator.compliance.closed_files import last_day
from generator.history.commits import History
from generator.history.first_seen import FirstSeen, read_first_seen
from generator.history.versions import Key
from generator.problems.problem import Words
from generator.project import Project
from generator.records.fields import RESTRICTED
from generator.records.records import Records
from generator.records.tables import RawTable


class Kind(StrEnum):
    """How a record came in."""

    IN_TIME = "in_time"
    LATE = "late"
    FOUNDING = "founding"
    UNKNOWN = "unknown"


NAMES = {
    Kind.IN_TIME: Words("及时登记", "entered in time"),
    Kind.LATE: Words("补录", "entered late"),
    Kind.FOUNDING: Words("建站前台账", "from before the site"),
    Kind.UNKNOWN: Words("无法判断", "cannot be told"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Entered:
    """How a record came in, and the day it was first seen; None while it is not committed."""

    kind: Kind
    first_seen_on: dt.date | None


class Entries:
    """Answers for every record; the history of a table is read when its first row is asked."""

    def __init__(
        self, project: Project, history: History, records: Records, as_of: dt.date
    ) -> None:
        self._project = project
        self._history = history
        self._records = records
        self._as_of = as_of
        self._tables: dict[str, _Table] = {}

    def entered(self, row: int) -> Entered | None:
        """How a record came in; None where its table has no day of its own or is restricted."""
        raw = self._records.raw.owner(row)
        table = self._of(raw)
        return table.entered(row, self._as_of) if table else None

    def counts(self, name: str) -> Counter[Kind]:
        """How many records of a table came in in which way."""
        raw = self._records.raw.tables[name]
        table = self._of(raw)
        if table is None:
            return Counter()
        return table.counts(self._as_of)

    def _of(self, raw: RawTable) -> "_Table | None":
        table = raw.table
        if table.sensitivity == RESTRICTED or not table.schema.event_date:
            return None
        if table.name not in self._tables:
            keys = dict.fromkeys(table.paths, table.schema.primary_key)
            seen = self._first(keys) if all(keys.values()) else None
            late = self._project.school.house.late_entry_days
            self._tables[table.name] = _Table(raw, seen, late)
        return self._tables[table.name]

    def _first(self, keys: dict[str, Key]) -> FirstSeen | None:
        return read_first_seen(self._project.root, self._history, keys, self._project.store)


@dataclasses.dataclass(frozen=True)
class _Table:
    raw: RawTable
    seen: FirstSeen | None
    late: int
    """More days than these after its day, a record was entered late."""

    @cached_property
    def _cells(self) -> list[tuple[tuple[str, ...], str]]:
        """The key and the day of every row, as written."""
        table = self.raw.table
        names = [field.name for field in table.schema.fields]
        key = [names.index(name) for name in table.schema.primary_key]
        event = names.index(table.schema.event_date)
        return [(tuple(row[i] for i in key), row[event]) for row in self.raw.cells()]

    def counts(self, as_of: dt.date) -> Counter[Kind]:
        """How many rows came in in which way; those of one key and day alike."""
        if self.seen is None:
            return Counter({Kind.UNKNOWN: self.raw.size})
        first, imported = self.seen.days, self.seen.imported
        alike = Counter((first.get(key), key in imported, day) for key, day in self._cells)
        found: Counter[Kind] = Counter()
        for (seen, founding, written), count in alike.items():
            found[self._kind(seen, written, as_of, founding=founding)] += count
        return found

    def entered(self, row: int, as_of: dt.date) -> Entered:
        key, written = self._cells[row - self.raw.base]
        if self.seen is None:
            return Entered(Kind.UNKNOWN, None)
        first = self.seen.days.get(key)
        founding = key in self.seen.imported
        return Entered(self._kind(first, written, as_of, founding=founding), first)

    def _kind(self, first: dt.date | None, written: str, as_of: dt.date, *, founding: bool) -> Kind:
        if founding:
            return Kind.FOUNDING
        day = _day(written)
        late = day is not None and ((first or as_of) - day).days > self.late
        return Kind.LATE if late else Kind.IN_TIME


def _day(written: str) -> dt.date | None:
    """A day, or the last day of a month; None for an empty cell."""
    try:
        month = len(written) == len("2026-11")
        return last_day(written) if month else dt.date.fromisoformat(written)
    except ValueError:
        return None
