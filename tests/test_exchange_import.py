"""Bringing in a sheet: what is new, what changes, what stays, and what is refused whole."""

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from generator.cli import main
from generator.compliance.declarations import RELATIONS
from generator.exchange.faults import faults_path, write_faults
from generator.exchange.names import names_of
from generator.exchange.report import render_outcome
from generator.exchange.sheets import FAULTS_SHEET
from generator.ledger import check_project, count_ledger
from generator.problems.problem import Language
from generator.project import read_project
from generator.records.import_maps import read_maps
from generator.site.tree import plan_tree
from tests.exchange_school import NOW, SCHOOL, School, cells, csv_text, ferry_school, rules

ROOT = Path(__file__).resolve().parents[1]
HEADER = ["编号", "排查日期", "房间", "情况", "责任岗位", "完成日期", "状态"]
CLOSING = [
    HEADER,
    ["F-2026-001", "2026-09-02", "A栋三楼", "窗扣松动", "总务处主任", "2026-09-18", "已改"],
]
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="表一">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


@pytest.fixture
def school(tmp_path: Path) -> School:
    return ferry_school(tmp_path)


def ods(path: Path, rows: list[list[str]]) -> Path:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    text = "".join(
        f"<table:table-row>{''.join(cell.format(value) for value in row)}</table:table-row>"
        for row in rows
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type='
        '"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=text))
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def report(school: School, path: Path, table: str, language: Language = Language.ZH) -> str:
    outcome = school.plan(path, table)
    with check_project(*read_project(school.root, NOW)) as checked:
        return render_outcome(outcome, checked, language)


def test_closing_a_recorded_row_is_a_change_of_two_cells(school: School) -> None:
    path = school.file("毛病.xlsx", CLOSING)
    assert report(school, path, "flaws") == (
        "毛病台账（flaws）：新增 0 条，修改 1 条，不变 0 条\n"
        "  修改 F-2026-001（Sheet1!A2）\n"
        "    完成日期：（空） → 2026-09-18\n"
        "    状态：待改 → 已改"
    )
    school.bring(path, "flaws")
    row = school.table("flaws")[0]
    assert (row["mended_on"], row["state"], row["cost"]) == ("2026-09-18", "done", "120.5")
    assert len(school.table("flaws")) == 2
    assert school.errors() == ()


FORMULAS = ["=1+1", "+86", "-5+1", "@SUM(A1)", "'=1", "''-5", "\uff1d1", "'x'", "1=1"]


def test_what_the_site_gives_out_comes_back_as_it_was(school: School) -> None:
    """Also where a spreadsheet took a cell for a formula, and after it has saved the file anew."""
    rows = [
        f"F-2026-{number:03},2026-09-02,2026-09,R-A3,{text},steward,,,,false,open,,,,,,{text}"
        for number, text in enumerate(FORMULAS, 100)
    ]
    with (school.root / "records/tables/flaws.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("\n".join([*rows, ""]))
    with check_project(*read_project(school.root, NOW)) as checked:
        files = plan_tree(count_ledger(checked, NOW.date())).files
    given = [path for path in files if re.fullmatch(r"assets/records/\w+\.\w+\.csv", path)]
    assert len(given) == len(list(school.root.glob("records/tables/*.csv")))
    for path in given:
        table = Path(path).name.split(".")[0]
        sheet = list(csv.reader(io.StringIO(files[path].decode("utf-8-sig"), newline="")))
        if table == "flaws":
            assert [row[4] for row in sheet[-9:-4]] == [
                "'=1+1",
                "'+86",
                "'-5+1",
                "'@SUM(A1)",
                "''=1",
            ]
        for name in ("给出的.csv", "另存的.xlsx"):
            outcome = school.plan(school.file(name, sheet), table)
            assert (outcome.texts, outcome.problems) == ({}, ()), table


def test_bringing_in_a_file_twice_changes_nothing(school: School) -> None:
    rows = [HEADER[1:], ["2026年9月8日", "B栋一楼", "门锁坏了", "总务处主任", "", "未改"]]
    path = school.file("毛病.csv", rows, "gb18030")
    first = school.bring(path, "flaws")
    assert [row.key for row in first.changes[0].added] == [("F-2026-003",)]
    again = school.plan(path, "flaws")
    assert (again.texts, again.changes[0].unchanged) == ({}, 1)


@pytest.mark.parametrize("table", sorted(path.stem for path in SCHOOL.glob("records/tables/*.csv")))
def test_its_own_output_changes_nothing(school: School, table: str) -> None:
    """Also after a spreadsheet has saved it as GBK with its own dates and TRUE for true."""
    path = school.root / f"records/tables/{table}.csv"
    outcome = school.plan(path, table)
    assert (outcome.texts, outcome.notes, outcome.problems) == ({}, (), ())
    text = path.read_text(encoding="utf-8").replace("true", "TRUE").replace("-0", "/")
    rows = list(csv.reader(io.StringIO(text.replace("F/", "F-0").replace("T/", "T-0"))))
    if table in {"flaws", "runs", "looks", "spans"}:
        saved = school.file("另存.csv", rows, "gb18030")
        assert school.plan(saved, table).texts == {}


def test_lists_of_posts_are_written_by_their_titles(school: School) -> None:
    rows = [
        ["编号", "协助岗位", "打铃", "费用"],
        ["F-2026-002", "保安队长；校长", "8点05分", "1,050.50元"],
    ]
    outcome = school.bring(school.file("毛病.xlsx", rows), "flaws")
    assert [cell.field.name for cell in outcome.changes[0].changed[0].cells] == ["cost"]
    assert school.table("flaws")[1]["cost"] == "1050.5"


def test_a_title_of_two_records_needs_its_key(school: School) -> None:
    rows = [HEADER[1:], ["2026-09-08", "报告厅", "门锁坏了", "总务处主任", "", "未改"]]
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    assert rules(outcome) == ["key-ambiguous"]
    rows[1][1] = "报告厅（R-OLD）"
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    assert outcome.changes[0].added[0].values["room"] == "R-OLD"


def test_an_unknown_title_has_near_names(school: School) -> None:
    rows = [HEADER[1:], ["2026-09-08", "A栋3楼", "门锁坏了", "总务处", "", "未改"]]
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    assert rules(outcome) == ["unknown-reference", "unknown-reference"]
    assert outcome.problems[0].near[0] == "A栋三楼"
    assert outcome.problems[1].near[0] == "总务处主任"


def test_a_row_that_agrees_with_several_needs_its_id(school: School) -> None:
    file = school.root / "records/tables/flaws.csv"
    text = file.read_text(encoding="utf-8")
    twin = text.splitlines()[1].replace("F-2026-001", "F-2026-009")
    file.write_text(f"{text}{twin}\n", encoding="utf-8")
    rows = [HEADER[1:], ["2026-09-02", "A栋三楼", "窗扣松动", "总务处主任", "", "未改"]]
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    assert rules(outcome) == ["row-uncertain"]
    assert "F-2026-001、F-2026-009" in outcome.problems[0].wrong.zh
    rows = [HEADER[1:], *[["2026-09-08", "A栋三楼", "门锁坏了", "总务处主任", "", "未改"]] * 2]
    assert rules(school.plan(school.file("毛病.csv", rows), "flaws")) == ["row-repeated"]


def test_a_new_row_needs_an_id_that_can_be_made(school: School) -> None:
    rows = [["编号", "日期", "班级", "主题"], ["", "", "八年级3班", "防火"]]
    assert rules(school.plan(school.file("讲课.csv", rows), "talks")) == ["id-unknown"]
    rows = [["器材", "合格"], ["0012", "是"]]
    outcome = school.plan(school.file("查验.csv", rows), "looks")
    assert rules(outcome) == ["sheet-column-missing"]
    assert "查验日期" in outcome.problems[0].wrong.zh
    rows = [["器材编号", "名称"], ["", "梯子"]]
    assert rules(school.plan(school.file("器材.csv", rows), "things")) == ["id-unknown"]


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        (["编号", "房间", "颜色"], "sheet-column"),
        (["编号", "房间", "楼栋"], "sheet-column-twice"),
        (["甲", "乙", "丙"], "sheet-header"),
    ],
)
def test_a_header_that_is_not_understood_is_refused(
    school: School, header: list[str], rule: str
) -> None:
    outcome = school.plan(school.file("毛病.csv", [header, ["F-2026-001", "x", "y"]]), "flaws")
    assert rules(outcome) == [rule]


