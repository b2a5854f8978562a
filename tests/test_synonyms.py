"""The words people use for things: read strictly, and each procedure reached by one of its own."""

from pathlib import Path

import pytest

from generator.cache.store import Store
from generator.compliance.sayings import missed_sayings
from generator.plan.plan import Plan
from generator.plan.synonyms import BUILT_PAGES, NO_SYNONYMS, Synonyms, read_synonyms
from generator.search.folding import fold_saying
from tests.sample_site import sample_ledger, sample_tree


def read(root: Path, text: str) -> Synonyms:
    (root / "content").mkdir()
    (root / "content/synonyms.yml").write_text(text, encoding="utf-8")
    synonyms, _, problems = read_synonyms(root)
    assert problems == []
    return synonyms


def test_a_school_without_the_file_has_none(tmp_path: Path) -> None:
    assert read_synonyms(tmp_path) == (NO_SYNONYMS, [], [])


def test_an_empty_file_declares_none(tmp_path: Path) -> None:
    assert read(tmp_path, "# 还没有\n") == Synonyms(declared=True)


def test_words_to_ignore_are_taken_longest_first(tmp_path: Path) -> None:
    found = read(tmp_path, "ignore: [么, 怎么办, 怎么]\nsame: [[初一, 七年级]]\n")
    assert found.ignore == ("怎么办", "怎么", "么")
    assert found.same == (("初一", "七年级"),)


def test_a_byte_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/synonyms.yml").write_bytes(b"\xff\xfe")
    _, _, problems = read_synonyms(tmp_path)
    assert [problem.rule for problem in problems] == ["encoding"]


def test_the_parts_of_a_saying_stay_apart() -> None:
    assert fold_saying(" 電梯  關 ") == "电梯 关"


def test_pages_that_every_school_has_are_there() -> None:
    assert {f"{name}/" for name in BUILT_PAGES} <= {page.url for page in sample_tree().pages}


def test_each_procedure_of_the_sample_is_reached_by_a_saying_of_its_own() -> None:
    checked = sample_ledger().checked
    assert checked.plan.synonyms.declared
    assert missed_sayings(checked.plan, checked.registry, Store()) == []


def test_a_school_that_keeps_no_synonyms_is_not_reminded() -> None:
    assert missed_sayings(Plan(), sample_ledger().checked.registry, Store()) == []


@pytest.mark.parametrize("target", ["EP01", "contacts"])
def test_the_sayings_of_a_thing_are_told_by_its_name(target: str) -> None:
    assert sample_ledger().checked.plan.synonyms.words_for(target)
