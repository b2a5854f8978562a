"""Errors in cells and hidden rows, also in the files of older programs that only hint at them."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from generator.exchange.compound import CompoundError, read_stream
from generator.exchange.marks import Marks, read_marks
from generator.exchange.report import render_outcome
from generator.ledger import check_project
from generator.problems.problem import Language
from generator.project import read_project
from tests.exchange_school import NOW, School, cells, ferry_school, rules

FILES = Path(__file__).parent / "exchange"
ERRORS = {(1, 5): "#N/A", (3, 5): "#DIV/0!"}


@pytest.fixture
def school(tmp_path: Path) -> School:
    return ferry_school(tmp_path)


@pytest.mark.parametrize("suffix", [".xls", ".et", ".ods"])
def test_a_cell_with_an_error_is_refused_at_its_address(school: School, suffix: str) -> None:
    written = FILES / ("errors.ods" if suffix == ".ods" else "errors.xls")
    path = shutil.copy(written, school.root.parent / f"毛病{suffix}")
    outcome = school.plan(Path(path), "flaws")
    assert rules(outcome) == ["cell-faulty", "cell-faulty"]
    assert cells(outcome) == ["台账!F2", "台账!F4"]
    assert '"#N/A"' in outcome.problems[0].wrong.zh
    assert outcome.refused


def test_an_error_that_was_saved_as_text_is_refused_too(school: School) -> None:
    path = school.root.parent / "毛病.csv"
    path.write_text("排查日期,房间,情况\n2023-09-01,A栋三楼,#REF!\n", encoding="utf-8")
    outcome = school.plan(path, "flaws")
    assert (rules(outcome)[0], cells(outcome)[0]) == ("cell-faulty", "毛病!C2")


def test_a_workbook_that_lies_in_the_records_can_be_imported_as_its_fault_says(
    school: School,
) -> None:
    rows = [
        ["排查日期", "房间", "情况", "责任岗位", "状态"],
        ["2023-09-01", "A栋三楼", "地砖翘起", "总务处主任", "待改"],
    ]
    path = shutil.copy(school.file("毛病.xlsx", rows), school.root / "records")
    outcome = school.plan(Path(path), "flaws")
    assert [row.values["what"] for row in outcome.changes[0].added] == ["地砖翘起"]
    assert not outcome.refused


@pytest.mark.parametrize("name", ["errors.xls", "errors.ods"])
def test_errors_and_hidden_rows_are_found_by_row_and_column(name: str) -> None:
    assert read_marks(FILES / name) == {"台账": Marks(ERRORS, {2})}


def test_a_hidden_row_comes_in_and_is_told(school: School) -> None:
    rows = [
        ["排查日期", "房间", "情况", "责任岗位", "状态"],
        ["2023-09-01", "A栋三楼", "地砖翘起", "总务处主任", "待改"],
        ["2023-09-02", "A栋三楼", "门锁失灵", "总务处主任", "待改"],
    ]
    path = school.file("毛病.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(path)
    outcome = school.plan(path, "flaws")
    assert [row.values["what"] for row in outcome.changes[0].added] == ["地砖翘起", "门锁失灵"]
    with check_project(*read_project(school.root, NOW)) as checked:
        told = render_outcome(outcome, checked, Language.ZH)
    assert "Sheet1!A3" in told
    assert "这一行在表格里是隐藏的，也收了" in told


@pytest.mark.parametrize("end", [0, 8, 100, 600, 3000])
def test_a_broken_or_foreign_file_has_no_marks(tmp_path: Path, end: int) -> None:
    file = tmp_path / "a.xls"
    file.write_bytes((FILES / "errors.xls").read_bytes()[:end])
    assert read_marks(file) == {}


def test_a_stream_that_is_not_there_is_told() -> None:
    with pytest.raises(CompoundError, match="no such stream"):
        read_stream((FILES / "errors.xls").read_bytes(), ("Letter",))
