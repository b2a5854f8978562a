"""No network: the copy that the browser keeps, and the file on a memory stick."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.cards.contents import cards_of
from tests.browser.conftest import DESK, INTRANET, PHONE, OpenPage, Quiet
from tests.sample_site import sample_ledger, sample_site

OFFLINE = "offline/emergency.html"
CARDS = cards_of(sample_ledger())
NEWER, OLDER = "2026-11-21", "2026-11-20"


@dataclass
class Server:
    """A copy of the site on a port of its own; paths in `broken` answer with a fault."""

    folder: Path
    port: int
    broken: set[str] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def publish_next_day(self) -> None:
        """The same site a day later: other bytes in every page, and a worker that says so."""
        for file in self.folder.rglob("*.html"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(OLDER, NEWER), encoding="utf-8")
        _write_worker(self.folder)


def _write_worker(folder: Path) -> None:
    """Name the files anew, as a build does; the sample's pages are the ones planned."""
    from dataclasses import replace  # noqa: PLC0415 - only here

    from generator.site.worker import write_worker  # noqa: PLC0415 - only here
    from tests.sample_site import sample_tree  # noqa: PLC0415 - only here

    tree = sample_tree()
    write_worker(folder, replace(tree, facts=tree.facts | {"as_of": NEWER}))


@pytest.fixture(name="server")
def own_server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "site"
    shutil.copytree(sample_site(), folder)
    broken: set[str] = set()

    class Handler(Quiet):
        def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
            if self.path.lstrip("/") in broken:
                self.send_error(503)
            else:
                super().do_GET()

    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield Server(folder, running.server_port, broken)
        running.shutdown()
        thread.join()


@pytest.fixture(name="device")
def own_device(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        locale="zh-CN",
        base_url=server.address,
        service_workers="allow",
    )
    yield context
    context.close()


def keep_copy(device: BrowserContext) -> Page:
    """Open the site once and wait until the copy is there."""
    page = device.new_page()
    page.goto("procedures/")
    expect(page.locator("[data-sc-copy]")).to_be_visible(timeout=30_000)
    return page


def update(page: Page) -> str:
    """Look for a newer worker and say what became of it."""
    return str(
        page.evaluate(
            """async () => {
              const registration = await navigator.serviceWorker.getRegistration();
              await registration.update().catch(() => {});
              const worker = registration.installing || registration.waiting;
              if (!worker) return registration.active.state;
              return new Promise((done) => {
                const say = () => {
                  if (["activated", "redundant"].includes(worker.state)) done(worker.state);
                };
                worker.addEventListener("statechange", say);
                say();
              });
            }"""
        )
    )


def test_every_procedure_opens_with_the_network_off(device: BrowserContext) -> None:
    page = keep_copy(device)
    assert f"数据截至 {OLDER}" in page.locator("[data-sc-copy]").inner_text()
    device.set_offline(True)
    for path in ("", "procedures/", "contacts/", *(f"procedures/{card.id}/" for card in CARDS)):
        page.goto(path)
        note = page.locator("[data-sc-offline]")
        assert note.is_visible(), path
        assert f"数据截至 {OLDER}" in note.inner_text()
    assert page.locator(".sc-alarm li").first.is_visible()
    size = page.locator(".sc-alarm li").first.evaluate("node => getComputedStyle(node).fontSize")
    assert float(size.removesuffix("px")) >= 20


def test_emergencies_are_found_with_the_network_off(device: BrowserContext) -> None:
    page = keep_copy(device)
    device.set_offline(True)
    page.goto("search/?q=起火")
    expect(page.locator("#sc-search-results a[data-doc]").first).to_be_visible()
    first = page.locator("#sc-search-results a[data-doc]").first
    assert first.get_attribute("data-doc") == CARDS[0].id


def test_a_page_that_is_not_kept_shows_the_list_of_emergencies(device: BrowserContext) -> None:
    page = keep_copy(device)
    device.set_offline(True)
    page.goto("indicators/")
    assert page.locator("[data-sc-offline]").is_visible()
    assert page.locator(".sc-tile").first.is_visible()


def test_with_the_network_on_nobody_is_told_of_a_copy(device: BrowserContext) -> None:
    page = keep_copy(device)
    page.goto(f"procedures/{CARDS[0].id}/")
    assert page.locator("[data-sc-offline]").is_hidden()


def test_a_complete_update_takes_the_place_of_the_old_copy(
    device: BrowserContext, server: Server
) -> None:
    page = keep_copy(device)
    server.publish_next_day()
    assert update(page) == "activated"
    names = page.evaluate("caches.keys()")
    assert len([name for name in names if name.startswith("safecampus-")]) == 1
    device.set_offline(True)
    page.goto(f"procedures/{CARDS[0].id}/")
    assert f"数据截至 {NEWER}" in page.locator("[data-sc-offline]").inner_text()


