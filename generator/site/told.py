"""What the pages of a built site say: addresses, anchors, styles; read once, by all processors."""

import dataclasses
import functools
import html
import json
import re
from collections.abc import Sequence
from pathlib import Path

from generator.cache.store import Store, key_of
from generator.site.policy import policy_faults
from generator.site.spread import spread

_TAG = re.compile(
    r"<(a|link|script|img|source|form|iframe|embed|object|video|audio|track|use|image)\b"
    r"([^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*)>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
_ADDRESSES = {"href", "xlink:href", "src", "srcset", "action", "data", "poster"}
_ANCHORS = tuple(re.compile(rf"{name}=(?<=\s{name}=)\"?([^\"\s>]+)") for name in ("id", "name"))
"""Two searches for a word are quicker than one for either after a space."""
_REL = re.compile(r"\srel=\"?(canonical|alternate)")
STYLE = re.compile(r"url\(\s*['\"]?(?:https?:)?//|@import\s+['\"](?:https?:)?//", re.IGNORECASE)
_STYLED = re.compile(r"<style\b[^>]*>(.*?)</style>|\sstyle=(\"[^\"]*\"|'[^']*')", re.DOTALL)


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """What a page says: addresses with their tag and whether they may lie outside, anchors.

    `refused` is what its own policy would not let a browser run.
    """

    addresses: tuple[tuple[str, bool, str], ...]
    anchors: frozenset[str]
    is_styled_from_outside: bool
    refused: tuple[str, ...]


class Html:
    """A page as it stands in the folder."""

    def __init__(self, folder: Path, path: str, store: Store, page: str = "") -> None:
        """Name the page by its digest; its text is not kept.

        Args:
            folder: the built site.
            path: the page in it.
            store: what earlier builds were told.
            page: the key of the page that is known to stand there; else it is read.
        """
        self._file, self._store = folder / path, store
        text = "" if page else self._text()
        self._key = key_of("verify with policy", path, page, text)
        self.digest = self._key.hex()

    def recall(self) -> Told | None:
        """What an equal page said."""
        known = self._store.recall(self._key)
        if known is None:
            return None
        addresses, anchors, styled, refused = json.loads(known)
        return Told(tuple(map(tuple, addresses)), frozenset(anchors), styled, tuple(refused))

    def keep(self, told: Told) -> None:
        """Keep what the page says."""
        parts = told.addresses, sorted(told.anchors), told.is_styled_from_outside, told.refused
        self._store.keep(self._key, json.dumps(parts, ensure_ascii=False).encode())

    def read(self) -> Told:
        """What the page says."""
        text = self._text()
        return Told(
            tuple(_addresses(text)),
            frozenset(html.unescape(name) for found in _ANCHORS for name in found.findall(text)),
            any(STYLE.search(style) for style in _styles(text)),
            tuple(policy_faults(text)),
        )

    def _text(self) -> str:
        return self._file.read_text(encoding="utf-8")


def told_by(pages: Sequence[Html]) -> list[Told]:
    """What each of some pages says."""
    found = [page.recall() for page in pages]
    fresh = [page for page, told in zip(pages, found, strict=True) if told is None]
    read = spread(Html.read, fresh)
    for page, told in zip(fresh, read, strict=True):
        page.keep(told)
    unread = iter(read)
    return [told or next(unread) for told in found]


def _styles(text: str) -> list[str]:
    """The styles that a page carries itself; most carry none."""
    if "<style" not in text and "style=" not in text:
        return []
    return [html.unescape(inside or own) for inside, own in _STYLED.findall(text)]


def _addresses(text: str) -> list[tuple[str, bool, str]]:
    """Every address of a page once: its tag, whether it may lie outside, and itself."""
    found: dict[tuple[str, bool, str], None] = {}
    for tag, attributes in _TAG.findall(text):
        found.update(_written(tag, attributes))
    return list(found)


@functools.lru_cache(2**14)
def _written(tag: str, attributes: str) -> dict[tuple[str, bool, str], None]:
    """The addresses of one tag, which stands on many pages as it is."""
    found: dict[tuple[str, bool, str], None] = {}
    free = tag.lower() == "a" or bool(_REL.search(attributes))
    for name, *written in _ATTRIBUTE.findall(attributes):
        if name.lower() not in _ADDRESSES:
            continue
        address = html.unescape("".join(written)).strip()
        parts = address.split(",") if name.lower() == "srcset" else [address]
        for part in parts:
            found[tag.lower(), free, part.split()[0] if part.split() else ""] = None
    return found
