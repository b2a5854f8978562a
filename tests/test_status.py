import datetime as dt
from fractions import Fraction

import pytest

from generator.compliance.declarations import number_text
from generator.compliance.status import (
    NAMES,
    AtRisk,
    Judgement,
    Status,
    Target,
    Window,
    judge_count,
    judge_quota,
    judge_ratio,
    judge_standing,
    worst,
)
from generator.problems.problem import Words

NOVEMBER = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
EMPTY = Judgement(Status.NO_DATA, Words("无隐患到期", "nothing due"))
HUNDRED = Target(at_least=Fraction(1))
NINETY = Target(at_least=Fraction(9, 10))


def window(day: int, month: int = 11) -> Window:
    return Window(*NOVEMBER, dt.date(2026, month, day))


@pytest.mark.parametrize(
    ("met", "subjects", "on", "status", "pending"),
    [
        pytest.param(0, 0, window(30), "not_applicable", False, id="nobody-is-subject-to-it"),
        pytest.param(3, 3, window(1), "met", False, id="reached-on-the-first-day"),
        pytest.param(2, 3, window(1), "no_data", True, id="open-and-early"),
        pytest.param(2, 3, window(20), "no_data", True, id="last-day-before-the-last-third"),
        pytest.param(2, 3, window(21), "at_risk", False, id="first-day-of-the-last-third"),
        pytest.param(2, 3, window(30), "at_risk", False, id="last-day-of-the-window"),
        pytest.param(2, 3, window(1, 12), "missed", False, id="the-day-after-the-window"),
        pytest.param(3, 3, window(1, 12), "met", False, id="over-and-reached"),
        pytest.param(0, 3, window(15), "no_data", True, id="half-way-and-nothing-done"),
    ],
)
def test_a_quota_is_judged_by_its_window(
    met: int, subjects: int, on: Window, status: str, *, pending: bool
) -> None:
    judgement = judge_quota(met, subjects, on, AtRisk())
    assert (judgement.status.value, judgement.pending) == (status, pending)


@pytest.mark.parametrize(
    ("after", "day", "status"),
    [
        pytest.param(Fraction(1, 2), 15, "no_data", id="half-of-the-window"),
        pytest.param(Fraction(1, 2), 16, "at_risk", id="the-day-after-half"),
        pytest.param(Fraction(0), 1, "at_risk", id="from-the-first-day"),
        pytest.param(Fraction(1), 30, "no_data", id="never"),
    ],
)
def test_the_share_after_which_a_quota_is_at_risk_is_declared(
    after: Fraction, day: int, status: str
) -> None:
    assert judge_quota(0, 1, window(day), AtRisk(after=after)).status.value == status


def test_a_limit_that_is_passed_cannot_be_kept_any_more() -> None:
    judgement = judge_quota(1, 2, window(2), AtRisk(), lost=1)
    assert judgement.status is Status.MISSED
    assert judgement.reason.zh == "1 个已经超过上限"
    assert judge_quota(1, 2, window(5, 12), AtRisk(), lost=1).reason.zh.startswith("本期已结束")


def test_an_open_quota_says_how_many_days_are_left() -> None:
    reason = judge_quota(1, 3, window(25), AtRisk()).reason
    assert reason.zh == "还有 2 个未达到目标，本期还剩 5 天"
    assert reason.en == "2 to go, 5 days left"


@pytest.mark.parametrize(
    ("met", "subjects", "lapsing", "status"),
    [
        pytest.param(0, 0, 0, "not_applicable", id="nobody-is-subject-to-it"),
        pytest.param(14, 14, 0, "met", id="all-stand"),
        pytest.param(14, 14, 2, "at_risk", id="two-lapse-soon"),
        pytest.param(13, 14, 2, "missed", id="one-is-lacking"),
        pytest.param(0, 14, 0, "missed", id="none-stands"),
    ],
)
def test_a_standing_quota_is_judged_on_the_day(
    met: int, subjects: int, lapsing: int, status: str
) -> None:
    assert judge_standing(met, subjects, lapsing, 30).status.value == status


@pytest.mark.parametrize(
    ("numerator", "denominator", "target", "margin", "status"),
    [
        pytest.param(0, 0, HUNDRED, 0, "no_data", id="zero-over-zero"),
        pytest.param(41, 41, HUNDRED, 0, "met", id="all"),
        pytest.param(40, 41, HUNDRED, 0, "missed", id="all-but-one"),
        pytest.param(2249, 2500, NINETY, 0, "missed", id="89.96-percent-is-below-90"),
        pytest.param(9, 10, NINETY, 0, "met", id="exactly-on-target"),
        pytest.param(899999999, 10**9, NINETY, 0, "missed", id="a-billionth-below"),
        pytest.param(91, 100, NINETY, Fraction(2, 100), "at_risk", id="inside-the-margin"),
        pytest.param(9, 10, NINETY, Fraction(2, 100), "at_risk", id="on-target-with-a-margin"),
        pytest.param(92, 100, NINETY, Fraction(2, 100), "met", id="on-the-end-of-the-margin"),
        pytest.param(5, 5, HUNDRED, Fraction(2, 100), "met", id="all-needs-no-margin"),
        pytest.param(0, 7, NINETY, 0, "missed", id="none"),
    ],
)
def test_a_ratio_is_judged_exactly(
    numerator: int, denominator: int, target: Target, margin: Fraction, status: str
) -> None:
    judgement = judge_ratio(numerator, denominator, target, Fraction(margin), EMPTY)
    assert judgement.status.value == status


