"""Tallies to figures: one for every period that has begun, each judged on the day counted on."""

import dataclasses
import datetime as dt
from collections import defaultdict
from fractions import Fraction

from generator.compliance.declarations import Indicator, quota
from generator.compliance.evidence import Tally
from generator.compliance.figures import Figure, SubjectFigure
from generator.compliance.looked import Looks
from generator.compliance.periods import Period, on_day, period_at
from generator.compliance.status import (
    Judgement,
    Status,
    Window,
    judge_count,
    judge_quota,
    judge_ratio,
    judge_standing,
)
from generator.compliance.subjects import SubjectInForce
from generator.problems.problem import Words

_NO_RECORD = Words("还没有记录", "no record yet")


@dataclasses.dataclass(frozen=True, slots=True)
class Count:
    """One indicator counted on one day."""

    indicator: Indicator
    as_of: dt.date
    subjects: tuple[SubjectInForce, ...]
    looks: Looks | None

    def history(self, periods: tuple[Period, ...], tallies: list[Tally]) -> tuple[Figure, ...]:
        """One figure for every period that has begun, from the first that has a record on."""
        if self.indicator.period == "as_of":
            return (self._figure(on_day(self.as_of), tallies),)
        found: dict[str, list[Tally]] = defaultdict(list)
        for tally in tallies:
            period = period_at(periods, tally.day) if tally.day else None
            if period is not None:
                found[period.id].append(tally)
        figures: list[Figure] = []
        kept = False
        for period in periods:
            if period.start <= self.as_of:
                kept = kept or bool(found[period.id])
                figures.append(self._figure(period, found[period.id], kept=kept))
        return tuple(_from_first_record(figures))

    def nothing(self) -> Figure:
        """The figure when no period has begun yet."""
        words = Words("校历里还没有开始的时段", "no period of the calendar has begun")
        judgement = Judgement(Status.NO_DATA, words)
        return Figure(on_day(self.as_of), 0, 0, Fraction(0), judgement, (), 0)

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
        number = sum(tally.counting for tally in tallies)
        looked = self.looks.cover(min(period.end, self.as_of)) if self.looks else None
        judgement = judge_count(number, self.indicator.target, looked=looked)
        return Figure(period, number, 0, Fraction(number), judgement, (), rows)

    def _measure(self, period: Period, tallies: list[Tally], rows: int, *, kept: bool) -> Figure:
        subjects = [subject for subject in self.subjects if subject.in_force(period)]
        amounts, later = _sums(tallies)
        reached = tuple(_reached(self.indicator, subject, amounts) for subject in subjects)
        if self.indicator.period == "as_of":
            left = tuple(_reached(self.indicator, subject, later) for subject in subjects)
            judgement = self._standing(reached, left, rows)
        else:
            judgement = self._quota(period, reached, kept=kept)
        met = sum(figure.reached for figure in reached)
        value = sum((figure.value for figure in reached), Fraction(0))
        return Figure(period, met, len(reached), value, judgement, reached, rows)

    def _standing(
        self, now: tuple[SubjectFigure, ...], later: tuple[SubjectFigure, ...], rows: int
    ) -> Judgement:
        if now and not rows:
            return Judgement(Status.NO_DATA, _NO_RECORD)
        met = sum(figure.reached for figure in now)
        lapsing = sum(not figure.reached for figure in later)
        return judge_standing(met, len(now), lapsing, self.indicator.at_risk.lead_days)

    def _quota(
        self, period: Period, reached: tuple[SubjectFigure, ...], *, kept: bool
    ) -> Judgement:
        window = Window(period.start, period.end, self.as_of)
        met = sum(figure.reached for figure in reached)
        lost = sum(not figure.reached and figure.target.at_most is not None for figure in reached)
        judgement = judge_quota(met, len(reached), window, self.indicator.at_risk, lost)
        if judgement.status is Status.MISSED and not kept:
            return Judgement(Status.NO_DATA, _NO_RECORD)
        return judgement

    def _ratio(self, period: Period, tallies: list[Tally], rows: int) -> Figure:
        numerator = sum(tally.counting for tally in tallies)
        status, reason = self.indicator.empty
        window = Window(period.start, period.end, self.as_of)
        in_progress = not window.over and self.indicator.period != "as_of"
        empty = Judgement(status, Words(reason, reason), pending=in_progress)
        margin = self.indicator.at_risk.within
        judgement = judge_ratio(numerator, rows, self.indicator.target, margin, empty)
        value = Fraction(numerator, rows) if rows else Fraction(0)
        return Figure(period, numerator, rows, value, judgement, (), rows)


def _from_first_record(figures: list[Figure]) -> list[Figure]:
    """Leave out the periods before the first record, in which there is nothing to tell."""
    blank = (Status.NO_DATA, Status.NOT_APPLICABLE)
    first = 0
    while first < len(figures) - 1:
        if figures[first].rows or figures[first].status not in blank:
            break
        first += 1
    return figures[first:]


def _sums(tallies: list[Tally]) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """What each subject has now, and what it will have left."""
    now: dict[str, Fraction] = defaultdict(Fraction)
    later: dict[str, Fraction] = defaultdict(Fraction)
    for tally in tallies:
        now[tally.subject] += tally.value
        later[tally.subject] += tally.later
    return now, later


def _reached(
    indicator: Indicator, subject: SubjectInForce, amounts: dict[str, Fraction]
) -> SubjectFigure:
    target, value = quota(indicator, subject.id), amounts.get(subject.id, Fraction(0))
    return SubjectFigure(subject.id, subject.title, value, target, target.reached(value))
