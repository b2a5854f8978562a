"""Figures more than two days old say so, by the clock of the reader; those of a sample never."""

import datetime as dt
import functools
import http.server
import shutil
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from generator.ledger import read_ledger
from generator.project import read_project
from generator.site.mkdocs_run import build_tree
from generator.site.tree import plan_tree
from tests.browser.conftest import OpenPage, Quiet
from tests.conftest import GOOD, NOW, TODAY
from tests.sample_site import ROOT


@pytest.fixture(name="port", scope="module")
def two_schools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The good school as a real one and as a sample, in two folders of one server."""
    folder = tmp_path_factory.mktemp("old")
    for name, sample in (("real", "false"), ("sample", "true")):
        root = folder / f"{name}-files"
        shutil.copytree(GOOD, root)
        with (root / "records/school.yaml").open("a", encoding="utf-8") as file:
            file.write(f"sample: {sample}\n")
        ledger = read_ledger(*read_project(root, NOW))
        with ledger.checked:
            build_tree(ROOT, plan_tree(ledger), folder / "www" / name)
    handler = functools.partial(Quiet, directory=str(folder / "www"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def days_later(page: Page, path: str, days: int) -> None:
    """Open a page that many days after the day of its figures, at noon.

    The clock is set while nothing is open: a page whose timers are at work would stumble over it.
    """
    page.goto("about:blank")
    page.clock.set_fixed_time(dt.datetime.combine(TODAY, dt.time(12)) + dt.timedelta(days=days))
    page.goto(path)


@pytest.mark.parametrize("path", ["", "indicators/"])
def test_figures_are_old_from_the_third_day_on(open_page: OpenPage, path: str) -> None:
    page = open_page("about:blank")
    warning = page.locator(".sc-stale")
    for days in (0, 2):
        days_later(page, f"real/{path}", days)
        expect(warning).to_have_count(0)
    for days in (3, 40):
        days_later(page, f"real/{path}", days)
        expect(warning).to_have_text(
            f"这些数字是 {days} 天前的，网站可能没有更新。告诉网站管理员。"
        )
        expect(warning).to_be_visible()


def test_a_sample_is_never_old(open_page: OpenPage) -> None:
    page = open_page("about:blank")
    days_later(page, "sample/indicators/", 400)
    expect(page.locator("[data-sc-build]")).to_have_count(1)
    expect(page.locator(".sc-stale")).to_have_count(0)
