"""Where things stand on the site, what references become, which rows are shown."""

import datetime as dt

import pytest

from generator.compliance.status import Status
from generator.ledger import Ledger
from generator.site.book import (
    Desk,
    is_hidden,
    page_path,
    section_path,
    states_by_id,
    status_chip,
)
from generator.site.shelves import open_book
from tests.conftest import GOOD, Check
from tests.sample_site import sample_ledger


@pytest.fixture(name="desk")
def open_desk(check: Check) -> Desk:
    return desk_of(check())


def desk_of(ledger: Ledger) -> Desk:
    book, _ = open_book(ledger)
    return Desk(book, "plan/4.md")


def good(path: str) -> str:
    return (GOOD / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("4.1a", '<a href="#c-4-1a">4.1a 按时巡查</a>', id="clause"),
        pytest.param("4.1", '<a href="#c-4-1">4.1 日常巡查</a>', id="group"),
        pytest.param("4", '<a href="./">4 巡查</a>', id="section"),
        pytest.param("Q1", '<a href="../../indicators/Q1/">Q1 巡查次数</a>', id="indicator"),
        pytest.param("Q1.target", "1 次", id="target"),
        pytest.param("NA1", '<a href="../../procedures/NA1/">NA1 溺水处置</a>', id="document"),
        pytest.param("walks", '<a href="../../records/walks/">巡查</a>', id="table"),
        pytest.param("guard", "门岗", id="role"),
        pytest.param("F1", '<a href="../../sources/#src-f1">F1 泳池安全办法</a>', id="source"),
        pytest.param("120", '<a class="sc-tel" href="tel:120">120</a>', id="contact"),
        pytest.param(
            "office", '<a class="sc-tel" href="tel:01055550100">010-55550100</a>', id="local"
        ),
    ],
)
def test_a_reference_becomes_what_it_names(desk: Desk, name: str, shown: str) -> None:
    assert desk.reference(name) == shown


def test_a_number_that_is_not_called_is_text(check: Check) -> None:
    contacts = good("content/contacts.yml").replace("local: true", "local: true, call: false")
    desk = desk_of(check({"content/contacts.yml": contacts}))
    assert desk.reference("office") == "010-55550100"


def test_a_document_without_a_page_is_text(check: Check) -> None:
    papers = good("records/tables/papers.csv") + "NA2,断电处置,head,2026-03-01,2027-03-01\n"
    desk = desk_of(check({"records/tables/papers.csv": papers}))
    assert desk.reference("NA2") == "NA2 断电处置"
    assert desk.to("document", "NA2") == ""


def test_a_retired_procedure_has_no_page(check: Check) -> None:
    text = good("content/procedures/NA1-water.md").replace("status: approved", "status: retired")
    desk = desk_of(check({"content/procedures/NA1-water.md": text}))
    assert desk.to("document", "NA1") == ""


def test_words_stand_in_for_references_in_plain_text(desk: Desk) -> None:
    text = "至少 [[Q1.target]]，由[[guard]]打 [[120]]，见[[4.1a]]"
    assert desk.words(text) == "至少 1 次，由门岗打 120，见4.1a 按时巡查"


def test_links_in_prose_lead_to_the_page_a_file_becomes(desk: Desk) -> None:
    source = "content/pages/privacy.md"
    away = Desk(desk.book, "privacy.md")

    def shown(target: str) -> str:
        return str(away.prose(f"[x]({target})", source))

    assert shown("../plan/4-walks.md#c-4-1a") == '<p><a href="../plan/4/#c-4-1a">x</a></p>'
    assert shown("../procedures/NA1-water.md") == '<p><a href="../procedures/NA1/">x</a></p>'
    assert shown("help/a.md") == '<p><a href="../help/a/">x</a></p>'
    assert shown("#s1") == '<p><a href="#s1">x</a></p>'
    assert shown("https://example.org/a") == '<p><a href="https://example.org/a">x</a></p>'
    assert shown("tel:120") == '<p><a href="tel:120">x</a></p>'


def test_a_line_is_escaped(desk: Desk) -> None:
    assert desk.line("<b> [[guard]]") == "&lt;b&gt; 门岗"


