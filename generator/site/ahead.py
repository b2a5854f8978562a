"""The prose of the pages of text, converted while the records are still being read.

A first build converts everything there is. Markdown needs nothing but the text, so a process
beside this one does it from the start; later builds find most of it kept.
"""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from generator.cache.store import FILE, Store, key_of
from generator.site.prose import converted, split_sections
from generator.site.spread import Later

_TEXTS = "content/pages"
_FRONT = re.compile(r"---\n.*?^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FEWEST = 100
"""With fewer texts a process costs more than it saves."""


class Ahead:
    """Answers that are on their way."""

    def __init__(self, later: Later[dict[bytes, bytes]] | None = None) -> None:
        """Take what is being worked on."""
        self._later = later

    def give(self, store: Store) -> None:
        """Put the answers into a store, once they have come."""
        if store.recall(_done()) is None:
            for key, value in ((self._later and self._later.answer()) or {}).items():
                store.keep(key, value)
            store.keep(_done(), b"1")


@contextlib.contextmanager
def prose_ahead(root: Path) -> Iterator[Ahead]:
    """Convert the texts of a project of which nothing is kept yet; at the end nothing runs on."""
    store = Store(root / FILE)
    texts = [] if store.recall(_done()) else sorted((root / _TEXTS).rglob("*.md"))
    store.leave()
    if len(texts) < _FEWEST:
        yield Ahead()
        return
    with Later(lambda: _converted(texts)) as later:
        yield Ahead(later)


def _done() -> bytes:
    return key_of("texts converted")


def _converted(files: list[Path]) -> dict[bytes, bytes]:
    """What was found out about each part of some texts, under the key that is asked for."""
    found = {}
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace")
        for _, part in split_sections(_FRONT.sub("", text, count=1)):
            key, answer = converted(part, 0)
            found[key] = answer
    return found
