"""Check a finished site before anybody sees it: pages, links, anchors, nothing from outside."""

import dataclasses
import functools
import html
import json
import os
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from generator.cache.store import key_of
from generator.site.fault import Fault
from generator.site.policy import policy_faults
from generator.site.search import FOLDER
from generator.site.tree import Tree

_TAG = re.compile(
    r"<(a|link|script|img|source|form|iframe|embed|object|video|audio|track|use|image)\b"
    r"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
_ADDRESSES = {"href", "xlink:href", "src", "srcset", "action", "data", "poster"}
_ANCHOR = re.compile(r"\s(?:id|name)=\"?([^\"\s>]+)")
_REL = re.compile(r"\srel=\"?(canonical|alternate)")
_OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_STYLE = re.compile(r"url\(\s*['\"]?(?:https?:)?//|@import\s+['\"](?:https?:)?//", re.IGNORECASE)
_STYLED = re.compile(r"<style\b[^>]*>(.*?)</style>|\sstyle=(\"[^\"]*\"|'[^']*')", re.DOTALL)
_STYLED_FROM_OUTSIDE = "样式引用外部资源 (style loads from outside)"
_SKIPPED = ("tel:", "mailto:", "data:", "javascript:void")


@dataclasses.dataclass(frozen=True, slots=True)
class _Told:
    """What a page says: addresses with their tag and whether they may lie outside, anchors.

    `refused` is what its own policy would not let a browser run.
    """

    addresses: tuple[tuple[str, bool, str], ...]
    anchors: frozenset[str]
    is_styled_from_outside: bool
    refused: tuple[str, ...]


class _Folder:
    """The files of a built site, with what links may ask of them."""

    def __init__(self, files: list[str], folders: set[str]) -> None:
        self.files = dict.fromkeys(files)
        self.anchors: dict[str, frozenset[str]] = {}
        self._folders = folders
        self._targets: dict[tuple[str, str], str] = {}

    @classmethod
    def walk(cls, folder: Path) -> "_Folder":
        """Look at a folder once."""
        files: list[str] = []
        folders: set[str] = set()
        for parent, _, names in os.walk(folder):
            below = Path(parent).relative_to(folder)
            folders.add(below.as_posix())
            files += [(below / name).as_posix() for name in names]
        return cls(sorted(files), folders)

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
        """The file that an address leads to; looked up once for each folder."""
        start = posixpath.dirname(path)
        found = self._targets.get((start, address))
        if found is None:
            found = self._resolve(path, start, unquote(address.partition("?")[0]))
            self._targets[start, address] = found
        return found

    def _resolve(self, path: str, start: str, address: str) -> str:
        if not address:
            return path
        start = "" if address.startswith("/") else start
        target = posixpath.normpath(posixpath.join(start, address.lstrip("/")))
        if address.endswith("/") or target in self._folders:
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        return target


def verify_site(folder: Path, tree: Tree) -> list[Fault]:
    """Every fault of a built site; empty when it may be published."""
    there = _Folder.walk(folder)
    faults = [
        Fault(page.path, "页面没有生成 (page missing)")
        for page in tree.pages
        if f"{page.url}index.html" not in there.files
    ]
    faults += [
        Fault(path, "文件没有生成 (file missing)") for path in tree.files if path not in there.files
    ]
    read = {path: _Html(folder, path, tree) for path in there.files if path.endswith(".html")}
    faults += _page_faults(there, read, tree)
    sheets = (path for path in there.files if path.endswith(".css"))
    styled = [path for path in sheets if _STYLE.search((folder / path).read_text("utf-8"))]
    return [*faults, *(Fault(path, _STYLED_FROM_OUTSIDE) for path in styled)]


def _page_faults(there: _Folder, read: "dict[str, _Html]", tree: Tree) -> list[Fault]:
    """The faults of pages; of one that stood with the same neighbours before, there are none."""
    kept = {f"{page.url}index.html": page.kept for page in tree.pages}
    name = key_of("verified")
    before = json.loads(tree.store.recall(name) or b"{}")
    known = before.get("anchors", {})
    anchors: dict[str, list[str]] = {}
    for path, page in read.items():
        own = known.get(page.digest)
        anchors[page.digest] = sorted(page.told.anchors) if own is None else own
        there.anchors[path] = kept.get(path, frozenset()).union(anchors[page.digest])
    around = there.digest()
    sound = set(before.get("sound", ())) if before.get("around") == around else set()
    faults = {
        path: _faults_on(there, path, page.told)
        for path, page in read.items()
        if page.digest not in sound
    }
    now = {
        "around": around,
        "anchors": anchors,
        "sound": sorted(page.digest for path, page in read.items() if not faults.get(path)),
    }
    tree.store.keep(name, json.dumps(now, ensure_ascii=False).encode())
    return [fault for found in faults.values() for fault in found]


class _Html:
    """A page as it stands in the folder, without the names that every change moves."""

    def __init__(self, folder: Path, path: str, tree: Tree) -> None:
        self._file, self._store = folder / path, tree.store
        facts = (tree.facts.get(name) for name in ("search_index", "search_offline"))
        self._moved = [str(fact) for fact in facts if fact]
        self._key = key_of("verify with policy", path, self._text())
        self.digest = self._key.hex()

    def _text(self) -> str:
        text = self._file.read_text(encoding="utf-8")
        for name in self._moved:
            text = text.replace(name, "-")
        return text

    @functools.cached_property
    def told(self) -> _Told:
        """What the page says."""
        known = self._store.recall(self._key)
        if known is not None:
            addresses, anchors, styled, refused = json.loads(known)
            return _Told(tuple(map(tuple, addresses)), frozenset(anchors), styled, tuple(refused))
        text = self._text()
        told = _Told(
            tuple(_addresses(text)),
            frozenset(map(html.unescape, _ANCHOR.findall(text))),
            any(_STYLE.search(style) for style in _styles(text)),
            tuple(policy_faults(text)),
        )
        parts = told.addresses, sorted(told.anchors), told.is_styled_from_outside, told.refused
        self._store.keep(self._key, json.dumps(parts, ensure_ascii=False).encode())
        return told


def _faults_on(there: _Folder, path: str, told: _Told) -> list[Fault]:
    faults = [*_check_links(there, path, told), *(Fault(path, what) for what in told.refused)]
    return [*faults, *([Fault(path, _STYLED_FROM_OUTSIDE)] if told.is_styled_from_outside else [])]


def _styles(text: str) -> list[str]:
    """The styles that a page carries itself."""
    return [html.unescape(inside or own) for inside, own in _STYLED.findall(text)]


def _check_links(there: _Folder, path: str, told: _Told) -> list[Fault]:
    faults = []
    for tag, free, written in told.addresses:
        if _OUTSIDE.match(written):
            if not free:
                faults.append(Fault(path, f"引用外部资源 {written} (loads from outside)"))
        elif not written.startswith(_SKIPPED) and tag != "use":
            fault = there.fault(path, written)
            faults += [Fault(path, fault)] if fault else []
    return faults


def _addresses(text: str) -> list[tuple[str, bool, str]]:
    """Every address of a page once: its tag, whether it may lie outside, and itself."""
    found: dict[tuple[str, bool, str], None] = {}
    for tag, attributes in _TAG.findall(text):
        free = tag.lower() == "a" or bool(_REL.search(attributes))
        for name, *written in _ATTRIBUTE.findall(attributes):
            if name.lower() not in _ADDRESSES:
                continue
            address = html.unescape("".join(written)).strip()
            parts = address.split(",") if name.lower() == "srcset" else [address]
            for part in parts:
                found[tag.lower(), free, part.split()[0] if part.split() else ""] = None
    return list(found)
