"""What the navigation shows beside one page: its own section, the doors of the others.

A theme that is handed the whole navigation writes it into every page, and the cost of a site
grows with the square of its pages. A page is handed its share instead, so its navigation
depends only on what it shows, and a section of a thousand pages costs what one of eighty does.
"""

import dataclasses
import html
from collections.abc import Sequence

from generator.site.page import url_of
from generator.site.pages import Entry

MOST = 80
"""A section with more entries shows its index and those around the page."""
_AROUND = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One entry as templates see it; titles are escaped, since templates take them as they are."""

    title: str
    url: str = ""
    active: bool = False
    is_index: bool = False
    children: tuple[object, ...] = ()
    meta: tuple[()] = ()

    @property
    def door(self) -> str:
        """The page that a closed entry opens: its own, or the first below it."""
        first = self.children[0] if self.children else None
        return first.door if isinstance(first, Item) else self.url


@dataclasses.dataclass(frozen=True, slots=True)
class Share:
    """The part of the navigation that a page shows; the page stands in its own place."""

    items: tuple[object, ...]
    homepage: Item = Item("")


class Sidebar:
    """The whole navigation, of which each page gets its share."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Take the whole navigation."""
        self._entries = tuple(entries)
        self._places: dict[str, tuple[int, ...]] = {}
        self._doors: dict[int, Item] = {}
        self._shown_told: dict[tuple[int, int], str] = {}
        self._note(self._entries, ())

    def share(self, path: str, here: object) -> Share:
        """The share of the page at a Markdown path; `here` stands for the page itself."""
        return Share(tuple(self._shown(self._entries, self._places.get(path, ()), here)))

    def place(self, path: str) -> tuple[int, ...]:
        """Which entry of each section leads to a page; nothing when none does."""
        return self._places.get(path, ())

    def told(self, path: str) -> str:
        """All that the share of a page depends on."""
        entries, parts = self._entries, []
        for active in (*self._places.get(path, ()), -1):
            parts += [str(active), self._told(entries, active)]
            entries = entries[active].entries if active >= 0 else ()
        return "\0".join(parts)

    def _told(self, entries: Sequence[Entry], active: int) -> str:
        """What an open section shows; the same for all its pages unless it is a long one."""
        key = id(entries), active if len(entries) > MOST else 0
        known = self._shown_told.get(key)
        if known is None:
            doors = (entries[number] for number in _around(entries, active))
            known = self._shown_told[key] = repr([self._door(entry) for entry in doors])
        return known

    def _shown(
        self, entries: Sequence[Entry], place: tuple[int, ...], here: object
    ) -> list[object]:
        """The entries of an open section; `place` leads to the page, if it lies in this section."""
        active = place[0] if place else -1
        return [
            self._open(entries[number], place[1:], here)
            if number == active
            else self._door(entries[number])
            for number in _around(entries, active)
        ]

    def _open(self, entry: Entry, place: tuple[int, ...], here: object) -> object:
        if not entry.entries:
            return here
        children = tuple(self._shown(entry.entries, place, here))
        return Item(html.escape(entry.title), active=True, children=children)

    def _closed(self, entry: Entry) -> Item:
        """A page, or a section with the one page that its door opens."""
        title = html.escape(entry.title)
        if entry.entries:
            return Item(title, children=(self._closed(entry.entries[0]),))
        return Item(title, url_of(entry.path), is_index=entry.path.endswith("index.md"))

    def _door(self, entry: Entry) -> Item:
        """The same for every page that shows it."""
        known = self._doors.get(id(entry))
        if known is None:
            known = self._doors[id(entry)] = self._closed(entry)
        return known

    def _note(self, entries: Sequence[Entry], above: tuple[int, ...]) -> None:
        for number, entry in enumerate(entries):
            if entry.path:
                self._places[entry.path] = (*above, number)
            self._note(entry.entries, (*above, number))


def _around(entries: Sequence[Entry], active: int) -> list[int]:
    """Which entries of a section are shown: all, or the first and those around the active one."""
    count = len(entries)
    if count <= MOST:
        return list(range(count))
    start = max(0, min(active - _AROUND, count - 2 * _AROUND - 1))
    return sorted({0, *range(start, start + 2 * _AROUND + 1)})
