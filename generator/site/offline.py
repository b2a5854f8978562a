"""One HTML file with everything an emergency needs, for a memory stick and for a plain server.

It asks for nothing: styles, script and pictures are inside, and a policy in its head forbids the
rest. Without scripts it is complete; the script only adds the search.
"""

import base64
import dataclasses
import datetime as dt
import hashlib
import json
import mimetypes
import posixpath
import re

import markdown  # type: ignore[import-untyped]  # it comes without types
from markupsafe import Markup

from generator.cache.store import Store, key_of
from generator.plan.markdown import EXTENSIONS
from generator.plan.registers import Contact
from generator.plan.synonyms import Synonyms
from generator.site.assets import read_asset
from generator.site.blocks import put_blocks, take_blocks
from generator.site.environment import environment
from generator.site.page import Page
from generator.site.search import page_entries, small_index
from generator.site.transplant import Transplant

OFFLINE_FILE = "offline/emergency.html"
KINDS = ("procedure", "routes", "route_house", "contacts")
"""Kinds of pages that are kept offline, in the order of the file."""
_STYLES = ("tokens", "base", "components", "routes", "print", "offline")
_SCRIPTS = ("search-text", "search-store", "search-near", "search-rank", "offline")
_HELD = ("attr_list", "md_in_html")
_MARK = "\ue004"
_MARKED = re.compile(f"{_MARK}([0-9]+){_MARK}")


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One page inside the file."""

    anchor: str
    title: str
    doc: str
    body: Markup


@dataclasses.dataclass(frozen=True, slots=True)
class OfflineView:
    """What the file shows."""

    school: str
    site_name: str
    site_address: str
    sample: bool
    as_of: dt.date
    calls: list[Contact]
    parts: list[Part]
    styles: Markup
    index: Markup
    script: Markup
    digest: str


@dataclasses.dataclass(frozen=True, slots=True)
class Cover:
    """What stands around the pages: names, the day, the first numbers to dial."""

    school: str
    site_name: str
    site_address: str
    sample: bool
    as_of: dt.date
    calls: tuple[Contact, ...]
    synonyms: Synonyms


def offline_pages(pages: tuple[Page, ...]) -> list[Page]:
    """The pages that are kept offline, by kind and then as they come."""
    return sorted((p for p in pages if p.kind in KINDS), key=lambda page: KINDS.index(page.kind))


def offline_file(
    pages: tuple[Page, ...], files: dict[str, bytes], cover: Cover, store: Store | None = None
) -> bytes:
    """The whole file.

    Args:
        pages: all pages of the site.
        files: the other files of the site, for pictures.
        cover: what stands around the pages.
        store: what earlier builds made of each page.
    """
    store = store or Store()
    kept = offline_pages(pages)
    anchors = {page.url: page.doc_id or page.url.strip("/").replace("/", "-") for page in kept}
    script = "\n".join(read_asset(f"js/{name}.js") for name in _SCRIPTS)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    view = OfflineView(
        school=cover.school,
        site_name=cover.site_name,
        site_address=cover.site_address,
        sample=cover.sample,
        as_of=cover.as_of,
        calls=list(cover.calls),
        parts=[_part(page, anchors, files, store) for page in kept],
        styles=Markup("\n".join(read_asset(f"css/{name}.css") for name in _STYLES)),  # noqa: S704 - ours
        index=Markup(_index(kept, anchors, cover.synonyms, store)),  # noqa: S704 - escaped below
        script=Markup(script),  # noqa: S704 - our own file
        digest=digest,
    )
    return environment().get_template("pages/offline.html").render(view=view).encode()


def _part(page: Page, anchors: dict[str, str], files: dict[str, bytes], store: Store) -> Part:
    key = key_of("offline", page.url, page.markdown, repr(anchors))
    told: tuple[str, list[str]] = json.loads(store.remembered(key, lambda: _moved(page, anchors)))
    text, paths = told
    pictures = [_picture(path, files.get(path, b"")) for path in paths]
    text = _MARKED.sub(lambda mark: pictures[int(mark.group(1))], text)
    return Part(anchors[page.url], page.title, page.doc_id, Markup(text))  # noqa: S704 - our own pages


def _moved(page: Page, anchors: dict[str, str]) -> bytes:
    """The body of a page as it stands in the file, marks in place of its pictures, and those."""
    pictures: list[str] = []

    def relink(address: str) -> str:
        path, mark, fragment = address.partition("#")
        target = f"{posixpath.normpath(posixpath.join(page.url, path))}/" if path else page.url
        return _place(f"{target}{mark}{fragment}", anchors)

    def mark(address: str) -> str:
        pictures.append(posixpath.normpath(posixpath.join(page.url, address)))
        return f"{_MARK}{len(pictures) - 1}{_MARK}"

    text, blocks = take_blocks(page.markdown.replace(_MARK, ""))
    rendered = markdown.Markdown(extensions=[*EXTENSIONS, *_HELD]).convert(text)
    plant = Transplant(anchors[page.url], relink, mark)
    plant.feed(put_blocks(rendered, blocks))
    plant.close()
    return json.dumps([plant.text, pictures]).encode()


def _picture(path: str, data: bytes) -> str:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _place(url: str, anchors: dict[str, str]) -> str:
    """Where an address of the site stands in the file; empty when it is not in it."""
    page, _, fragment = url.partition("#")
    known = anchors.get(page, "")
    return f"#{known}--{fragment}" if known and fragment else f"#{known}" if known else ""


def _index(pages: list[Page], anchors: dict[str, str], synonyms: Synonyms, store: Store) -> str:
    """The index of the search with addresses inside the file; it cannot end its own element."""
    entries = [
        dataclasses.replace(entry, url=_place(entry.url, anchors))
        for page in pages
        for entry in page_entries(page, synonyms)
    ]
    return small_index(entries, synonyms, store).decode().replace("<", "\\u003c")
