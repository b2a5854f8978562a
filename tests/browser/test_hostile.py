"""No script runs in a browser from any place a text can enter the site."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog

from generator.ledger import read_ledger
from generator.project import read_project
from generator.site.mkdocs_run import build_tree
from generator.site.tree import plan_tree
from tests.browser.conftest import Quiet
from tests.conftest import GOOD, NOW
from tests.sample_site import ROOT

RUN = "window.ran=(window.ran||0)+1"
PAYLOAD = f'\\"><img src=x onerror={RUN}><script>{RUN}</script>'
CELL = f'"<img src=x onerror={RUN}>"'
NAME = "a'onmouseover=alert(1) x='<b>"
QUERIES = (
    f"<img src=x onerror={RUN}>",
    f'"><script>{RUN}</script>',
    f"javascript:{RUN}",
    f"'-{RUN}-'",
    "<svg/onload=window.ran=1>",
)


def hostile_school(root: Path) -> Path:
    """The good project with something that would run in every text of it."""
    shutil.copytree(GOOD, root)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    swap(root / "records/school.yaml", "河湾活动中心 安全簿", PAYLOAD)
    swap(root / "records/tables/walks.csv", "灯坏了", f"<b onclick={RUN}>")
    swap(root / "records/tables/duties.csv", "门岗", CELL)
    swap(root / "records/datapackage.yaml", "title: 巡查\n", f'title: "{PAYLOAD}"\n')
    swap(root / "records/indicators/Q1-walks.yaml", "title: ", f"title: <img src=x onerror={RUN}>")
    page = f'---\ntitle: "{PAYLOAD}"\norder: 7\n---\n\n`{CELL}`\n\n## {CELL[1:9]}`{CELL}`\n\n文。\n'
    (root / f"content/pages/{NAME}.md").write_text(page, encoding="utf-8")
    return root


def swap(file: Path, old: str, new: str) -> None:
    """Put the payload in; values in single lines of YAML are quoted where they were not."""
    text = file.read_text(encoding="utf-8")
    assert old in text, file
    if file.suffix == ".yaml" and old.startswith("河"):
        new = f'"{new}"'
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(name="hostile", scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    folder = tmp_path_factory.mktemp("hostile")
    root = hostile_school(folder / "school")
    ledger = read_ledger(*read_project(root, NOW))
    with ledger.checked:
        tree = plan_tree(ledger)
    build_tree(root, tree, folder / "site")
    handler = functools.partial(Quiet, directory=str(folder / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", [page.url for page in tree.pages]
        server.shutdown()
        thread.join()


def test_no_text_of_the_school_runs_in_a_browser(
    browser: Browser, hostile: tuple[str, list[str]]
) -> None:
    base, urls = hostile
    page = browser.new_page(service_workers="block")
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    assert len(urls) > 20
    for url in [*urls, "offline/emergency.html", "missing/"]:
        page.goto(base + quote(url), wait_until="load")
        assert page.evaluate("window.ran") is None, url
        handlers = "[...document.querySelectorAll('*')].filter(e => e.getAttributeNames()"
        assert page.evaluate(f"{handlers}.some(n => n.startsWith('on'))).length") == 0, url
    for query in QUERIES:
        page.goto(f"{base}search/?q={quote(query)}", wait_until="load")
        assert page.evaluate("window.ran") is None, query
        page.fill("#sc-q", query)
        page.wait_for_timeout(200)
        assert page.evaluate("window.ran") is None, query
    assert dialogs == []
    page.close()
