"""What comes out of the printer: no navigation, nothing cut, headings on every sheet."""

import re

import pytest

from tests.browser.conftest import DESK, OpenPage
from tests.pdf_text import even, page_count, pdf_text
from tests.sample_site import one_page_of_each_kind

A4 = (718, 1000)
"""The width of a sheet between its margins, in the pixels of a browser."""
CHROME = ".md-header, .md-tabs, .md-sidebar, .sc-crumbs, .sc-search, .sc-pagefoot, .sc-recordtools"
CUT = """() => {
  const edge = document.documentElement.clientWidth + 1;
  const seen = [...document.querySelectorAll("#sc-main *")].filter((node) =>
    node.checkVisibility({ visibilityProperty: true }) && !node.closest(".sc-sr"));
  const beyond = seen.filter((node) => node.getBoundingClientRect().right > edge);
  const hidden = seen.filter((node) => node.scrollWidth > node.clientWidth + 1
    && node.clientWidth && getComputedStyle(node).overflowX !== "visible");
  return [...beyond, ...hidden].slice(0, 3).map((node) => node.outerHTML.slice(0, 100));
}"""


def test_no_kind_of_page_is_cut_on_paper(open_page: OpenPage) -> None:
    page = open_page("", A4)
    found = []
    for kind, path in one_page_of_each_kind().items():
        page.goto(path)
        page.emulate_media(media="print")
        found += [(kind, path, cut) for cut in page.evaluate(CUT)]
        shown = [node for node in page.locator(CHROME).all() if node.is_visible()]
        found += [(kind, path, "navigation on paper")] * len(shown)
        page.emulate_media(media="screen")
    assert found == []


@pytest.mark.parametrize(
    ("path", "rows", "head"),
    [
        ("records/hazards/", "[data-table] tbody th", "编号发现日期检查编号"),
        ("indicators/I08/sheet/", ".sc-evidence tbody th", "记录日期内容"),
    ],
)
def test_every_row_is_printed_below_a_heading(
    open_page: OpenPage, path: str, rows: str, head: str
) -> None:
    page = open_page(path, DESK)
    page.wait_for_load_state("networkidle")
    keys = [even(key) for key in page.locator(rows).all_inner_texts()]
    data = page.pdf(prefer_css_page_size=True)
    text = even(pdf_text(data))
    assert len(keys) > 5
    assert [key for key in keys if key not in text] == []
    between = re.split(re.escape(head), text)
    sheets = [part for part in between[1:] if any(key in part for key in keys)]
    assert sum(key in part for part in sheets for key in keys) >= len(keys)
    assert 1 <= len(sheets) <= page_count(data)
    for word in ("搜索全站", "跳到正文", "下载Excel", "按列筛选", "上一页"):
        assert word not in text
