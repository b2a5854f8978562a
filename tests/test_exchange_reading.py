"""Cells, files and signs of life: the corners that the numbered cases leave out."""

import csv
import datetime as dt
import io
import threading
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exchange.decoding import decode_any, ungarbled
from generator.exchange.people import hide_person, personal_in
from generator.exchange.progress import waiting
from generator.exchange.report import render_outcome
from generator.exchange.sheets import address, as_cell, read_sheets
from generator.ledger import check_project
from generator.problems.catalogue import exchange
from generator.problems.problem import Language
from generator.problems.rule import Rule
from generator.project import read_project
from tests.exchange_school import NOW, School, cells, ferry_school, rules


@pytest.fixture
def school(tmp_path: Path) -> School:
    return ferry_school(tmp_path)


def read(school: School, header: str, raw: object, suffix: str = ".csv") -> str:
    """The value of a recorded row's column after it was brought in; the rule when refused."""
    rows: list[list[object]] = [["编号", header], ["F-2026-002", raw]]
    path = school.file(f"毛病{suffix}", rows)
    outcome = school.plan(path, "flaws")
    if outcome.problems:
        return outcome.problems[0].rule
    changed = outcome.changes[0].changed
    return changed[0].cells[0].new if changed else "="


@pytest.mark.parametrize(
    ("header", "raw", "expected"),
    [
        ("完成日期", "2026-09-11 14:30", "2026-09-11"),
        ("完成日期", "2026-09-11 00:00:00", "2026-09-11"),
        ("完成日期", "2026 年 9 月 11 日", "2026-09-11"),
        ("完成日期", "9月", "date-incomplete"),
        ("完成日期", "九月十一日", "cell-type"),
        ("完成日期", "2026-9/11", "cell-type"),
        ("完成日期", "20001", "cell-type"),
        ("完成日期", "2026-09-11—2026-09-12", "date-range"),
        ("计入月份", "2026-10", "2026-10"),
        ("计入月份", "2026-13", "cell-type"),
        ("计入月份", "十月", "cell-type"),
        ("打铃", "8:05", "="),
        ("打铃", "8点30分", "08:30"),
        ("打铃", "08:30:00", "08:30"),
        ("打铃", "08:30:15", "08:30"),
        ("打铃", "25:00", "cell-type"),
        ("打铃", "早上", "cell-type"),
        ("人数", "3.5", "cell-type"),
        ("人数", "1.2E+5", "scientific-notation"),
        ("费用", "0", "0"),
        ("费用", "", "="),
        ("合格率", "九成", "cell-type"),
        ("合格率", "0", "0"),
        ("合格率", "一半%", "cell-type"),
        ("占比", "98", "percent-ambiguous"),
        ("备注", " 已换新　", "="),
        ("备注", "甲\r\n乙", "甲\n乙"),
        ("备注", "", ""),
    ],
)
def test_a_cell_becomes(school: School, header: str, raw: str, expected: str) -> None:
    assert read(school, header, raw) == expected


@pytest.mark.parametrize(
    ("header", "raw", "expected"),
    [
        ("计入月份", 2026.1, "cell-type"),
        ("计入月份", 2026.8, "2026-08"),
        ("改好了", False, "false"),
    ],
)
def test_a_number_of_a_workbook_becomes(
    school: School, header: str, raw: object, expected: str
) -> None:
    assert read(school, header, raw, ".xlsx") == expected


def test_a_day_stands_for_its_month_only_when_it_is_the_first(school: School) -> None:
    assert read(school, "计入月份", dt.datetime(2026, 8, 1), ".xlsx") == "2026-08"  # noqa: DTZ001 - as a workbook has it
    assert read(school, "计入月份", dt.datetime(2026, 8, 2), ".xlsx") == "cell-type"  # noqa: DTZ001 - as above


@pytest.mark.parametrize(
    ("raw", "value"),
    [("1小时", "3600"), ("00:01:58", "118"), ("118秒", "118"), ("1分钟", "60"), ("慢", None)],
)
def test_a_duration_becomes_seconds(school: School, raw: str, value: str | None) -> None:
    path = school.file("演练.csv", [["日期", "用时"], ["2026-09-18", raw]])
    outcome = school.plan(path, "runs")
    assert rules(outcome) == ([] if value else ["cell-type"])
    if value:
        assert outcome.changes[0].added[0].values["took"] == value


def test_a_timed_cell_of_a_workbook_becomes_seconds(school: School) -> None:
    rows: list[list[object]] = [["日期", "用时"]]
    rows.append(["2026-09-18", dt.timedelta(minutes=1, seconds=58)])
    outcome = school.plan(school.file("演练.xlsx", rows), "runs")
    assert outcome.changes[0].added[0].values["took"] == "118"


def test_subtotals_count_their_block_and_other_columns_what_is_filled(school: School) -> None:
    header = ["排查日期", "房间", "情况", "责任岗位", "完成日期", "改好了", "状态", "人数"]
    row = ["2026-09-08", "A栋三楼", "", "校长", "2026-09-09", "√", "已改", "2人"]
    rows = [[*row[:2], f"第{n}处", *row[3:]] for n in range(3)]
    rows[2][5] = "×"
    total = ["小计：", "", "2", "", "2", "2", "", "4"]
    last = ["合　计", "", "3", "以上", "3", "2", "", "6"]
    sheet = [header, *rows[:2], total, rows[2], last, ["填表人：某某"]]
    outcome = school.plan(school.file("毛病.csv", sheet), "flaws")
    assert (rules(outcome), len(outcome.changes[0].added)) == ([], 3)
    total[7] = "5"
    outcome = school.plan(school.file("毛病.csv", sheet), "flaws")
    assert (rules(outcome), cells(outcome)) == (["total-mismatch"], ["毛病!H4"])


