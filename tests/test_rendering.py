"""One problem in every form that an editor, a script or a forge reads."""

import json

import pytest

from generator.problems.problem import Language, Place, Problem, Severity, Words
from generator.problems.rendering import (
    closing_line,
    display_width,
    render_all,
    render_line,
    render_text,
)

PROBLEM = Problem(
    Place("t.csv", 12, 4),
    "cell-type",
    Severity.ERROR,
    Words('金额的值 "x" 不是数字', 'the value "x" is no number'),
    Words("写成数字", "write a number"),
    ("1", "2"),
    Words("依照表结构", "by the schema"),
    source="编号,x",
)
REMINDER = Problem(
    Place("t.csv"), "late", Severity.REMINDER, Words("晚了", "late"), Words("改", "do")
)


def test_the_line_can_be_clicked_and_searched() -> None:
    assert render_line(PROBLEM, Language.ZH) == (
        't.csv:12:4: 错误 cell-type：金额的值 "x" 不是数字'
    )
    assert render_line(REMINDER, Language.EN) == "t.csv: reminder late: late"


def test_the_text_has_a_caret_under_the_cell_also_behind_wide_characters() -> None:
    assert render_text(PROBLEM, Language.ZH).split("\n") == [
        't.csv:12:4: 错误 cell-type：金额的值 "x" 不是数字',
        "  12 | 编号,x",
        "     |      ^",
        "  近似：1、2",
        "  改法：写成数字",
        "  依据：依照表结构",
    ]


def test_the_text_in_english() -> None:
    assert render_text(PROBLEM, Language.EN).split("\n")[3:] == [
        "  near: 1, 2",
        "  fix: write a number",
        "  ground: by the schema",
    ]


def test_without_a_source_there_is_no_caret() -> None:
    assert render_text(REMINDER, Language.ZH) == "t.csv: 提醒 late：晚了\n  改法：改"


def test_a_problem_of_a_whole_line_shows_the_line_without_a_caret() -> None:
    whole = Problem(
        Place("t", 3), "r", Severity.ERROR, Words("a", "a"), Words("b", "b"), source="x"
    )
    assert render_text(whole, Language.ZH).split("\n")[1:] == ["  3 | x", "  改法：b"]


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("编号", 4), ("a，b", 4), ("\uff58", 2)], ids=str
)
def test_the_width_of_text_in_a_terminal(text: str, width: int) -> None:
    assert display_width(text) == width


def test_json_has_the_stable_keys_and_counts() -> None:
    document = json.loads(render_all([PROBLEM, REMINDER], "json", Language.ZH))
    assert document["counts"] == {"errors": 1, "reminders": 1}
    assert document["problems"][0] == {
        "file": "t.csv",
        "line": 12,
        "column": 4,
        "rule": "cell-type",
        "severity": "error",
        "wrong": '金额的值 "x" 不是数字',
        "fix": "写成数字",
        "near": ["1", "2"],
        "ground": "依照表结构",
    }


def test_the_form_for_github_escapes_what_has_a_meaning_there() -> None:
    odd = Problem(
        Place("a,b:c.csv", 2, 1), "r", Severity.ERROR, Words("100%\n", ""), Words("改", "")
    )
    assert render_all([odd, REMINDER], "github", Language.ZH).split("\n") == [
        "::error file=a%2Cb%3Ac.csv,line=2,col=1,title=r::100%25%0A → 改",
        "::warning file=t.csv,line=1,title=late::晚了 → 改",
    ]


def test_the_form_for_gitlab_has_a_fingerprint_for_each_problem() -> None:
    entries = json.loads(render_all([PROBLEM, REMINDER], "gitlab", Language.EN))
    assert [entry["severity"] for entry in entries] == ["major", "minor"]
    assert [entry["location"]["lines"]["begin"] for entry in entries] == [12, 1]
    assert len({entry["fingerprint"] for entry in entries}) == 2


def test_the_form_line_is_one_line_a_problem() -> None:
    text = render_all([PROBLEM, REMINDER], "line", Language.ZH)
    assert text.split("\n") == [
        render_line(PROBLEM, Language.ZH),
        render_line(REMINDER, Language.ZH),
    ]


@pytest.mark.parametrize(
    ("language", "more"),
    [
        (Language.ZH, "t.csv：cell-type 另有 10 处（共 60 处）"),
        (Language.EN, "t.csv: cell-type 10 more (60 in all)"),
    ],
)
def test_more_than_fifty_of_a_kind_are_counted_instead_of_printed(
    language: Language, more: str
) -> None:
    blocks = render_all([PROBLEM] * 60 + [REMINDER], "text", language).split("\n\n")
    assert len(blocks) == 52
    assert blocks[50] == more


@pytest.mark.parametrize(
    ("problems", "built", "language", "line"),
    [
        ([], None, Language.ZH, "没有问题：检查了 3 张表、40 条记录、5 项指标。"),
        ([], None, Language.EN, "No problems: checked 3 tables, 40 records, 5 indicators."),
        (
            [PROBLEM, REMINDER],
            False,
            Language.ZH,
            "共 1 处错误、1 处提醒，涉及 1 个文件；没有生成网站，原来的网站不变。检查了",
        ),
        (
            [PROBLEM],
            False,
            Language.EN,
            "1 errors, 0 reminders in 1 files; no site was built, the previous one stays;",
        ),
    ],
    ids=["none zh", "none en", "not built zh", "not built en"],
)
def test_the_last_line_counts_and_says_what_stayed(
    problems: list[Problem],
    built: bool | None,  # noqa: FBT001 - as the function takes it
    language: Language,
    line: str,
) -> None:
    assert closing_line(problems, (3, 40, 5), language, built=built).startswith(line)
