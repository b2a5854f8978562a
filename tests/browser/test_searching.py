"""One search for everything: every substring is found, emergencies first."""

import json
import random
import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, OpenPage
from tests.sample_site import sample_tree

HAN = re.compile("[\u4e00-\u9fff]{2,}")
MOST = 200


def documents() -> list[dict[str, Any]]:
    name = str(sample_tree().facts["search_index"])
    found: list[dict[str, Any]] = json.loads(sample_tree().files[name])["documents"]
    return found


def substrings(count: int) -> list[tuple[str, str]]:
    """Chinese pieces from random places of the index, each with the address it stands at."""
    dice = random.Random(20261120)  # noqa: S311 - the same places on every run
    found: list[tuple[str, str]] = []
    entries = documents()
    while len(found) < count:
        entry = dice.choice(entries)
        runs = HAN.findall(f"{entry['title']} {entry['text']}")
        if not runs:
            continue
        run = dice.choice(runs)
        start = dice.randrange(len(run) - 1)
        piece = run[start : start + dice.randint(2, 9)]
        holders = [e for e in entries if piece in f"{e['title']} {e['text']}"]
        if len(holders) < MOST:
            found.append((piece, str(entry["url"])))
    return found


def search(page: Page, query: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = page.evaluate("query => window.safecampusSearch(query)", query)
    return found


def results(page: Page, query: str) -> None:
    page.goto(f"search/?q={query}")
    page.locator(".sc-results [role=status]").wait_for()


def test_every_substring_is_found(open_page: OpenPage) -> None:
    page = open_page("search/", DESK)
    missed = [
        (piece, url)
        for piece, url in substrings(200)
        if url not in {hit["url"] for hit in search(page, piece)}
    ]
    assert missed == []


def test_the_results_page_shows_every_substring(open_page: OpenPage) -> None:
    page = open_page("search/", DESK)
    base = page.url.removesuffix("search/")
    missed = []
    for piece, url in substrings(40):
        results(page, piece)
        shown = page.locator("#sc-search-results a[data-doc]").evaluate_all(
            "links => links.map(link => link.href)"
        )
        missed += [] if base + url in shown else [(piece, url)]
    assert missed == []


@pytest.mark.parametrize(
    ("query", "doc"),
    [
        ("起火", "EP01"), ("火灾", "EP01"), ("食物中毒", "EP03"), ("有人闯入", "EP05"),
        ("EP01", "EP01"), ("ep01", "EP01"), ("3.2.1d", "3.2.1d"), ("I08", "I08"),
    ],
)  # fmt: skip
def test_what_is_meant_comes_first(open_page: OpenPage, query: str, doc: str) -> None:
    page = open_page("search/", DESK)
    assert search(page, query)[0]["doc"] == doc
    results(page, query)
    link = page.locator("#sc-search-results a[data-doc]").first
    assert link.get_attribute("data-doc") == doc
    link.click()
    page.wait_for_load_state()
    assert doc in page.locator("#sc-main").inner_text()


def test_the_contract_of_the_search_function(open_page: OpenPage) -> None:
    page = open_page(size=DESK)
    hits = search(page, "演练")
    assert hits
    assert all(list(hit) == ["doc", "kind", "title", "url"] for hit in hits)
    kinds = list(dict.fromkeys(hit["kind"] for hit in hits))
    order = [
        "procedure",
        "policy",
        "clause",
        "indicator",
        "page",
        "term",
        "source",
        "table",
        "record",
    ]
    assert kinds == [kind for kind in order if kind in kinds]
    assert search(page, "") == []
    assert search(page, "   ") == []
    assert search(page, "\uff25\uff30\uff10\uff11")[0]["doc"] == "EP01"
    results(page, "演练")
    shown = page.locator("#sc-search-results a[data-doc]").evaluate_all(
        "links => links.map(link => link.dataset.doc)"
    )
    assert shown[:5] == [hit["doc"] for hit in hits[:5]]


def test_slash_reaches_the_box_and_typing_suggests(open_page: OpenPage) -> None:
    page = open_page("plan/3-2/", DESK)
    page.keyboard.press("/")
    box = page.locator("#sc-q")
    assert box.evaluate("node => node === document.activeElement")
    page.keyboard.insert_text("火灾")
    first = page.locator(".sc-suggest__item").first
    first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url("**/procedures/EP01/")


def test_escape_closes_and_enter_shows_all(open_page: OpenPage) -> None:
    page = open_page("", DESK)
    page.keyboard.press("/")
    page.keyboard.insert_text("隐患")
    page.locator(".sc-suggest__item").first.wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".sc-suggest").first.is_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator("#sc-q").input_value() == "隐患"


def test_the_icon_of_a_phone_opens_the_box(open_page: OpenPage) -> None:
    page = open_page()
    opener = page.locator("[data-sc-search-open]")
    opener.click()
    assert opener.get_attribute("aria-expanded") == "true"
    assert page.locator("#sc-q").evaluate("node => node === document.activeElement")


def test_nothing_found_offers_the_procedures(open_page: OpenPage) -> None:
    page = open_page("search/?q=xyzxyz")
    page.locator(".sc-results [role=status]").wait_for()
    assert "没有找到“xyzxyz”" in page.locator("#sc-search-results").inner_text()
    links = page.locator("#sc-search-results .sc-list__title")
    assert [link.get_attribute("href") is not None for link in links.all()] == [True] * 3


@pytest.mark.parametrize(
    "query",
    [
        "<img src=x onerror=window.owned=1>",
        '"><script>window.owned=1</script>',
        "javascript:window.owned=1",
        "[](){}.*+?^$|\\",
        "消" * 500,
    ],
)
def test_a_hostile_query_is_only_text(open_page: OpenPage, query: str) -> None:
    page = open_page(size=DESK)
    page.goto("search/?" + page.evaluate("q => new URLSearchParams({q}).toString()", query))
    page.locator(".sc-results [role=status]").wait_for()
    assert page.evaluate("window.owned") is None
    assert page.locator("#sc-search-results img, #sc-search-results script").count() == 0
    assert page.locator("#sc-q").input_value() == query
