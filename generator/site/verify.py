"""Check a finished site before anybody sees it: pages, links, anchors, nothing from outside."""

import dataclasses
import html
import posixpath
import re
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote

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
_Anchors: TypeAlias = dict[str, frozenset[str]]
_SKIPPED = ("tel:", "mailto:", "data:", "javascript:void")


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a built file."""

    file: str
    what: str


def verify_site(folder: Path, tree: Tree) -> list[Fault]:
    """Every fault of a built site; empty when it may be published."""
    faults = [
        Fault(page.path, "页面没有生成 (page missing)")
        for page in tree.pages
        if not (folder / page.url / "index.html").is_file()
    ]
    faults += [
        Fault(path, "文件没有生成 (file missing)")
        for path in tree.files
        if not (folder / path).is_file()
    ]
    texts = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*.html"))
    }
    kept = {f"{page.url}index.html": page.kept for page in tree.pages}
    anchors = {
        path: kept.get(path, frozenset()).union(map(html.unescape, _ANCHOR.findall(text)))
        for path, text in texts.items()
    }
    for path, text in texts.items():
        faults += _check_links(folder, path, text, anchors)
    for file in sorted(folder.rglob("*.css")):
        texts[file.relative_to(folder).as_posix()] = file.read_text(encoding="utf-8")
    faults += [
        Fault(path, "样式引用外部资源 (style loads from outside)")
        for path, text in texts.items()
        if any(_STYLE.search(style) for style in _styles(path, text))
    ]
    return faults


def _styles(path: str, text: str) -> list[str]:
    """The styles in a file: all of a style sheet, or what a page carries itself."""
    if path.endswith(".css"):
        return [text]
    return [html.unescape(inside or own) for inside, own in _STYLED.findall(text)]


def _check_links(folder: Path, path: str, text: str, anchors: _Anchors) -> list[Fault]:
    faults = []
    for tag, free, written in _addresses(text):
        if _OUTSIDE.match(written):
            if not free:
                faults.append(Fault(path, f"引用外部资源 {written} (loads from outside)"))
        elif not written.startswith(_SKIPPED) and tag != "use":
            fault = _check_target(folder, path, written, anchors)
            faults += [fault] if fault else []
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


def _check_target(folder: Path, path: str, written: str, anchors: _Anchors) -> Fault | None:
    address, _, fragment = written.partition("#")
    address = unquote(address.partition("?")[0])
    start = "" if address.startswith("/") else posixpath.dirname(path)
    target = posixpath.normpath(posixpath.join(start, address.lstrip("/"))) if address else path
    if address.endswith("/") or address in {".", ".."} or (folder / target).is_dir():
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if not (folder / target).is_file():
        return Fault(path, f"链接 {written} 没有目标 (dead link)")
    name = unquote(fragment)
    if name and target in anchors and name not in anchors[target]:
        return Fault(path, f"链接 {written} 没有这个锚点 (no such anchor)")
    return None