def test_a_ratio_with_a_limit_counts_what_is_wrong() -> None:
    limit = Target(at_most=Fraction(5, 100))
    assert judge_ratio(5, 100, limit, Fraction(0), EMPTY).reason.zh == "100 项中 95 项合乎要求"
    over = judge_ratio(6, 100, limit, Fraction(0), EMPTY)
    assert (over.status, over.reason.en) == (Status.MISSED, "6 of 100 fail")
    assert judge_ratio(0, 3, limit, Fraction(1, 100), EMPTY).reason.en == "all 3 are in order"


@pytest.mark.parametrize(
    ("number", "limit", "looked", "status", "reason"),
    [
        pytest.param(0, 0, True, "met", "近期检查过，没有发现", id="none-and-looked"),
        pytest.param(
            0, 0, False, "no_data", "没有发现，但近期也没有检查或零报告", id="none-unseen"
        ),
        pytest.param(0, 0, None, "met", "现有 0 项，没有超出", id="none-and-looking-is-not-asked"),
        pytest.param(1, 0, True, "missed", "现有 1 项", id="one-too-many"),
        pytest.param(1, 0, False, "missed", "现有 1 项", id="one-too-many-even-if-nobody-looked"),
        pytest.param(2, 3, True, "met", "现有 2 项，没有超出", id="some-below-the-limit"),
        pytest.param(3, 3, None, "met", "现有 3 项，没有超出", id="on-the-limit"),
        pytest.param(4, 3, None, "missed", "现有 4 项", id="beyond-the-limit"),
    ],
)
def test_none_found_is_met_only_when_somebody_looked(
    number: int, limit: int, *, looked: bool | None, status: str, reason: str
) -> None:
    judgement = judge_count(number, Target(at_most=Fraction(limit)), looked=looked)
    assert (judgement.status.value, judgement.reason.zh) == (status, reason)


@pytest.mark.parametrize(
    ("statuses", "decides"),
    [
        pytest.param("met at_risk no_data missed", "missed", id="missed-before-all"),
        pytest.param("met at_risk no_data", "no_data", id="no-data-before-at-risk"),
        pytest.param("met at_risk", "at_risk", id="at-risk-before-met"),
        pytest.param("met not_applicable", "met", id="met-before-not-applicable"),
        pytest.param("not_applicable", "not_applicable", id="only-not-applicable"),
        pytest.param("", "not_applicable", id="nothing-at-all"),
    ],
)
def test_the_worst_status_decides_a_whole(statuses: str, decides: str) -> None:
    assert worst(Status(name) for name in statuses.split()).value == decides


def test_every_status_has_a_name_in_both_languages() -> None:
    assert set(NAMES) == set(Status)
    assert len({words.zh for words in NAMES.values()}) == len(Status)
    assert all(words.en for words in NAMES.values())


def test_a_window_knows_how_much_of_it_has_passed() -> None:
    assert window(1).elapsed == Fraction(1, 30)
    assert window(30).elapsed == 1
    assert window(31, 12).elapsed == 1
    assert window(1, 10).elapsed == 0
    assert not window(30).over
    assert window(1, 12).over


def test_a_target_is_a_floor_or_a_limit() -> None:
    assert Target(at_least=Fraction(2)).number == 2
    assert Target(at_most=Fraction(0)).number == 0
    assert Target().number == 0
    assert not Target().reached(Fraction(5))


@pytest.mark.parametrize(
    ("number", "ratio", "text"),
    [
        pytest.param(Fraction(2), False, "2", id="whole"),
        pytest.param(Fraction(3, 2), False, "1.5", id="half"),
        pytest.param(Fraction(100), False, "100", id="zeros-stay"),
        pytest.param(Fraction(9, 10), True, "90 %", id="percent"),
        pytest.param(Fraction(2249, 2500), True, "89.96 %", id="percent-with-places"),
        pytest.param(Fraction(2, 3), True, "66.666 %", id="never-rounded-up"),
        pytest.param(Fraction(999999, 10**6), True, "99.999 %", id="almost-all-is-not-all"),
        pytest.param(Fraction(0), False, "0", id="zero"),
    ],
)
def test_a_number_is_written_without_rounding_up(
    number: Fraction, *, ratio: bool, text: str
) -> None:
    assert number_text(number, ratio=ratio) == text
