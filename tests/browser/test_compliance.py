"""The principal and the inspector: filtering clauses, a chart in the dark, sheets on paper."""

import re

import pytest

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.sample_site import sample_ledger

A4 = (688, 960)
"""The width and height of A4 without margins, in pixels of paper."""


def test_clauses_are_filtered_counted_and_the_address_keeps_the_choice(
    open_page: OpenPage,
) -> None:
    page = open_page("indicators/clauses/", DESK)
    rows = page.locator("#clauses [data-row]")
    shown = page.locator("[data-sc-count]")
    total = rows.count()
    assert shown.inner_text() == str(total) == str(len(sample_ledger().clauses))
    page.get_by_label("状态").select_option("missed")
    missed = page.locator("#clauses [data-row]:visible")
    assert 0 < missed.count() < total
    assert shown.inner_text() == str(missed.count())
    assert missed.locator("td > [data-status=missed].sc-status").first.is_visible()
    assert page.locator("#clauses tbody:visible").count() < page.locator("#clauses tbody").count()
    assert page.url.endswith("?status=missed")
    page.reload()
    assert page.get_by_label("状态").input_value() == "missed"
    assert page.locator("#clauses [data-row]:visible").count() == missed.count()
    page.get_by_role("button", name="清除").click()
    page.wait_for_function("!location.search")
    assert shown.inner_text() == str(total)


def test_two_filters_leave_what_fits_both(open_page: OpenPage) -> None:
    page = open_page("indicators/clauses/?status=missed", DESK)
    before = page.locator("#clauses [data-row]:visible").count()
    page.get_by_label("对象").select_option("district")
    assert page.locator("#clauses [data-row]:visible").count() == 0 < before
    assert page.locator("[data-sc-count]").inner_text() == "0"


def test_without_scripts_all_clauses_are_there_and_no_dead_filter(open_page: OpenPage) -> None:
    page = open_page("indicators/clauses/?status=missed", PHONE, scripts=False)
    assert page.locator("#clauses [data-row]:visible").count() == len(sample_ledger().clauses)
    assert page.locator("[data-sc-filter]").is_hidden()


def test_filters_are_reached_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("indicators/clauses/", DESK)
    page.get_by_label("状态").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "hole"
    page.keyboard.press("Space")
    holes = page.locator("#clauses [data-row][data-f-hole=true]").count()
    assert page.locator("[data-sc-count]").inner_text() == str(holes)


def test_a_chart_follows_the_dark_and_stays_inside_its_frame(open_page: OpenPage) -> None:
    colours = []
    for size, scheme in ((PHONE, "light"), (PHONE, "dark"), (DESK, "light")):
        page = open_page("indicators/I01/", size, scheme)
        bar = page.locator(".sc-chart__bar").first
        colours.append(bar.evaluate("node => getComputedStyle(node).fill"))
        frame = page.locator(".sc-chart").bounding_box()
        assert frame is not None
        assert frame["x"] + frame["width"] <= size[0]
        edges = page.locator(".sc-chart text:visible").evaluate_all(
            "nodes => nodes.map(node => node.getBoundingClientRect().right)"
        )
        assert max(edges) <= size[0]
        sizes = page.locator(".sc-chart text").first.evaluate("n => getComputedStyle(n).fontSize")
        assert sizes == "13px"
    assert colours[0] == colours[2] != colours[1]


@pytest.mark.parametrize("name", sorted(sample_ledger().assessments))
def test_a_sheet_is_one_or_two_pages_and_nothing_is_cut(open_page: OpenPage, name: str) -> None:
    page = open_page(f"indicators/{name}/sheet/", A4)
    data = page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 2
    page.emulate_media(media="print")
    right = page.locator(".sc-sheet *:visible").evaluate_all(
        "nodes => Math.max(...nodes.map(node => node.getBoundingClientRect().right))"
    )
    assert right <= page.evaluate("document.documentElement.clientWidth") + 1
    assert page.locator(".sc-sheet__sign p").count() == 4
    for part in (".md-header", ".sc-crumbs", ".sc-footer", "h1", "[data-sc-print]"):
        assert not any(node.is_visible() for node in page.locator(part).all())


def test_all_sheets_print_each_on_a_page_of_its_own(open_page: OpenPage) -> None:
    page = open_page("indicators/sheets/", A4)
    sheets = page.locator(".sc-sheet").count()
    data = page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", data))
    assert sheets == len(sample_ledger().assessments)
    assert sheets <= pages <= 2 * sheets


def test_from_what_is_overdue_to_the_post_and_its_feed(open_page: OpenPage) -> None:
    page = open_page("due/")
    page.locator("#posts ~ .sc-tablewrap a, #posts + p + .sc-tablewrap a").first.click()
    page.wait_for_url("**/roles/*/")
    assert page.locator("h2#overdue").is_visible()
    feed = page.get_by_role("link", name="订阅这个岗位的日历")
    answer = page.request.get(page.evaluate("node => node.href", feed.element_handle()))
    assert answer.ok
    assert answer.body().startswith(b"BEGIN:VCALENDAR")
