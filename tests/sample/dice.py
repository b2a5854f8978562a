"""Choices that look random and are the same on every machine and every Python.

Each choice hashes the seed and its own key, so adding one row moves no other row.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

SEED = "safe-campus-sample-1"
Item = TypeVar("Item")


def below(limit: int, *key: object) -> int:
    """A whole number from 0 to `limit` - 1."""
    text = "/".join(str(part) for part in (SEED, *key))
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") % limit


def between(low: int, high: int, *key: object) -> int:
    """A whole number from `low` to `high`, both included."""
    return low + below(high - low + 1, *key)


def chance(percent: int, *key: object) -> bool:
    """True for about `percent` of a hundred keys."""
    return below(100, *key) < percent


def pick(items: Sequence[Item], *key: object) -> Item:
    """One of the items."""
    return items[below(len(items), *key)]


def shuffled(items: Sequence[Item], *key: object) -> list[Item]:
    """All items in another order."""
    order = sorted(range(len(items)), key=lambda index: (below(1 << 60, *key, index), index))
    return [items[index] for index in order]
