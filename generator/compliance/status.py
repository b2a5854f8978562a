"""The five statuses and how a figure gets one; pure functions, no records, no clock."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from generator.problems.problem import NO_WORDS, Words


class Status(StrEnum):
    """How far a duty is fulfilled on the day counted on."""

    MET = "met"
    AT_RISK = "at_risk"
    MISSED = "missed"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"


NAMES = {
    Status.MET: Words("达标", "met"),
    Status.AT_RISK: Words("临期", "at risk"),
    Status.MISSED: Words("未达标", "missed"),
    Status.NO_DATA: Words("无数据", "no data"),
    Status.NOT_APPLICABLE: Words("不适用", "not applicable"),
}
_WORST = (Status.MISSED, Status.NO_DATA, Status.AT_RISK, Status.MET, Status.NOT_APPLICABLE)


@dataclasses.dataclass(frozen=True, slots=True)
class Judgement:
    """A status with its reason; `pending` means that the window is open and nothing is due yet."""

    status: Status
    reason: Words = NO_WORDS
    pending: bool = False
    not_started: bool = False
    """The school does not keep the tables for it yet; counted apart."""
    exempt: bool = False
    """There is something, but too little to judge; others decide."""


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """The line a figure is held against; exactly one of the two is set."""

    at_least: Fraction | None = None
    at_most: Fraction | None = None

    def reached(self, value: Fraction) -> bool:
        """Compare exactly; both are fractions of integers."""
        if self.at_most is not None:
            return value <= self.at_most
        return self.at_least is not None and value >= self.at_least

    @property
    def number(self) -> Fraction:
        """The number of the target."""
        return self.at_most if self.at_most is not None else self.at_least or Fraction(0)


@dataclasses.dataclass(frozen=True, slots=True)
class AtRisk:
    """When a figure that still holds, or can still be reached, is at risk."""

    after: Fraction = Fraction(2, 3)
    """Share of the window after which what is not yet reached is at risk."""
    lead_days: int = 30
    """Days before a due date from which a thing is at risk."""
    within: Fraction = Fraction(0)
    """Margin above a ratio's target inside which it is at risk."""
    up_to: Fraction | None = None
    """For a limit: beyond the target and up to here is at risk, not yet missed."""
    pro_rata: bool = False
    """At risk only when less is done than the share of the window that has passed."""


@dataclasses.dataclass(frozen=True, slots=True)
class Window:
    """The days of a period and the day counted on."""

    start: dt.date
    end: dt.date
    as_of: dt.date

    @property
    def over(self) -> bool:
        """The last day of the window lies before the day counted on."""
        return self.end < self.as_of

    @property
    def elapsed(self) -> Fraction:
        """Share of the window that has passed, the day counted on included; at most 1."""
        days = (self.end - self.start).days + 1
        passed = (self.as_of - self.start).days + 1
        return max(Fraction(0), min(Fraction(1), Fraction(passed, days)))


def judge_quota(
    met: int, subjects: int, window: Window, at_risk: AtRisk, lost: int = 0
) -> Judgement:
    """Judge how many subjects have reached their quota within a window.

    Args:
        met: subjects that have reached it.
        subjects: subjects in force; zero is not applicable, never 100 %.
        window: the period and the day counted on.
        at_risk: share of the window after which an open quota is at risk.
        lost: subjects that can no longer reach it, whatever is still done.
    """
    if not subjects:
        return Judgement(
            Status.NOT_APPLICABLE, Words("本期没有适用的对象", "nobody is subject to it")
        )
    if met == subjects:
        return Judgement(Status.MET, Words("本期已全部达到目标", "the target is reached"))
    short = subjects - met
    if window.over or lost:
        over = Words(f"本期已结束，{short} 个未达到目标", f"the period is over, {short} fell short")
        beyond = Words(f"{lost} 个已经超过上限", f"{lost} are beyond the limit")
        return Judgement(Status.MISSED, over if window.over else beyond)
    left = (window.end - window.as_of).days
    open_words = Words(
        f"还有 {short} 个未达到目标，本期还剩 {left} 天", f"{short} to go, {left} days left"
    )
    if window.elapsed > at_risk.after:
        return Judgement(Status.AT_RISK, open_words)
    return Judgement(Status.NO_DATA, Words("本期进行中，尚未到期", "not yet due"), pending=True)


def judge_standing(met: int, subjects: int, lapsing: int, lead_days: int) -> Judgement:
    """Judge a quota counted on a day: it stands or not, and may lapse within the lead.

    Args:
        met: subjects whose quota stands on the day.
        subjects: subjects in force; zero is not applicable, never 100 %.
        lapsing: subjects whose quota will not stand any more when the lead has passed.
        lead_days: the lead.
    """
    if not subjects:
        words = Words("没有适用的对象", "nobody is subject to it")
        return Judgement(Status.NOT_APPLICABLE, words)
    short = subjects - met
    if short:
        words = Words(f"{subjects} 项中有 {short} 项不合要求", f"{short} of {subjects} are lacking")
        return Judgement(Status.MISSED, words)
    if lapsing:
        words = Words(
            f"{lapsing} 项将在 {lead_days} 天内到期", f"{lapsing} lapse within {lead_days} days"
        )
        return Judgement(Status.AT_RISK, words)
    words = Words(f"{subjects} 项全部合乎要求", f"all {subjects} are in order")
    return Judgement(Status.MET, words)


def judge_ratio(
    numerator: int, denominator: int, target: Target, margin: Fraction, empty: Judgement
) -> Judgement:
    """Judge a ratio of integers by cross-multiplication; zero over zero is `empty`."""
    if not denominator:
        return empty
    value = Fraction(numerator, denominator)
    failing = denominator - numerator if target.at_most is None else numerator
    if not target.reached(value):
        return Judgement(
            Status.MISSED,
            Words(f"{denominator} 项中有 {failing} 项不合要求", f"{failing} of {denominator} fail"),
        )
    if not failing:
        return Judgement(
            Status.MET, Words(f"{denominator} 项全部合乎要求", f"all {denominator} are in order")
        )
    if target.at_least is not None and value < target.at_least + margin:
        return Judgement(Status.AT_RISK, Words("刚过目标线，余量很小", "just above the target"))
    good = denominator - failing
    return Judgement(
        Status.MET, Words(f"{denominator} 项中 {good} 项合乎要求", "the target is reached")
    )


def judge_count(number: int, target: Target, *, looked: bool | None) -> Judgement:
    """Judge a number of rows; none at all only counts when somebody has looked.

    `looked` is None when the indicator does not ask whether somebody looked.
    """
    if not target.reached(Fraction(number)):
        return Judgement(Status.MISSED, Words(f"现有 {number} 项", f"there are {number}"))
    if looked is None or number:
        words = Words(f"现有 {number} 项，没有超出", f"there are {number}, not too many")
        return Judgement(Status.MET, words)
    if not looked:
        return Judgement(
            Status.NO_DATA,
            Words("没有发现，但近期也没有检查或零报告", "none found, but nobody looked recently"),
        )
    return Judgement(Status.MET, Words("近期检查过，没有发现", "looked recently, none found"))


def worst(statuses: Iterable[Status]) -> Status:
    """The status that decides a whole: missed, no data, at risk, met, not applicable."""
    found = set(statuses)
    return next((status for status in _WORST if status in found), Status.NOT_APPLICABLE)
