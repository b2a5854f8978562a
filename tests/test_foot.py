"""Every page ends with the file and line to change, and with the page before and after it."""

import dataclasses
import re

import pytest

from generator.addresses import file_address
from generator.site.foot import with_feet
from generator.site.page import Page
from generator.site.shelves import open_book
from generator.site.tree import page_text
from tests.conftest import Check
from tests.sample_site import ROOT, page_of, sample_ledger, sample_tree

FORGE = "https://git.school.example/safety"
PAGES = sample_tree().pages


def foot_of(page: Page) -> str:
    found: list[str] = re.findall(
        r'<footer class="sc-pagefoot">.*?</footer>', page.markdown, re.DOTALL
    )
    assert len(found) == 1, page.path
    return found[0]


def test_every_page_names_a_file_and_a_line_that_are_there() -> None:
    wrong = []
    for page in PAGES:
        file = ROOT / page.source
        lines = file.read_text(encoding="utf-8").count("\n") if file.is_file() else 0
        if not 1 <= page.line <= lines:
            wrong.append((page.path, page.source, page.line))
    assert wrong == []


def test_every_page_links_to_the_line_and_to_the_history_of_its_file() -> None:
    for page in PAGES:
        foot = foot_of(page)
        assert f'href="{FORGE}/_edit/main/{page.source}#L{page.line}"' in foot, page.path
        assert f'href="{FORGE}/commits/branch/main/{page.source}"' in foot, page.path
        assert f"{page.source} 第 {page.line} 行" in foot


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("plan/3-2.md", "content/plan/3-2-safety-culture.md"),
        ("calendar.md", "records/tables/school_calendar.csv"),
        ("organisation.md", "records/tables/roles.csv"),
        ("contacts.md", "content/contacts.yml"),
        ("glossary.md", "content/glossary.yml"),
        ("search.md", "content/synonyms.yml"),
        ("indicators/I08/sheet.md", "records/indicators/I08-hazards-on-time.yaml"),
    ],
)
def test_a_drawn_page_is_changed_where_its_content_stands(path: str, source: str) -> None:
    page = page_of(sample_tree(), path)
    assert page.source == source


def test_a_post_and_a_clause_are_changed_at_their_own_lines() -> None:
    post = page_of(sample_tree(), "roles/safety_office.md")
    line = (ROOT / post.source).read_text(encoding="utf-8").splitlines()[post.line - 1]
    assert line.startswith("safety_office,")
    section = page_of(sample_tree(), "plan/3-2.md")
    text = (ROOT / section.source).read_text(encoding="utf-8").splitlines()
    clause = section.markdown.split('id="c-3-2-1d"')[1].split("</article>")[0]
    found = re.search(r'class="sc-edit" href="[^"]*#L(\d+)"', clause)
    assert found is not None
    assert "3.2.1d" in text[int(found.group(1)) - 1]


def test_pages_of_a_room_lead_to_each_other_in_order() -> None:
    fire = foot_of(page_of(sample_tree(), "procedures/EP02.md"))
    before = re.search(r'rel="prev" href="([^"]+)"', fire)
    after = re.search(r'rel="next" href="([^"]+)"', fire)
    assert before is not None
    assert after is not None
    assert (before.group(1), after.group(1)) == ("../EP01/", "../EP03/")
    first = foot_of(page_of(sample_tree(), "procedures/index.md"))
    assert 'rel="prev"' not in first
    assert 'rel="next" href="EP01/"' in first


def test_pages_outside_the_navigation_lead_to_others_of_their_kind() -> None:
    assert 'href="../../I09/sheet/"' in foot_of(page_of(sample_tree(), "indicators/I08/sheet.md"))
    assert "sc-turn" not in foot_of(page_of(sample_tree(), "index.md"))


def test_without_a_forge_the_file_and_line_are_named(check: Check) -> None:
    book, _ = open_book(check({}))
    page = dataclasses.replace(page_of(sample_tree(), "contacts.md"), markdown="# 电话\n", line=0)
    foot = foot_of(with_feet(book, [page], [])[0])
    assert "来源 content/contacts.yml 第 1 行" in foot
    assert "href" not in foot


def test_a_table_in_several_files_names_each() -> None:
    book, _ = open_book(sample_ledger())
    page = dataclasses.replace(
        page_of(sample_tree(), "records/drills.md"),
        markdown="# 演练\n",
        more_sources=("records/tables/more.csv",),
    )
    foot = foot_of(with_feet(book, [page], [])[0])
    assert "records/tables/drills.csv 第 1 行" in foot
    assert "records/tables/more.csv 第 1 行" in foot
    assert foot.count("修改这张表") == 2


def test_the_foot_is_one_block_for_markdown() -> None:
    for page in PAGES:
        assert "\n\n" not in foot_of(page)
    assert page_text(PAGES[0]).endswith("</footer>\n")


def test_names_of_files_are_written_as_addresses() -> None:
    pattern = "https://git.example/{path}?l={line}#L{line}"
    assert file_address(pattern, "content/制度 一.md", 3) == (
        "https://git.example/content/%E5%88%B6%E5%BA%A6%20%E4%B8%80.md?l=3#L3"
    )
    assert file_address("", "content/a.md", 3) == ""
