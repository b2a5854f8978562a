"""What a whole run said, for the next run that finds every file as it was.

A run depends on the program, on its words, on the files of the project and of the product, on the
commit at hand, on the day, and on folders outside that the profile names. All of it is read anew
and compared by content; times and sizes are not trusted. Only a run without errors is kept.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import os
import zoneinfo
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from generator.cache.store import FILE, Store, key_of
from generator.disk import walk

FOLDERS = ("content", "records")
"""What a school writes; besides them only files at the root are read."""
_PRODUCT = ("theme", "records")
_UNREADABLE = b""


Files: TypeAlias = dict[str, bytes]
"""The digest of every file by its path, nothing for a folder; none where that cannot be told."""


@dataclasses.dataclass(frozen=True, slots=True)
class Inputs:
    """What a run was given: `base` is the digest of all but the files that are told apart."""

    base: bytes = _UNREADABLE
    files: Files = dataclasses.field(default_factory=dict)

    def key(self, name: str, paths: Iterable[str], *parts: str | bytes) -> bytes:
        """The key of what is made of the base, of some files and of these parts; empty without."""
        if not self.base:
            return _UNREADABLE
        told = (part for path in sorted(paths) for part in (path, self.files.get(path, b"")))
        return key_of(name, self.base, *told, "", *parts)


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
        self.now = now
        self.root = root
        own = [root / name for name in FOLDERS]
        self._folders = [*own, *(product / name for name in _PRODUCT if product / name not in own)]
        self._parts = ("run", commit, *words)
        self._files = self._read()
        self._key = key_of(*self._parts, _digest(self._files)) if self._files else _UNREADABLE

    def _read(self) -> Files:
        return _state(self._folders, [self.root])

    def inputs(
        self, zone: str, beside: Sequence[Path], apart: Callable[[str], bool], *parts: str
    ) -> Inputs:
        """What this run was given, with the digests of some files apart from all others.

        Without a base where that cannot be told, or where somebody edited a file meanwhile.

        Args:
            zone: the time zone of the school, which settles the day.
            beside: folders outside the project that it read.
            apart: tells by its path below the root which files are told one by one.
            parts: whatever else it was given.
        """
        around = _state(beside)
        if not self._files or (beside and not around) or self._files != self._read():
            return Inputs()
        told: Files = {}
        others: Files = {}
        above = f"{self.root}{os.sep}"
        for name, data in self._files.items():
            path = name.removeprefix(above).replace(os.sep, "/")
            (told if apart(path) else others)[path] = data
        day = self._today(zone)
        return Inputs(key_of(*self._parts, day, _digest(others), _digest(around), *parts), told)

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
        if run["state"] != _told(map(Path, run["beside"])) or run["shown"] != shown():
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
            "state": _told(beside),
            "shown": shown,
        }
        told = run["state"] or not beside
        if self._key and told and self._files == self._read():
            store.keep(self._key, json.dumps(run, ensure_ascii=False).encode())

    def _today(self, zone: str) -> str:
        return self.now.astimezone(zoneinfo.ZoneInfo(zone)).date().isoformat()


def listing(folder: Path) -> str:
    """The names, sizes and times of all files below a folder, as one digest."""
    found = hashlib.sha256()
    for entry in walk(folder):
        facts = entry.stat(follow_symlinks=False)
        line = f"{entry.path}\0{facts.st_mode}\0{facts.st_size}\0{facts.st_mtime_ns}\n"
        found.update(line.encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _told(folders: Iterable[Path]) -> str:
    """The state of folders in one word; empty where there are none or it cannot be told."""
    files = _state(folders)
    return _digest(files).hex() if files else ""


def _digest(files: Files) -> bytes:
    """One digest for files and their paths."""
    found = hashlib.sha256()
    for name, data in files.items():
        path = name.encode("utf-8", "surrogateescape")
        found.update(b"%d %d %b%b" % (len(path), len(data), path, data))
    return found.digest()


def _state(folders: Iterable[Path], flat: Iterable[Path] = ()) -> Files:
    """The digests of what is in folders, of `flat` ones without what is below them.

    None when that cannot be told: a link leads elsewhere, a file cannot be read.
    """
    found: Files = {}
    try:
        for folder in folders:
            entries = walk(folder) if folder.is_dir() else ()
            found[str(folder)] = b""
            if not _add(found, entries):
                return {}
        for folder in flat:
            with os.scandir(folder) as entries:  # `site` is a link to a folder, and no input
                files = [entry for entry in entries if not entry.is_dir()]
            if not _add(found, sorted(files, key=lambda entry: entry.name)):
                return {}
    except OSError:
        return {}
    return found


def _add(found: Files, entries: Iterable[os.DirEntry[str]]) -> bool:
    """Add entries; False when one is neither a file nor a folder."""
    for entry in entries:
        if entry.is_file(follow_symlinks=False):
            with open(entry.path, "rb", buffering=0) as stream:  # noqa: PTH123 - by the thousand
                found[entry.path] = hashlib.sha256(stream.read()).digest()
        elif entry.is_dir(follow_symlinks=False):
            found[entry.path] = b""
        else:
            return False
    return True
