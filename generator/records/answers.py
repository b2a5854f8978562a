"""Answers to queries, kept under the digests of all that they were computed from.

A relation is known by the digest of what it was made of. A query is answered from the store only
when the caller names the relations it reads and every one of them is known.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeAlias

from generator.cache.store import Store, key_of

Cell: TypeAlias = str | int | bool | Decimal | dt.date | dt.time | None
Row: TypeAlias = tuple[Cell, ...]
Answer: TypeAlias = tuple[list[str], list[Row]]
_READ: dict[str, Callable[[str], Cell]] = {
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "Decimal": Decimal,
}
_PLAIN = (str, int, bool, type(None))
_STRANGE = object()


class Answers:
    """What a store knows of the relations at hand."""

    def __init__(self, store: Store) -> None:
        """Begin without a relation known."""
        self._store = store
        self._relations: dict[str, bytes] = {}

    def know(self, relation: str, *parts: str | bytes) -> None:
        """Say what a relation was made of."""
        self._relations[relation] = key_of(*parts)

    def knows(self, relations: Iterable[str]) -> bool:
        """Whether it was said of every one of these relations what it was made of."""
        return self._relations.keys() >= set(relations)

    def keep_sound(self, parts: Iterable[str | bytes], day: dt.date) -> None:
        """Keep the day on which what was made of these parts was found sound."""
        self._store.keep(key_of("sound", *parts), day.isoformat().encode())

    def first_sound(self, parts: Iterable[str | bytes]) -> dt.date | None:
        """The day on which it was found sound."""
        kept = self._store.recall(key_of("sound", *parts))
        return dt.date.fromisoformat(kept.decode()) if kept else None

    def key(self, query: str, reads: Iterable[str], state: str) -> bytes | None:
        """The key of a query; None when it reads what is not known.

        Args:
            query: its text.
            reads: every relation that it reads.
            state: whatever else its answer depends on.
        """
        names = sorted(reads)
        if not self.knows(names):
            return None
        return key_of("answer", query, state, *(self._relations[name] for name in names))

    def recall(self, key: bytes | None) -> Answer | None:
        """The answer of an earlier run."""
        kept = self._store.recall(key) if key else None
        if kept is None:
            return None
        names, rows = json.loads(kept)
        return names, [tuple(map(_read, row)) for row in rows]

    def keep(self, key: bytes | None, answer: Answer) -> Answer:
        """Keep an answer for later runs, unless it holds a value that cannot be written."""
        names, rows = answer
        written = [[_written(cell) for cell in row] for row in rows] if key else []
        if key and not any(cell is _STRANGE for row in written for cell in row):
            data = json.dumps([names, written], ensure_ascii=False)
            self._store.keep(key, data.encode())
        return answer


def _written(cell: Cell) -> object:
    if type(cell) in _PLAIN:
        return cell
    name = type(cell).__name__
    return [name, str(cell)] if name in _READ else _STRANGE


def _read(cell: object) -> Cell:
    return _READ[cell[0]](cell[1]) if isinstance(cell, list) else cell  # type: ignore[return-value]
