"""Header maps are checked with everything else: an editor adds the school's own words to them."""

import pytest

from tests.conftest import Check

PATH = "records/imports/walks.yaml"


@pytest.mark.parametrize(
    ("text", "place", "rule", "words"),
    [
        ("colums: {}\n", "1:1", "unknown-key", '没有键 "colums"'),
        ("columns:\n  remarks: {headers: [说明]}\n", "2:3", "unknown-name", "remarks"),
        ("columns:\n  result: {values: {good: [好]}}\n", "2:21", "unknown-name", "good"),
        ("columns:\n  result: {default: good}\n", "2:21", "unknown-name", "good"),
        ("columns:\n  result: {fill: up}\n", "2:18", "unknown-name", "up"),
        ("match: [walked]\n", "1:9", "unknown-name", "walked"),
        ("monthly: {role: warden, open: random() > 1}\n", "1:31", "sql-forbidden", "random()"),
    ],
)
def test_a_fault_in_a_header_map_is_told_by_check(
    check: Check, text: str, place: str, rule: str, words: str
) -> None:
    (problem,) = check({PATH: text}).problems
    assert (str(problem.place), problem.rule) == (f"{PATH}:{place}", rule)
    assert words in problem.wrong.zh


def test_a_sound_map_is_no_problem(check: Check) -> None:
    text = "columns:\n  result: {headers: [情况], values: {fine: [好]}, default: open}\n"
    assert check({PATH: text}).problems == ()


@pytest.mark.parametrize("name", ["walk.yaml", "walks.yml"])
def test_a_file_that_no_table_is_called_after_is_told(check: Check, name: str) -> None:
    (problem,) = check({f"records/imports/{name}": "{}\n"}).problems
    assert (problem.place.file, problem.rule) == (f"records/imports/{name}", "file-unexpected")
    assert problem.near == ("walks",)
    assert "文件名要和表名一样" in problem.fix.zh


def test_beside_a_table_that_cannot_be_read_no_file_is_called_stray(check: Check) -> None:
    problems = check({"records/schemas/walks.yaml": "fields: 1\n", PATH: "{}\n"}).problems
    assert "file-unexpected" not in {problem.rule for problem in problems}
