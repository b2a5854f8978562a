"""Following a figure, copying an address, dark mode, paper, pages that help."""

import re

from playwright.sync_api import Dialog

from tests.browser.conftest import DESK, INTRANET, OpenPage


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


def test_folded_evidence_is_printed_open(open_page: OpenPage) -> None:
    page = open_page("indicators/I01/", DESK)
    folded = page.locator("details.sc-fold:not([open])")
    assert folded.count() > 0
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert folded.count() > 0


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
