"""The mess of real sheets: numbered cases, each with exactly the result it must have."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from generator.problems.problem import Severity
from tests.exchange_school import School, cells, ferry_school, rules

FLAW = {
    "排查日期": "2023-09-01", "房间": "A栋三楼", "情况": "地砖翘起", "责任岗位": "总务处主任",
    "状态": "待改",
}  # fmt: skip


@pytest.fixture
def school(tmp_path: Path) -> School:
    return ferry_school(tmp_path)


def flaw(**cells: object) -> list[list[object]]:
    row = FLAW | cells
    return [list(row), list(row.values())]


VALUES = [
    (1, "排查日期", "２０２３年９月１日　", "seen_on", "2023-09-01"),
    (2, "排查日期", "2023.9.1", "seen_on", "2023-09-01"),
    (2, "排查日期", "20230901", "seen_on", "2023-09-01"),
    (2, "排查日期", "2023/9/1", "seen_on", "2023-09-01"),
    (2, "排查日期", "2023-9-1", "seen_on", "2023-09-01"),
    (4, "计入月份", "2023.9", "booked", "2023-09"),
    (4, "计入月份", "2023年9月", "booked", "2023-09"),
    *((9, "改好了", word, "mended", "true") for word in ("√", "是", " 是　", "Y", "1", "已完成")),
    *((9, "改好了", word, "mended", "false") for word in ("×", "否", "未")),
    *((9, "改好了", word, "mended", "") for word in ("/", "—", "无")),
    (14, "人数", "1,200", "people", "1200"),
    (14, "人数", "４５人", "people", "45"),
    (14, "人数", "45.0", "people", "45"),
    (15, "合格率", "98.5%", "rate", "98.5"),
    (15, "合格率", "98.5％", "rate", "98.5"),
    (15, "合格率", "98.5", "rate", "98.5"),
    (15, "占比", "0.985", "part", "98.5"),
]
FAULTS = [
    (4, "排查日期", "9.1", "date-incomplete"),
    (4, "排查日期", "23.9.1", "date-incomplete"),
    (4, "排查日期", "2023.9", "date-incomplete"),
    (4, "排查日期", "2023年9月", "date-incomplete"),
    (5, "排查日期", "2023年9月31日", "date-impossible"),
    (5, "排查日期", "2023-02-29", "date-impossible"),
    (9, "改好了", "部分", "cell-enum"),
    (9, "改好了", "基本完成", "cell-enum"),
    (14, "人数", "约300人", "value-approximate"),
    (14, "人数", "四十五", "cell-type"),
    (15, "合格率", "0.985", "percent-ambiguous"),
    (19, "责任岗位", "同上", "ditto"),
    (19, "责任岗位", "〃", "ditto"),
    (19, "责任岗位", '"', "ditto"),
    (22, "排查日期", "9月1日—9月5日", "date-range"),
]


@pytest.mark.parametrize(("case", "header", "raw", "column", "value"), VALUES)
def test_a_cell_is_read_as(  # noqa: PLR0913, PLR0917 - one argument a column of the table
    school: School, case: int, header: str, raw: str, column: str, value: str
) -> None:
    outcome = school.plan(school.file("毛病.csv", flaw(**{header: raw})), "flaws")
    assert rules(outcome) == [], case
    assert outcome.changes[0].added[0].values[column] == value
    changed = {note.written for note in outcome.notes}
    assert raw in changed or raw in {value, "是", "否"}


@pytest.mark.parametrize(("case", "header", "raw", "rule"), FAULTS)
def test_a_cell_is_refused_because(
    school: School, case: int, header: str, raw: str, rule: str
) -> None:
    rows = flaw(**{header: raw})
    outcome = school.plan(school.file("毛病.xlsx", rows), "flaws")
    column = "ABCDEFG"[rows[0].index(header)]
    assert rules(outcome) == [rule], case
    assert cells(outcome) == [f"Sheet1!{column}2"]
    assert str(outcome.problems[0].place) == f"毛病.xlsx:Sheet1!{column}2"


def test_case_2_four_styles_of_one_column_are_listed(school: School) -> None:
    styles = ["2023.9.1", "20230901", "2023/9/1", "2023-9-1"]
    rows = [list(FLAW), *([*{**FLAW, "排查日期": s, "情况": s}.values()] for s in styles)]
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    assert {row.values["seen_on"] for row in outcome.changes[0].added} == {"2023-09-01"}
    assert len({note.how for note in outcome.notes}) == 4


@pytest.mark.parametrize("raw", [45170, "45170"], ids=["number", "text"])
def test_case_3_a_serial_number_is_a_day_and_said_to_be_one(school: School, raw: object) -> None:
    outcome = school.plan(school.file("毛病.xlsx", flaw(排查日期=raw)), "flaws")
    assert rules(outcome) == ["date-serial"]
    assert outcome.problems[0].severity is Severity.REMINDER
    assert outcome.changes[0].added[0].values["seen_on"] == "2023-09-01"


def test_case_3_a_workbook_that_counts_from_1904_is_asked_about(school: School) -> None:
    path = school.file("毛病.xlsx", flaw(排查日期=45170))
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    assert rules(school.plan(path, "flaws")) == ["date-base"]


@pytest.mark.parametrize(("stated", "expected"), [("17", []), ("18", ["total-mismatch"])])
def test_case_6_a_total_is_compared_and_dropped(
    school: School, stated: str, expected: list[str]
) -> None:
    header = ["序号", *FLAW, "人数"]
    rows = [[str(n), *{**FLAW, "情况": f"第{n}处"}.values(), "1"] for n in range(1, 18)]
    total = ["合计", "", "", "", "", "", stated]
    outcome = school.plan(school.file("毛病.csv", [header, *rows, [], total]), "flaws")
    assert rules(outcome) == expected
    assert len(outcome.changes[0].added) == 17
    if expected:
        assert "18" in outcome.problems[0].wrong.zh
        assert "17" in outcome.problems[0].wrong.zh


def test_case_7_only_declared_columns_are_filled_from_above(school: School) -> None:
    rows = [list(FLAW), list(FLAW.values())]
    rows += [["", "", f"第{n}处", "总务处主任", "待改"] for n in range(3)]
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    assert {row.values["seen_on"] for row in outcome.changes[0].added} == {"2023-09-01"}
    assert {row.values["room"] for row in outcome.changes[0].added} == {"R-A3"}
    assert len(outcome.notes) == 6
    rows[2][3] = rows[2][4] = ""
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    assert rules(outcome) == ["cell-required", "cell-required"]
    assert cells(outcome) == ["毛病!D3", "毛病!E3"]


def two_row_header(second: str = "责任人") -> list[list[object]]:
    return [
        ["渡口学校2026年秋季学期台账", None, None, None, None, None, None, None],
        ["填表人：", None, None, "日期：2026-09-30", None, None, None, None],
        ["序号", "排查日期", "楼栋", "情况", "整改情况", None, None, "状态"],
        [None, None, None, None, second, "时限", "完成日期", None],
        [1, "2026.9.1", "A栋三楼", "地砖翘起", "总务处主任", "2026.9.20", "2026.9.10", "已整改"],
    ]


def test_case_8_two_header_rows_become_paths(school: School) -> None:
    outcome = school.bring(school.file("台账.xlsx", two_row_header()), "flaws")
    assert rules(outcome) == []
    values = outcome.changes[0].added[0].values
    assert values["keeper"] == "steward"
    assert values["due_on"] == "2026-09-20"
    assert values["state"] == "done"
    assert values["flaw"] == "F-2026-003"
    outcome = school.plan(school.file("台账.xlsx", two_row_header("责任者")), "flaws")
    assert rules(outcome) == ["sheet-column"]
    assert outcome.problems[0].near[0] == "整改情况/责任人"
    assert cells(outcome) == ["Sheet1!E4"]


def test_case_10_the_rules_of_check_hold_and_name_both_cells(school: School) -> None:
    outcome = school.plan(school.file("毛病.xlsx", flaw(状态="已改")), "flaws")
    assert rules(outcome) == ["F01"]
    row = {"状态": "已改", "完成日期": "2023-08-30"}
    outcome = school.plan(school.file("毛病.xlsx", flaw(**row)), "flaws")
    assert rules(outcome) == ["F02"]
    assert cells(outcome) == ["Sheet1!F2"]
    assert outcome.problems[0].ground.zh.startswith("Sheet1!F2、Sheet1!A2")
    assert "2023-08-30" in outcome.problems[0].wrong.zh


@pytest.mark.parametrize("raw", ["张三 13800138000", "张三　１３８００１３８０００"])
def test_case_11_personal_data_is_hidden_and_nothing_is_written(school: School, raw: str) -> None:
    before = school.table("flaws")
    outcome = school.bring(school.file("毛病.xlsx", flaw(责任岗位=raw)), "flaws")
    assert rules(outcome) == ["personal-data"]
    assert "张* 138****8000" in outcome.problems[0].wrong.zh.replace("　", " ")
    assert "13800138000" not in str(outcome.problems)
    assert "总务处主任" in outcome.problems[0].fix.zh
    assert cells(outcome) == ["Sheet1!D2"]
    assert school.table("flaws") == before


def test_case_12_gbk_is_read_and_garbled_text_is_refused(school: School) -> None:
    path = school.file("毛病.csv", flaw(情况="䶮桥护栏松动"), "gb18030")
    assert school.plan(path, "flaws").changes[0].added[0].values["what"] == "䶮桥护栏松动"
    garbled = "安全隐患".encode().decode("gb18030")
    outcome = school.plan(school.file("毛病.csv", flaw(情况=garbled)), "flaws")
    assert rules(outcome) == ["mojibake"]
    assert "安全隐患" in outcome.problems[0].wrong.zh


@pytest.mark.parametrize(
    ("raw", "value"), [("1分58秒", "118"), ("1′58″", "118"), ("118", "118"), ("2分钟左右", None)]
)
def test_case_13_a_duration_becomes_seconds(school: School, raw: str, value: str | None) -> None:
    rows = [["日期", "疏散用时"], ["2026-09-18", raw]]
    outcome = school.plan(school.file("演练.csv", rows), "runs")
    if value is None:
        assert rules(outcome) == ["value-approximate"]
    else:
        assert outcome.changes[0].added[0].values["took"] == value


@pytest.mark.parametrize(
    ("raw", "rule"), [("12", "key-zeros"), ("5.00102E+17", "scientific-notation")]
)
def test_case_16_lost_digits_of_ids_are_noticed(school: School, raw: str, rule: str) -> None:
    rows = [["器材", "查验日期"], [raw, "2026-09-18"]]
    outcome = school.plan(school.file("查验.csv", rows), "looks")
    assert rules(outcome) == [rule]
    if rule == "key-zeros":
        assert outcome.problems[0].near == ("0012",)
        rows = [["器材编号", "名称"], [raw, "灭火器"]]
        assert rules(school.plan(school.file("器材.csv", rows), "things")) == [rule]


@pytest.mark.parametrize("raw", ["八年级(3)班", "初二３班", "初二三班", "2025级3班", "八年级3班"])
def test_case_17_a_class_by_any_of_its_names(school: School, raw: str) -> None:
    rows = [["日期", "班级", "主题"], ["2026-11-18", raw, "防火"]]
    outcome = school.plan(school.file("讲课.csv", rows), "talks")
    assert rules(outcome) == []
    assert outcome.changes[0].added[0].values["group"] == "2026-8-03"


def test_case_17_a_class_without_its_grade_is_ambiguous(school: School) -> None:
    rows = [["日期", "班级", "主题"], ["2026-11-18", "3班", "防火"]]
    outcome = school.plan(school.file("讲课.csv", rows), "talks")
    assert rules(outcome) == ["key-ambiguous"]
    assert "2026-7-03" in outcome.problems[0].wrong.zh
    assert "2025-8-03" not in outcome.problems[0].wrong.zh


def test_case_18_the_whole_school_is_a_row_for_every_class(school: School) -> None:
    rows = [["日期", "班级", "主题"], ["2026-11-18", "全校", "防溺水"]]
    outcome = school.bring(school.file("讲课.csv", rows), "talks")
    added = outcome.changes[0].added
    assert [row.values["group"] for row in added] == ["2026-7-03", "2026-8-01", "2026-8-03"]
    assert [row.key[0] for row in added] == ["T-202611-001", "T-202611-002", "T-202611-003"]
    assert "3" in outcome.notes[0].how.zh
    again = school.plan(school.file("讲课.csv", rows), "talks")
    assert (again.changes[0].unchanged, bool(again.changes[0])) == (3, False)


def test_case_19_ditto_is_copied_only_when_asked_to(school: School) -> None:
    rows = [list(FLAW), list(FLAW.values()), [*FLAW.values()]]
    rows[2][2:4] = ["窗坏了", "同上"]
    path = school.file("毛病.csv", rows)
    assert rules(school.plan(path, "flaws")) == ["ditto"]
    outcome = school.plan(path, "flaws", accept_ditto=True)
    assert [row.values["keeper"] for row in outcome.changes[0].added] == ["steward", "steward"]
    assert outcome.notes[-1].how.zh == "同上"


def test_case_20_the_calendar_is_asked(school: School) -> None:
    outcome = school.plan(school.file("演练.csv", [["日期", "人数"], ["2026-10-01", "9"]]), "runs")
    assert rules(outcome) == ["D01"]
    assert not outcome.refused
    rows = [["日期", "班级", "主题"], ["2026-10-10", "初二3班", "防火"]]
    assert rules(school.plan(school.file("讲课.csv", rows), "talks")) == []


def test_case_21_the_same_thing_twice_names_both_rows(school: School) -> None:
    rows = [["器材编号", "名称"], ["AS-EXT-0020", "甲"], ["AS-EXT-0020 ", "乙"]]
    outcome = school.plan(school.file("器材.csv", rows), "things")
    assert rules(outcome) == ["row-repeated"]
    assert cells(outcome) == ["器材!A3"]
    assert "器材!A2" in outcome.problems[0].wrong.zh
