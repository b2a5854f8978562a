"""Check a finished site before anybody sees it: pages, links, anchors, nothing from outside."""

import dataclasses
import html
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from generator.site.tree import Tree

_LINK = re.compile(r"<(a|link|script|img|source|form)\b[^>]*?\s(?:href|src|action)=\"?([^\"\s>]*)")
_ANCHOR = re.compile(r"\s(?:id|name)=\"?([^\"\s>]+)")
_REL = re.compile(r"\srel=\"?(canonical|alternate)")
_OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_STYLE = re.compile(rb"url\(\s*['\"]?(?:https?:)?//|@import\s+['\"](?:https?:)?//")
_FREE = {"a"}
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
    anchors = {
        path: {html.unescape(name) for name in _ANCHOR.findall(text)}
        for path, text in texts.items()
    }
    for path, text in texts.items():
        faults += _check_links(folder, path, text, anchors)
    faults += [
        Fault(file.relative_to(folder).as_posix(), "样式引用外部资源 (style loads from outside)")
        for file in sorted(folder.rglob("*.css"))
        if _STYLE.search(file.read_bytes())
    ]
    return faults


def _check_links(folder: Path, path: str, text: str, anchors: dict[str, set[str]]) -> list[Fault]:
    faults = []
    for match in set(_LINK.finditer(text)):
        tag, written = match.group(1), html.unescape(match.group(2))
        if _OUTSIDE.match(written):
            if tag not in _FREE and not _REL.search(match.group()):
                faults.append(Fault(path, f"引用外部资源 {written} (loads from outside)"))
        elif not written.startswith(_SKIPPED):
            fault = _check_target(folder, path, written, anchors)
            faults += [fault] if fault else []
    return faults


def _check_target(
    folder: Path, path: str, written: str, anchors: dict[str, set[str]]
) -> Fault | None:
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
