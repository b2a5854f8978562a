"""What a first visit carries, as a server that packs would send it."""

import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import PHONE
from tests.sample_site import sample_site

HOME_AT_MOST = 150 * 1024
PAGE_AT_MOST = 40 * 1024
PACKED = (".html", ".css", ".js", ".json", ".svg", ".webmanifest")
PICKED_UP = "offline/emergency.html"
"""A file to download, not a page that is turned to."""


@pytest.fixture(name="visitor")
def somebody_new(browser: Browser, port: int) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        base_url=f"http://127.0.0.1:{port}/",
        service_workers="block",
    )
    yield context
    context.close()


def packed(data: bytes) -> int:
    """As `deploy/nginx.conf` packs it."""
    return len(gzip.compress(data, 5))


def test_the_first_visit_to_the_home_page_is_light(visitor: BrowserContext) -> None:
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.url))
    page = visitor.new_page()
    page.goto("")
    page.wait_for_load_state("networkidle")
    site = sample_site()
    weights: dict[str, int] = {}
    for url in dict.fromkeys(one for one in asked if not one.startswith("data:")):
        name = url.partition("//")[2].partition("/")[2].partition("?")[0] or "index.html"
        data = (site / name).read_bytes()
        weights[name] = packed(data) if name.endswith(PACKED) else len(data)
    total = sum(weights.values())
    print(f"home: {total:,} bytes in {len(weights)} files", *sorted(weights.items()), sep="\n  ")
    assert total <= HOME_AT_MOST, weights
    assert len(weights) <= 12
    assert [name for name in weights if name.startswith("assets/search/")] == []


def test_every_page_is_light() -> None:
    site = sample_site()
    files = [file.relative_to(site).as_posix() for file in sorted(site.rglob("*.html"))]
    sizes = {name: packed((site / name).read_bytes()) for name in files if name != PICKED_UP}
    heaviest = sorted(sizes.items(), key=lambda item: -item[1])
    print(f"{len(sizes)} pages, the heaviest:", *heaviest[:5], sep="\n  ")
    assert [(name, size) for name, size in heaviest if size > PAGE_AT_MOST] == []
