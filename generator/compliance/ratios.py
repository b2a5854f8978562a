"""Ratios: how many of how many, of the whole school or subject by subject."""

from collections.abc import Iterable
from fractions import Fraction

from generator.compliance.declarations import Indicator, quota
from generator.compliance.evidence import Tally
from generator.compliance.figures import Figure, SubjectFigure
from generator.compliance.periods import ROLLING, Period
from generator.compliance.status import Judgement, Status, Window, judge_ratio, worst
from generator.compliance.subjects import SubjectInForce
from generator.problems.problem import Words

_GOOD = (Status.MET, Status.AT_RISK)
_BLANK = (Status.NO_DATA, Status.NOT_APPLICABLE)


class Ratio:
    """One indicator of the kind `ratio`, in one period."""

    def __init__(
        self, indicator: Indicator, period: Period, window: Window, subjects: list[SubjectInForce]
    ) -> None:
        """Args: the indicator, the period with its window, and the subjects in force in it."""
        self.indicator = indicator
        self.period = period
        self.window = window
        self.subjects = subjects

    def figure(self, tallies: list[Tally]) -> Figure:
        """Judge the tallies of the period."""
        part, whole = _total(tallies)
        found = [self._subject(subject, tallies) for subject in self.subjects]
        judgement = self._together(found)
        return Figure(
            self.period,
            part,
            whole,
            Fraction(part, whole) if whole else Fraction(0),
            judgement,
            tuple(figure for figure, _ in found),
            sum(tally.rows for tally in tallies),
            waiting=sum(tally.waiting for tally in tallies),
        )

    def _subject(
        self, subject: SubjectInForce, tallies: list[Tally]
    ) -> tuple[SubjectFigure, Judgement]:
        own = [tally for tally in tallies if tally.subject == subject.id or not subject.id]
        part, whole = _total(own)
        judgement = self._judge(own, subject)
        value = Fraction(part, whole) if whole else Fraction(0)
        target = quota(self.indicator, subject.id)
        state = judgement.status
        reached = state in _GOOD
        figure = SubjectFigure(
            subject.id, subject.title, value, target, reached, state, part, whole
        )
        return figure, judgement

    def _judge(self, tallies: list[Tally], subject: SubjectInForce) -> Judgement:
        indicator = self.indicator
        part, whole = _total(tallies)
        warned = sum(tally.warned for tally in tallies)
        if 0 < whole < indicator.enough:
            return _too_few(whole, indicator.enough)
        target = quota(indicator, subject.id)
        empty = self._empty(tallies)
        judgement = judge_ratio(part, whole, target, indicator.at_risk.within, empty)
        if judgement.status is Status.MISSED:
            return judgement
        later = sum(tally.part_later for tally in tallies)
        if indicator.period == "as_of" and whole and not target.reached(Fraction(later, whole)):
            days = indicator.at_risk.lead_days
            words = Words(f"{days} 天内有的要到期", f"some lapse within {days} days")
            return Judgement(Status.AT_RISK, words)
        if warned and indicator.period != "as_of":
            words = Words(f"{warned} 项拖得太久", f"{warned} have been open too long")
            return Judgement(Status.AT_RISK, words)
        return judgement

    def _empty(self, tallies: list[Tally]) -> Judgement:
        """What zero over zero means: no row, rows that are not yet due, or nothing to do."""
        open_still = not self.window.over and self.indicator.period not in ("as_of", *ROLLING)
        if not any(tally.rows for tally in tallies):
            status, reason = self.indicator.empty
            return Judgement(status, Words(reason, reason), pending=open_still)
        if any(tally.waiting for tally in tallies):
            words = Words("都还没有到期", "none is due yet")
            return Judgement(Status.NO_DATA, words, pending=True)
        words = Words("本期没有应计入的", "nothing to count in this period")
        return Judgement(Status.NOT_APPLICABLE, words, pending=open_still)

    def _together(self, found: list[tuple[SubjectFigure, Judgement]]) -> Judgement:
        """One subject decides by itself; of several the worst that can be judged."""
        if not found:
            words = Words("本期没有适用的对象", "nobody is subject to it")
            return Judgement(Status.NOT_APPLICABLE, words)
        if len(found) == 1:
            return found[0][1]
        judged = [judgement for _, judgement in found if judgement.status not in _BLANK]
        lacking = [j for _, j in found if j.status is Status.NO_DATA and not j.exempt]
        if not judged or lacking:
            return _first_blank([*lacking, *(judgement for _, judgement in found)])
        status = worst(judgement.status for judgement in judged)
        number = sum(judgement.status is status for judgement in judged)
        reasons = {
            Status.MET: Words(f"{len(judged)} 项都达到目标", f"all {len(judged)} reach the target"),
            Status.AT_RISK: Words(f"{number} 项快到线", f"{number} are close to the line"),
            Status.MISSED: Words(f"{number} 项未达到目标", f"{number} fell short"),
        }
        return Judgement(status, reasons[status])


def _total(tallies: Iterable[Tally]) -> tuple[int, int]:
    kept = list(tallies)
    return sum(tally.part for tally in kept), sum(tally.whole for tally in kept)


def _too_few(whole: int, enough: int) -> Judgement:
    words = Words(
        f"样本不足：{whole} 份，少于 {enough} 份", f"too few: {whole}, fewer than {enough}"
    )
    return Judgement(Status.NO_DATA, words, exempt=True)


def _first_blank(judgements: list[Judgement]) -> Judgement:
    return next((j for j in judgements if j.status is Status.NO_DATA), judgements[0])
