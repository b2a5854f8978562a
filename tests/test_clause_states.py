"""How far a clause and a document are fulfilled."""

import datetime as dt
from fractions import Fraction

import pytest

from generator.compliance.clauses import ClauseState, DocumentState, clause_states, judge_document
from generator.compliance.declarations import Basis, Indicator, Subjects
from generator.compliance.figures import Assessment, Figure
from generator.compliance.periods import on_day
from generator.compliance.status import AtRisk, Judgement, Status, Target
from generator.plan.clauses import Clause, Evidence
from generator.problems.problem import Place
from generator.strict_yaml import Node

DAY = dt.date(2026, 11, 20)
HERE = Place("a.yaml", 1, 1)
NODE = Node("select 1", HERE, HERE, HERE)


def document(approved: str | None, due: str | None) -> DocumentState:
    days = [dt.date.fromisoformat(day) if day else None for day in (approved, due)]
    return DocumentState("D1", "制度", "head", days[0], days[1], "1.0", "", 1, "policy", "gate")


def assessment(name: str, status: str) -> Assessment:
    indicator = Indicator(
        name, "课时", "", "", Basis("house", "自定", (), verified=False, checked_on=""), "",
        "measure", Target(), "as_of", Subjects(), applies=True, condition="always", owner="head",
        at_risk=AtRisk(), empty=(Status.NO_DATA, ""), looked=None, looked_within=0,
        evidence=NODE, place=HERE,
    )  # fmt: skip
    judgement = Judgement(Status(status))
    return Assessment(
        indicator, Figure(on_day(DAY), 0, 0, Fraction(0), judgement, (), 0), (), (), ()
    )


def clause(evidence: Evidence, addressee: str = "school", exempt: str = "") -> Clause:
    return Clause("1a", "条", "1", "", addressee, "head", "", evidence, exempt, (), "文", HERE)


def state(
    evidence: Evidence,
    addressee: str = "school",
    exempt: str = "",
    due: str = "2027-08-31",
    **indicators: str,
) -> ClauseState:
    found = {name: assessment(name, status) for name, status in indicators.items()}
    documents = {"D1": document("2026-09-01", due)}
    (only,) = clause_states((clause(evidence, addressee, exempt),), found, documents, DAY, 30)
    return only


@pytest.mark.parametrize(
    ("approved", "due", "status"),
    [
        pytest.param("2026-09-01", "2027-08-31", "met", id="in-force"),
        pytest.param("2026-09-01", "2026-12-21", "met", id="due-in-thirty-one-days"),
        pytest.param("2026-09-01", "2026-12-20", "at_risk", id="due-in-thirty-days"),
        pytest.param("2026-09-01", "2026-11-20", "at_risk", id="due-today"),
        pytest.param("2026-09-01", "2026-11-19", "missed", id="due-yesterday"),
        pytest.param("2026-09-01", None, "met", id="no-review-day"),
        pytest.param(None, "2027-08-31", "missed", id="a-draft"),
        pytest.param("2026-11-20", "2027-08-31", "met", id="approved-today"),
        pytest.param("2026-11-21", "2027-08-31", "missed", id="approved-only-later"),
    ],
)
def test_a_document_is_in_force_until_its_review(
    approved: str | None, due: str | None, status: str
) -> None:
    assert judge_document(document(approved, due), DAY, 30).value == status


def test_a_document_that_is_not_registered_is_missed() -> None:
    assert judge_document(None, DAY, 30) is Status.MISSED


@pytest.mark.parametrize("status", [status.value for status in Status])
def test_a_clause_has_the_status_of_its_indicator(status: str) -> None:
    found = state(Evidence(indicators=("I1",)), I1=status)
    assert found.status.value == status
    assert ("I1 课时" in found.judgement.reason.zh) is (status != "met")
    assert not found.hole


def test_the_worst_evidence_decides_and_is_named() -> None:
    evidence = Evidence(indicators=("I1", "I2"), documents=("D1", "D2"))
    found = state(evidence, I1="met", I2="no_data")
    assert (found.status.value, found.judgement.reason.zh) == ("missed", "未达标：《D2》")
    soon = state(Evidence(indicators=("I1",), documents=("D1",)), due="2026-12-01", I1="met")
    assert (soon.status.value, soon.judgement.reason.zh) == ("at_risk", "快到期：《制度》")


@pytest.mark.parametrize(
    ("evidence", "reason", "hole"),
    [
        pytest.param(Evidence(indicators=("I1",)), "指标这次没有算出来", False, id="not-counted"),
        pytest.param(Evidence(tables=("t",)), "有台账可查，还没有对应的指标", False, id="records"),
        pytest.param(Evidence(planned=("I9", "x")), "证据待建：I9、x", False, id="planned"),
        pytest.param(Evidence(), "没有写明证据，也没有免于记录的理由", True, id="hole"),
    ],
)
def test_without_a_figure_there_is_no_data(evidence: Evidence, reason: str, *, hole: bool) -> None:
    found = state(evidence)
    assert (found.status.value, found.judgement.reason.zh, found.hole) == ("no_data", reason, hole)


def test_the_duty_of_the_district_is_not_judged() -> None:
    found = state(Evidence(), addressee="district")
    assert (found.status.value, found.hole) == ("not_applicable", False)
    assert "不评学校" in found.judgement.reason.zh


def test_an_exemption_gives_its_reason() -> None:
    found = state(Evidence(), addressee="mixed", exempt="只是方向")
    assert (found.status.value, found.hole) == ("not_applicable", False)
    assert found.judgement.reason.zh == "无需记录：只是方向"
