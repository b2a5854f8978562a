"""Record tables: labels and titles, pages of rows, anchors, the data dictionary."""

import re

import pytest

from generator.records.schema import Field
from generator.site.book import FIRST_ROWS
from generator.site.pages import plan_pages
from generator.site.views.cells import Shown, column_of, field_view
from tests.conftest import GOOD, Check
from tests.sample_site import known_sizes, page_of, sample_ledger, sample_tree


def good(path: str) -> str:
    return (GOOD / path).read_text(encoding="utf-8")


def field(name: str, table: str = "hazards") -> Field:
    found = sample_ledger().checked.records.package.tables[table].field(name)
    assert found is not None
    return found


def test_the_page_holds_the_first_rows_and_keeps_the_anchors_of_all() -> None:
    table = "safety_lessons"
    page = page_of(sample_tree(), f"records/{table}.md")
    shown = re.findall('<tr id="(.*?)"', page.markdown)
    assert len(shown) == FIRST_ROWS
    assert len(page.kept) + len(shown) == known_sizes()[table]
    assert page.kept.isdisjoint(shown)
    assert "这里是前 50 条。" in page.markdown
    assert "数据字典" in page.markdown
    assert [p.path for p in sample_tree().pages if p.path.startswith(f"records/{table}/")] == []


@pytest.mark.parametrize(("rows", "shown"), [(0, 0), (1, 1), (50, 50), (51, 50)])
def test_the_number_of_rows_in_the_page(check: Check, rows: int, shown: int) -> None:
    header = good("records/tables/walks.csv").split("\n", 1)[0]
    line = "2026-03-02,,guard,,25,,false,,fine,,,\n"
    text = "".join(f"W-{n:03d},{line}" for n in range(rows))
    page = next(
        page
        for page in plan_pages(check({"records/tables/walks.csv": f"{header}\n{text}"}))
        if page.path == "records/walks.md"
    )
    assert f"共 {rows} 条" in page.markdown
    assert page.markdown.count("<tr id=") == shown
    assert ("这里是前" in page.markdown) == (rows > shown)
    assert ("data-sc-records=" in page.markdown) == bool(page.files) == (rows > 0)


def test_a_row_leads_to_its_line_and_a_table_to_its_changes(check: Check) -> None:
    repository = (
        "{edit: 'https://git.test/edit/{path}#L{line}', history: 'https://git.test/log/{path}'}"
    )
    school = good("records/school.yaml")
    none = '{edit: "", history: ""}'
    assert none in school
    pages = plan_pages(check({"records/school.yaml": school.replace(none, repository)}))
    markdown = next(page for page in pages if page.path == "records/walks.md").markdown
    assert '<a href="https://git.test/edit/records/tables/walks.csv#L5">第 5 行</a>' in markdown
    assert 'href="https://git.test/log/records/tables/walks.csv"' in markdown
    assert "历次改动" in markdown


def test_codes_are_shown_as_words(check: Check) -> None:
    pages = {page.path: page for page in plan_pages(check())}
    markdown = pages["records/walks.md"].markdown
    for word in ("已修", "待修", "是", "否", "08:30", "820.5", "2026-03"):
        assert f">{word}<" in markdown
    assert ">false<" not in markdown
    assert markdown.index("W-003") < markdown.index("W-001")
    dictionary = markdown.partition("数据字典")[2]
    assert "fine 正常；mended 已修；open 待修" in dictionary
    assert "文字，必填" in dictionary


def test_keys_of_other_tables_are_shown_by_their_titles() -> None:
    markdown = page_of(sample_tree(), "records/hazards.md").markdown
    assert "安全办公室主任" in markdown
    assert ">safety_office<" not in markdown


def test_a_list_of_keys_is_shown_by_titles() -> None:
    listed = field("locations", "drills") if _has("drills", "locations") else _list_field()
    shown = Shown(listed, {"a": "甲", "b": "乙"})
    assert shown.text("a;b;c") == "甲、乙、c"
    assert shown.text(None) == ""


def _has(table: str, name: str) -> bool:
    found = sample_ledger().checked.records.package.tables[table].field(name)
    return found is not None and found.list_of is not None


def _list_field() -> Field:
    tables = sample_ledger().checked.records.package.tables.values()
    return next(f for table in tables for f in table.schema.fields if f.list_of is not None)


def test_columns_by_kind() -> None:
    assert column_of(field("found_on")).kind == "day"
    assert column_of(_list_field()).kind == "text"
    kinds = {
        column_of(f).kind
        for table in sample_ledger().checked.records.package.tables.values()
        for f in table.schema.fields
    }
    assert kinds == {"number", "day", "text", "word"}
    assert field_view(field("found_on")).kind == "日期，必填"


def test_the_list_of_tables_says_how_many_and_how_new() -> None:
    markdown = page_of(sample_tree(), "records/index.md").markdown
    assert set(re.findall('data-table="(.*?)"', markdown)) == set(
        sample_ledger().checked.records.package.tables
    )
    for size in known_sizes().values():
        assert f">{size}</td>" in markdown
    assert "2026-11-" in markdown
