"""A workbook to fill in, filled in the way a person does, and brought back."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.cli import main
from generator.exchange.report import render_outcome
from generator.exchange.sheets import META_SHEET
from generator.exchange.template import LISTS_SHEET
from generator.ledger import check_project
from generator.problems.problem import Language
from generator.project import read_project
from tests.exchange_school import NOW, School, cells, ferry_school, rules


@pytest.fixture
def school(tmp_path: Path) -> School:
    return ferry_school(tmp_path)


def template(school: School, *options: str) -> Path:
    path = school.root.parent / "模板.xlsx"
    command = ["template", *options, "--out", str(path), "--root", str(school.root)]
    assert main(command) == 0
    return path


def choices(book: Any, sheet: str, column: str) -> list[str]:
    for rule in book[sheet].data_validations.dataValidation:
        if f"{column}2" in rule.sqref:
            area = rule.formula1.split("!")[1].replace("$", "")
            return [row[0].value for row in book[LISTS_SHEET][area]]
    return []


def report(school: School, path: Path) -> str:
    outcome = school.plan(path)
    with check_project(*read_project(school.root, NOW)) as checked:
        return render_outcome(outcome, checked, Language.ZH)


def headers(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[1]}


def test_the_sheet_says_what_belongs_where(school: School) -> None:
    book = openpyxl.load_workbook(template(school, "flaws"))
    sheet = book["毛病台账"]
    assert [cell.value for cell in sheet[1]][:4] == ["编号", "排查日期", "计入月份", "房间"]
    assert choices(book, "毛病台账", "K") == ["待改", "已改"]
    assert choices(book, "毛病台账", "J") == ["是", "否"]
    assert choices(book, "毛病台账", "D") == [
        "A栋三楼", "B栋一楼", "报告厅（R-HALL）", "报告厅（R-OLD）",
    ]  # fmt: skip
    assert choices(book, "毛病台账", "G") == []
    assert sheet.freeze_panes == "A2"
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert sheet["A2"].number_format == "@"
    assert "收表时编号" in sheet["A1"].comment.text
    assert "分号" in sheet["G1"].comment.text
    assert "单位：人。" in sheet["L1"].comment.text
    assert book[LISTS_SHEET].sheet_state == book[META_SHEET].sheet_state == "hidden"


def test_a_filled_template_is_brought_in_without_naming_the_table(school: School) -> None:
    path = template(school, "flaws")
    book = openpyxl.load_workbook(path)
    sheet = book["毛病台账"]
    at = headers(sheet)
    filled: dict[str, Any] = {
        "排查日期": dt.date(2026, 11, 18), "计入月份": "2026-11", "房间": "报告厅（R-HALL）",
        "情况": "座椅松动", "责任岗位": "总务处主任", "协助岗位": "保安队长；校长", "改好了": "否",
        "状态": "待改", "人数": 12, "合格率": "97.5%", "打铃": dt.time(8, 5), "费用": 30.5,
    }  # fmt: skip
    for title, value in filled.items():
        sheet.cell(2, at[title]).value = value
    book.save(path)
    outcome = school.bring(path)
    assert (rules(outcome), outcome.changes[0].unchanged) == ([], 0)
    assert school.table("flaws")[2] == {
        "flaw": "F-2026-003", "seen_on": "2026-11-18", "booked": "2026-11", "room": "R-HALL",
        "what": "座椅松动", "keeper": "steward", "helpers": "guard;head", "due_on": "",
        "mended_on": "", "mended": "false", "state": "open", "people": "12", "rate": "97.5",
        "part": "", "rung_at": "08:05", "cost": "30.5", "note": "",
    }  # fmt: skip
    assert school.plan(path).texts == {}


def test_a_month_holds_what_is_due_and_comes_in_whole(school: School) -> None:
    path = template(school, "--month", "2026-11")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["毛病台账", "讲课", "演练"]
    flaws, talks = book["毛病台账"], book["讲课"]
    assert [cell.value for cell in flaws["A"] if cell.value] == ["编号", "F-2026-001"]
    assert flaws["K2"].value == "待改"
    days = [cell.value.date() for cell in talks["B"][1:] if cell.value]
    assert (days[0], days[-1], len(days)) == (dt.date(2026, 11, 2), dt.date(2026, 11, 30), 21)
    assert school.plan(path).texts == {}
    assert "演练" not in report(school, path)

    flaws["I2"], flaws["K2"] = dt.date(2026, 11, 10), "已改"
    talks["C3"], talks["D3"] = "八年级1班", "防火"
    talks["C4"], talks["D4"] = "全校", "防溺水"
    book.save(path)
    outcome = school.bring(path)
    assert rules(outcome) == []
    assert sorted(outcome.texts) == ["records/tables/flaws.csv", "records/tables/talks.csv"]
    assert [row["held_on"] for row in school.table("talks")[1:]] == [
        "2026-11-03", "2026-11-04", "2026-11-04", "2026-11-04",
    ]  # fmt: skip
    assert school.errors() == ()


def test_one_fault_keeps_the_whole_month_out(school: School) -> None:
    path = template(school, "--month", "2026-11")
    book = openpyxl.load_workbook(path)
    book["毛病台账"]["I2"] = dt.date(2026, 11, 10)
    book["毛病台账"]["K2"] = "已改"
    book["讲课"]["C3"], book["讲课"]["D3"] = "3班", "防火"
    book.save(path)
    outcome = school.bring(path)
    assert rules(outcome) == ["key-ambiguous"]
    assert cells(outcome) == ["讲课!C3"]
    assert school.table("flaws")[0]["state"] == "open"


@pytest.mark.parametrize(
    ("role", "sheets"), [("校长", ["讲课"]), ("steward", ["毛病台账", "演练"])]
)
def test_a_post_gets_its_own_tables(school: School, role: str, sheets: list[str]) -> None:
    book = openpyxl.load_workbook(template(school, "--month", "2026-10", "--role", role))
    assert [name for name in book.sheetnames if not name.startswith("_")] == sheets


def test_a_month_with_nothing_due_is_told(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ["--root", str(school.root)]
    assert main(["template", "--month", "2026-12", "--role", "head", *root]) == 1
    assert "month-empty" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "二者选一"),
        (["flaws", "--month", "2026-11"], "二者选一"),
        (["--month", "十一月"], "2026-11 的样子"),
        (["--month", "2026-11", "--role", "门卫"], "没有岗位 门卫"),
        (["flews"], "没有表 flews"),
    ],
)
def test_wrong_use_of_template_is_told(
    school: School, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    assert main(["template", *options, "--root", str(school.root)]) == 2
    assert words in capsys.readouterr().err


def test_a_condition_that_cannot_be_run_is_told(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    (school.root / "records/imports/flaws.yaml").write_text(
        "monthly: {role: steward, prefill: open_rows, open: colour = 1}\n", encoding="utf-8"
    )
    root = ["--root", str(school.root)]
    assert main(["template", "--month", "2026-11", *root]) == 1
    assert "sql-unknown-column" in capsys.readouterr().out
    (school.root / "records/imports/flaws.yaml").write_text("extra: 1\n", encoding="utf-8")
    assert main(["template", "--month", "2026-11", *root]) == 1
    assert "unknown-key" in capsys.readouterr().out


def passed_through_libreoffice(path: Path, form: str) -> Path:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-calc-nogui")
    target = path.parent / "saved"
    profile = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    convert = ["--headless", "--convert-to", form, "--outdir"]
    command = [office, profile, *convert, str(target), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return target / path.with_suffix(f".{form.partition(':')[0]}").name


@pytest.mark.soak
@pytest.mark.parametrize("form", ["xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "ods:calc8"])
def test_a_template_saved_by_libreoffice_comes_in_all_the_same(school: School, form: str) -> None:
    path = template(school, "--month", "2026-11")
    assert school.plan(passed_through_libreoffice(path, form)).texts == {}
    book = openpyxl.load_workbook(path)
    flaws, talks = book["毛病台账"], book["讲课"]
    flaws["I2"], flaws["K2"], flaws["O2"] = dt.date(2026, 11, 10), "已改", dt.time(8, 5)
    flaws["M2"] = "97.5%"
    talks["C3"], talks["D3"], talks["E3"] = "全校", "防火", 0.5
    book.save(path)
    outcome = school.bring(passed_through_libreoffice(path, form))
    assert rules(outcome) == []
    closed = school.table("flaws")[0]
    assert (closed["mended_on"], closed["rung_at"], closed["rate"]) == (
        "2026-11-10",
        "08:05",
        "97.5",
    )
    assert [row["length"] for row in school.table("talks")[1:]] == ["0.5"] * 3
    assert school.plan(path).texts == {}


def test_a_recorded_text_never_becomes_a_formula(school: School) -> None:
    file = school.root / "records/tables/flaws.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("窗扣松动", "=1+1"), encoding="utf-8")
    book = openpyxl.load_workbook(template(school, "--month", "2026-11"))
    cell = book["毛病台账"]["E2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
