"""What an edition does not show leaves no loose ends: links to it become plain text.

Pictures that stand on no page of the edition are left out as well.
"""

import dataclasses
import html
import posixpath
import re
from collections.abc import Collection, Mapping

from generator.site.page import Page

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_ADDRESS = re.compile(r'\shref="([^"]*)"')
_CLASS = re.compile(r'\sclass="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_BUTTONS = frozenset({"sc-button", "sc-more", "sc-edit"})
"""Links that say nothing when they lead nowhere."""


def tie_up(pages: tuple[Page, ...], files: Collection[str]) -> tuple[Page, ...]:
    """The pages with every link that leads to none of them, nor to a file, as plain text."""
    known = {page.url for page in pages} | set(files)

    def tied(page: Page) -> Page:
        text = _LINK.sub(lambda match: _link(match, page.url, known), page.markdown)
        return dataclasses.replace(page, markdown=text)

    return tuple(tied(page) for page in pages)


def pictures_on(pages: tuple[Page, ...], pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures that a page shows."""
    texts = [html.unescape(page.markdown) for page in pages]
    return {
        path: data
        for path, data in pictures.items()
        if any(posixpath.basename(path) in text for text in texts)
    }


def _link(match: re.Match[str], here: str, known: Collection[str]) -> str:
    attributes, words = match.groups()
    found = _ADDRESS.search(attributes)
    if found is None or _leads_somewhere(html.unescape(found.group(1)), here, known):
        return match.group()
    classes = _CLASS.search(attributes)
    if classes and _BUTTONS & set(classes.group(1).split()):
        return ""
    return f"<span{classes.group() if classes else ''}>{words}</span>"


def _leads_somewhere(address: str, here: str, known: Collection[str]) -> bool:
    path = address.partition("#")[0].partition("?")[0]
    if not path or _ELSEWHERE.match(address):
        return True
    target = posixpath.normpath(posixpath.join(here, path))
    return target in known or ("" if target == "." else f"{target}/") in known