def test_a_page_that_the_school_did_not_write_has_no_link(desk: Desk) -> None:
    assert desk.text("privacy.md") == "../../privacy/"
    assert desk.text("errata.md") == ""


def test_rows_have_an_address_and_unknown_things_none(desk: Desk) -> None:
    records = desk.ledger.checked.records
    table = records.package.tables["walks"]
    rows = [row for row in desk.book.rows if records.table_of(row) is table]
    assert {desk.row(row) for row in rows} == {
        "../../records/walks/#r-W-001",
        "../../records/walks/#r-W-002",
        "../../records/walks/#r-W-003",
    }
    assert desk.row(10**6) == ""
    assert desk.to("table", "nothing") == ""
    assert desk.role("") == "—"


def test_keys_that_are_not_plain_stay_apart(check: Check) -> None:
    rows = good("records/tables/papers.csv")
    more = "甲 一,子,head,,\n甲/一,丑,head,,\n乙,寅,head,,\n"
    book, _ = open_book(check({"records/tables/papers.csv": rows + more}))
    anchors = [address for address in book.rows.values() if "papers" in address]
    assert len(set(anchors)) == 4
    assert "records/papers.md#r-乙" in anchors


def test_a_file_place_names_file_and_line(desk: Desk, check: Check) -> None:
    assert desk.file_place("records/tables/walks.csv", 3) == ("walks.csv 第 3 行", "")
    assert desk.file_place("records/walks.yaml", 0) == ("walks.yaml", "")
    school = good("records/school.yaml").replace(
        'edit: ""', 'edit: "https://git.example/edit/{path}#L{line}"'
    )
    linked = desk_of(check({"records/school.yaml": school}))
    text, address = linked.file_place("records/tables/walks.csv", 0)
    assert (text, address) == (
        "walks.csv",
        "https://git.example/edit/records/tables/walks.csv#L1",
    )


def test_paths_of_files_and_sections() -> None:
    assert page_path("content/pages/help/a.md") == "help/a.md"
    assert page_path("content/index.md") == "index.md"
    assert section_path("3.2") == "plan/3-2.md"


def test_a_chip_has_colour_icon_and_word() -> None:
    chip = status_chip(Status.MISSED)
    assert chip.startswith('<span class="sc-status" data-status="missed"><svg')
    assert chip.endswith("未达标</span>")
    assert 'class="sc-status sc-status--big"' in status_chip(Status.MET, big=True)


def test_labels_drills_and_titles_come_from_the_declarations() -> None:
    ledger = sample_ledger()
    book, records = open_book(ledger)
    assert book.category_labels["fire"] == "消防与火灾"
    assert book.level_labels
    assert book.last_drills["EP01"] <= ledger.as_of
    assert {name: len(rows) for name, rows in records.items()} == book.row_counts
    assert book.row_titles["roles"]["principal"] == "校长"
    assert book.title("role", "principal") == "校长"
    assert set(states_by_id(ledger)) == {clause.id for clause in ledger.checked.plan.clauses}


def test_a_drill_counts_on_the_day_it_was_held(check: Check) -> None:
    text = good("content/procedures/NA1-water.md").replace("scenario: water", "scenario: fine")
    book, _ = open_book(check({"content/procedures/NA1-water.md": text}))
    assert book.last_drills == {"NA1": dt.date(2026, 3, 2)}
    without = text.replace("drills: {table: walks, scenario: fine, min_per_year: 1}\n", "")
    book, _ = open_book(check({"content/procedures/NA1-water.md": without}))
    assert book.last_drills == {}


def test_a_school_without_bindings_has_no_labels(check: Check) -> None:
    book, _ = open_book(check())
    assert (book.category_labels, book.level_labels) == ({}, {})


def test_the_first_day_list_is_kept(check: Check) -> None:
    school = good("records/school.yaml") + "first_day:\n  - {title: 填规模, fact: size}\n"
    book, _ = open_book(check({"records/school.yaml": school}))
    assert book.first_day == (("填规模", True, "records/school.yaml"),)


def test_a_column_is_hidden_by_itself_or_by_its_table(check: Check) -> None:
    tables = check().checked.records.package.tables
    assert not is_hidden(tables["walks"], "remark")
    assert not is_hidden(tables["walks"], "no such column")
