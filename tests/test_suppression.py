"""Small figures over restricted records are told nowhere; their status is."""

import json
from fractions import Fraction

import pytest

from generator.compliance.declarations import Indicator
from generator.compliance.figures import Figure
from generator.compliance.periods import on_day
from generator.compliance.status import Judgement, Status
from generator.compliance.suppression import FEW, suppress
from generator.problems.problem import Words
from generator.records.facts import relations_in
from tests.conftest import TODAY, Check
from tests.sample_site import sample_ledger
from tests.test_views_restricted import published, restricted_walks


def ratio() -> Indicator:
    return next(i for i in sample_ledger().checked.indicators if i.kind == "ratio")


def figure(good: int, of: int) -> Figure:
    reason = Words(f"{of} 项中有 {of - good} 项不合要求", "")
    judgement = Judgement(Status.MISSED, reason)
    value = Fraction(good, of) if of else Fraction(0)
    return Figure(on_day(TODAY), good, of, value, judgement, (), of)


@pytest.mark.parametrize(
    ("good", "of", "told"),
    [
        (0, 0, True), (10, 10, True), (0, 10, True), (5, 10, True),
        (4, 4, False), (4, 10, False), (6, 10, False), (9, 10, False), (1, 5, False),
    ],
)  # fmt: skip
def test_no_part_of_a_told_figure_is_small(good: int, of: int, *, told: bool) -> None:
    shown = suppress(ratio(), figure(good, of))
    assert shown.told is told
    assert shown.status is Status.MISSED
    assert ("不列数字" in shown.judgement.reason.zh) is not told
    assert any(str(n) in shown.judgement.reason.zh for n in (good, of)) is told


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
