"""Names in content: found with their place, and looked up once."""

from pathlib import Path

import pytest

from generator.compliance.names import Registry, check_names, collisions
from generator.plan.markdown import read_source
from generator.plan.names import Named, references_in
from generator.problems.problem import Place

HERE = Place("content/a.md", 3, 1)
REGISTRY = Registry(
    {
        "clause": {"1.1": "思想", "1.1a": "课时"},
        "indicator": {"I01": "课时"},
        "document": {"EP01": "火灾程序"},
        "table": {"talks": "安全课"},
        "role": {"head": "校长"},
        "source": {"R01": "指南"},
        "contact": {"119": "火警"},
        "place": {"GATE": "大门"},
    }
)


def test_references_are_found_outside_code_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = (
        "---\na: b\n---\n见 [[1.1a]] 和 [[119]]，不看 `[[x]]`\n\n```\n[[y]]\n```\n[[I01.target]]\n"
    )
    (tmp_path / "content/a.md").write_text(text, encoding="utf-8")
    source, _ = read_source(tmp_path, "content/a.md")
    assert source is not None
    assert [(name.name, str(name.place)) for name in references_in(source)] == [
        ("1.1a", "content/a.md:4:3"),
        ("119", "content/a.md:4:14"),
        ("I01.target", "content/a.md:9:1"),
    ]


@pytest.mark.parametrize(
    "name", ["1.1", "1.1a", "I01", "I01.target", "EP01", "talks", "head", "R01", "119", "GATE"]
)
def test_a_reference_may_name_anything_that_is_declared(name: str) -> None:
    assert check_names([Named("", name, HERE)], REGISTRY, frozenset()) == []


@pytest.mark.parametrize("name", ["EP01.target", "I02.target", "I01.value", "nobody", "1.1 a"])
def test_a_reference_to_nothing_is_a_problem_with_near_names(name: str) -> None:
    (problem,) = check_names([Named("", name, HERE)], REGISTRY, frozenset())
    assert (problem.rule, problem.place) == ("reference-unknown", HERE)
    assert set(problem.near) <= {name for names in REGISTRY.titles.values() for name in names}


@pytest.mark.parametrize(
    ("kind", "name", "near"),
    [
        pytest.param("clause", "1.1b", ("1.1", "1.1a"), id="clause"),
        pytest.param("role", "heat", ("head",), id="role"),
        pytest.param("contact", "EP01", (), id="a-name-of-another-kind"),
    ],
)
def test_a_name_is_looked_up_among_its_kind(kind: str, name: str, near: tuple[str, ...]) -> None:
    (problem,) = check_names([Named(kind, name, HERE)], REGISTRY, frozenset())
    assert (problem.rule, problem.near) == ("unknown-name", near)


def test_a_planned_name_must_not_exist_yet() -> None:
    names = [Named("planned", name, HERE) for name in ("I01", "talks", "I99")]
    problems = check_names(names, REGISTRY, frozenset())
    assert [problem.rule for problem in problems] == ["stale-planned", "stale-planned"]


def test_kinds_that_could_not_be_read_are_passed_over() -> None:
    names = [Named("role", "nobody", HERE), Named("", "nobody", HERE), Named("clause", "9", HERE)]
    problems = check_names(names, REGISTRY, frozenset({"role"}))
    assert [problem.wrong.zh for problem in problems] == ['clause 写的 "9" 不在条款之中']


def test_one_name_for_two_kinds_of_things_is_a_problem() -> None:
    assert collisions(REGISTRY) == []
    (problem,) = collisions(Registry({"document": {"R01": "文"}, "source": {"R01": "法"}}))
    assert problem.wrong.zh == "编号 R01 同时是文件和法规依据"


def test_a_registry_knows_kinds_and_titles() -> None:
    assert REGISTRY.kind_of("head") == "role"
    assert REGISTRY.kind_of("nobody") == ""
    assert REGISTRY.title("role", "head") == "校长"
    assert REGISTRY.title("role", "nobody") == "nobody"
    assert REGISTRY.title("person", "x") == "x"