def test_a_file_that_holds_no_sheet_is_refused(school: School, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    assert rules(school.plan(broken, "flaws")) == ["sheet-unreadable"]
    word = tmp_path / "台账.docx"
    word.write_bytes(b"")
    assert rules(school.plan(word, "flaws")) == ["sheet-unreadable"]
    quote = tmp_path / "引号.csv"
    quote.write_text('编号,房间\n"F-2026-001,x\n', encoding="utf-8")
    assert rules(school.plan(quote, "flaws")) == ["sheet-unreadable"]
    binary = tmp_path / "乱.csv"
    binary.write_bytes(b"\x81\xff\x00\x81")
    assert rules(school.plan(binary, "flaws")) == ["text-encoding"]
    empty = tmp_path / "空.csv"
    empty.write_bytes(b"")
    assert rules(school.plan(empty, "flaws")) == ["sheet-empty"]


def test_a_huge_file_is_refused_before_it_is_read(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.exchange.sheets._UNPACKED", 100)
    path = school.file("毛病.xlsx", CLOSING)
    assert rules(school.plan(path, "flaws")) == ["sheet-unreadable"]
    assert tmp_path.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("sign", [",", "\t"])
def test_text_of_any_of_these_encodings_is_read(
    school: School, tmp_path: Path, encoding: str, sign: str
) -> None:
    path = tmp_path / "毛病.csv"
    path.write_bytes(csv_text(CLOSING).replace(",", sign).encode(encoding))
    assert len(school.plan(path, "flaws").changes[0].changed) == 1


@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_an_old_workbook_is_read(school: School, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"台账{suffix}"
    path.write_bytes((SCHOOL.parent / "old.xls").read_bytes())
    outcome = school.plan(path, "flaws")
    assert rules(outcome) == []
    values = outcome.changes[0].added[0].values
    assert (values["seen_on"], values["room"], values["people"]) == ("2026-09-08", "R-A3", "12")


def test_an_open_document_is_read(school: School, tmp_path: Path) -> None:
    outcome = school.plan(ods(tmp_path / "台账.ods", CLOSING), "flaws")
    assert len(outcome.changes[0].changed) == 1


def test_a_workbook_with_several_sheets_needs_a_name(school: School) -> None:
    path = school.file("毛病.xlsx", CLOSING)
    book = openpyxl.load_workbook(path)
    book.create_sheet("十月").append(["x"])
    book.create_sheet("空的")
    book.save(path)
    outcome = school.plan(path, "flaws")
    assert rules(outcome) == ["sheet-unknown"]
    assert "Sheet1、十月" in outcome.problems[0].wrong.zh
    assert rules(school.plan(path, "flaws", sheet="Sheet1")) == []
    assert rules(school.plan(path, "flaws", sheet="九月")) == ["sheet-unknown"]
    assert rules(school.plan(path)) == ["table-unknown"]


def test_percentages_errors_and_formulas_are_seen_as_shown(school: School) -> None:
    path = school.file(
        "毛病.xlsx", [["编号", "合格率", "人数", "费用"], ["F-2026-001", 0.985, 3, 2]]
    )
    book = openpyxl.load_workbook(path)
    page = book["Sheet1"]
    page["B2"].number_format = "0.0%"
    book.save(path)
    outcome = school.plan(path, "flaws")
    assert outcome.changes[0].changed[0].values["rate"] == "98.5"
    page["C2"].value, page["C2"].data_type = "#N/A", "e"
    page["D2"] = "=1+1"
    book.save(path)
    outcome = school.plan(path, "flaws")
    assert rules(outcome) == ["cell-faulty", "formula-empty"]
    assert cells(outcome) == ["Sheet1!C2", "Sheet1!D2"]


def test_the_faults_come_back_marked_and_the_copy_can_be_mended(school: School) -> None:
    rows = [*CLOSING, ["", "9.1", "A栋三楼", "窗坏了", "张三 13800138000", "", "待改"]]
    path = school.file("毛病.xlsx", rows)
    before = school.table("flaws")
    outcome = school.bring(path, "flaws")
    assert school.table("flaws") == before
    copy = write_faults(path, outcome.sheets, outcome.problems, Language.ZH)
    assert copy == faults_path(path) == faults_path(copy)
    book = openpyxl.load_workbook(copy)
    cell = book["Sheet1"]["B3"]
    assert cell.comment is not None
    assert "没有写年份" in cell.comment.text
    assert cell.fill.start_color.rgb == "00FFC7CE"
    assert "138****8000" in str(book["Sheet1"]["E3"].comment)
    assert [row[0] for row in book[FAULTS_SHEET].iter_rows(min_row=2, values_only=True)] == [
        "Sheet1!B3",
        "Sheet1!E3",
    ]
    book["Sheet1"]["B3"], book["Sheet1"]["E3"] = "2026-09-08", "校长"
    book.save(copy)
    outcome = school.bring(copy, "flaws")
    assert rules(outcome) == []
    assert school.table("flaws")[2]["what"] == "窗坏了"
    write_faults(copy, outcome.sheets, [], Language.EN)
    assert openpyxl.load_workbook(copy)["Sheet1"]["B3"].comment is None


def test_faults_of_a_text_file_become_a_workbook_without_formulas(school: School) -> None:
    rows = [HEADER[1:], ["9.1", "A栋三楼", "=1+1", "总务处主任", "", "未改"]]
    path = school.file("毛病.csv", rows)
    outcome = school.plan(path, "flaws")
    copy = write_faults(path, outcome.sheets, outcome.problems, Language.ZH)
    page = openpyxl.load_workbook(copy)["毛病"]
    assert (page["C2"].value, page["C2"].data_type) == ("=1+1", "s")
    assert page["A2"].comment is not None


def test_an_error_elsewhere_stops_the_change_and_is_told(school: School) -> None:
    file = school.root / "records/tables/things.csv"
    file.write_text("thing,label\n,灭火器\n0012,灭火器\n", encoding="utf-8")
    outcome = school.plan(school.file("毛病.xlsx", CLOSING), "flaws")
    assert outcome.refused
    assert {problem.place.file for problem in outcome.problems} == {"records/tables/things.csv"}


def test_a_project_that_cannot_be_read_is_mended_first(school: School) -> None:
    (school.root / "records/imports/flaws.yaml").write_text(
        'new_id: "F-{yeer}"\nmatch: [seen]\ntotals: {合计: some}\nextra: 1\n'
        "columns: {roam: {}, keeper: {aliases: drop table x}, mended: {values: {maybe: [也许]}}}\n"
        "monthly: {role: steward, open: random() > 1}\n",
        encoding="utf-8",
    )
    found = rules(school.plan(school.file("毛病.xlsx", CLOSING), "flaws"))
    assert sorted(found) == [
        "sql-forbidden", "sql-not-select", "unknown-key", "unknown-name", "unknown-name",
        "unknown-name", "unknown-name", "wrong-shape",
    ]  # fmt: skip


def test_aliases_that_cannot_be_run_are_told(school: School) -> None:
    (school.root / "records/imports/talks.yaml").write_text(
        "columns: {group: {whole: 全校, aliases: select colour as written from groups}}\n",
        encoding="utf-8",
    )
    rows = [["编号", "日期", "班级", "主题"], ["T-202611-001", "2030-01-01", "全校", "防火"]]
    outcome = school.plan(school.file("讲课.csv", rows), "talks")
    assert "sql-unknown-column" in rules(outcome)


def test_the_whole_school_of_a_day_without_classes_is_refused(school: School) -> None:
    rows = [["日期", "班级", "主题"], ["2020-01-06", "全校", "防火"]]
    outcome = school.plan(school.file("讲课.csv", rows), "talks")
    assert rules(outcome) == ["whole-empty"]


def test_the_command_shows_asks_and_writes(
    school: School, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = school.file("毛病.xlsx", CLOSING)
    command = ["import", str(path), "--table", "flaws", "--root", str(school.root)]
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert main(command) == 0
    assert "没有写入" in capsys.readouterr().out
    assert school.table("flaws")[0]["state"] == "open"
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(command) == 2
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(command) == 0
    assert "已写入 records/tables/flaws.csv" in capsys.readouterr().out
    assert school.table("flaws")[0]["state"] == "done"
    assert main([*command, "--yes", "--lang", "en"]) == 0
    assert "Nothing to change." in capsys.readouterr().out


def test_the_command_says_where_the_marked_copy_is(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        HEADER[1:],
        ["2026-09-08", "A栋三楼", "门锁坏了", "１３８ ００１３ ８０００", "", "未改"],
    ]
    path = school.file("毛病.xlsx", rows)
    assert main(["import", str(path), "--table", "flaws", "--root", str(school.root), "--yes"]) == 1
    out = capsys.readouterr().out
    assert "毛病.xlsx:Sheet1!D2: 错误 personal-data" in out
    assert "毛病-faults.xlsx" in out
    assert '8000"' in out
    assert "0013" not in out


def test_wrong_use_is_told_in_a_line(school: School, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--root", str(school.root)]
    assert main(["import", str(school.root / "none.xlsx"), *root]) == 2
    assert "没有这个文件" in capsys.readouterr().err
    path = school.file("毛病.xlsx", CLOSING)
    assert main(["import", str(path), "--table", "flews", *root]) == 2
    assert "没有表 flews" in capsys.readouterr().err
    folder = school.file("毛病.csv", CLOSING)
    folder.unlink()
    assert main(["import", str(path), *root]) == 1
    assert "table-unknown" in capsys.readouterr().out


def test_a_fault_of_another_recorded_row_is_told_at_its_line_of_now(school: School) -> None:
    file = school.root / "records/tables/flaws.csv"
    text = file.read_text(encoding="utf-8").replace("2026-09-10,true,done", ",true,done")
    file.write_text(text, encoding="utf-8")
    rows = [HEADER[1:], ["2025-09-08", "A栋三楼", "门锁坏了", "校长", "", "待改"]]
    outcome = school.plan(school.file("毛病.csv", rows), "flaws")
    assert outcome.changes[0].added[0].key == ("F-2025-001",)
    assert [str(problem.place) for problem in outcome.problems] == ["records/tables/flaws.csv:3:70"]


def test_a_table_of_several_files_takes_new_rows_into_the_last(school: School) -> None:
    package = school.root / "records/datapackage.yaml"
    text = package.read_text(encoding="utf-8")
    both = "path: [tables/things.csv, tables/more.csv]"
    package.write_text(text.replace("path: tables/things.csv", both), encoding="utf-8")
    more = school.root / "records/tables/more.csv"
    more.write_text("thing,label\n0099,梯子\n", encoding="utf-8")
    rows = [["器材编号", "名称"], ["0013", "应急灯（东）"], ["0050", "水带"]]
    outcome = school.bring(school.file("器材.csv", rows), "things")
    assert rules(outcome) == []
    assert more.read_text(encoding="utf-8") == "thing,label\n0050,水带\n0099,梯子\n"
    assert school.table("things")[1]["label"] == "应急灯（东）"
    rows = [["器材编号", "名称"], ["0060", ""], ["0012", "灭火器"]]
    outcome = school.plan(school.file("器材.csv", rows), "things")
    assert (rules(outcome), cells(outcome)) == (["cell-required"], ["器材!B2"])


def test_reminders_of_rows_that_stay_are_not_repeated(school: School) -> None:
    file = school.root / "records/tables/runs.csv"
    file.write_text(file.read_text(encoding="utf-8") + "2026-10-02,90,80\n", encoding="utf-8")
    rows = [["日期", "人数"], ["2026-10-02", "80"], ["2026-09-11", "1100"]]
    outcome = school.plan(school.file("演练.csv", rows), "runs")
    assert (rules(outcome), len(outcome.changes[0].changed)) == ([], 1)


def test_a_broken_workbook_is_copied_by_its_cells(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [HEADER[1:], *[["9.1", "A栋三楼", "窗", "总务处主任", "", "未改"]] * 5]
    path = school.file("毛病.xlsx", rows)
    outcome = school.plan(path, "flaws")

    def fail(*_: object, **__: object) -> None:
        message = "a style it does not know"
        raise ValueError(message)

    with monkeypatch.context() as patch:
        patch.setattr(openpyxl, "load_workbook", fail)
        copy = write_faults(path, outcome.sheets, outcome.problems, Language.ZH)
    assert openpyxl.load_workbook(copy)["Sheet1"]["A6"].comment is not None


def test_the_maps_of_the_sample_school_are_sound() -> None:
    with check_project(*read_project(ROOT, NOW)) as checked:
        maps, problems = read_maps(checked.project, checked.records.package, list(RELATIONS))
        assert problems == []
        for table in checked.records.package.tables.values():
            assert names_of(checked, table, maps[table.name])[1] == []
            due = maps[table.name].monthly
            assert due is None or due.role in checked.bound.posts


@pytest.mark.parametrize("pattern", ["F-{", "F-{number}-{number}", "F-{number:x}", "F-{}-{number}"])
def test_a_pattern_of_ids_that_cannot_be_used_is_told(school: School, pattern: str) -> None:
    (school.root / "records/imports/flaws.yaml").write_text(
        f'new_id: "{pattern}"\nid_date: due_on\ncolumns: {{keeper: }}\n', encoding="utf-8"
    )
    assert rules(school.plan(school.file("毛病.xlsx", CLOSING), "flaws")) == ["wrong-shape"]
