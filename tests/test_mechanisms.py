"""The mechanisms of the plan: all 36 are there, each complete and known to the plan."""

from pathlib import Path

import pytest

from generator.plan.mechanisms import Mechanism, read_mechanisms
from tests.sample_site import sample_ledger

ROOT = Path(__file__).resolve().parents[1]
FOUND, NAMES, PROBLEMS = read_mechanisms(ROOT)


def write(root: Path, text: str) -> None:
    (root / "content").mkdir()
    (root / "content/mechanisms.yml").write_text(text, encoding="utf-8")


def test_there_are_thirty_six() -> None:
    assert PROBLEMS == []
    assert [mechanism.id for mechanism in FOUND] == [f"M{number:02d}" for number in range(1, 37)]


@pytest.mark.parametrize("mechanism", FOUND, ids=lambda mechanism: mechanism.id)
def test_each_has_clauses_a_page_a_question_and_an_indicator_or_a_reason(
    mechanism: Mechanism,
) -> None:
    assert mechanism.clauses
    assert mechanism.pages
    assert mechanism.question.endswith("？")
    assert bool(mechanism.indicators) != bool(mechanism.reason)
    assert bool(mechanism.tables) == bool(mechanism.indicators)


def test_the_plan_of_the_sample_school_has_them() -> None:
    plan = sample_ledger().checked.plan
    assert plan.mechanisms == FOUND
    measured = {name for mechanism in FOUND for name in mechanism.indicators}
    assert measured == set(sample_ledger().assessments)
    assert {name for clause in plan.clauses for name in clause.evidence.indicators} >= measured


def test_without_the_file_there_are_none(tmp_path: Path) -> None:
    assert read_mechanisms(tmp_path) == ((), [], [])


def test_one_without_indicator_needs_a_reason(tmp_path: Path) -> None:
    write(tmp_path, "- {id: M1, title: 巡查, question: 谁巡, clauses: [1], pages: [1]}\n")
    (problem,) = read_mechanisms(tmp_path)[2]
    assert problem.wrong.zh == "mechanisms.yml entries 缺少键 indicators / reason"


def test_one_without_clauses_or_page_is_not_complete(tmp_path: Path) -> None:
    write(tmp_path, "- {id: M1, title: 巡查, question: 谁巡, reason: 没有}\n")
    missing = [problem.wrong.en for problem in read_mechanisms(tmp_path)[2]]
    assert [words.split()[-1] for words in missing] == ["clauses", "pages"]


def test_the_same_id_twice_is_told(tmp_path: Path) -> None:
    entry = "- {id: M1, title: 巡查, question: 谁巡, clauses: [1], pages: [1], reason: 没有}\n"
    write(tmp_path, entry * 2)
    assert [problem.rule for problem in read_mechanisms(tmp_path)[2]] == ["duplicate-id"]
