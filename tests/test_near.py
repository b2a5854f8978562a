"""What a message offers instead of what was written: keys by their titles, files by their names."""

from tests.conftest import GOOD, Check

WALKS = "records/tables/walks.csv"
DUTIES = "records/schemas/duties.yaml"


def good(path: str) -> str:
    return (GOOD / path).read_text(encoding="utf-8")


def test_a_title_written_instead_of_a_key_is_answered_with_the_key(check: Check) -> None:
    walks = good(WALKS).replace(",guard,", ",门岗,", 1)
    (problem,) = check({DUTIES: f"row_title: label\n{good(DUTIES)}", WALKS: walks}).problems
    assert (problem.rule, problem.near) == ("unknown-reference", ("guard",))


def test_a_title_that_nobody_may_see_is_not_compared(check: Check) -> None:
    duties = good(DUTIES).replace(
        "title: 岗位名称, type: string, sensitivity: staff",
        "title: 岗位名称, type: string, sensitivity: restricted",
    )
    walks = good(WALKS).replace(",guard,", ",门岗,", 1)
    problems = check({DUTIES: f"row_title: label\n{duties}", WALKS: walks}).problems
    assert [p.near for p in problems if p.rule == "unknown-reference"] == [()]


def test_a_missing_file_is_answered_with_one_of_a_like_name(check: Check) -> None:
    files = {WALKS: None, "records/tables/walk.csv": good(WALKS)}
    near = [p.near for p in check(files).problems if p.rule == "file-missing"]
    assert near == [("records/tables/walk.csv",)]


def test_a_blank_behind_a_date_is_called_a_blank(check: Check) -> None:
    (problem,) = check({WALKS: good(WALKS).replace("2026-03-02,", "2026-03-02 ,", 1)}).problems
    assert "前后带空格的值" in problem.wrong.zh
    assert problem.near == ("2026-03-02",)


def test_a_tabulator_in_a_block_of_text_is_called_a_tabulator(check: Check) -> None:
    (problem,) = check({"records/rules/walks.yaml": "- id: |\n\tX\n"}).problems
    assert (problem.rule, str(problem.place)) == ("yaml-broken", "records/rules/walks.yaml:2:1")
    assert "缩进用了制表符，改成空格" in problem.wrong.zh
