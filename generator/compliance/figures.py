"""Evidence to figures: one per period, the headline, and what is due.

The headline is the open period when it is decided (reached, at risk, or failed), else the
last closed one: what is not yet due is never called missed.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from fractions import Fraction

from generator.compliance.declarations import Indicator, quota
from generator.compliance.evidence import Evidence, EvidenceRow, Tally, open_evidence, stray
from generator.compliance.looked import somebody_looked
from generator.compliance.periods import Period, on_day
from generator.compliance.status import (
    Judgement,
    Status,
    Target,
    Window,
    judge_count,
    judge_quota,
    judge_ratio,
)
from generator.compliance.subjects import SubjectInForce, subjects_of
from generator.problems.problem import Problem, Words
from generator.records.database import Database
from generator.records.package import Package

DUE_DAYS = 60
"""How far ahead due dates are listed."""


@dataclasses.dataclass(frozen=True, slots=True)
class SubjectFigure:
    """What one subject reached in one period."""

    subject: str
    title: str
    value: Fraction
    target: Target
    reached: bool


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

    @property
    def status(self) -> Status:
        """The status of the headline."""
        return self.headline.status

    @property
    def open_period(self) -> Figure | None:
        """The period in progress, when it is not the headline."""
        last = self.history[-1] if self.history else None
        return last if last is not None and last.judgement.pending else None


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """What every indicator is computed from."""

    database: Database
    package: Package
    periods: dict[str, tuple[Period, ...]]
    as_of: dt.date
    school: str


def assess(indicator: Indicator, context: Context) -> tuple[Assessment | None, list[Problem]]:
    """Compute one indicator; None with problems when its evidence cannot be used."""
    if not indicator.applies:
        reason = Words(
            f"学校概况：{indicator.condition} 不成立", f"profile: {indicator.condition} is false"
        )
        return _outside(indicator, context, reason), []
    evidence, problems = open_evidence(context.database, indicator)
    if evidence is None:
        return None, problems
    subjects, problems = subjects_of(indicator, context.database, context.package, context.school)
    tallies = evidence.tallies(context.as_of)
    problems = [*problems, *_strays(indicator, evidence, subjects, tallies)]
    if problems:
        return None, problems
    looked, problems = somebody_looked(indicator, context.database, context.as_of)
    if problems:
        return None, problems
    engine = _Engine(indicator, context, evidence, subjects, looked=looked)
    history = engine.history(tallies)
    headline = _headline(history) or engine.nothing()
    rows = tuple(evidence.rows(headline.period, context.as_of))
    due = tuple(evidence.due(context.as_of + dt.timedelta(days=DUE_DAYS)))
    return Assessment(indicator, headline, history, rows, due), []


def _outside(indicator: Indicator, context: Context, reason: Words) -> Assessment:
    judgement = Judgement(Status.NOT_APPLICABLE, reason)
    figure = Figure(on_day(context.as_of), 0, 0, Fraction(0), judgement, (), 0)
    return Assessment(indicator, figure, (), (), ())


def _strays(
    indicator: Indicator,
    evidence: Evidence,
    subjects: tuple[SubjectInForce, ...],
    tallies: list[Tally],
) -> list[Problem]:
    """Subjects and dates that the engine cannot place; never a silent zero."""
    known = {subject.id for subject in subjects}
    if indicator.subjects.values:
        known |= {value.id for value in indicator.subjects.values}
    unknown = sorted({tally.subject for tally in tallies} - known) if known else []
    problems = [
        stray(
            indicator,
            "subject",
            subject,
            Words("不是声明过的对象", "it is not a declared subject"),
            Words("只给出声明过的对象", "gives declared subjects only"),
        )
        for subject in unknown
    ]
    for row in evidence.unplaced():
        problems.append(
            stray(
                indicator,
                "happened_on",
                str(row.happened_on or ""),
                Words("校历里没有这一天", "the calendar does not have this day"),
                Words("都是校历之内的日期", "gives days of the calendar only"),
            )
        )
    return list(dict.fromkeys(problems))


def _headline(history: tuple[Figure, ...]) -> Figure | None:
    """The last figure that is decided; else the last that is pending."""
    applicable = [figure for figure in history if figure.status is not Status.NOT_APPLICABLE]
    decided = [figure for figure in applicable if not figure.judgement.pending]
    chosen = decided or applicable or list(history)
    return chosen[-1] if chosen else None


class _Engine:
    """Turns the tallies of one indicator into figures."""

    def __init__(
        self,
        indicator: Indicator,
        context: Context,
        evidence: Evidence,
        subjects: tuple[SubjectInForce, ...],
        *,
        looked: bool,
    ) -> None:
        self.indicator = indicator
        self.context = context
        self.evidence = evidence
        self.subjects = subjects
        self.looked = looked

    def history(self, tallies: list[Tally]) -> tuple[Figure, ...]:
        """One figure for every period that has begun."""
        found: dict[str, list[Tally]] = defaultdict(list)
        for tally in tallies:
            found[tally.period].append(tally)
        if self.indicator.period == "as_of":
            period = on_day(self.context.as_of)
            return (self._figure(period, found[period.id]),)
        as_of = self.context.as_of
        begun = [p for p in self.context.periods[self.indicator.period] if p.start <= as_of]
        first = min(found, default=None)
        figures = [
            self._figure(period, found[period.id], kept=first is not None and period.id >= first)
            for period in begun
        ]
        while len(figures) > 1 and not figures[0].rows and figures[0].status is Status.NO_DATA:
            figures.pop(0)
        return tuple(figures)

    def nothing(self) -> Figure:
        """The figure when no period has begun yet."""
        words = Words("校历里还没有开始的时段", "no period of the calendar has begun")
        period = on_day(self.context.as_of)
        return Figure(period, 0, 0, Fraction(0), Judgement(Status.NO_DATA, words), (), 0)

    def _figure(self, period: Period, tallies: list[Tally], *, kept: bool = True) -> Figure:
        rows = sum(tally.rows for tally in tallies)
        if not period.applies:
            words = Words("本月教学日不足，不作要求", "too few teaching days in this month")
            judgement = Judgement(Status.NOT_APPLICABLE, words)
            return Figure(period, 0, 0, Fraction(0), judgement, (), rows)
        if self.indicator.kind == "measure":
            return self._measure(period, tallies, rows, kept=kept)
        if self.indicator.kind == "ratio":
            return self._ratio(period, tallies, rows)
        count = sum(tally.counting for tally in tallies)
        judgement = judge_count(count, self.indicator.target, looked=self.looked)
        return Figure(period, count, 0, Fraction(count), judgement, (), rows)

    def _measure(self, period: Period, tallies: list[Tally], rows: int, *, kept: bool) -> Figure:
        amounts = {tally.subject: tally.value for tally in tallies}
        reached = tuple(
            self._subject(subject, amounts.get(subject.id, Fraction(0)))
            for subject in self.subjects
            if subject.in_force(period)
        )
        met, total = sum(figure.reached for figure in reached), len(reached)
        window = Window(period.start, period.end, self.context.as_of)
        judgement = judge_quota(met, total, window, self.indicator.at_risk)
        if self.indicator.period == "as_of":
            judgement = self._standing(met, total)
        if not kept and judgement.status is Status.MISSED:
            judgement = Judgement(
                Status.NO_DATA, Words("本期还没有记录", "no record in this period")
            )
        value = sum(amounts.values(), Fraction(0))
        return Figure(period, met, total, value, judgement, reached, rows)

    def _standing(self, met: int, total: int) -> Judgement:
        """A quota counted on a day: it stands or not, and may lapse within the lead."""
        if not total:
            words = Words("没有适用的对象", "nobody is subject to it")
            return Judgement(Status.NOT_APPLICABLE, words)
        if met < total:
            words = Words(
                f"{total} 项中有 {total - met} 项不合要求", f"{total - met} of {total} are lacking"
            )
            return Judgement(Status.MISSED, words)
        lead = self.indicator.at_risk.lead_days
        later = self.evidence.tallies(self.context.as_of, lead)
        amounts = {tally.subject: tally.value for tally in later}
        lapsing = sum(
            not self._subject(subject, amounts.get(subject.id, Fraction(0))).reached
            for subject in self.subjects
        )
        if lapsing:
            words = Words(
                f"{lapsing} 项将在 {lead} 天内到期", f"{lapsing} lapse within {lead} days"
            )
            return Judgement(Status.AT_RISK, words)
        return Judgement(Status.MET, Words(f"{total} 项全部合乎要求", f"all {total} are in order"))

    def _subject(self, subject: SubjectInForce, value: Fraction) -> SubjectFigure:
        target = quota(self.indicator, subject.id)
        return SubjectFigure(subject.id, subject.title, value, target, target.reached(value))

    def _ratio(self, period: Period, tallies: list[Tally], rows: int) -> Figure:
        numerator = sum(tally.counting for tally in tallies)
        status, reason = self.indicator.empty
        window = Window(period.start, period.end, self.context.as_of)
        open_window = not window.over and self.indicator.period != "as_of"
        empty = Judgement(status, Words(reason, reason), pending=open_window)
        margin = self.indicator.at_risk.within
        judgement = judge_ratio(numerator, rows, self.indicator.target, margin, empty)
        value = Fraction(numerator, rows) if rows else Fraction(0)
        return Figure(period, numerator, rows, value, judgement, (), rows)
