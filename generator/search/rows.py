"""An index of records: which chunks of rows may hold a text, never all of them loaded.

A row is short and there are many, so a list tells only the chunk; the browser reads that chunk
and looks. Numbers and codes are listed by four characters in a row, since two say nothing of
them, and days as a whole, since most rows have one of the same few years.
"""

import collections
import json
import operator
import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from generator.cache.store import Store, key_of
from generator.search.entries import RECORD, Entry
from generator.search.folding import fold
from generator.search.grams import as_json
from generator.search.shards import Piece, Shards, digest

QUAD = 4
_CHUNK = 12_000
_MOST = 64
"""With more chunks changed all lists are made anew."""
_DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)", re.ASCII)
_CODE = re.compile(rf"[!-~]{{{QUAD},}}")


def row_chunks(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Rows in order, in chunks that are read at once; each table begins one."""
    found: list[list[Entry]] = []
    filled, before = _CHUNK, ""
    for entry in entries:
        table = entry.url.partition("#")[0]
        if filled >= _CHUNK or table != before:
            found.append([])
            filled, before = 0, table
        found[-1].append(entry)
        filled += len(entry.text)
    return found


def chunk_lists(chunks: Iterable[Sequence[Entry]]) -> dict[str, list[int]]:
    """What rows are listed by, with the chunks it occurs in."""
    lists: dict[str, list[int]] = collections.defaultdict(list)
    for number, chunk in enumerate(chunks):
        for key in chunk_keys(chunk):
            lists[key].append(number)
    return lists


def chunk_keys(chunk: Sequence[Entry]) -> set[str]:
    """Pairs of characters, fours of them in codes, and days."""
    keys: set[str] = set()
    for text in {row_text(entry) for entry in chunk}:
        keys.update(map(operator.add, text, text[1:]))
        keys.update(day.replace("-", "") for day in _DAY.findall(text))
        for code in _CODE.findall(text):
            keys.update(code[at : at + QUAD] for at in range(len(code) - QUAD + 1))
    return keys


def chunk_json(chunk: Sequence[Entry]) -> bytes:
    """A chunk as a browser reads it."""
    return as_json([[row.title, row.url, row.text] for row in chunk])


def rows_in(text: bytes) -> list[Entry]:
    """The rows of a chunk as a browser reads it."""
    return [Entry("", RECORD, *row) for row in json.loads(text)]


def chunk_shards(texts: Sequence[bytes], store: Store) -> Shards:
    """The lists of chunks; those of an earlier run are edited where few chunks changed.

    Args:
        texts: what `chunk_json` gave for each chunk.
        store: where the lists and the chunks of an earlier run lie.
    """
    name = key_of("rows")
    told: dict[str, Any] = json.loads(store.recall(name) or b"{}")
    names = list(map(digest, texts))
    before = Shards.recall(store, told["shards"], told["heavy"]) if told else None
    edits = _edits(told["chunks"], names, texts, store) if before else None
    edited = before.edited(edits) if before and edits is not None else None
    shards = edited[0] if edited else Shards.of(chunk_lists(map(rows_in, texts)))
    known = set(told["chunks"]) if edited else set()
    for text, chunk in zip(texts, names, strict=True):
        if chunk in known:
            store.touch(key_of("chunk", chunk))
        else:
            store.keep(key_of("chunk", chunk), zlib.compress(text, 1))
    kept = shards.keep(store, told["shards"] if before else ())
    told = {"chunks": names, "shards": kept, "heavy": shards.heavy}
    store.keep(name, json.dumps(told).encode())
    return shards


def _edits(
    before: Sequence[str], names: Sequence[str], texts: Sequence[bytes], store: Store
) -> dict[str, list[Piece]] | None:
    """What changed in which list; None when that is not to be had."""
    changed = [n for n, pair in enumerate(zip(before, names, strict=False)) if pair[0] != pair[1]]
    if len(before) != len(names) or len(changed) > _MOST:
        return None
    found: dict[str, list[Piece]] = collections.defaultdict(list)
    for number in changed:
        kept = store.recall(key_of("chunk", before[number]))
        if kept is None:
            return None
        old, new = chunk_keys(rows_in(zlib.decompress(kept))), chunk_keys(rows_in(texts[number]))
        for key in old ^ new:
            found[key].append((number, number + 1, [number] if key in new else []))
    return found


def row_text(entry: Entry) -> str:
    """A row as it is searched."""
    return fold(f"{entry.title} {entry.text}")
