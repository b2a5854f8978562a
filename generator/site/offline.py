"""One HTML file with everything an emergency needs, for a memory stick and for a plain server.

It asks for nothing: styles, script and pictures are inside, and a policy in its head forbids the
rest. Without scripts it is complete; the script only adds the search.
"""

import base64
import dataclasses
import datetime as dt
import hashlib
import mimetypes
import posixpath

import markdown  # type: ignore[import-untyped]  # it comes without types
from markupsafe import Markup

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


def offline_file(pages: tuple[Page, ...], files: dict[str, bytes], cover: Cover) -> bytes:
    """The whole file.

    Args:
        pages: all pages of the site.
        files: the other files of the site, for pictures.
        cover: what stands around the pages.
    """
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
        parts=[_part(page, anchors, files) for page in kept],
        styles=Markup("\n".join(read_asset(f"css/{name}.css") for name in _STYLES)),  # noqa: S704 - ours
        index=Markup(_index(kept, anchors, cover.synonyms)),  # noqa: S704 - escaped below
        script=Markup(script),  # noqa: S704 - our own file
        digest=digest,
    )
    return environment().get_template("pages/offline.html").render(view=view).encode()


def _part(page: Page, anchors: dict[str, str], files: dict[str, bytes]) -> Part:
    anchor = anchors[page.url]

    def relink(address: str) -> str:
        path, mark, fragment = address.partition("#")
        target = f"{posixpath.normpath(posixpath.join(page.url, path))}/" if path else page.url
        return _place(f"{target}{mark}{fragment}", anchors)

    def picture(address: str) -> str:
        path = posixpath.normpath(posixpath.join(page.url, address))
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        data = base64.b64encode(files.get(path, b"")).decode()
        return f"data:{kind};base64,{data}"

    text, blocks = take_blocks(page.markdown)
    rendered = markdown.Markdown(extensions=[*EXTENSIONS, *_HELD]).convert(text)
    plant = Transplant(anchor, relink, picture)
    plant.feed(put_blocks(rendered, blocks))
    plant.close()
    return Part(anchor, page.title, page.doc_id, Markup(plant.text))  # noqa: S704 - our own pages


def _place(url: str, anchors: dict[str, str]) -> str:
    """Where an address of the site stands in the file; empty when it is not in it."""
    page, _, fragment = url.partition("#")
    known = anchors.get(page, "")
    return f"#{known}--{fragment}" if known and fragment else f"#{known}" if known else ""


def _index(pages: list[Page], anchors: dict[str, str], synonyms: Synonyms) -> str:
    """The index of the search with addresses inside the file; it cannot end its own element."""
    entries = [
        dataclasses.replace(entry, url=_place(entry.url, anchors))
        for page in pages
        for entry in page_entries(page, synonyms)
    ]
    return small_index(entries, synonyms).decode().replace("<", "\\u003c")