def test_hidden_columns_are_never_quoted(school: School) -> None:
    schema = school.root / "records/schemas/flaws.yaml"
    text = schema.read_text(encoding="utf-8")
    schema.write_text(
        text.replace(
            "type: integer, sensitivity: staff", "type: integer, sensitivity: restricted"
        ).replace(
            "type: yearmonth, sensitivity: staff", "type: yearmonth, sensitivity: restricted"
        ),
        encoding="utf-8",
    )
    rows = [["编号", "人数", "计入月份"], ["F-2026-002", "1,234", "2026年8月"]]
    path = school.file("毛病.csv", rows)
    outcome = school.plan(path, "flaws")
    with check_project(*read_project(school.root, NOW)) as checked:
        text = render_outcome(outcome, checked, Language.EN)
    assert "1234" not in text
    assert "1,234" not in text
    assert '人数: "***" → "***"' in text
    assert '人数 "***" → "***" (style): 毛病!B2' in text
    rows[1][1] = "约7654人"
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    assert "7654" not in str(outcome.problems)
    rows[1][1] = "13800138000"
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    assert "8000" not in str(outcome.problems)


def test_many_new_rows_are_counted_after_the_first_twenty(school: School) -> None:
    rows = [["器材编号", "名称"], *([f"N-{n}", "灯"] for n in range(25))]
    outcome = school.plan(school.file("器材.csv", rows), "things")
    with check_project(*read_project(school.root, NOW)) as checked:
        text = render_outcome(outcome, checked, Language.ZH)
    assert "新增 25 条" in text
    assert "另有 5 条新增" in text


def test_equal_rewrites_are_told_in_one_line(school: School) -> None:
    rows = [["编号", "改好了"], ["F-2026-001", "×"], ["F-2026-002", "×"]]
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    with check_project(*read_project(school.root, NOW)) as checked:
        text = render_outcome(outcome, checked, Language.ZH)
    assert '  改好了 "×" → false（同义词）：毛病!B2、毛病!B3' in text
    rows = [["器材编号", "名称"], *([f"N-{n}", " 灯"] for n in range(5))]
    outcome = school.plan(school.file("器材.csv", rows), "things")
    with check_project(*read_project(school.root, NOW)) as checked:
        text = render_outcome(outcome, checked, Language.ZH)
    assert "器材!B2、器材!B3、器材!B4 等 5 格" in text


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("张三 13800138000", "手机号码", "张* 138****8000"),
        ("11010519491231002X", "身份证号码", "110***********002X"),
        ("联系 a.b@example.com", "电子邮箱", None),
        ("校长", None, "校长"),
    ],
)
def test_personal_data_is_named_and_hidden(text: str, kind: str | None, hidden: str | None) -> None:
    words = personal_in(text)
    assert (words.zh if words else None) == kind
    assert hidden is None or hide_person(text) == hidden


def test_a_name_behind_its_word_is_hidden_beside_a_number() -> None:
    assert "李明" not in hide_person("学生李明 13800138000")


@given(st.text(alphabet="安全隐患排查台账a1，", max_size=20))
def test_text_comes_back_from_every_encoding(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        found = decode_any(text.encode(encoding))
        assert found == text or encoding == "gb18030"
    garbled = text.encode().decode("gb18030", "ignore")
    assert ungarbled(text) == ""
    assert ungarbled(garbled) in {"", text, text[:-1]} or ungarbled(garbled) in text


def test_a_file_that_is_neither_is_no_text() -> None:
    assert decode_any(b"\xff\xfe\x00\xd8") is None
    assert decode_any(b"\x81") is None


def test_a_cell_is_called_as_in_the_spreadsheet() -> None:
    assert [address(6, 2), address(0, 25), address(9, 26), address(0, 701)] == [
        "C7", "Z1", "AA10", "ZZ1",
    ]  # fmt: skip
    assert as_cell("x").text == "x"


def test_a_workbook_that_openpyxl_cannot_read_is_read_by_its_values(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "a style it does not know"
        raise ValueError(message)

    path = school.file("毛病.xlsx", [["编号", "人数"], ["F-2026-002", 4]])
    monkeypatch.setattr(openpyxl, "load_workbook", fail)
    sheets, problems = read_sheets(path)
    assert problems == []
    assert [[cell.text for cell in row] for row in sheets[0].rows][1] == ["F-2026-002", "4"]
    assert not sheets[0].from_1904


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("terminal", "ci"), [(False, ""), (True, "1"), (True, "")])
def test_a_sign_of_life_is_shown_only_where_somebody_waits(
    monkeypatch: pytest.MonkeyPatch, *, terminal: bool, ci: str
) -> None:
    shown = threading.Event()
    screen: Any = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr("rich.status.Status.start", lambda _: shown.set())
    with waiting("正在核对", 0.01):
        came = shown.wait(2 if terminal and not ci else 0.05)
    assert came is (terminal and not ci)


def test_every_rule_of_the_family_is_raised_by_a_test() -> None:
    tests = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(__file__).parent.glob("test_exchange_*.py")
    )
    named = [rule.name for rule in vars(exchange).values() if isinstance(rule, Rule)]
    assert [name for name in named if f'"{name}"' not in tests and name not in tests] == []


def test_a_csv_keeps_its_lines(school: School) -> None:
    text = 'a,"b\r\nc"\r\n'
    path = school.root.parent / "x.csv"
    path.write_bytes(text.encode())
    sheets, _ = read_sheets(path)
    assert sheets[0].rows[0][1].text == "b\nc"
    assert next(csv.reader(io.StringIO(text)))[1] == "b\r\nc"
