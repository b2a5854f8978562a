"""The index of an earlier run, brought up to date for the texts that differ.

What it gives is what an index made anew would be; only it costs as much as the change.
"""

import itertools
import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from generator.cache.store import Store, key_of
from generator.search.grams import END, pair_places, pairs_in, read_gaps, room, write_gaps

Piece: TypeAlias = tuple[int, int, list[int]]
"""From which place to which, and what stands there now."""
_MOST = 64
"""With more texts changed the whole index is made anew."""


def index_of(texts: Sequence[str], store: Store) -> dict[str, str]:
    """Every pair of neighbours and every character with its places, written as gaps.

    Args:
        texts: what is searched.
        store: where the index of an earlier run lies.
    """
    name = key_of("index")
    kept = store.recall(name)
    before: list[str]
    lists: dict[str, str]
    before, lists = json.loads(kept) if kept else ([], {})
    if before == texts:
        return lists
    if not patch(before, lists, texts):
        lists = {key: write_gaps(places) for key, places in pair_places(texts)[0].items()}
    store.keep(name, json.dumps([texts, lists], ensure_ascii=False).encode("utf-8"))
    return lists


def patch(before: Sequence[str], lists: dict[str, str], texts: Sequence[str]) -> bool:
    """Make the lists of some texts those of others, in place; False when that is not to be had.

    Texts must be as many as before and take up the room that they took.
    """
    changed = [n for n, pair in enumerate(zip(before, texts, strict=False)) if pair[0] != pair[1]]
    if len(before) != len(texts) or len(changed) > _MOST:
        return False
    if any(room(before[number]) != room(texts[number]) for number in changed):
        return False
    for key, pieces in _edits(before, texts, changed).items():
        places = read_gaps(lists.get(key, ""))
        for first, end, fresh in pieces:
            places[bisect_left(places, first) : bisect_left(places, end)] = fresh
        if places:
            lists[key] = write_gaps(places)
        else:
            del lists[key]
    return True


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
