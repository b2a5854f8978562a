"""A school begins with a few tables: what it does not keep yet is counted apart, never a fault."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.compliance.status import Status
from generator.ledger import Ledger, count_ledger
from generator.site.pages import plan_pages
from tests.sample_copy import AS_OF, SampleCopy, sample_copy

KEPT = "school_calendar, locations, roles, classes, documents, drills, inspections, hazards"


def begin(copy: SampleCopy, kept: str) -> None:
    file = copy.root / "records/school.yaml"
    text = file.read_text(encoding="utf-8")
    listed = f"\nenabled: [{kept}]\nbindings:"
    file.write_text(text.replace("\nbindings:", listed), encoding="utf-8")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    copy = sample_copy(tmp_path_factory.mktemp("school"))
    begin(copy, KEPT)
    for table in ("safety_lessons", "surveys"):
        (copy.root / f"records/tables/{table}.csv").unlink()
    with copy.checked() as checked:
        yield count_ledger(checked, AS_OF)


def test_a_table_that_is_not_kept_needs_no_file(ledger: Ledger) -> None:
    assert [p for p in ledger.problems if p.severity.value == "error"] == []


def test_an_indicator_over_it_has_no_data_with_the_reason(ledger: Ledger) -> None:
    judgement = ledger.assessments["I01"].headline.judgement
    assert judgement.status is Status.NO_DATA
    assert judgement.not_started
    assert (judgement.reason.zh, judgement.reason.en) == (
        "尚未启用：安全教育课",
        "not kept yet: 安全教育课",
    )


def test_the_other_indicators_are_counted_as_before(ledger: Ledger) -> None:
    figure = ledger.assessments["I08"].headline
    assert (figure.numerator, figure.denominator) == (34, 41)


def test_its_clauses_are_listed_and_counted_apart(ledger: Ledger) -> None:
    waiting = [state for state in ledger.clauses if state.judgement.not_started]
    assert len(waiting) > 30
    for state in waiting:
        unknown = [
            ledger.assessments[name].headline.judgement
            for name in state.clause.evidence.indicators
            if ledger.assessments[name].status is Status.NO_DATA
        ]
        assert state.status is Status.NO_DATA, state.clause.id
        assert unknown, state.clause.id
        assert all(judgement.not_started for judgement in unknown), state.clause.id
    state = next(state for state in ledger.clauses if state.clause.id == "3.2.1d")
    assert (state.status, state.judgement.reason.zh) == (Status.NO_DATA, "尚未启用：安全教育课")


def test_the_pages_say_so(ledger: Ledger) -> None:
    pages = {page.path: page.markdown for page in plan_pages(ledger)}
    waiting = sum(state.judgement.not_started for state in ledger.clauses)
    tables = ledger.checked.records.package.tables
    assert f"其中 {waiting} 条的台账尚未启用" in pages["index.md"]
    assert pages["records/index.md"].count("尚未启用") == len(tables) - len(KEPT.split(", "))
    assert "尚未启用：安全教育课" in pages["plan/3-2.md"]


def test_a_table_that_is_kept_needs_its_file(tmp_path: Path) -> None:
    copy = sample_copy(tmp_path)
    begin(copy, f"{KEPT}, surveys")
    (copy.root / "records/tables/surveys.csv").unlink()
    with copy.checked() as checked:
        found = Counter(problem.rule for problem in checked.problems)
    assert found["file-missing"] == 1


def test_an_unknown_table_in_the_list_is_a_fault_with_its_place(tmp_path: Path) -> None:
    copy = sample_copy(tmp_path)
    begin(copy, f"{KEPT}, survey")
    with copy.checked() as checked:
        problem = next(p for p in checked.problems if p.rule == "unknown-name")
    assert problem.place.file == "records/school.yaml"
    assert problem.wrong.zh == 'enabled 写的 "survey" 不在已声明的表之中'
    assert problem.near[0] == "surveys"
