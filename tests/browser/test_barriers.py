"""axe-core finds nothing on any kind of page, on a telephone and on a desk, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped]  # no types
    Axe,
)
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.sample_site import one_page_of_each_kind

ALIKE = (
    "tbody tr:nth-child(n+16)", "tbody ~ tbody ~ tbody ~ tbody", ".sc-list li:nth-child(n+16)",
    ".sc-nav__item:nth-child(n+16)", ".sc-sheet ~ .sc-sheet ~ .sc-sheet",
    "article ~ article ~ article ~ article",
)  # fmt: skip
"""What repeats what is looked at already; a table of hundreds would take most of the time."""
UNROLLED = ".md-sidebar__scrollwrap { height: auto !important; overflow: visible !important }"
"""A link half under the edge of the list that scrolls is not too small a target."""
RUN = """async ([alike, rules]) => {
  const options = { resultTypes: ["violations"], preload: false,
                    rules: { "target-size": { enabled: true } } };
  if (rules) options.runOnly = rules;
  const found = await axe.run({ exclude: alike.map((one) => [one]) }, options);
  return found.violations.flatMap(({ id, impact, nodes }) => nodes.slice(0, 3).map((node) =>
    `${impact} ${id} ${node.target.join(" ")}: ${node.failureSummary}`));
}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_kind_of_page_has_a_barrier_or_scrolls_sideways(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page("404.html", size)
    found = []
    pages = one_page_of_each_kind()
    assert len(pages) > 30
    for kind, path in pages.items():
        page.goto(path)
        if "?q=" in path:
            page.locator(".sc-results [role=status]").wait_for()
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{kind} {path}: wider than the screen")
        found += [f"{kind} {path} {barrier}" for barrier in barriers(page)]
    assert found == []


def barriers(page: Page) -> list[str]:
    """What axe says of a page, light and dark; only contrast depends on the scheme."""
    page.emulate_media(color_scheme="light")
    page.add_style_tag(content=UNROLLED)
    page.evaluate(Axe().axe_script)
    light = page.evaluate(RUN, [ALIKE, None])
    page.emulate_media(color_scheme="dark")
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    dark = page.evaluate(RUN, [ALIKE, ["color-contrast"]])
    page.emulate_media(color_scheme="light")
    return [*light, *(f"dark {barrier}" for barrier in dark)]
