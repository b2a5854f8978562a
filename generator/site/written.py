"""Which page stands in which file of a build, so that the next build need not write it again.

An unchanged page of the site before is linked into the new one. That a file is still as it was
left shows in its number, size and time, which any writer moves.
"""

import json
from pathlib import Path
from typing import TypeAlias

from generator.cache.store import Store, key_of

Facts: TypeAlias = list[int]
"""The device and number of a file, its size, the time of its last change in nanoseconds."""


class Written:
    """The files of a build and the key of the page in each."""

    def __init__(self, store: Store) -> None:
        """Recall the files of the last build."""
        self._store, self._name = store, key_of("written")
        known: dict[str, tuple[str, Facts]] = json.loads(store.recall(self._name) or b"{}")
        self._before = known
        self._now: dict[str, tuple[str, Facts]] = {}

    def key(self, path: str, file: Path) -> str:
        """The key of the page that stands in a file of the last build; empty when it may not."""
        key, facts = self._before.get(path, ("", []))
        return key if key and _facts(file) == facts else ""

    def link(self, path: str, key: bytes, before: Path, after: Path) -> bool:
        """Link a page of the site before into the one being made; False where that cannot be.

        Args:
            path: the file below the root of both sites.
            key: the key of the page that is wanted.
            before: the root of the site before.
            after: the root of the one being made.
        """
        if not key or self._before.get(path, ("", []))[0] != key.hex():
            return False
        source, target = before / path, after / path
        facts = _facts(source)
        if facts != self._before[path][1]:
            return False
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(source)
        except OSError:  # another disk, or one without links: it is written instead
            return False
        self._now[path] = (key.hex(), facts)
        return True

    def note(self, path: str, key: bytes, after: Path) -> None:
        """Note a page that was written."""
        if key:
            self._now[path] = (key.hex(), _facts(after / path))

    def keep(self) -> None:
        """Let the next build know."""
        self._store.keep(self._name, json.dumps(self._now).encode())


def _facts(file: Path) -> Facts:
    try:
        told = file.lstat()
    except OSError:
        return []
    return [told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns]
