"""Check a finished site before anybody sees it: pages, links, anchors, nothing from outside."""

import json
import os
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.cache.store import key_of
from generator.site.fault import Fault
from generator.site.search import FOLDER
from generator.site.spread import spread
from generator.site.told import STYLE, Html, Told, told_by
from generator.site.tree import Tree
from generator.site.written import Written

_OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_STYLED_FROM_OUTSIDE = "样式引用外部资源 (style loads from outside)"
_SKIPPED = ("tel:", "mailto:", "data:", "javascript:void")


class _Folder:
    """The files of a built site, with what links may ask of them."""

    def __init__(self, files: list[str], folders: set[str], home: str) -> None:
        self._home = home
        self.files = dict.fromkeys(files)
        self.anchors: dict[str, frozenset[str]] = {}
        self._folders = folders
        self._targets: dict[tuple[str, str], str] = {}

    @classmethod
    def walk(cls, folder: Path, home: str) -> "_Folder":
        """Look at a folder once; `home` is where a server shows it, without the last slash."""
        files: list[str] = []
        folders: set[str] = set()
        for parent, _, names in os.walk(folder):
            below = Path(parent).relative_to(folder)
            folders.add(below.as_posix())
            files += [(below / name).as_posix() for name in names]
        return cls(sorted(files), folders, home)

    def digest(self) -> str:
        """One digest of all that a link may lead to, but the files that every change renames."""
        files = [path for path in self.files if not path.startswith(FOLDER)]
        told = [[path, sorted(self.anchors.get(path, ()))] for path in files]
        return key_of(json.dumps(told, ensure_ascii=False)).hex()

    def fault(self, path: str, written: str) -> str:
        """What is wrong with an address on a page; nothing when it leads somewhere."""
        address, _, fragment = written.partition("#")
        target = self._target(path, address) if address else path
        if target not in self.files:
            return f"链接 {written} 没有目标 (dead link)"
        name = unquote(fragment)
        if name and target in self.anchors and name not in self.anchors[target]:
            return f"链接 {written} 没有这个锚点 (no such anchor)"
        return ""

    def _target(self, path: str, address: str) -> str:
        """The file that an address leads to; looked up once for each folder it sets out from."""
        start = path.rpartition("/")[0]
        while start and address.startswith("../") and address[3:4] not in {"", "?"}:
            start, address = start.rpartition("/")[0], address[3:]
        found = self._targets.get((start, address))
        if found is None:
            found = self._resolve(path, start, unquote(address.partition("?")[0]))
            self._targets[start, address] = found
        return found

    def _resolve(self, path: str, start: str, address: str) -> str:
        if not address:
            return path
        if address.startswith("/"):
            start, address = "", address.removeprefix(self._home)
        target = posixpath.normpath(posixpath.join(start, address.lstrip("/")))
        if address.endswith("/") or target in self._folders:
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        return target


def verify_site(folder: Path, tree: Tree) -> list[Fault]:
    """Every fault of a built site; empty when it may be published."""
    home = urlsplit(str(tree.facts.get("address") or "")).path.rstrip("/")
    there = _Folder.walk(folder, home)
    faults = [
        Fault(page.path, "页面没有生成 (page missing)")
        for page in tree.pages
        if f"{page.url}index.html" not in there.files
    ]
    faults += [
        Fault(path, "文件没有生成 (file missing)") for path in tree.files if path not in there.files
    ]
    written = Written(tree.store)
    read = {
        path: Html(folder, path, tree.store, written.key(path, folder / path))
        for path in there.files
        if path.endswith(".html")
    }
    faults += _page_faults(there, read, tree)
    sheets = (path for path in there.files if path.endswith(".css"))
    styled = [path for path in sheets if STYLE.search((folder / path).read_text("utf-8"))]
    return [*faults, *(Fault(path, _STYLED_FROM_OUTSIDE) for path in styled)]


def _page_faults(there: _Folder, read: dict[str, Html], tree: Tree) -> list[Fault]:
    """The faults of pages; of one that stood with the same neighbours before, there are none."""
    kept = {f"{page.url}index.html": page.kept for page in tree.pages}
    name = key_of("verified")
    before = json.loads(tree.store.recall(name) or b"{}")
    digests = {page.digest for page in read.values()}
    anchors = {d: own for d, own in before.get("anchors", {}).items() if d in digests}
    strange = [page for page in read.values() if page.digest not in anchors]
    told = {page.digest: said for page, said in zip(strange, told_by(strange), strict=True)}
    anchors |= {digest: sorted(said.anchors) for digest, said in told.items()}
    for path, page in read.items():
        there.anchors[path] = kept.get(path, frozenset()).union(anchors[page.digest])
    around = there.digest()
    sound = set(before.get("sound", ())) if before.get("around") == around else set()
    doubtful = {path: page for path, page in read.items() if page.digest not in sound}
    others = [page for page in doubtful.values() if page.digest not in told]
    told |= {page.digest: said for page, said in zip(others, told_by(others), strict=True)}
    paths = list(doubtful)
    found = spread(lambda path: _faults_on(there, path, told[read[path].digest]), paths)
    faults = dict(zip(paths, found, strict=True))
    now = {
        "around": around,
        "anchors": anchors,
        "sound": sorted(page.digest for path, page in read.items() if not faults.get(path)),
    }
    tree.store.keep(name, json.dumps(now, ensure_ascii=False).encode())
    return [fault for faulty in faults.values() for fault in faulty]


def _faults_on(there: _Folder, path: str, told: Told) -> list[Fault]:
    faults = [*_check_links(there, path, told), *(Fault(path, what) for what in told.refused)]
    return [*faults, *([Fault(path, _STYLED_FROM_OUTSIDE)] if told.is_styled_from_outside else [])]


def _check_links(there: _Folder, path: str, told: Told) -> list[Fault]:
    faults = []
    for tag, free, written in told.addresses:
        if _OUTSIDE.match(written):
            if not free:
                faults.append(Fault(path, f"引用外部资源 {written} (loads from outside)"))
        elif not written.startswith(_SKIPPED) and tag != "use":
            fault = there.fault(path, written)
            faults += [Fault(path, fault)] if fault else []
    return faults
