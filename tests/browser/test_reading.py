"""Following a figure, copying an address, dark mode, paper, the keyboard, narrow screens."""

import re

import pytest
from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped]  # no types
    Axe,
)
from playwright.sync_api import Dialog

from tests.browser.conftest import DESK, INTRANET, PHONE, OpenPage

PAGES = (
    "", "procedures/", "procedures/EP01/", "plan/", "plan/3-2/", "indicators/", "indicators/I01/",
    "indicators/clauses/", "indicators/I08/sheet/", "calendar/", "due/", "roles/safety_office/",
    "records/", "records/hazards/", "search/?q=演练", "contacts/", "glossary/", "sources/",
)  # fmt: skip
ALIKE = [["tbody tr:nth-child(n+16)"], [".sc-list li:nth-child(n+16)"]]
"""Rows that repeat what is tested already; a table of hundreds would take most of the time."""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", PAGES)
def test_no_serious_barrier_and_no_sideways_scrolling(
    open_page: OpenPage, path: str, size: tuple[int, int]
) -> None:
    page = open_page(path, size)
    if "q=" in path:
        page.locator(".sc-results [role=status]").wait_for()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    barriers = []
    for scheme in ("light", "dark"):
        options: dict[str, object] = {"resultTypes": ["violations"]}
        if scheme == "dark":
            page.emulate_media(color_scheme="dark")
            options["runOnly"] = ["color-contrast"]  # nothing else depends on the scheme
        found = Axe().run(page, {"exclude": ALIKE}, options).response["violations"]
        barriers += [
            (scheme, entry["id"], node["target"], node["failureSummary"])
            for entry in found
            if entry["impact"] in {"serious", "critical"}
            for node in entry["nodes"][:3]
        ]
    assert barriers == []


def test_a_figure_is_followed_to_its_row(open_page: OpenPage) -> None:
    page = open_page(size=DESK)
    page.locator(".sc-statusbar a[data-status=missed]").click()
    page.wait_for_url("**/plan/#missed")
    page.locator(".sc-list__item[data-clause='3.2.1d'] .sc-list__title").first.click()
    page.wait_for_url("**/plan/3-2/#c-3-2-1d")
    clause = page.locator("#c-3-2-1d")
    assert clause.locator("[data-status]").first.is_visible()
    clause.locator("a[href*='indicators/I01/']").first.click()
    page.wait_for_url("**/indicators/I01/")
    assert "/ 24" in page.locator(".sc-figure").inner_text()
    link = page.locator(".sc-evidence th a").first
    key = link.inner_text()
    link.click()
    page.wait_for_url(re.compile(r"/records/safety_lessons/(\d+/)?#r-"))
    row = page.locator(f"[id='r-{key}']")
    assert key in row.inner_text()
    assert row.evaluate("node => node.matches(':target')")
    page.wait_for_function(
        "key => { const y = document.getElementById(key).getBoundingClientRect().top;"
        " return y >= 0 && y < innerHeight; }",
        arg=f"r-{key}",
    )


def test_an_address_is_copied_on_a_secure_host(open_page: OpenPage) -> None:
    page = open_page("plan/3-2/", DESK)
    button = page.locator("#c-3-2-1d .sc-copy")
    button.click()
    page.locator("#c-3-2-1d .sc-copy", has_text="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{page.url}#c-3-2-1d"


def test_an_address_is_copied_where_there_is_no_clipboard_interface(open_page: OpenPage) -> None:
    page = open_page("plan/3-2/", DESK, host=INTRANET)
    assert page.evaluate("window.isSecureContext") is False
    assert page.evaluate("navigator.clipboard === undefined")
    page.locator("#c-3-2-1d .sc-copy").click()
    page.locator("#c-3-2-1d .sc-copy", has_text="已复制").wait_for()
    page.locator("#sc-q").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#sc-q").input_value() == f"{page.url}#c-3-2-1d"


def test_where_nothing_can_be_copied_the_address_is_shown(open_page: OpenPage) -> None:
    page = open_page("plan/3-2/", DESK, host=INTRANET)
    page.evaluate("document.execCommand = () => false")
    shown: list[str] = []

    def read(dialog: Dialog) -> None:
        shown.append(dialog.default_value)
        dialog.dismiss()

    page.on("dialog", read)
    page.locator("#c-3-2-1d .sc-copy").click()
    assert shown == [f"{page.url}#c-3-2-1d"]


def test_dark_follows_the_system_and_can_be_chosen(open_page: OpenPage) -> None:
    def brightness(page_colour: str) -> int:
        return sum(int(part) for part in re.findall(r"\d+", page_colour)[:3])

    background = "getComputedStyle(document.body).backgroundColor"
    assert brightness(open_page(size=DESK, scheme="dark").evaluate(background)) < 200
    page = open_page(size=DESK)
    assert brightness(page.evaluate(background)) > 650
    page.locator("[data-sc-look]", has_text="深色").click()
    assert brightness(page.evaluate(background)) < 200
    page.goto("plan/")
    assert brightness(page.evaluate(background)) < 200
    assert page.locator("[data-sc-look]", has_text="深色").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("path", ["records/hazards/", "indicators/I01/", "procedures/EP01/"])
def test_paper_has_no_navigation_and_whole_tables(open_page: OpenPage, path: str) -> None:
    page = open_page(path, (718, 1000))
    page.emulate_media(media="print")
    for part in (".md-header", ".md-tabs", ".md-sidebar", ".sc-crumbs", ".sc-search"):
        assert not any(node.is_visible() for node in page.locator(part).all())
    for wrap in page.locator(".sc-tablewrap").all():
        style = wrap.evaluate("node => getComputedStyle(node).overflowX")
        assert style == "visible"
    assert page.locator("h1").first.is_visible()
    right = page.locator(".sc-tablewrap table").evaluate_all(
        "tables => tables.map(table => table.getBoundingClientRect().right)"
    )
    width = page.evaluate("document.documentElement.clientWidth")
    assert [edge for edge in right if edge > width + 1] == []


def test_folded_evidence_is_printed_open(open_page: OpenPage) -> None:
    page = open_page("indicators/I01/", DESK)
    folded = page.locator("details.sc-fold:not([open])")
    assert folded.count() > 0
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert folded.count() > 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_keyboard_focus_is_seen_and_starts_with_the_skip_link(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page("plan/3-2/", size)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.sc-skip')")
    for _ in range(12):
        seen = page.evaluate(
            """() => {
              const style = getComputedStyle(document.activeElement);
              return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
            }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.goto("plan/3-2/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#sc-main")


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    menu = page.locator("button.sc-header__menu")
    assert menu.get_attribute("aria-expanded") == "false"
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert menu.get_attribute("aria-expanded") == "false"


def test_the_footer_says_what_is_shown(open_page: OpenPage) -> None:
    page = open_page(size=DESK)
    page.locator("[data-sc-build]:not([hidden])").wait_for()
    text = page.locator(".sc-footer").inner_text()
    assert "数据截至 2026-11-20" in text
    assert "提醒 " in text
    assert page.locator(".sc-sample").first.inner_text().startswith("示例数据")


def test_a_page_that_is_not_there_helps(open_page: OpenPage) -> None:
    page = open_page("404.html")
    assert page.locator("h1").inner_text() == "没有这一页"
    assert page.locator("a[href='tel:119']").count() == 1
