"""Measures: what every subject reached in a period, and the status of all of them together."""

from collections import defaultdict
from fractions import Fraction

from generator.compliance.declarations import Indicator, quota
from generator.compliance.evidence import Tally
from generator.compliance.figures import Figure, SubjectFigure
from generator.compliance.periods import ROLLING, Period
from generator.compliance.status import (
    AtRisk,
    Judgement,
    Status,
    Window,
    judge_quota,
    judge_standing,
)
from generator.compliance.subjects import SubjectInForce
from generator.problems.problem import Words

_NO_RECORD = Words("还没有记录", "no record yet")
_NONE_IN_PERIOD = Words("本期没有这样的记录", "no such record in this period")


class Measure:
    """One indicator of the kind `measure`, in one period."""

    def __init__(
        self, indicator: Indicator, period: Period, window: Window, subjects: list[SubjectInForce]
    ) -> None:
        """Args: the indicator, the period with its window, and the subjects in force in it."""
        self.indicator = indicator
        self.period = period
        self.window = window
        self.subjects = subjects

    def figure(self, tallies: list[Tally], *, kept: bool) -> Figure:
        """Judge the tallies of the period; `kept` when there was a record by its end."""
        rows = sum(tally.rows for tally in tallies)
        waiting = sum(tally.waiting for tally in tallies)
        amounts = _amounts(self.indicator, tallies)
        reached = tuple(self._subject(subject, amounts) for subject in self.subjects)
        if self.indicator.period == "as_of" or self.indicator.period in ROLLING:
            later = self._later(tallies)
            left = tuple(self._subject(subject, later) for subject in self.subjects)
            judgement = self._standing(reached, left, rows)
        else:
            judgement = self._quota(reached, amounts, kept=kept)
        met = sum(figure.reached for figure in reached)
        value = sum((figure.value for figure in reached), Fraction(0))
        return Figure(
            self.period, met, len(reached), value, judgement, reached, rows, waiting=waiting
        )

    def _subject(self, subject: SubjectInForce, amounts: dict[str, Fraction]) -> SubjectFigure:
        target, value = quota(self.indicator, subject.id), amounts.get(subject.id, Fraction(0))
        unknown = self.indicator.take == "last" and subject.id not in amounts
        reached = target.reached(value) and not unknown
        near = not reached and not unknown and self._near(value)
        state = Status.NO_DATA if unknown else Status.AT_RISK if near else None
        return SubjectFigure(subject.id, subject.title, value, target, reached, state)

    def _near(self, value: Fraction) -> bool:
        """Beyond a limit, but inside the band that is only at risk."""
        up_to = self.indicator.at_risk.up_to
        return up_to is not None and value <= up_to

    def _later(self, tallies: list[Tally]) -> dict[str, Fraction]:
        """What each subject will have left when the lead has passed."""
        if self.indicator.period not in ROLLING:
            later: dict[str, Fraction] = defaultdict(Fraction)
            for tally in tallies:
                later[tally.subject] += tally.later
            return later
        lead = self.indicator.at_risk.lead_days
        kept = [t for t in tallies if t.day and (t.day - self.period.start).days >= lead]
        return _amounts(self.indicator, kept)

    def _standing(
        self, now: tuple[SubjectFigure, ...], later: tuple[SubjectFigure, ...], rows: int
    ) -> Judgement:
        if now and not rows:
            return Judgement(Status.NO_DATA, _NO_RECORD)
        met = sum(figure.reached for figure in now)
        near = sum(figure.state is Status.AT_RISK for figure in now)
        if near and met + near == len(now):
            return _beyond(near)
        lapsing = sum(not figure.reached for figure in later)
        return judge_standing(met, len(now), lapsing, self.indicator.at_risk.lead_days)

    def _quota(
        self, reached: tuple[SubjectFigure, ...], amounts: dict[str, Fraction], *, kept: bool
    ) -> Judgement:
        if self.indicator.take == "last" and reached and not amounts:
            return Judgement(Status.NO_DATA, _NONE_IN_PERIOD, pending=not self.window.over)
        met = sum(figure.reached for figure in reached)
        near = sum(figure.state is Status.AT_RISK for figure in reached)
        if near and met + near == len(reached):
            return _beyond(near)
        lost = sum(not figure.reached and figure.target.at_most is not None for figure in reached)
        judgement = judge_quota(met, len(reached), self.window, self._rule(reached), lost)
        if judgement.status is Status.MISSED and not kept:
            return Judgement(Status.NO_DATA, _NO_RECORD)
        return judgement

    def _rule(self, reached: tuple[SubjectFigure, ...]) -> AtRisk:
        """Pro rata, a quota is only at risk when some subject is behind its share."""
        rule = self.indicator.at_risk
        share = self.window.elapsed
        behind = any(figure.value < figure.target.number * share for figure in reached)
        if not rule.pro_rata or behind:
            return rule
        return AtRisk(after=Fraction(1), lead_days=rule.lead_days)


def _beyond(near: int) -> Judgement:
    words = Words(
        f"{near} 项超过参考线，还在容许的范围内", f"{near} beyond the line, within the margin"
    )
    return Judgement(Status.AT_RISK, words)


def _amounts(indicator: Indicator, tallies: list[Tally]) -> dict[str, Fraction]:
    """What each subject has: the sum of its days, or its last day."""
    amounts: dict[str, Fraction] = defaultdict(Fraction)
    if indicator.take == "sum":
        for tally in tallies:
            amounts[tally.subject] += tally.value
        return amounts
    for tally in sorted(tallies, key=lambda tally: (tally.day is not None, tally.day)):
        if tally.counting:
            amounts[tally.subject] = tally.value
    return amounts
