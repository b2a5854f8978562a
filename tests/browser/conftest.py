"""The built sample site in a real browser; every other host is cut off, every request is seen."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.install import find_browser, launch_arguments
from tests.sample_site import sample_site

PHONE, DESK = (390, 844), (1440, 900)
INTRANET = "school.test"
"""A host name that is no secure context, as a school's own server is none."""
RULES = f"MAP {INTRANET} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
Scheme: TypeAlias = Literal["light", "dark"]
OpenPage: TypeAlias = Callable[..., Page]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(name="port", scope="session")
def served_site() -> Iterator[int]:
    handler = functools.partial(Quiet, directory=str(sample_site()))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(name="browser", scope="session")
def started_browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("no browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*launch_arguments(), f"--host-resolver-rules={RULES}"]
        )
        yield browser
        browser.close()


@pytest.fixture(name="open_page")
def page_opener(browser: Browser, port: int) -> Iterator[OpenPage]:
    """A function that opens a page of the site; what it asked for and said is judged at the end."""
    contexts: list[BrowserContext] = []
    outside: list[str] = []
    faults: list[str] = []

    def open_page(
        path: str = "",
        size: tuple[int, int] = PHONE,
        scheme: Scheme = "light",
        host: str = "127.0.0.1",
        *,
        scripts: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=scripts,
            locale="zh-CN",
            reduced_motion="reduce",
            service_workers="block",
            base_url=f"http://{host}:{port}/",
        )
        if host == "127.0.0.1":
            context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        own = (f"http://{host}:{port}/", "data:", "blob:")
        context.on("request", lambda r: None if r.url.startswith(own) else outside.append(r.url))
        context.on("requestfailed", lambda r: faults.append(f"{r.url} {r.failure}"))
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert outside == []
    assert [fault for fault in faults if "ERR_ABORTED" not in fault] == []
