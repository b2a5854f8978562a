"""What a whole run said, for the next run that finds every file as it was.

A run depends on the program, on its words, on the files of the project and of the product, on the
commit at hand, on the day, and on folders outside that the profile names. All of it is read anew
and compared by content; times and sizes are not trusted. Only a run without errors is kept.
"""

import datetime as dt
import hashlib
import json
import os
import zoneinfo
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from generator.cache.store import FILE, Store, key_of
from generator.disk import walk

FOLDERS = ("content", "records")
"""What a school writes; besides them only files at the root are read."""
_PRODUCT = ("theme", "records")
_UNREADABLE = b""


class Runs:
    """Runs of one command in one project: what they printed."""

    def __init__(
        self, root: Path, product: Path, now: dt.datetime, words: Sequence[str], commit: str
    ) -> None:
        """Look at all that a run depends on.

        Args:
            root: the project root.
            product: the folder with the files of the product.
            now: the moment of the run.
            words: the command and its options.
            commit: the commit at hand, and whether its history is whole.
        """
        self._now = now
        self.root = root
        own = [root / name for name in FOLDERS]
        self._folders = [*own, *(product / name for name in _PRODUCT if product / name not in own)]
        self._parts = ("run", commit, *words)
        self._key = self._key_now()

    def _key_now(self) -> bytes:
        state = _state(self._folders, [self.root])
        return key_of(*self._parts, state) if state else _UNREADABLE

    def recall(self, shown: Callable[[], str] = str) -> str | None:
        """What an equal run printed; None when there was none.

        Args:
            shown: what the run left elsewhere, in one word; it must still be so.
        """
        store = Store(self.root / FILE)
        kept = store.recall(self._key) if self._key else None
        store.leave()
        run = json.loads(kept) if kept else None
        if run is None or run["today"] != self._today(run["zone"]):
            return None
        if run["state"] != _state(map(Path, run["beside"])).hex() or run["shown"] != shown():
            return None
        return str(run["text"])

    def keep(
        self, store: Store, text: str, zone: str, beside: Sequence[Path] = (), shown: str = ""
    ) -> None:
        """Keep what this run printed, unless somebody edited a file meanwhile.

        Args:
            store: where this run keeps its answers.
            text: what it printed.
            zone: the time zone of the school, which settles the day.
            beside: folders outside the project that it read.
            shown: what it left elsewhere.
        """
        run = {
            "text": text,
            "zone": zone,
            "today": self._today(zone),
            "beside": [str(path) for path in beside],
            "state": _state(beside).hex(),
            "shown": shown,
        }
        told = run["state"] or not beside
        if self._key and told and self._key == self._key_now():
            store.keep(self._key, json.dumps(run, ensure_ascii=False).encode())

    def _today(self, zone: str) -> str:
        return self._now.astimezone(zoneinfo.ZoneInfo(zone)).date().isoformat()


def listing(folder: Path) -> str:
    """The names, sizes and times of all files below a folder, as one digest."""
    found = hashlib.sha256()
    for entry in walk(folder):
        facts = entry.stat(follow_symlinks=False)
        line = f"{entry.path}\0{facts.st_mode}\0{facts.st_size}\0{facts.st_mtime_ns}\n"
        found.update(line.encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _state(folders: Iterable[Path], flat: Iterable[Path] = ()) -> bytes:
    """The digest of the content of folders, of `flat` ones without what is below them.

    Empty when that cannot be told: a link leads elsewhere, a file cannot be read.
    """
    found = hashlib.sha256()
    try:
        for folder in folders:
            entries = walk(folder) if folder.is_dir() else ()
            if not _add(found, folder, entries):
                return _UNREADABLE
        for folder in flat:
            with os.scandir(folder) as entries:  # `site` is a link to a folder, and no input
                files = [entry for entry in entries if not entry.is_dir()]
            if not _add(found, folder, sorted(files, key=lambda entry: entry.name)):
                return _UNREADABLE
    except OSError:
        return _UNREADABLE
    return found.digest()


def _add(found: "hashlib._Hash", folder: Path, entries: Iterable[os.DirEntry[str]]) -> bool:
    """Add entries to a digest; False when one is neither a file nor a folder."""
    start = len(str(folder))
    for entry in entries:
        name = entry.path[start:].encode("utf-8", "surrogateescape")
        if entry.is_file(follow_symlinks=False):
            with open(entry.path, "rb", buffering=0) as stream:  # noqa: PTH123 - by the thousand
                data = stream.read()
            found.update(b"%d %d %b" % (len(name), len(data), name))
            found.update(data)
        elif entry.is_dir(follow_symlinks=False):
            found.update(b"%d / %b" % (len(name), name))
        else:
            return False
    return True
