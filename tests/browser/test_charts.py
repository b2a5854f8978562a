"""Charts in a browser: they follow dark mode, fit a phone, and need no script."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, OpenPage, Scheme
from tests.sample_site import sample_ledger

PATH = "records/charts/"
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
INSIDE = """() => [...document.querySelectorAll('figure.sc-chart text, figure.sc-chart .sc-icon')]
  .filter((node) => node.getBoundingClientRect().width > 0)
  .filter((node) => {
    const box = node.getBoundingClientRect();
    return box.left < 0 || box.right > document.documentElement.clientWidth;
  }).map((node) => node.textContent)"""


def fill(page: Page, place: str) -> str:
    return str(page.locator(place).first.evaluate("node => getComputedStyle(node).fill"))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_chart_fits_its_page(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page(PATH, size)
    assert page.locator("figure.sc-chart > svg[role=img]").count() == len(
        sample_ledger().checked.charts
    )
    assert page.evaluate(INSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_charts_follow_dark_mode_and_paper(open_page: OpenPage) -> None:
    light, dark = (open_page(PATH, DESK, scheme) for scheme in SCHEMES)
    for place in (".sc-chart__bar", ".sc-chart__word"):
        assert fill(light, place) != fill(dark, place)
    dark.emulate_media(media="print", color_scheme="dark")
    for place in (".sc-chart__bar", ".sc-chart__word"):
        assert fill(dark, place) == fill(light, place)


def test_each_chart_has_its_numbers_without_scripts(open_page: OpenPage) -> None:
    page = open_page(PATH, DESK, scripts=False)
    for fold in page.locator("details.sc-fold").all():
        fold.locator("summary").click()
        assert fold.locator("tbody tr").first.is_visible()
        assert fold.locator("tbody tr").count() > 1


def test_a_chart_is_reached_from_its_table_and_back(open_page: OpenPage) -> None:
    page = open_page("records/hazards/", DESK)
    page.get_by_role("link", name="各楼的隐患").click()
    page.wait_for_url("**/records/charts/#chart-buildings")
    page.locator("#chart-buildings + p").get_by_role("link", name="隐患台账").click()
    page.wait_for_url("**/records/hazards/")
