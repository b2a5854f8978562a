"""Record tables as a person uses them: find, filter, sort, page, download and read the file."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from generator.exchange.importing import Request, plan_import
from generator.records.formulas import meant
from generator.site.row_files import csv_bytes
from tests.browser.conftest import DESK, INTRANET, PHONE, OpenPage, Scheme
from tests.sample_site import known_sizes, page_of, sample_ledger, sample_tree

TABLE = "records/hazards/"
LONG = "records/safety_lessons/"


def whole(path: str) -> list[list[str]]:
    """All rows of a table as its CSV file has them, the titles first."""
    files = page_of(sample_tree(), f"{path.rstrip('/')}.md").files
    data = next(data for name, data in files.items() if name.endswith(".csv"))
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def open_table(
    open_page: OpenPage,
    path: str = TABLE,
    size: tuple[int, int] = DESK,
    scheme: Scheme = "light",
    host: str = "127.0.0.1",
) -> Page:
    page = open_page(path, size, scheme, host)
    page.locator(".sc-recordtools:not([hidden])").wait_for()
    return page


def keys(page: Page) -> list[str]:
    return page.locator("[data-table] tbody th").all_inner_texts()


def count(page: Page) -> str:
    return page.locator(".sc-recordtools__count").inner_text()


def expect_count(page: Page, words: str) -> None:
    expect(page.locator(".sc-recordtools__count")).to_have_text(words)


def choose(page: Page, title: str, word: str) -> None:
    if not page.locator("details.sc-recordtools__choose[open]").count():
        page.get_by_text("按列筛选").click()
    page.get_by_label(title, exact=True).select_option(label=word)


def download(page: Page, word: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=word).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def sheet_of(file: Path | io.BytesIO) -> Worksheet:
    """The only sheet of a workbook."""
    sheet = openpyxl.load_workbook(file).active
    assert isinstance(sheet, Worksheet)
    return sheet


def sheet_rows(file: Path) -> list[list[str]]:
    """The cells of a workbook as a table shows them."""
    rows = sheet_of(file).iter_rows(values_only=True)
    return [[_shown(cell) for cell in row] for row in rows]


def _shown(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def test_a_table_is_found_through_word_by_word(open_page: OpenPage) -> None:
    page = open_table(open_page)
    expected = [r for r in whole(TABLE)[1:] if any("灭火器" in c for c in r)]
    expected = [r for r in expected if any("检查" in c for c in r)]
    page.get_by_label("在这张表里查找").fill("灭火器 检查")
    total = known_sizes()["hazards"]
    expect_count(page, f"第 1—{len(expected)} 条，符合的 {len(expected)} 条，共 {total} 条")
    assert keys(page) == [row[0] for row in expected]
    page.get_by_role("button", name="清除").click()
    expect_count(page, f"第 1—50 条，共 {total} 条")


def test_nothing_found_says_so(open_page: OpenPage) -> None:
    page = open_table(open_page)
    page.get_by_label("在这张表里查找").fill("没有这样的词")
    expect(page.get_by_text("没有符合的记录。")).to_be_visible()
    assert keys(page) == []


def test_columns_are_filtered_by_their_labels_and_downloaded_as_filtered(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_table(open_page)
    titles, *rows = whole(TABLE)
    at = {title: number for number, title in enumerate(titles)}
    choose(page, "等级", "较大")
    choose(page, "状态", "已销号")
    wanted = [r for r in rows if r[at["等级"]] == "较大" and r[at["状态"]] == "已销号"]
    assert 0 < len(wanted) < len(rows)
    expect(page.locator(".sc-recordtools__count")).to_contain_text(f"符合的 {len(wanted)} 条")
    expect(page.get_by_text("按列筛选（2）")).to_be_visible()
    read = download(page, "下载 CSV", tmp_path).read_bytes()
    assert list(csv.reader(io.StringIO(read.decode("utf-8-sig"), newline=""))) == [titles, *wanted]
    assert sheet_rows(download(page, "下载 Excel", tmp_path)) == [titles, *wanted]
    assert page.url.endswith(
        "?severity.is=%E8%BE%83%E5%A4%A7&status.is=%E5%B7%B2%E9%94%80%E5%8F%B7"
    )


def test_a_filtered_list_can_be_sent_to_somebody(open_page: OpenPage) -> None:
    address = f"{TABLE}?severity.is=较大&found_on.from=2026-01-01&sort=-found_on"
    page = open_table(open_page, address)
    titles, *rows = whole(TABLE)
    at = {title: number for number, title in enumerate(titles)}
    wanted = [r for r in rows if r[at["等级"]] == "较大" and r[at["发现日期"]] >= "2026-01-01"]
    expect(page.locator(".sc-recordtools__count")).to_contain_text(f"符合的 {len(wanted)} 条")
    days = page.locator("[data-table] tbody td[data-label=发现日期]").all_inner_texts()
    assert days == sorted((row[at["发现日期"]] for row in wanted), reverse=True)[:50]
    page.get_by_text("按列筛选（2）").click()
    expect(page.get_by_label("等级", exact=True)).to_have_value("较大")
    expect(page.get_by_label("发现日期，从")).to_have_value("2026-01-01")


def test_a_column_is_sorted_up_and_down_and_back(open_page: OpenPage) -> None:
    page = open_table(open_page)
    first = keys(page)
    head = page.locator("[data-table] thead th").first
    levels = {"一般": 0, "较大": 1, "重大": 2}
    for direction, reverse in (("ascending", False), ("descending", True)):
        page.get_by_role("button", name="等级").click()
        expect(page.locator(f"th[aria-sort={direction}]")).to_have_count(1)
        shown = page.locator("[data-table] tbody td[data-label=等级]").all_inner_texts()
        ranks = [levels[word] for word in shown]
        assert ranks == sorted(ranks, reverse=reverse)
    page.get_by_role("button", name="等级").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_count(0)
    assert keys(page) == first
    assert head.get_attribute("aria-sort") == "none"


def test_pages_go_through_all_rows_and_load_only_what_is_shown(open_page: OpenPage) -> None:
    page = open_table(open_page, LONG)
    rows = whole(LONG)[1:]
    assert keys(page) == [row[0] for row in rows[:50]]
    page.get_by_role("button", name="下一页").click()
    expect_count(page, f"第 51—100 条，共 {len(rows)} 条")
    assert keys(page) == [row[0] for row in rows[50:100]]
    last = -(-len(rows) // 50)
    page.get_by_label("页码").fill(str(last))
    page.get_by_label("页码").press("Enter")
    expect_count(page, f"第 {last * 50 - 49}—{len(rows)} 条，共 {len(rows)} 条")
    assert keys(page)[-1] == rows[-1][0]
    assert page.url.endswith(f"?page={last}")
    expect(page.get_by_role("button", name="下一页")).to_be_disabled()


ROWS = """() => [...document.querySelectorAll("[data-table] tbody tr")].map((row) => [row.id,
  ...[...row.cells].map((cell) => [cell.localName, cell.className, cell.dataset.label, cell.scope,
    cell.textContent, cell.querySelector("a")?.getAttribute("href")])])"""


def test_the_script_draws_rows_as_the_page_had_them(open_page: OpenPage) -> None:
    page = open_table(open_page)
    built = page.evaluate(ROWS)
    page.get_by_role("button", name="下一页").click()
    expect(page.locator(".sc-recordtools__count")).to_contain_text("第 51—100 条")
    assert page.evaluate(ROWS)[0][0] != built[0][0]
    page.get_by_role("button", name="上一页").click()
    expect(page.locator(".sc-recordtools__count")).to_contain_text("第 1—50 条")
    assert page.evaluate(ROWS) == built


def test_a_table_wider_than_its_page_scrolls_by_itself(open_page: OpenPage) -> None:
    page = open_table(open_page, LONG)
    page.wait_for_load_state()
    fits = page.locator("[data-table]").evaluate(
        "node => [node.hasAttribute('data-fits'), node.scrollWidth > node.clientWidth + 1]"
    )
    assert fits in ([True, False], [False, True])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_all_that_is_filtered_is_printed(open_page: OpenPage) -> None:
    page = open_table(open_page)
    page.evaluate("""() => { window.print = () => {
      window.printed = document.querySelectorAll("[data-table] tbody tr").length; }; }""")
    page.get_by_role("button", name="打印").click()
    expect(page.locator(".sc-recordtools__count")).to_contain_text("第 1—50 条")
    page.wait_for_function("window.printed > 0")
    assert page.evaluate("window.printed") == known_sizes()["hazards"]
    expect(page.locator("[data-table] tbody tr")).to_have_count(50)


def test_a_link_to_a_row_shows_it_wherever_it_is(open_page: OpenPage) -> None:
    key = whole(LONG)[-2][0]
    page = open_table(open_page, f"{LONG}#r-{key}")
    row = page.locator(f"[id='r-{key}']")
    row.wait_for()
    expect(row).to_be_in_viewport()
    assert row.evaluate("node => node.matches(':target')")
    other = whole(LONG)[900][0]
    page.evaluate("anchor => { location.hash = anchor; }", f"r-{other}")
    expect(page.locator(f"[id='r-{other}']")).to_be_in_viewport()


@pytest.mark.parametrize("host", ["127.0.0.1", INTRANET])
def test_a_whole_table_is_downloaded_on_any_host(
    open_page: OpenPage, tmp_path: Path, host: str
) -> None:
    page = open_table(open_page, LONG, host=host)
    assert page.evaluate("window.isSecureContext") == (host != INTRANET)
    file = download(page, "下载 CSV", tmp_path)
    files = page_of(sample_tree(), f"{LONG.rstrip('/')}.md").files
    assert file.name == "安全教育课.csv"
    assert file.read_bytes() == next(d for name, d in files.items() if name.endswith(".csv"))
    book = download(page, "下载 Excel", tmp_path)
    assert sheet_rows(book) == whole(LONG)
    for given in (file, book):
        outcome = plan_import(sample_ledger().checked, [], Request(given, "safety_lessons"))
        assert (outcome.texts, outcome.problems) == ({}, ())
    sheet = sheet_of(book)
    assert (sheet.title, sheet.freeze_panes) == ("安全教育课", "A2")
    assert [type(cell.value) for cell in sheet[2]].count(dt.datetime) == 1


NASTY = [
    *("=1+1", "+86", "-5", "-5.5", "-5+1", "@A1", "\t=1", "\uff1d1", "1=1", 'a"b', "a,b"),
    *("<c>&</c>", "两行\n文字", "'x", "'=1", "00123", "1e5", " 空 ", "\x0b", "😀", ""),
]
WRITE = """async ([kind, cells]) => {
  const columns = [["=标题", "text"], ["数", "number"]].map(([title, kind]) => ({title, kind}));
  const row = (n) => [cells[n], cells[n]];
  const blob = kind === "csv" ? await scRecords.csv(columns, cells.length, row)
    : await scRecords.xlsx("a/b:*'<&>表", columns, cells.length, row);
  return [...new Uint8Array(await blob.arrayBuffer())];
}"""


def test_no_cell_of_a_download_is_a_formula(open_page: OpenPage) -> None:
    page = open_table(open_page)
    data = bytes(page.evaluate(WRITE, ["csv", NASTY]))
    assert data == csv_bytes(["=标题", "数"], [[cell, cell] for cell in NASTY])
    sheet = sheet_of(io.BytesIO(bytes(page.evaluate(WRITE, ["xlsx", NASTY]))))
    assert sheet.title == "a b   <&>表"
    kept = [cell.replace("\x0b", "") for cell in NASTY[:-1]]
    texts = [cell.value for cell in sheet["A"]]
    assert texts == ["=标题", *(cell.replace("'=1", "''=1") for cell in kept)]
    assert [meant(str(text)) for text in texts] == ["=标题", *kept], (
        "an import finds what was there"
    )
    assert {cell.data_type for cell in sheet["A"] if cell.value} <= {"s", "inlineStr"}
    numbers = {cell.value for cell in sheet["B"] if cell.data_type == "n" and cell.value}
    assert numbers == {-5, -5.5, 123}


def test_without_scripts_the_first_rows_and_the_whole_file_are_there(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(LONG, DESK, scripts=False)
    assert keys(page) == [row[0] for row in whole(LONG)[1:51]]
    assert page.locator(".sc-recordtools").is_hidden()
    assert page.get_by_text("这里是前 50 条。").is_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="整张表 CSV").click()
    waiting.value.save_as(tmp_path / "all.csv")
    assert waiting.value.suggested_filename == "安全教育课.csv"
    assert (tmp_path / "all.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_on_a_phone_rows_are_cards_and_can_be_sorted(open_page: OpenPage) -> None:
    page = open_table(open_page, size=PHONE)
    assert (
        page.locator("[data-table] tbody tr").first.evaluate(
            "node => getComputedStyle(node).display"
        )
        == "block"
    )
    wide = "() => document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(wide)
    page.get_by_text("按列筛选").click()
    page.get_by_label("排序").select_option(label="等级 ↓")
    page.wait_for_url("**/?sort=-severity")
    expect(page.locator("[data-table] tbody td[data-label=等级]").first).to_have_text("重大")
    assert page.evaluate(wide)


def test_the_keyboard_goes_through_everything(open_page: OpenPage) -> None:
    page = open_table(open_page)
    page.get_by_label("在这张表里查找").focus()
    for word in ("下载 Excel", "下载 CSV", "打印", "按列筛选"):
        page.keyboard.press("Tab")
        assert word in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.get_by_label("等级", exact=True).wait_for()
    page.get_by_label("等级", exact=True).focus()
    page.keyboard.type("重大")
    page.keyboard.press("Tab")
    expect(page.locator(".sc-recordtools__count")).to_contain_text("符合的")
    page.get_by_role("button", name="发现日期").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text(re.compile("发现日期"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tools_are_readable_in_both_modes(open_page: OpenPage, scheme: Scheme) -> None:
    page = open_table(open_page, scheme=scheme)
    page.get_by_text("按列筛选").click()
    ink, ground = page.get_by_label("等级", exact=True).evaluate(
        "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    )
    lightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (ink, ground)]
    assert (lightness[0] > lightness[1]) == (scheme == "dark")
    assert abs(lightness[0] - lightness[1]) > 400
