"""Lists shared out to files of like size, and those files with some lists exchanged.

A change of a few lists costs as much as they do: the shards that hold none of them stay.
"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.cache.store import Store, key_of
from generator.search.grams import (
    as_json,
    read_gaps,
    shard_count,
    shard_of,
    share_out,
    weight,
    write_gaps,
)

Piece: TypeAlias = tuple[int, int, list[int]]
"""From which place to which, and what stands there now."""


@dataclass(frozen=True, slots=True)
class Shards:
    """Lists as JSON; `heavy` is the weight of all, which settles how many shards there are."""

    parts: list[bytes]
    heavy: int

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[int]]) -> "Shards":
        """Share lists out."""
        written = {key: write_gaps(places) for key, places in lists.items()}
        return cls(share_out(written), sum(map(weight, written.values())))

    def edited(self, edits: Mapping[str, Sequence[Piece]]) -> "tuple[Shards, set[str]] | None":
        """The same with parts of some lists exchanged, and which of these lists are left.

        None when as many shards would not do.
        """
        count, heavy = len(self.parts), self.heavy
        opened: dict[int, dict[str, str]] = {}
        left: set[str] = set()
        for key, pieces in edits.items():
            number = shard_of(key, count)
            shard = opened.get(number)
            if shard is None:
                shard = opened[number] = json.loads(self.parts[number])
            old = shard.pop(key, "")
            written = _pieced(old, pieces)
            heavy += weight(written) - weight(old)
            if written:
                shard[key] = written
                left.add(key)
        if shard_count(heavy) != count:
            return None
        parts = list(self.parts)
        for number, shard in opened.items():
            parts[number] = as_json({key: shard[key] for key in sorted(shard)})
        return Shards(parts, heavy), left

    def keep(self, store: Store, kept: Collection[str]) -> list[str]:
        """Keep every part but those that were recalled; returns their names for `recall`."""
        names, known = list(map(digest, self.parts)), set(kept)
        for name, part in zip(names, self.parts, strict=True):
            if name not in known:
                store.keep(key_of("shard", name), part)
        return names

    @classmethod
    def recall(cls, store: Store, names: Sequence[str], heavy: int) -> "Shards | None":
        """The shards that were kept; None when a part is lost."""
        parts = [store.recall(key_of("shard", name)) for name in names]
        there = [part for part in parts if part is not None]
        return cls(there, heavy) if len(there) == len(parts) else None


def digest(data: bytes) -> str:
    """A name for data."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _pieced(written: str, pieces: Sequence[Piece]) -> str:
    """A list with some parts of it exchanged."""
    places = read_gaps(written)
    for first, end, fresh in pieces:
        places[bisect_left(places, first) : bisect_left(places, end)] = fresh
    return write_gaps(places) if places else ""
