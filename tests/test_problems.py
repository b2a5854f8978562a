"""Places, words, rules and the catalogue."""

from pathlib import PurePosixPath

import pytest

from generator.problems.catalogue import FAMILIES, all_rules
from generator.problems.problem import Language, Place, Problem, Severity, Words, errors
from generator.problems.rule import Rule, near_names

RULE = Rule("late", Words("{what} 晚了", "{what} is late"), Words("早点 {who}", "earlier, {who}"))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        pytest.param(Place("a/b.csv"), "a/b.csv", id="file"),
        pytest.param(Place("a/b.csv", 3), "a/b.csv:3", id="line"),
        pytest.param(Place("a/b.csv", 3, 9), "a/b.csv:3:9", id="column"),
        pytest.param(Place("a/b.csv", cell="Sheet1!C7"), "a/b.csv:Sheet1!C7", id="workbook"),
    ],
)
def test_a_place_is_written_so_that_editors_can_follow_it(place: Place, text: str) -> None:
    assert str(place) == text
    assert place.path == PurePosixPath("a/b.csv")


def test_a_rule_fills_its_facts_into_both_languages() -> None:
    problem = RULE.at(Place("x"), near=("a",), what="甲", who="乙")
    assert problem.wrong == Words("甲 晚了", "甲 is late")
    assert problem.fix.in_language(Language.EN) == "earlier, 乙"
    assert (problem.near, problem.severity, problem.rule) == (("a",), Severity.ERROR, "late")


def test_a_missing_fact_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError, match="who"):
        RULE.at(Place("x"), what="甲")


def test_a_fact_that_no_sentence_uses_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError, match="why"):
        RULE.at(Place("x"), what="甲", who="乙", why="丙")


def test_facts_and_near_names_are_masked_whoever_gives_them() -> None:
    problem = RULE.at(Place("x"), near=("13900139000",), what="13800138000", who=11010519491231002)
    assert "13800138000" not in problem.wrong.zh + problem.wrong.en
    assert "11010519491231002" not in problem.fix.zh
    assert problem.near == ("139******00",)


def test_problems_sort_by_place_then_rule() -> None:
    def made(line: int, rule: str) -> Problem:
        return Problem(Place("a", line), rule, Severity.ERROR, Words("", ""), Words("", ""))

    assert sorted([made(10, "a"), made(9, "b"), made(9, "a")]) == [
        made(9, "a"),
        made(9, "b"),
        made(10, "a"),
    ]


def test_only_errors_stop_a_build() -> None:
    error = RULE.at(Place("x"), what="", who="")
    reminder = Rule("r", RULE.wrong, RULE.fix, Severity.REMINDER).at(Place("x"), what="", who="")
    assert errors((error, reminder)) == (error,)


@pytest.mark.parametrize(
    ("wanted", "known", "near"),
    [
        pytest.param("fier", ["fire", "food"], ("fire",), id="letters swapped"),
        pytest.param("zzz", ["fire", "food"], (), id="nothing like it"),
        pytest.param("LOC-1", ["LOC-2", "LOC-3", "LOC-4", "LOC-5"], 3, id="at most three"),
        pytest.param("HZ-0001", [f"HZ-{n:04}" for n in range(5000)], 3, id="very many"),
        pytest.param("x" * 10_000, ["x" * 81], ("x" * 81,), id="very long"),
    ],
)
def test_near_names(wanted: str, known: list[str], near: tuple[str, ...] | int) -> None:
    found = near_names(wanted, known)
    assert (len(found) if isinstance(near, int) else found) == near


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.name)
def test_every_rule_of_the_catalogue_has_good_words(rule: Rule) -> None:
    for words in (rule.wrong, rule.fix):
        assert words.zh
        assert words.en
    assert rule.name == rule.name.lower().replace("_", "-").replace(" ", "")
    forbidden = [word for word in ("请", "非法", "！", "!") if word in rule.wrong.zh + rule.fix.zh]
    assert forbidden == []
    for words in (rule.wrong, rule.fix):
        chinese = {name.removesuffix("_zh") for name in Rule("x", words, words).facts}
        assert {name.removesuffix("_en") for name in chinese} == {
            name.removesuffix("_en").removesuffix("_zh") for name in chinese
        }


def test_every_family_of_the_catalogue_is_one_module_and_names_are_unique() -> None:
    from importlib import import_module  # noqa: PLC0415 - only this test looks behind the names

    names = [
        value.name
        for family in FAMILIES
        for value in vars(import_module(f"generator.problems.catalogue.{family}")).values()
        if isinstance(value, Rule)
    ]
    assert sorted(names) == sorted(all_rules())
