"""Somebody needs to know what to do now, on a phone, perhaps without scripts."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, OpenPage, Scheme

PROCEDURES = ("EP01", "EP05", "EP14")
EVERY = tuple(f"EP{number:02}" for number in range(1, 21))


def test_the_first_screen_of_a_phone_holds_calls_and_tiles(open_page: OpenPage) -> None:
    page = open_page()
    calls, tiles = page.locator(".sc-calls .sc-call"), page.locator(".sc-tiles .sc-tile")
    assert [call.get_attribute("href") for call in calls.all()] == ["tel:110", "tel:119", "tel:120"]
    assert tiles.count() == 8
    assert tiles.last.inner_text().strip() == "全部 20"
    for entry in [*calls.all(), *tiles.all()]:
        box = entry.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE[1]
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE[0]
        assert box["height"] >= 44
        assert box["width"] >= 44


def test_two_taps_lead_to_the_first_minute(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".sc-tile", has_text="火灾").first.click()
    page.wait_for_url("**/procedures/EP01/")
    assert page.locator(".sc-alarm li").first.is_visible()
    page.goto("")
    page.locator(".sc-urgent").click()
    page.wait_for_url("**/procedures/")
    page.locator(".sc-tile").first.click()
    page.wait_for_url("**/procedures/EP*/")
    assert page.locator(".sc-alarm li").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_minute_is_read_without_scrolling(open_page: OpenPage, scheme: Scheme) -> None:
    page = open_page(scheme=scheme)
    for name in EVERY:
        page.goto(f"procedures/{name}/")
        _first_minute_fits(page)


def _first_minute_fits(page: Page) -> None:
    box = page.locator(".sc-alarm").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE[1]
    assert box["width"] <= PHONE[0]
    steps = page.locator(".sc-alarm li")
    assert 3 <= steps.count() <= 5
    size = steps.first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 20


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_number_of_a_procedure_can_be_tapped(open_page: OpenPage, name: str) -> None:
    page = open_page(f"procedures/{name}/")
    links = page.locator("a[href^='tel:']")
    assert links.count() >= 3
    for link in links.all():
        assert (link.get_attribute("href") or "").removeprefix("tel:").isdigit()
    first = page.locator(".sc-calls .sc-call").first.bounding_box()
    assert first is not None
    assert first["height"] >= 44


def test_emergencies_stand_beside_the_figures_on_a_desk(open_page: OpenPage) -> None:
    page = open_page(size=DESK)
    emergency = page.locator(".sc-home__emergency").bounding_box()
    status = page.locator(".sc-home__status").bounding_box()
    assert emergency is not None
    assert status is not None
    assert emergency["x"] + emergency["width"] <= status["x"]
    assert emergency["y"] + emergency["height"] <= DESK[1]


@pytest.mark.parametrize("path", ["", "procedures/EP01/", "records/hazards/", "plan/3-2/"])
def test_a_page_is_complete_without_scripts(open_page: OpenPage, path: str) -> None:
    page = open_page(path, scripts=False)
    assert page.locator("#sc-main").is_visible()
    wanted = {
        "": ".sc-call, .sc-tile",
        "procedures/EP01/": ".sc-alarm li",
        "records/hazards/": "tbody tr",
        "plan/3-2/": ".sc-clause",
    }[path]
    found = page.locator(wanted)
    assert found.count() >= 4
    assert all(entry.is_visible() for entry in found.all()[:8])


def test_search_without_scripts_says_what_to_do(open_page: OpenPage) -> None:
    page = open_page("search/", scripts=False)
    assert "应急处置" in page.locator("noscript").inner_text()
