"""The index of an earlier run, brought up to date for the texts that differ.

What it gives is what an index made anew would be; only it costs as much as the change.
"""

import itertools
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.cache.store import Store, key_of
from generator.search.folding import fold
from generator.search.grams import END, pair_places, pairs_in, room
from generator.search.shards import Piece, Shards, digest

_MOST = 64
"""With more texts changed the whole index is made anew."""


@dataclass(frozen=True, slots=True)
class Index:
    """Where everything stands in some texts.

    `shards` hold every pair of neighbours and every character with its places.
    """

    texts: list[str]
    shards: Shards
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
    digests = [digest(source.encode()) for source in sources]
    before = _recalled(told, store) if kept else None
    if before is not None and told["sources"] == digests:
        return before
    known = dict(zip(told["sources"], told.get("texts", ()), strict=True))
    texts = _spelled(sources, digests, known)
    index = (patched(before, texts) if before else None) or make_index(texts)
    told = {
        "sources": digests,
        "texts": texts,
        "shards": index.shards.keep(store, told["shards"] if before else ()),
        "heavy": index.shards.heavy,
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
    lists = pair_places(texts)[0]
    return Index(list(texts), Shards.of(lists), frozenset(key[0] for key in lists))


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
    edits = _edits(before.texts, texts, changed)
    edited = before.shards.edited(edits)
    if edited is None:
        return None
    shards, left = edited
    moved = {key for key in edits if len(key) == 1}
    return Index(list(texts), shards, before.characters - moved | (moved & left))


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
    shards = Shards.recall(store, told["shards"], told["heavy"])
    return Index(told["texts"], shards, frozenset(told["characters"])) if shards else None
