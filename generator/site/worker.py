"""The service worker of a finished site: which files it keeps, each with its hash.

It is written last, from the files as they stand in the folder, so that it is true of them.
"""

import hashlib
import json
import posixpath
import re
from pathlib import Path

from generator.disk import write_file
from generator.site.assets import read_asset
from generator.site.offline import KINDS, OFFLINE_FILE
from generator.site.tree import Tree

WORKER_FILE = "sw.js"
_KINDS = (*KINDS, "home", "procedures", "search", "cards")
_FALLBACK = "procedures"
_LOADED = re.compile(r'<(?:link|script|img)\b[^>]*?\s(?:href|src)="?([^"\s>]+)')
_ASKED = re.compile(r'<meta name="?sc-search-offline"? content="([^"]+)"')


def write_worker(folder: Path, tree: Tree) -> None:
    """Write the worker into a built site.

    Args:
        folder: the built site.
        tree: what was planned, with the kinds of its pages.
    """
    pages = [page for page in tree.pages if page.kind in _KINDS]
    files = {f"{page.url}index.html" for page in pages}
    for name in sorted(files):
        files |= _loaded(folder, name)
    if pages:
        files.add(OFFLINE_FILE)
    listed = [[name, _digest(folder / name)] for name in sorted(files)]
    fallback = next((f"{page.url}index.html" for page in pages if page.kind == _FALLBACK), "")
    copy = {
        "asOf": tree.facts["as_of"],
        "pages": sorted(page.url for page in pages),
        "fallback": fallback,
        "files": listed,
    }
    name = hashlib.sha256(json.dumps(copy).encode()).hexdigest()[:16]
    text = json.dumps({"name": name, **copy}, ensure_ascii=False, separators=(",", ":"))
    script = f"const COPY = {text};\n{read_asset('js/worker.js')}"
    write_file(folder / WORKER_FILE, script.encode())


def _loaded(folder: Path, page: str) -> set[str]:
    """The files of the site that a page asks for, search included."""
    text = (folder / page).read_text(encoding="utf-8")
    here = posixpath.dirname(page)
    found = set()
    for address in (*_LOADED.findall(text), *_ASKED.findall(text)):
        path = address.partition("#")[0].partition("?")[0]
        name = posixpath.normpath(posixpath.join(here, path))
        inside = path and ":" not in path and not name.startswith(("/", ".."))
        if inside and (folder / name).is_file():
            found.add(name)
    return found


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
