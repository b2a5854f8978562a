"""The site under its own policy, from a real nginx: nothing is refused, and what is hostile is."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import INTRANET, PHONE
from tests.sample_site import one_page_of_each_kind, sample_site
from tests.web_server import served

WATCH = """window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));"""


@pytest.fixture(name="port", scope="module")
def nginx_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The sample site from nginx, and beside it a page into which somebody smuggled a script."""
    www = tmp_path_factory.mktemp("www") / "site"
    shutil.copytree(sample_site(), www)
    text = (www / "plan/index.html").read_text(encoding="utf-8")
    smuggled = '<script>window.ran = true</script><img src="x" onerror="window.ran = true">'
    outside = '<script src="http://elsewhere.test/a.js"></script>'
    text = text.replace("</h1>", f"</h1>{smuggled}{outside}", 1)
    (www / "smuggled.html").write_text(text.replace('"../', '"'), encoding="utf-8")
    with served(www, tmp_path_factory.mktemp("nginx")) as port:
        yield port


@pytest.fixture(name="page")
def watched_page(browser: Browser, port: int) -> Iterator[Page]:
    """A page on a telephone that notes every violation of the policy."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        base_url=f"http://{INTRANET}:{port}/",
        locale="zh-CN",
    )
    context.add_init_script(WATCH)
    page = context.new_page()
    yield page
    context.close()


def test_one_page_of_each_kind_runs_without_a_violation(page: Page) -> None:
    said: list[str] = []
    failed: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    pages = one_page_of_each_kind()
    visited = [url for kind, url in pages.items() if kind != "offline"]
    assert len(visited) > 20
    for url in visited:
        page.goto(url)
        assert page.evaluate("window.violations") == [], url
        assert page.locator("html.js-focus-visible").count() == 1, (
            f"{url}: the theme's scripts did not run"
        )
    assert [text for text in said if "404" not in text] == []
    assert [url for url in failed if "404.html" not in url] == []


def test_what_people_do_on_pages_runs_without_a_violation(page: Page) -> None:
    page.goto("search/?q=起火")
    page.locator("a[data-doc]").first.wait_for()
    assert page.evaluate("window.violations") == []
    page.goto("records/")
    page.locator("#sc-main a[href]:visible").first.click()
    page.wait_for_load_state()
    page.emulate_media(media="print")
    assert page.evaluate("window.violations") == []
    page.emulate_media(media="screen", color_scheme="dark")
    page.goto("procedures/")
    page.locator("#sc-main a[href]:visible").first.click()
    page.wait_for_load_state()
    assert page.evaluate("window.violations") == []


def test_a_script_that_somebody_smuggled_in_does_not_run(page: Page) -> None:
    page.goto("smuggled.html")
    assert page.evaluate("window.ran") is None
    found = page.evaluate("window.violations")
    assert "script-src-elem inline" in found
    assert "script-src-attr inline" in found
    assert "script-src-elem http://elsewhere.test/a.js" in found


def test_the_file_for_the_days_without_a_network_runs_under_its_policy(page: Page) -> None:
    page.goto("offline/emergency.html")
    assert page.evaluate("window.violations") == []
