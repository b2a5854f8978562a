"""An index of records: which chunks of rows may hold a text, never all of them loaded.

A row is short and there are many, so a list tells only the chunk; the browser reads that chunk
and looks. Numbers and codes are listed by four characters in a row, since two say nothing of
them, and days as a whole, since most rows have one of the same few years.
"""

import collections
import operator
import re
from collections.abc import Sequence

from generator.search.entries import Entry
from generator.search.folding import fold

QUAD = 4
_CHUNK = 12_000
_DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)", re.ASCII)
_CODE = re.compile(rf"[!-~]{{{QUAD},}}")


def row_chunks(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Rows in order, in chunks that are read at once."""
    found: list[list[Entry]] = []
    filled = _CHUNK
    for entry in entries:
        if filled >= _CHUNK:
            found.append([])
            filled = 0
        found[-1].append(entry)
        filled += len(entry.text)
    return found


def chunk_lists(chunks: Sequence[Sequence[Entry]]) -> dict[str, list[int]]:
    """Pairs of characters, fours of them in codes, and days, with the chunks they occur in."""
    lists: dict[str, list[int]] = collections.defaultdict(list)
    for number, chunk in enumerate(chunks):
        keys: set[str] = set()
        for text in {row_text(entry) for entry in chunk}:
            keys.update(map(operator.add, text, text[1:]))
            keys.update(day.replace("-", "") for day in _DAY.findall(text))
            for code in _CODE.findall(text):
                keys.update(code[at : at + QUAD] for at in range(len(code) - QUAD + 1))
        for key in keys:
            lists[key].append(number)
    return lists


def row_text(entry: Entry) -> str:
    """A row as it is searched."""
    return fold(f"{entry.title} {entry.text}")
