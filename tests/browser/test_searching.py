"""One search for everything: every substring is found, emergencies first."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.sample_site import sample_ledger
from tests.test_search_index import sample_documents, sample_head, sample_rows

HAN = re.compile("[\u4e00-\u9fff]{2,}")
MOST = 200
TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "search_table.json").read_text(encoding="utf-8")
)


def documents() -> list[dict[str, Any]]:
    """Everything that can be found, records as well."""
    rows = [{"title": title, "url": url, "text": text} for title, url, text in sample_rows()]
    return [*sample_documents(), *rows]


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
        page.locator("details.sc-fold").evaluate_all("all => all.forEach(one => one.open = true)")
        page.wait_for_function(
            """() => [...document.querySelectorAll("details.sc-fold")]
            .every(one => one.querySelector("li"))"""
        )
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
        ("火災", "EP01"), ("huozai", "EP01"), ("火栽", "EP01"), ("中毒 食物", "EP03"),
        ("宿舍着火了怎么办", "EP01"), ("膝盖磕伤", "EP17"), ("ep 1", "EP01"), ("未保法", "R24"),
        ("灭火器放在哪些位置", "assets"), ("弱水", "EP08"),
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
    order = [kind for kind, _, _ in sample_head()["kinds"]]
    assert {hit["kind"] for hit in hits} <= set(order)
    assert [hit["kind"] == "record" for hit in hits] == sorted(h["kind"] == "record" for h in hits)
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


@pytest.mark.parametrize("query", ["xyzxyz", "qqqwerty", "asdfgh", "ZD99"])
def test_nothing_found_offers_the_procedures(open_page: OpenPage, query: str) -> None:
    page = open_page(f"search/?q={query}")
    page.locator(".sc-results [role=status]").wait_for()
    assert f"没有找到“{query}”" in page.locator("#sc-search-results").inner_text()
    links = page.locator("#sc-search-results .sc-list__title")
    titles = [procedure.title for procedure in sample_ledger().checked.plan.procedures]
    assert links.all_inner_texts() == titles


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


def test_the_browser_reads_text_as_the_generator_does(open_page: OpenPage) -> None:
    page = open_page(size=DESK)
    found = page.evaluate(
        """table => {
          const s = window.scSearch;
          s.setVariants(table.variants);
          const ask = (query) => s.ask(query, table.words);
          return {
            folds: table.folds.map(([text]) => [text, s.fold(text)]),
            questions: table.questions.map(([q]) => [q, ask(q).map((a) => [a.whole, a.pieces])]),
            scores: table.scores.map(([q, name]) => [q, name, s.score(ask(q), name)]),
            spellings: table.spellings.map(([typed, read]) => [typed, read, s.spells(typed, read)]),
            almost: table.almost.map(([a, b]) => [a, b, s.almost(a, b)]),
          };
        }""",
        TABLE,
    )
    assert found == {key: TABLE[key] for key in found}


def test_the_first_minute_stands_in_the_result_itself(open_page: OpenPage) -> None:
    page = open_page("search/?q=%E8%B5%B7%E7%81%AB")
    first = page.locator("#sc-search-results .sc-result").first
    first.wait_for()
    steps = first.locator(".sc-result__steps li")
    fire = next(p for p in sample_ledger().checked.plan.procedures if p.id == "EP01")
    assert steps.all_inner_texts() == list(fire.first_minute)
    assert steps.last.bounding_box()["y"] < PHONE[1]  # type: ignore[index]


def test_a_record_is_found_by_its_number_its_day_and_its_place(open_page: OpenPage) -> None:
    page = open_page("search/", DESK)
    assert "HZ-2025-001" in search(page, "HZ-2025-001")[0]["title"].split(" ")
    found = search(page, "2025-10-17 演练")
    assert "DR-2025-003" in " ".join(hit["title"] for hit in found if hit["kind"] == "record")
    found = search(page, "北门 2026-10")
    texts = {url: text for _, url, text in sample_rows()}
    assert {hit["kind"] for hit in found[:3]} == {"record"}
    assert all("北门" in texts[hit["url"]] for hit in found[:3])
    assert all("2026-10" in texts[hit["url"]] for hit in found[:3])


def test_a_broken_shard_is_answered_from_the_offline_copy(open_page: OpenPage) -> None:
    page = open_page("search/", DESK)
    page.route("**/assets/search/pairs.*", lambda route: route.fulfill(body="<html>"))
    page.route("**/assets/search/row-pairs.*", lambda route: route.fulfill(body="{broken"))
    results(page, "起火")
    said = page.locator(".sc-results [role=status]").inner_text()
    assert said.startswith("现在连不上网络，只搜了离线副本。")
    assert page.locator("#sc-search-results a[data-doc]").first.get_attribute("data-doc") == "EP01"
