"""YAML keeps its places, keeps scalars as text and refuses what could surprise."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems.problem import Place
from generator.strict_yaml import Node, read_yaml
from tests.strategies import PLAIN, yaml_texts


def plain(node: Node) -> Any:  # noqa: ANN401 - nested text, lists and mappings
    if isinstance(node.value, dict):
        return {key: plain(inner) for key, inner in node.value.items()}
    if isinstance(node.value, list):
        return [plain(inner) for inner in node.value]
    return node.value


def read_good(text: str, **start: int) -> Node:
    node, problems = read_yaml(text, "f.yaml", **start)
    assert problems == []
    assert node is not None
    return node


def at(text: str, place: Place) -> str:
    return text.split("\n")[place.line - 1][place.column - 1 :]


def texts(node: Node) -> list[Node]:
    if isinstance(node.value, dict):
        return [found for inner in node.value.values() for found in texts(inner)]
    if isinstance(node.value, list):
        return [found for inner in node.value for found in texts(inner)]
    return [node] if isinstance(node.value, str) else []


@given(st.one_of(PLAIN, st.text(alphabet="a:-[]{}&*!|>'\"#\n\t ?,中", max_size=40)))
def test_reading_never_raises(text: str) -> None:
    node, problems = read_yaml(text, "f.yaml")
    assert node is not None or problems


@given(yaml_texts())
def test_what_was_written_is_read_and_its_places_point_at_it(written: tuple[Any, str]) -> None:
    value, text = written
    node, problems = read_yaml(text, "f.yaml")
    if node is None:
        assert {problem.rule for problem in problems} <= {"yaml-anchor", "yaml-broken", "yaml-key"}
        return
    assert plain(node) == value
    for found in texts(node):
        first = str(found.value).lstrip()[:1]
        if first and "\\" not in at(text, found.first):
            assert at(text, found.first).lstrip().startswith((first, "'"))


@given(yaml_texts())
def test_every_character_of_a_text_is_found_where_it_is_written(written: tuple[Any, str]) -> None:
    _, text = written
    node, _ = read_yaml(text, "f.yaml")
    if node is None or "\\" in text or "''" in text:
        return
    for found in texts(node):
        for offset, character in enumerate(str(found.value)):
            if not character.isspace():
                assert at(text, found.inside(offset)).startswith(character)


def test_scalars_stay_text() -> None:
    node = read_good("a: 1.10\nb: yes\nc: 2026-01-01\nd: 0o17\ne: 'null'\n")
    assert plain(node) == {"a": "1.10", "b": "yes", "c": "2026-01-01", "d": "0o17", "e": "null"}


def test_an_empty_value_is_nothing_and_a_quoted_one_is_text() -> None:
    node = read_good("a:\nb: ~\nc: null\nd: ''\n")
    assert plain(node) == {"a": None, "b": None, "c": None, "d": ""}
    assert isinstance(node.value, dict)
    assert [inner.kind for inner in node.value.values()] == ["nothing"] * 3 + ["text"]


def test_an_empty_document_is_nothing() -> None:
    assert plain(read_good("# only a comment\n")) is None


def test_the_kinds_of_nodes_have_names() -> None:
    assert (read_good("[a]").kind, read_good("{a: b}").kind) == ("list", "mapping")


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        pytest.param("a: select x", 7, 1, 11, id="plain"),
        pytest.param("a: 'it''s x'", 5, 1, 11, id="doubled quote"),
        pytest.param('a: "select x"', 7, 1, 12, id="double quotes"),
        pytest.param("a: |\n  one\n  two\n", 4, 3, 3, id="literal block"),
        pytest.param("a: |\n\n  one\n", 1, 3, 3, id="literal block after an empty line"),
        pytest.param("a: >-\n  one\n  two\n", 4, 3, 3, id="folded block"),
        pytest.param("a: one\n   two\n", 4, 2, 4, id="plain over two lines"),
        pytest.param("a: |\n  one\n", 3, 2, 6, id="line end"),
        pytest.param('a: "\\u4e00x"', 0, 1, 5, id="escape"),
    ],
)
def test_the_place_of_a_character_of_a_text(text: str, offset: int, line: int, column: int) -> None:
    node = read_good(text)
    assert isinstance(node.value, dict)
    assert node.value["a"].inside(offset) == Place("f.yaml", line, column)


def test_places_count_from_where_the_text_stands_in_its_file() -> None:
    node = read_good("a:\n  - |\n    x\n", first_line=10, first_column=3)
    assert isinstance(node.value, dict)
    items = node.value["a"].value
    assert isinstance(items, list)
    assert node.value["a"].key_place == Place("f.yaml", 10, 3)
    assert items[0].first == Place("f.yaml", 12, 7)
    assert items[0].inside(0) == Place("f.yaml", 12, 7)


def test_a_mapping_has_no_character_to_point_at() -> None:
    assert read_good("{a: b}").inside(3) == Place("f.yaml", 1, 1)


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        pytest.param("a: 1\na: 2\n", "yaml-duplicate-key", 2, 1, id="duplicate key"),
        pytest.param("x:\n  a: 1\n  a: 2\n", "yaml-duplicate-key", 3, 3, id="inner duplicate"),
        pytest.param("a: &x 1\n", "yaml-anchor", 1, 4, id="anchor"),
        pytest.param("a: *x\n", "yaml-anchor", 1, 4, id="alias"),
        pytest.param("a: !!python/object:os.system x\n", "yaml-anchor", 1, 4, id="tag"),
        pytest.param("[a]: 1\n", "yaml-key", 1, 1, id="list as key"),
        pytest.param("a: b: c\n", "yaml-broken", 1, 5, id="two colons"),
        pytest.param("a: [1\nb: 2\n", "yaml-broken", 1, 4, id="bracket"),
        pytest.param('a: "x\n', "yaml-broken", 1, 4, id="quote"),
        pytest.param("--- a\n--- b\n", "yaml-broken", 2, 1, id="two documents"),
        pytest.param("a: \x01\n", "yaml-broken", 1, 1, id="control character"),
        pytest.param("[" * 100, "yaml-broken", 1, 51, id="too deep"),
    ],
)
def test_what_is_refused_is_told_with_its_place(
    text: str, rule: str, line: int, column: int
) -> None:
    _, problems = read_yaml(text, "f.yaml")
    assert (problems[0].rule, problems[0].place) == (rule, Place("f.yaml", line, column))
    assert problems[0].wrong.zh != problems[0].wrong.en


def test_a_duplicate_key_names_where_it_stood_first() -> None:
    _, problems = read_yaml("a: 1\nb: 2\na: 3\n", "f.yaml")
    assert "f.yaml:1:1" in problems[0].wrong.zh
