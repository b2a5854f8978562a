"""Pictures of the built site, for people to look at: phone and desktop width, light and dark.

Takes the home page, one page of each kind that the site's own `api/` names, and a search; or the
paths given as arguments. With `--readme` it takes the first screen of the kinds that README shows
instead, into `docs/pictures/`. Builds the site first if there is none.
"""

import functools
import http.server
import json
import re
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.install import find_browser, launch_arguments

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
PICTURES = ROOT / "build" / "screenshots"
SHOWN = ROOT / "docs" / "pictures"
SHOWN_KINDS = ("home", "procedure", "section", "indicator", "table", "due")
WIDTHS = {390: 844, 1440: 900}
_QUALITY = 72
SCHEMES = ("light", "dark")


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line per request."""

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which `folder` is served while the block runs."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def read_api(name: str) -> list[dict[str, Any]]:
    """One of the lists that the site publishes about itself; empty when it is not there."""
    path = SITE / "api" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def first_values(rows: list[dict[str, Any]], key: str, *, per: str) -> list[str]:
    """The first value of `key` for each value of `per`, in the order of the list."""
    firsts: dict[str, str] = {}
    for row in rows:
        if row.get(key):
            firsts.setdefault(str(row.get(per)), str(row[key]))
    return list(firsts.values())


def choose_paths() -> list[str]:
    """The home page, one page of each kind, one clause, indicator and table, and a search."""
    pages = read_api("pages")
    indicators = read_api("indicators")
    titles = first_values(pages, "title", per="kind")
    chosen = [
        "",
        *first_values(pages, "url", per="kind"),
        *first_values(read_api("clauses"), "url", per="addressee"),
        *first_values(indicators, "url", per="status"),
        *first_values(indicators, "rows_url", per="title")[:1],
        *[f"search/?q={urllib.parse.quote(title)}" for title in titles[:1]],
    ]
    return list(dict.fromkeys(path.lstrip("/") for path in chosen))


def shown_pages() -> dict[str, str]:
    """The pages whose first screens README shows, under their kind; and a search."""
    first = {str(page["kind"]): str(page["url"]) for page in reversed(read_api("pages"))}
    scored = (c for c in read_api("clauses") if c["status"] != "not_applicable")
    first["section"] = str(next(scored)["url"]).partition("#")[0]
    chosen = {kind: first[kind].lstrip("/") for kind in SHOWN_KINDS}
    return chosen | {"search": f"search/?q={urllib.parse.quote('着火')}"}


def picture_name(path: str) -> str:
    """A file name for a page's address, such as `procedures-EP01`."""
    readable = urllib.parse.unquote(path)
    return re.sub(r"[^\w.-]+", "-", readable).strip("-") or "home"


def take(browser: Browser, address: str, paths: dict[str, str], *, whole: bool) -> None:
    """All pictures, one browser context for each width and colour scheme.

    Args:
        browser: draws the pages.
        address: where the site is served.
        paths: the pages by the name of their pictures.
        whole: whole pages below `build/`; else first screens for README.
    """
    for width, height in WIDTHS.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                locale="zh-CN",
                reduced_motion="reduce",
            )
            page = context.new_page()
            for name, path in paths.items():
                page.goto(address + path, wait_until="networkidle")
                target = (PICTURES if whole else SHOWN) / f"{name}-{width}-{scheme}"
                if whole:
                    page.screenshot(path=f"{target}.png", full_page=True, animations="disabled")
                else:
                    page.screenshot(path=f"{target}.jpg", quality=_QUALITY, animations="disabled")
            context.close()


def main(arguments: list[str]) -> int:
    """Returns the exit code: of the build, if there was one and it failed."""
    if not SITE.exists():
        built = subprocess.call([sys.executable, "-m", "generator", "build"], cwd=ROOT)
        if built != 0:
            return built
    whole = arguments != ["--readme"]
    if whole:
        chosen = [path.lstrip("/") for path in arguments] or choose_paths()
        paths = {picture_name(path): path for path in chosen}
    else:
        paths = shown_pages()
    folder = PICTURES if whole else SHOWN
    folder.mkdir(parents=True, exist_ok=True)
    with served(SITE) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=launch_arguments()
        )
        take(browser, address, paths, whole=whole)
        browser.close()
    print(f"{len(paths) * len(WIDTHS) * len(SCHEMES)} 张截图 · screenshots: {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
