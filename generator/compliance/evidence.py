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
from generator.records.database import Cell, Database

_SUM = "sum(case when counts then value else 0 end)"
_COUNTS = "count(*), count(*) filter (where counts)"


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


@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """What the rows of one subject on one day add up to.

    `later` is what will be left of `value` when the lead has passed. An indicator counted on
    a day has one tally a subject, without a day of its own.
    """

    day: dt.date | None
    subject: str
    value: Fraction
    later: Fraction
    rows: int
    counting: int


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """The checked evidence of one indicator; `source` is a query with every column, typed."""

    indicator: Indicator
    database: Database
    source: str

    def tallies(self, as_of: dt.date) -> list[Tally]:
        """Sums per day and subject of the rows known on the day counted on."""
        counted_on_a_day = self.indicator.period == "as_of"
        query = self._standing(as_of) if counted_on_a_day else self._happened(as_of)
        return [_tally(row) for row in self.database.ask(query)[1]]

    def _happened(self, as_of: dt.date) -> str:
        return (
            f"select happened_on, subject, {_SUM}, 0, {_COUNTS} from ({self.source})"  # noqa: S608 - words and dates of ours
            f" where happened_on is null or happened_on <= date '{as_of}' group by all"
        )

    def _standing(self, as_of: dt.date) -> str:
        """Rows whose `due_on` has passed count no longer; those within the lead will not.

        For a plain count a passed day changes nothing: what is overdue is still there.
        """
        if self.indicator.kind == "count":
            return f"select null, subject, {_SUM}, 0, {_COUNTS} from ({self.source}) group by all"  # noqa: S608 - words of ours
        lapsed = as_of + dt.timedelta(days=self.indicator.at_risk.lead_days)
        later = f"coalesce(due_on > date '{lapsed}', true)"
        return (
            f"select null, subject, {_SUM},"  # noqa: S608 - words and dates of ours
            f" sum(case when counts and {later} then value else 0 end), {_COUNTS}"
            f" from (select * replace (counts and coalesce(due_on >= date '{as_of}', true)"
            f" as counts) from ({self.source})) group by all"
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
        asked = self.database.ask(query)[1]
        kept = [_row(row) for row in asked if row[-2]]
        due = [_row(row) for row in asked if row[-1]]
        last = dt.date.max
        kept.sort(key=lambda row: (row.happened_on or last, row.subject, row.row))
        return kept, sorted(due, key=lambda row: (row.due_on or last, row.row))


def _tally(row: tuple[Cell, ...]) -> Tally:
    day, subject, value, later, rows, counting = row
    return Tally(
        _day(day),
        str(subject or ""),
        _fraction(value),
        _fraction(later),
        _int(rows),
        _int(counting),
    )


def _row(row: tuple[Cell, ...]) -> EvidenceRow:
    number, subject, happened, value, counts, due, is_open, owner, label = row[:9]
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
    )


def _day(value: Cell) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _int(value: Cell) -> int:
    return value if isinstance(value, int) else 0


def _fraction(value: Cell) -> Fraction:
    return Fraction(value) if isinstance(value, (int, Decimal)) else Fraction(0)
