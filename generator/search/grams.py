"""An index of every substring: each pair of neighbouring characters with all its places.

Places are counted over all texts in one; a phrase stands where the places of its pairs follow
each other, so nothing is missed and nothing has to be read to be sure. The places of a pair are
written as the gaps between them, each gap as one character; a browser reads them as they come.
"""

import collections
import itertools
import json
import operator
from array import array
from collections.abc import Iterable, Sequence

END = "\n"
_FIRST = 0x60
"""Gaps begin behind the characters that JSON would have to escape."""
_SURROGATES = 0xD800
_NEAR = _SURROGATES - _FIRST
_FAR = 1_000_000
_SKIP = "]"
_SKIP_CODE = ord(_SKIP)
_BLOCK = 128
"""A text takes up a multiple of this, a long one of more: most edits of one move no other."""
_SHARD_SIZE = 24_000
_MOST_SHARDS = 1024


def write_gaps(places: Sequence[int]) -> str:
    """Rising numbers as a string: the gap before each as one character."""
    gaps = map(operator.sub, places, (-1, *places[:-1]))
    return "".join([chr(gap + _FIRST) if gap < _NEAR else _character(gap) for gap in gaps])


def _character(gap: int) -> str:
    if gap >= _FAR:
        skips, gap = divmod(gap, _FAR)
        return _SKIP * skips + _character(gap)
    code = gap + _FIRST
    return chr(code if code < _SURROGATES else code + 0x800)


def read_gaps(written: str) -> list[int]:
    """The numbers that `write_gaps` wrote."""
    gaps: list[int] = []
    skipped = 0
    for code in map(ord, written):
        if code == _SKIP_CODE:
            skipped += _FAR
        else:
            gaps.append(skipped + code - (_FIRST if code < _SURROGATES else _FIRST + 0x800))
            skipped = 0
    places = list(itertools.accumulate(gaps))
    return [place - 1 for place in places]


def room(text: str) -> int:
    """How many places a text takes up: more than it has characters, by a quarter at most."""
    size = len(text) + 1
    block = max(_BLOCK, 1 << max(0, size.bit_length() - 3))
    return -(-size // block) * block


def pair_places(texts: Sequence[str]) -> "tuple[dict[str, array[int]], list[int]]":
    """Every pair of neighbours with its places, every character with the texts it occurs in.

    Returns the lists by key, and where each text begins.
    """
    rooms = list(map(room, texts))
    corpus = "".join(text.ljust(size, END) for text, size in zip(texts, rooms, strict=True))
    starts = [0, *itertools.accumulate(rooms[:-1])]
    letters: dict[str, array[int]] = collections.defaultdict(_places)
    for number, text in enumerate(texts):
        for letter in set(text):
            letters[letter].append(number)
    letters.pop(END, None)
    return pairs_in(corpus) | letters, starts


def pairs_in(text: str) -> "dict[str, array[int]]":
    """Every pair of neighbours in a text, with its places; a list of them would take much room."""
    places: dict[str, array[int]] = collections.defaultdict(_places)
    for place, pair in enumerate(map(operator.add, text, text[1:])):
        places[pair].append(place)
    return {pair: list_ for pair, list_ in places.items() if END not in pair}


def _places() -> "array[int]":
    return array("I")


def shard_of(key: str, count: int) -> int:
    """The shard that holds a key of at most eight characters; a browser counts as exactly."""
    number = 0
    for character in key:
        number = number * 31 + ord(character)
    return number % count


def weight(written: str) -> int:
    """What a written list adds to the size of its shard, roughly in bytes."""
    return len(written) * 2


def shard_count(heavy: int) -> int:
    """How many shards lists of such a weight are shared out to."""
    count = 1
    while count * _SHARD_SIZE < heavy and count < _MOST_SHARDS:
        count *= 2
    return count


def share_out(written: dict[str, str]) -> list[bytes]:
    """Written lists in shards of like size, as JSON."""
    count = shard_count(sum(map(weight, written.values())))
    shards: list[dict[str, str]] = [{} for _ in range(count)]
    for key in sorted(written):
        shards[shard_of(key, count)][key] = written[key]
    return [as_json(shard) for shard in shards]


def chunks(texts: Iterable[str], size: int) -> list[list[str]]:
    """Texts in order, in chunks that a reader fetches at once."""
    found: list[list[str]] = [[]]
    filled = 0
    for text in texts:
        if filled > size:
            found.append([])
            filled = 0
        found[-1].append(text)
        filled += len(text) + 1
    return found


def as_json(value: object) -> bytes:
    """Compact JSON, as UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
