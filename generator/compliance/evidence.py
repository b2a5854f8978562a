"""The evidence of an indicator, asked for one day after another.

Sums are made by DuckDB in DECIMAL per day and subject; only the rows of the period shown and
the rows that are due are fetched one by one.
"""

import dataclasses
import datetime as dt
from decimal import Decimal
from fractions import Fraction

from generator.compliance.declarations import Indicator
from generator.compliance.periods import Period
from generator.records.answers import Cell
from generator.records.database import Database
from generator.records.facts import relations_in


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One record that an indicator stands on."""

    row: int
    subject: str
    happened_on: dt.date | None
    value: Fraction
    counts: bool
    due_on: dt.date | None
    open: bool
    owner: str
    label: str
    part: int = 0
    whole: int = 1
    """Of a ratio: how many of how many this record stands for."""
    waits: bool = False
    """Not yet due, and therefore in neither numerator nor denominator."""
    warn_on: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """What the rows of one subject on one day add up to.

    `later` and `part_later` are what will be left of `value` and `part` when the lead has
    passed. An indicator counted on a day has one tally a subject, without a day of its own.
    """

    day: dt.date | None
    subject: str
    value: Fraction
    later: Fraction
    rows: int
    counting: int
    part: int = 0
    whole: int = 0
    part_later: int = 0
    waiting: int = 0
    warned: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """The checked evidence of one indicator; `source` is a query with every column, typed."""

    indicator: Indicator
    database: Database
    source: str

    @property
    def reads(self) -> frozenset[str]:
        """The relations that the query reads."""
        return relations_in(str(self.indicator.evidence.value))

    def tallies(self, as_of: dt.date) -> list[Tally]:
        """Sums per day and subject of the rows known on the day counted on."""
        counted_on_a_day = self.indicator.period == "as_of"
        query = self._standing(as_of) if counted_on_a_day else self._happened(as_of)
        return [_tally(row) for row in self.database.ask(query, reads=self.reads)[1]]

    def _happened(self, as_of: dt.date) -> str:
        return (
            f"select happened_on, subject, {self._value('value')}, 0, count(*),"  # noqa: S608 - words and dates of ours
            " count(*) filter (where counts and not waits),"
            " coalesce(sum(part) filter (where not waits), 0),"
            " coalesce(sum(whole) filter (where not waits), 0), 0,"
            f" count(*) filter (where waits), count(*) filter (where warn_on <= date '{as_of}')"
            f" from ({self.source}) where happened_on is null or happened_on <= date '{as_of}'"
            " group by happened_on, subject"
        )

    def _value(self, column: str) -> str:
        """What the rows of a day add up to; of a last day the row that is worst."""
        kept = "filter (where counts and not waits), 0::decimal(18,3))"
        if self.indicator.take == "sum":
            return f"coalesce(sum({column}) {kept}"
        hard = "max" if self.indicator.target.at_most is not None else "min"
        return f"coalesce({hard}({column}) {kept}"

    def _standing(self, as_of: dt.date) -> str:
        """Rows whose `due_on` has passed count no longer; those within the lead will not.

        A row that says from when it warns is not measured by the lead. For a plain count a
        passed day changes nothing: what is overdue is still there.
        """
        if self.indicator.kind == "count":
            return (
                f"select null, subject, 0, 0, count(*), count(*) filter (where counts)"  # noqa: S608 - words of ours
                f" from ({self.source}) group by subject"
            )
        lapsed = as_of + dt.timedelta(days=self.indicator.at_risk.lead_days)
        later = (
            f"case when warn_on is not null then warn_on > date '{as_of}'"
            f" else coalesce(due_on > date '{lapsed}', true) end"
        )
        return (
            f"select null, subject, {self._value('value')}, {self._value('later')}, count(*),"  # noqa: S608 - words and dates of ours
            " count(*) filter (where counts and not waits),"
            " coalesce(sum(part) filter (where valid and not waits), 0),"
            " coalesce(sum(whole) filter (where not waits), 0),"
            " coalesce(sum(part) filter (where valid and lasting and not waits), 0),"
            " count(*) filter (where waits), 0"
            " from (select *, case when lasting then value else 0 end as later from"
            f" (select * replace (counts and coalesce(due_on >= date '{as_of}', true) as counts),"
            f" coalesce(due_on >= date '{as_of}', true) as valid, {later} as lasting"
            f" from ({self.source}))) group by subject"
        )

    def rows(
        self, period: Period, as_of: dt.date, until: dt.date
    ) -> tuple[list[EvidenceRow], list[EvidenceRow]]:
        """The rows of one period, oldest first; and what is open and due, earliest first."""
        if self.indicator.period == "as_of":
            in_period = "true"
        else:
            end = min(period.end, as_of)
            in_period = f"happened_on between date '{period.start}' and date '{end}'"
        query = (
            f"select *, coalesce({in_period}, false) as kept,"  # noqa: S608 - dates of ours
            f" coalesce(open and due_on <= date '{until}', false) as due"
            f" from ({self.source}) where kept or due"
        )
        asked = self.database.ask(query, reads=self.reads)[1]
        kept = [_row(row) for row in asked if row[-2]]
        due = [_row(row) for row in asked if row[-1]]
        last = dt.date.max
        kept.sort(key=lambda row: (row.happened_on or last, row.subject, row.row))
        return kept, sorted(due, key=lambda row: (row.due_on or last, row.row))


def _tally(row: tuple[Cell, ...]) -> Tally:
    day, subject, value, later, *numbers = row
    return Tally(
        _day(day),
        str(subject or ""),
        _fraction(value),
        _fraction(later),
        *(_int(number) for number in numbers),
    )


def _row(row: tuple[Cell, ...]) -> EvidenceRow:
    number, subject, happened, value, counts, due, is_open, owner, label = row[:9]
    part, whole, waits, warn = row[9:13]
    return EvidenceRow(
        row=_int(number),
        subject=str(subject or ""),
        happened_on=_day(happened),
        value=_fraction(value),
        counts=counts is True,
        due_on=_day(due),
        open=is_open is True,
        owner=str(owner or ""),
        label=str(label or ""),
        part=_int(part),
        whole=_int(whole),
        waits=waits is True,
        warn_on=_day(warn),
    )


def _day(value: Cell) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _int(value: Cell) -> int:
    return value if isinstance(value, int) else 0


def _fraction(value: Cell) -> Fraction:
    return Fraction(value) if isinstance(value, (int, Decimal)) else Fraction(0)
