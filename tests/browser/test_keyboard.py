"""Without a mouse: every stop of the Tab key is seen, the menu and the looks are reached."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage

STOP = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  const style = getComputedStyle(node);
  const { left, right, top, bottom } = node.getClientRects()[0] || node.getBoundingClientRect();
  const shown = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const faults = [];
  if (style.outlineStyle === "none" && style.boxShadow === "none") faults.push("no mark of focus");
  if (!shown || !(node.contains(shown) || shown.contains(node))) faults.push("hidden");
  return [faults.join(", "), node.outerHTML.slice(0, 120)];
}"""
"""What is wrong with the stop of the Tab key, and which it is; nothing when the page is left."""


def focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate("name => document.activeElement.matches(name)", selector))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["", "plan/3-2/", "indicators/I01/"])
def test_every_stop_of_the_tab_key_is_seen(
    open_page: OpenPage, path: str, size: tuple[int, int]
) -> None:
    page = open_page(path, size)
    page.keyboard.press("Tab")
    assert focused(page, ".sc-skip")
    faults = []
    stops = 0
    while (stop := page.evaluate(STOP)) is not None:
        stops += 1
        faults += [stop] if stop[0] else []
        page.keyboard.press("Tab")
    assert faults == []
    assert stops > 30


def test_the_skip_link_leads_to_the_text(open_page: OpenPage) -> None:
    page = open_page("plan/3-2/", DESK)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#sc-main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#sc-main') !== null")


def test_the_menu_of_a_phone_is_opened_walked_and_left(open_page: OpenPage) -> None:
    page = open_page("procedures/EP01/")
    menu = page.get_by_role("button", name="目录")
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert focused(page, ".sc-nav__link[href='../..']")
    seen = []
    while page.evaluate("document.activeElement.closest('.sc-nav') !== null"):
        seen.append(page.evaluate(STOP)[0])
        page.keyboard.press("Tab")
    assert len(seen) > 25
    assert set(seen) == {""}
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_the_menu_closes_with_escape_and_for_a_part_of_the_page(open_page: OpenPage) -> None:
    page = open_page("procedures/EP01/")
    menu = page.get_by_role("button", name="目录")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert focused(page, "button.sc-header__menu")
    assert menu.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.locator(".sc-nav__contents a", has_text="报告").press("Enter")
    page.wait_for_url("**/procedures/EP01/#report")
    expect(menu).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Shift+Tab")
    menu.press("Enter")
    page.locator(".sc-nav__link", has_text="合规").press("Enter")
    page.wait_for_url("**/indicators/")


def test_light_and_dark_are_chosen_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("plan/")
    page.get_by_role("button", name="浅色").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_by_role("button", name="深色").get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.get_by_role("button", name="跟随系统").press("Enter")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"


def test_a_fold_opens_and_a_list_scrolls_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("indicators/I01/", PHONE)
    fold = page.locator("details.sc-fold", has_text="怎么算")
    fold.locator("summary").press("Enter")
    assert fold.get_attribute("open") is not None
    matrix = page.get_by_role("region", name="各期各项")
    matrix.focus()
    before = matrix.evaluate("node => node.scrollLeft")
    page.keyboard.press("ArrowRight")
    expect(matrix).not_to_have_js_property("scrollLeft", before)
