"""Tallies to figures: one for every period that has begun, each judged on the day counted on."""

import dataclasses
import datetime as dt
from collections import defaultdict
from fractions import Fraction

from generator.compliance.declarations import Indicator
from generator.compliance.evidence import Tally
from generator.compliance.figures import Figure
from generator.compliance.looked import Looks
from generator.compliance.periods import Period, on_day, period_at
from generator.compliance.quotas import Measure
from generator.compliance.ratios import Ratio
from generator.compliance.status import Judgement, Status, Window, judge_count
from generator.compliance.subjects import SubjectInForce
from generator.problems.problem import Words


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
        if not period.applies:
            words = Words("本期教学日不足，不作要求", "too few teaching days in this period")
            judgement = Judgement(Status.NOT_APPLICABLE, words)
            rows = sum(tally.rows for tally in tallies)
            return Figure(period, 0, 0, Fraction(0), judgement, (), rows)
        window = Window(period.start, period.end, self.as_of)
        subjects = [subject for subject in self.subjects if subject.in_force(period)]
        if self.indicator.kind == "measure":
            return Measure(self.indicator, period, window, subjects).figure(tallies, kept=kept)
        if self.indicator.kind == "ratio":
            return Ratio(self.indicator, period, window, subjects).figure(tallies)
        return self._count(period, tallies)

    def _count(self, period: Period, tallies: list[Tally]) -> Figure:
        number = sum(tally.counting for tally in tallies)
        rows = sum(tally.rows for tally in tallies)
        end = min(period.end, self.as_of)
        looked = self.looks.cover(period.start, end) if self.looks else None
        judgement = judge_count(number, self.indicator.target, looked=looked)
        return Figure(period, number, 0, Fraction(number), judgement, (), rows)


def _from_first_record(figures: list[Figure]) -> list[Figure]:
    """Leave out the periods before the first record, in which there is nothing to tell."""
    blank = (Status.NO_DATA, Status.NOT_APPLICABLE)
    first = 0
    while first < len(figures) - 1:
        if figures[first].rows or figures[first].status not in blank:
            break
        first += 1
    return figures[first:]
