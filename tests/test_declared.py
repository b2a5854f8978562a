"""Mappings are read key by key; what does not fit is told."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.declared import Declared, parse_fraction
from generator.problems.problem import Problem
from generator.strict_yaml import read_yaml


def declared(text: str) -> tuple[Declared, list[Problem]]:
    node, problems = read_yaml(text, "f.yaml")
    assert node is not None
    return Declared(node, "thing", problems), problems


def rules(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


def test_good_values_are_read_as_their_type() -> None:
    top, problems = declared(
        "t: text\nf: true\ni: -3\nn: 2/3\nd: 2026-09-01\nl: [a, b]\nm: {x: y}\no: two\nk: [{x: 1}]"
    )
    assert top.text("t") == "text"
    assert top.flag("f") is True
    assert top.integer("i") == -3
    assert top.fraction("n") == Fraction(2, 3)
    assert top.date("d") == dt.date(2026, 9, 1)
    assert [node.value for node in top.texts("l")] == ["a", "b"]
    inner = top.inner("m")
    assert inner is not None
    assert inner.text("x") == "y"
    assert inner.owner == "thing m"
    assert top.one_of("o", ["one", "two"]) == "two"
    assert [entry.text("x") for entry in top.mappings("k")] == ["1"]
    assert "t" in top
    assert top.close() == 0
    assert problems == []


def test_absent_keys_give_the_defaults() -> None:
    top, problems = declared("{}")
    assert top.text("t", "x") == "x"
    assert top.flag("f", default=True) is True
    assert top.integer("i", 7) == 7
    assert top.fraction("n") is None
    assert top.date("d") is None
    assert top.texts("l") == []
    assert top.inner("m") is None
    assert top.one_of("o", ["one"], "one") == "one"
    assert top.place("t") == top.node.place
    assert problems == []


@pytest.mark.parametrize("text", ["t:", "{}"], ids=["empty", "absent"])
def test_a_required_key_must_have_a_value(text: str) -> None:
    top, problems = declared(text)
    assert top.text("t", required=True) == ""
    assert top.date("d", required=True) is None
    assert top.one_of("o", ["one"]) == ""
    assert rules(problems) == ["missing-key"] * 3


def test_values_of_another_shape_are_told() -> None:
    top, problems = declared(
        "t: [a]\nf: maybe\ni: 1.5\nn: half\nd: 2026-02-30\nl: x\nm: x\no: three\nw: [[a]]\ne: 1-1-1"
    )
    top.text("t")
    top.flag("f")
    top.integer("i")
    top.fraction("n")
    top.date("d")
    top.texts("l")
    top.inner("m")
    top.one_of("o", ["two", "there"])
    top.texts("w")
    top.date("e")
    assert rules(problems) == ["wrong-shape"] * 7 + ["unknown-name"] + ["wrong-shape"] * 2
    assert problems[7].near == ("there",)
    assert [problem.place.line for problem in problems] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_keys_that_nobody_asked_for_are_told_with_near_names() -> None:
    top, problems = declared("titel: x\n")
    top.text("title")
    assert top.close() == 1
    assert rules(problems) == ["unknown-key"]
    assert problems[0].near == ("title",)


def test_something_unknown_that_is_no_text_is_told_too() -> None:
    top, problems = declared("a: [x]\n")
    top.one_of("a", ["x"])
    assert rules(problems) == ["wrong-shape"]
    top.unknown(top.entries["a"], "a", problems[0].wrong, ["x"])
    assert rules(problems) == ["wrong-shape", "unknown-name"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("2", Fraction(2), id="whole"),
        pytest.param("0.5", Fraction(1, 2), id="decimal"),
        pytest.param("2/3", Fraction(2, 3), id="fraction"),
        pytest.param("90%", Fraction(9, 10), id="percentage"),
        pytest.param("99.5 ％", Fraction(199, 200), id="full-width percentage"),
        pytest.param("1/0", None, id="divided by nothing"),
        pytest.param("-1", None, id="negative"),
        pytest.param("1e3", None, id="exponent"),
        pytest.param("\uff11", None, id="full-width digit"),
        pytest.param("", None, id="empty"),
        pytest.param("1" * 400, None, id="too long"),
    ],
)
def test_fractions(text: str, number: Fraction | None) -> None:
    assert parse_fraction(text) == number


@given(st.integers(0, 999_999), st.integers(1, 99_999))
def test_a_fraction_is_read_exactly(numerator: int, denominator: int) -> None:
    assert parse_fraction(f"{numerator}/{denominator}") == Fraction(numerator, denominator)


@given(st.decimals(0, 999_999, places=4))
def test_a_percentage_is_a_hundredth_exactly(number: object) -> None:
    assert parse_fraction(f"{number}%") == Fraction(str(number)) / 100


@given(st.text(max_size=20))
def test_reading_a_fraction_never_raises(text: str) -> None:
    number = parse_fraction(text)
    assert number is None or number >= 0
