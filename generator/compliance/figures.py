"""What an indicator comes to: a figure per period, the headline, the rows and what is due."""

import dataclasses
import datetime as dt
import functools
from fractions import Fraction

from generator.compliance.declarations import Indicator
from generator.compliance.evidence import EvidenceRow
from generator.compliance.periods import Period
from generator.compliance.status import Judgement, Status, Target
from generator.records.database import Database
from generator.records.package import Package, columns_of


@dataclasses.dataclass(frozen=True, slots=True)
class SubjectFigure:
    """What one subject reached in one period."""

    subject: str
    title: str
    value: Fraction
    target: Target
    reached: bool
    state: Status | None = None
    """Its own status where it is judged by itself; None follows `reached` and the figure."""
    part: int = 0
    whole: int = 0
    """Of a ratio: how many of how many."""


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """One indicator in one period: n of d, the amount, and its status with the reason."""

    period: Period
    numerator: int
    denominator: int
    value: Fraction
    judgement: Judgement
    subjects: tuple[SubjectFigure, ...]
    rows: int
    told: bool = True
    """False when the numbers are too small to be shown: they count restricted records."""
    waiting: int = 0
    """Rows that are not yet due and therefore in neither numerator nor denominator."""

    @property
    def status(self) -> Status:
        """The status of the figure."""
        return self.judgement.status


@dataclasses.dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that is known of one indicator on the day counted on."""

    indicator: Indicator
    headline: Figure
    history: tuple[Figure, ...]
    evidence: tuple[EvidenceRow, ...]
    due: tuple[EvidenceRow, ...]
    hidden: bool = False
    """It reads what nobody may see: figures are suppressed totals, and no row is told."""

    @property
    def status(self) -> Status:
        """The status of the headline."""
        return self.headline.status

    @property
    def open_period(self) -> Figure | None:
        """The period in progress, when it is not the headline."""
        last = self.history[-1] if self.history else None
        pending = last is not None and last.judgement.pending
        return last if pending and last != self.headline else None


@dataclasses.dataclass(frozen=True)
class Context:
    """What every indicator is computed from."""

    database: Database
    package: Package
    periods: dict[str, tuple[Period, ...]]
    as_of: dt.date
    school: str
    rows: bool = True
    """Whether the rows behind the headline are wanted beside the figures."""

    @functools.cached_property
    def told(self) -> str:
        """All of it but the records, for whoever remembers what was computed."""
        schemas = ((t.name, t.schema) for t in self.package.tables.values())
        subjects = [
            (name, s.primary_key, s.row_title, s.valid_from, s.valid_to) for name, s in schemas
        ]
        facts = self.periods, self.as_of, self.school, self.rows, subjects
        return f"{facts}{columns_of(self.package)}"
