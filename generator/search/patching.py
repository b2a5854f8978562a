"""The index of an earlier run, brought up to date for the texts that differ.

What it gives is what an index made anew would be; only it costs as much as the change.
"""

import dataclasses
import hashlib
import itertools
import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

from generator.cache.store import Store, key_of
from generator.search.folding import fold
from generator.search.grams import (
    END,
    as_json,
    pair_places,
    pairs_in,
    read_gaps,
    room,
    shard_count,
    shard_of,
    share_out,
    weight,
    write_gaps,
)

Piece: TypeAlias = tuple[int, int, list[int]]
"""From which place to which, and what stands there now."""
_MOST = 64
"""With more texts changed the whole index is made anew."""


@dataclasses.dataclass(frozen=True, slots=True)
class Index:
    """Where everything stands in some texts.

    `shards` hold every pair of neighbours and every character with its places, as JSON; `weight`
    is that of all lists, which settles how many shards there are.
    """

    texts: list[str]
    shards: list[bytes]
    weight: int
    characters: frozenset[str]

    @property
    def starts(self) -> list[int]:
        """Where each text begins."""
        return [0, *itertools.accumulate(map(room, self.texts[:-1]))]


def index_of(sources: Sequence[str], store: Store) -> Index:
    """The index of titled texts as they are searched.

    Args:
        sources: a title, a line end and a text each.
        store: where the index of an earlier run lies.
    """
    name = key_of("index")
    kept = store.recall(name)
    told: dict[str, Any] = json.loads(kept) if kept else {"sources": []}
    digests = [_digest(source.encode()) for source in sources]
    before = _recalled(told, store) if kept else None
    if before is not None and told["sources"] == digests:
        return before
    texts = _spelled(
        sources, digests, dict(zip(told["sources"], told.get("texts", ()), strict=True))
    )
    index = (patched(before, texts) if before else None) or make_index(texts)
    shards = [_digest(shard) for shard in index.shards]
    for digest, shard in zip(shards, index.shards, strict=True):
        if digest not in told.get("shards", ()):
            store.keep(key_of("shard", digest), shard)
    told = {
        "sources": digests,
        "texts": texts,
        "shards": shards,
        "weight": index.weight,
        "characters": "".join(sorted(index.characters)),
    }
    store.keep(name, json.dumps(told, ensure_ascii=False).encode())
    return index


def spelled(source: str) -> str:
    """A titled text as it is searched letter by letter."""
    title, _, text = source.partition(END)
    return f"{fold(title)}{END}{fold(text)}"


def make_index(texts: Sequence[str]) -> Index:
    """The index of texts spelled already, made anew."""
    lists = {key: write_gaps(places) for key, places in pair_places(texts)[0].items()}
    characters = frozenset(key[0] for key in lists)
    return Index(list(texts), share_out(lists), sum(map(weight, lists.values())), characters)


def patched(before: Index, texts: Sequence[str]) -> Index | None:
    """The index of these texts out of that of others; None when that is not to be had.

    Texts must be as many as before and take up the room that they took.
    """
    pairs = zip(before.texts, texts, strict=False)
    changed = [number for number, (old, new) in enumerate(pairs) if old != new]
    if len(before.texts) != len(texts) or len(changed) > _MOST:
        return None
    if any(room(before.texts[number]) != room(texts[number]) for number in changed):
        return None
    return _edited(before, texts, _edits(before.texts, texts, changed))


def _edited(before: Index, texts: Sequence[str], edits: dict[str, list[Piece]]) -> Index | None:
    count, heavy = len(before.shards), before.weight
    characters = set(before.characters)
    opened: dict[int, dict[str, str]] = {}
    for key, pieces in edits.items():
        number = shard_of(key, count)
        shard = opened.get(number)
        if shard is None:
            shard = opened[number] = json.loads(before.shards[number])
        old = shard.pop(key, "")
        written = _pieced(old, pieces)
        heavy += weight(written) - weight(old)
        if written:
            shard[key] = written
        if len(key) == 1:
            (characters.add if written else characters.discard)(key)
    if shard_count(heavy) != count:
        return None
    shards = list(before.shards)
    for number, shard in opened.items():
        shards[number] = as_json({key: shard[key] for key in sorted(shard)})
    return Index(list(texts), shards, heavy, frozenset(characters))


def _pieced(written: str, pieces: Sequence[Piece]) -> str:
    """A list with some parts of it exchanged."""
    places = read_gaps(written)
    for first, end, fresh in pieces:
        places[bisect_left(places, first) : bisect_left(places, end)] = fresh
    return write_gaps(places) if places else ""


def _edits(
    before: Sequence[str], texts: Sequence[str], changed: Sequence[int]
) -> dict[str, list[Piece]]:
    """By key, which part of its list is another now."""
    starts = [0, *itertools.accumulate(map(room, texts))]
    told: dict[str, list[Piece]] = defaultdict(list)
    for number in changed:
        start, end = starts[number : number + 2]
        old, new = pairs_in(before[number]), pairs_in(texts[number])
        for pair in old.keys() | new.keys():
            if old.get(pair) != new.get(pair):
                told[pair].append((start, end, [start + place for place in new.get(pair, ())]))
        letters = set(texts[number])
        for letter in (letters ^ set(before[number])) - {END}:
            told[letter].append((number, number + 1, [number] if letter in letters else []))
    return told


def _spelled(sources: Sequence[str], digests: Sequence[str], known: dict[str, str]) -> list[str]:
    """Every text as it is searched; those of an earlier run are known by their digest."""
    pairs = zip(sources, digests, strict=True)
    return [known[digest] if digest in known else spelled(source) for source, digest in pairs]


def _recalled(told: dict[str, Any], store: Store) -> Index | None:
    """The index that was kept; None when a part of it is lost."""
    shards = [store.recall(key_of("shard", digest)) for digest in told["shards"]]
    there = [shard for shard in shards if shard is not None]
    if len(there) < len(shards):
        return None
    return Index(told["texts"], there, told["weight"], frozenset(told["characters"]))


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
