"""What a question means and how well a name answers it: the same table the browser is held to."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.search.asking import LONGEST, Words, ask, score
from generator.search.folding import fold, simplified

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "search_table.json").read_text(encoding="utf-8")
)
WORDS = Words(
    tuple(tuple(group) for group in TABLE["words"]["same"]), tuple(TABLE["words"]["ignore"])
)


@pytest.mark.parametrize(("text", "expected"), TABLE["folds"])
def test_text_is_folded(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(("query", "expected"), TABLE["questions"])
def test_a_question_is_cut_and_said_in_other_words(query: str, expected: list[Any]) -> None:
    found = [[question.whole, list(question.pieces)] for question in ask(query, WORDS)]
    assert found == expected


@pytest.mark.parametrize(("query", "name", "expected"), TABLE["scores"])
def test_a_name_is_scored(query: str, name: str, expected: int) -> None:
    assert score(ask(query, WORDS), name) == expected


def test_the_table_uses_variants_that_the_library_knows() -> None:
    pairs = TABLE["variants"]
    known = simplified()
    assert {old: known[old] for old in pairs[::2]} == dict(
        zip(pairs[::2], pairs[1::2], strict=True)
    )


def test_a_very_long_question_is_cut() -> None:
    (question,) = ask("消" * 10_000, WORDS)
    assert question.whole == "消" * LONGEST