def test_an_interrupted_update_leaves_the_last_good_copy(
    device: BrowserContext, server: Server
) -> None:
    page = keep_copy(device)
    server.publish_next_day()
    server.broken.add(f"procedures/{CARDS[-1].id}/index.html")
    assert update(page) == "redundant"
    device.set_offline(True)
    for card in (CARDS[0], CARDS[-1]):
        page.goto(f"procedures/{card.id}/")
        assert f"数据截至 {OLDER}" in page.locator("[data-sc-offline]").inner_text()
    device.set_offline(False)
    server.broken.clear()
    assert update(page) == "activated"
    device.set_offline(True)
    page.goto(f"procedures/{CARDS[-1].id}/")
    assert f"数据截至 {NEWER}" in page.locator("[data-sc-offline]").inner_text()


def test_a_file_that_is_not_what_the_worker_names_is_refused(
    device: BrowserContext, server: Server
) -> None:
    page = keep_copy(device)
    server.publish_next_day()
    (server.folder / "contacts/index.html").write_text("half a page", encoding="utf-8")
    assert update(page) == "redundant"
    device.set_offline(True)
    page.goto("contacts/")
    assert f"数据截至 {OLDER}" in page.locator("[data-sc-offline]").inner_text()


def test_a_server_that_only_answers_with_faults_is_like_none(
    device: BrowserContext, server: Server
) -> None:
    page = keep_copy(device)
    server.broken.add(f"procedures/{CARDS[0].id}/")
    page.goto(f"procedures/{CARDS[0].id}/")
    assert page.locator(".sc-alarm li").first.is_visible()
    assert page.locator("[data-sc-offline]").is_visible()


def test_plain_http_registers_nothing_and_offers_the_file(open_page: OpenPage) -> None:
    page = open_page("", host=INTRANET)
    assert page.evaluate("'serviceWorker' in navigator") is False
    page.locator(f"a[href$='{OFFLINE}']").click()
    page.wait_for_url(f"**/{OFFLINE}")
    assert page.locator("article").count() >= len(CARDS)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_file_is_complete_from_a_memory_stick(
    browser: Browser, tmp_path: Path, size: tuple[int, int], *, scripts: bool
) -> None:
    file = tmp_path / "emergency.html"
    shutil.copyfile(sample_site() / OFFLINE, file)
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts
    )
    asked: list[str] = []
    faults: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text))
    page.goto(file.as_uri())
    assert f"数据截至 {OLDER}" in page.locator(".sc-offline__asof").inner_text()
    for card in CARDS:
        article = page.locator(f"#{card.id}")
        text = article.inner_text()
        assert [step for step in card.first_minute if step not in text] == []
        assert [call.number for call in card.calls if call.number not in text] == []
        assert article.locator("a[href^='tel:']").first.is_visible()
    assert page.locator("#sc-q").is_visible() is scripts
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0] if scripts else True
    assert asked == [file.as_uri()]
    assert faults == []
    context.close()


def test_the_file_finds_what_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "emergency.html"
    shutil.copyfile(sample_site() / OFFLINE, file)
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    page.goto(file.as_uri())
    for query, doc in (
        ("着火", CARDS[0].id),
        (CARDS[2].id.lower(), CARDS[2].id),
        ("起火", CARDS[0].id),
    ):
        page.locator("#sc-q").fill(query)
        hit = page.locator("#sc-found a").first
        assert (hit.get_attribute("href") or "").removeprefix("#").split("--")[0] == doc, query
    page.locator("#sc-found a").first.click()
    assert page.locator(f"#{CARDS[0].id}").is_visible()
    page.locator("#sc-q").fill("没有这样的话")
    assert "没有找到“没有这样的话”" in page.locator("#sc-found").inner_text()
    context.close()


def test_a_printed_procedure_begins_with_the_card_on_one_side(open_page: OpenPage) -> None:
    page = open_page(size=(688, 1000))
    page.emulate_media(media="print")
    for card in CARDS:
        page.goto(f"procedures/{card.id}/")
        paper = page.locator(".sc-paper")
        box = paper.bounding_box()
        assert box is not None
        assert paper.evaluate("node => node.scrollHeight <= node.clientHeight + 1"), card.id
        text = paper.inner_text()
        assert [number for number in card.numbers if number not in text] == []
    page.emulate_media(media="screen")
    assert page.locator(".sc-paper").is_hidden()
