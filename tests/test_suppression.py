"""Small figures over restricted records are told nowhere; their status is."""

import dataclasses
import datetime as dt
import json
from fractions import Fraction

import pytest

from generator.compliance.declarations import Indicator
from generator.compliance.figures import Assessment, Figure
from generator.compliance.periods import Period
from generator.compliance.status import Judgement, Status
from generator.compliance.suppression import FEW, complement, is_restricted, suppress
from generator.problems.problem import Words
from generator.records.facts import relations_in
from generator.records.package import Package
from tests.conftest import TODAY, Check
from tests.sample_site import sample_ledger
from tests.test_views_restricted import published, restricted_walks

YEAR = Period("school_year", "2025", "上学年", dt.date(2025, 9, 1), dt.date(2026, 8, 31))


def ratio() -> Indicator:
    return next(i for i in sample_ledger().checked.indicators if i.kind == "ratio")


def figure(good: int, of: int) -> Figure:
    reason = Words(f"{of} 项中有 {of - good} 项不合要求", "")
    judgement = Judgement(Status.MISSED, reason)
    value = Fraction(good, of) if of else Fraction(0)
    return Figure(YEAR, good, of, value, judgement, (), of)


@pytest.mark.parametrize(
    ("good", "of", "told"),
    [
        (0, 0, True), (10, 10, True), (0, 10, True), (5, 10, True),
        (4, 4, False), (4, 10, False), (6, 10, False), (9, 10, False), (1, 5, False),
    ],
)  # fmt: skip
def test_no_part_of_a_told_figure_is_small(good: int, of: int, *, told: bool) -> None:
    shown = suppress(ratio(), figure(good, of), TODAY)
    assert shown.told is told
    assert shown.status is Status.MISSED
    assert ("不列数字" in shown.judgement.reason.zh) is not told
    assert any(str(n) in shown.judgement.reason.zh for n in (good, of)) is told


@pytest.mark.parametrize(
    "period",
    [
        Period("calendar_month", "2026-05", "五月", dt.date(2026, 5, 1), dt.date(2026, 5, 31)),
        Period("school_year", "2026", "本学年", dt.date(2026, 9, 1), dt.date(2027, 8, 31)),
        Period("term", "2025-2", "上学期", dt.date(2026, 2, 1), dt.date(2026, 7, 5)),
    ],
    ids=["month", "year in progress", "term"],
)
def test_only_totals_of_school_years_that_are_over_are_told(period: Period) -> None:
    shown = suppress(ratio(), dataclasses.replace(figure(50, 100), period=period), TODAY)
    assert not shown.told
    assert (shown.numerator, shown.denominator, shown.rows) == (0, 0, 0)
    assert shown.judgement.reason.zh == "没有达到；只公布学年合计，不列数字"


def test_no_two_totals_over_one_table_tell_a_small_number() -> None:
    ledger = sample_ledger()
    package = ledger.checked.records.package
    (first, second, *_) = [a for a in ledger.assessments.values() if a.hidden and over(a, package)]
    twin = dataclasses.replace(second.indicator, evidence=first.indicator.evidence, kind="ratio")
    one = dataclasses.replace(first.indicator, kind="ratio")

    def told(second_whole: int) -> list[bool]:
        pair = {
            "a": Assessment(one, figure(20, 40), (figure(20, 40),), (), (), hidden=True),
            "b": Assessment(
                twin, figure(0, second_whole), (figure(0, second_whole),), (), (), hidden=True
            ),
        }
        return [a.history[0].told for a in complement(pair, package).values()]

    assert told(40) == [True, True]
    assert told(45) == [True, True]
    assert told(38) == [True, False]
    assert told(44) == [True, False]


def over(assessment: Assessment, package: Package) -> bool:
    return is_restricted(assessment.indicator, package)


def test_the_sample_tells_no_small_number_and_none_that_follows() -> None:
    ledger = sample_ledger()
    told: dict[tuple[str, str], set[int]] = {}
    for a in ledger.assessments.values():
        tables = relations_in(str(a.indicator.evidence.value))
        for f in (f for f in a.history if a.hidden and f.told):
            assert f.period.kind == "school_year"
            assert f.period.end < ledger.as_of
            for table in tables:
                parts = {f.denominator, f.numerator, f.denominator - f.numerator}
                told.setdefault((table, f.period.id), set()).update(parts)
    assert told
    for numbers in told.values():
        assert not [n for n in numbers if 0 < n < FEW]
        assert not [1 for n in numbers for other in numbers if 0 < n - other < FEW]


def test_only_indicators_over_restricted_records_are_suppressed() -> None:
    ledger = sample_ledger()
    package = ledger.checked.records.package
    hidden = {name for name, a in ledger.assessments.items() if a.hidden}
    assert {name for name, a in ledger.assessments.items() if not a.headline.told} <= hidden
    restricted = {name for name, t in package.tables.items() if t.sensitivity == "restricted"}
    for name, assessment in ledger.assessments.items():
        read = relations_in(str(assessment.indicator.evidence.value))
        if read & restricted and assessment.indicator.applies:
            assert name in hidden
    untold = [a for a in ledger.assessments.values() if not a.headline.told]
    assert untold
    assert not any(subject for a in untold for subject in a.headline.subjects)


def test_a_few_restricted_rows_give_a_status_and_no_number(check: Check) -> None:
    texts = published(check(restricted_walks()))
    assert FEW == 5
    for path in ("indicators/Q1.md", "indicators/Q1/sheet.md", "indicators/sheets.md"):
        assert "不列数字" in texts[path]
    (entry,) = [e for e in json.loads(texts["api/indicators.json"]) if e["id"] == "Q1"]
    assert (entry["numerator"], entry["denominator"], entry["value"]) == (None, None, None)
    assert entry["status"] in {"met", "missed", "at_risk"}
    assert not any(digit in entry["reason"] for digit in "123456789")
