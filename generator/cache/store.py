"""Answers kept from one run to the next, in one file that anybody may delete.

A key is the digest of everything an answer depends on, so an answer is never out of date: what
changed has another key. A value carries its own digest; what does not agree with it was never
kept. A file that is locked, damaged or cannot be written is as good as none.
"""

import contextlib
import functools
import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from generator.cache.program import program_digest

FILE = ".build/cache/answers.sqlite"
"""Where a project keeps the answers, below its root."""
_KEPT_RUNS = 20
"""An answer that so many runs did not ask for is dropped."""
_MOST_HELD = 2**24
"""So many bytes of new answers are held before they are written."""
_WAIT = 0.2
"""Seconds to wait for another process that writes."""
_TABLES = """
create table if not exists kept (key blob primary key, sum blob, value blob);
create table if not exists asked (key blob primary key, run integer) without rowid;
"""
"""Apart, so that what is merely asked for again is not written again."""
_DROP = (
    "delete from kept where key in (select key from asked where run <= ?)",
    "delete from asked where run <= ?",
)
_at_hand: dict[Path, dict[bytes, object]] = {}
"""What the last run of this process made of the answers it asked for, of the last file only."""


def key_of(*parts: str | bytes) -> bytes:
    """The digest of parts; the same text in other parts gives another."""
    found = hashlib.sha256(_product())
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.digest()


@functools.cache
def _product() -> bytes:
    return program_digest()


class Store:
    """The answers of a project; without a file nothing is kept.

    May be shared by threads. A process forked off reads what was kept and keeps nothing itself.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Name the file; it is opened when the first answer is asked for."""
        self._file = file
        self._process = os.getpid()
        self._opened: tuple[int, sqlite3.Connection] | None = None
        self._lock = threading.Lock()
        self._asked: set[bytes] = set()
        self._fresh: dict[bytes, bytes] = {}
        self._held = self._run = 0
        if file and file not in _at_hand:
            _at_hand.clear()
            _at_hand[file] = {}
        self._at_hand = _at_hand[file] if file else {}

    def recall(self, key: bytes) -> bytes | None:
        """The answer under a key, or None."""
        if self._file is None:
            return None
        with self._lock:
            if key in self._fresh:
                return self._fresh[key]
            for told, value in self._try(lambda connection: _found(connection, key)):
                if told == _sum(key, value):
                    self._asked.add(key)
                    return bytes(value)
        return None

    def keep(self, key: bytes, value: bytes) -> bytes:
        """Keep an answer, written when there are many or the store is closed; returns it."""
        if self._file is not None and os.getpid() == self._process:
            with self._lock:
                self._fresh[key] = value
                self._held += len(value)
                if self._held > _MOST_HELD:
                    self._held = 0
                    self._try(self._write_fresh)
        return value

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._file is not None

    def held(self, key: bytes) -> object | None:
        """What was made of an answer in this process, by this run or the one before."""
        value = self._at_hand.get(key)
        if value is not None:
            self._asked.add(key)
        return value

    def hold(self, key: bytes, value: object) -> None:
        """Hold what was made of an answer for the next run of this process; nobody changes it."""
        if self._file is not None:
            self._asked.add(key)
            self._at_hand[key] = value

    def touch(self, key: bytes) -> None:
        """Let an answer stay that is not asked for only because what was made of it is at hand."""
        self._asked.add(key)

    def remembered(self, key: bytes, make: Callable[[], bytes]) -> bytes:
        """The answer under a key; made and kept when there is none."""
        known = self.recall(key)
        return self.keep(key, make()) if known is None else known

    def close(self) -> None:
        """Write what is new and drop what nobody asks for any more."""
        with self._lock:
            for key in self._at_hand.keys() - self._asked:
                del self._at_hand[key]
            if self._fresh or self._asked:
                self._try(self._write)
            self._leave()

    def leave(self) -> None:
        """Close without writing anything: no answer grows older."""
        with self._lock:
            self._leave()

    def _leave(self) -> None:
        if self._opened is not None:
            self._opened[1].close()
        self._opened = None
        self._fresh.clear()
        self._asked.clear()
        self._held = self._run = 0

    def _write(self, connection: sqlite3.Connection) -> list[tuple[bytes, bytes]]:
        self._write_fresh(connection)
        with connection:
            asked = [(key, self._run) for key in self._asked]
            connection.executemany("insert or replace into asked values (?, ?)", asked)
            for drop in _DROP:
                connection.execute(drop, [self._run - _KEPT_RUNS])
        return []

    def _write_fresh(self, connection: sqlite3.Connection) -> list[tuple[bytes, bytes]]:
        """Write what is new and let go of it; all that one run writes carries one number."""
        if not self._run:
            last = "select coalesce(max(run), 0) + 1 from asked"
            (self._run,) = connection.execute(last).fetchone()
        rows = [(key, _sum(key, value), value) for key, value in self._fresh.items()]
        with connection:
            connection.executemany("insert or replace into kept values (?, ?, ?)", rows)
            asked = [(key, self._run) for key in self._fresh]
            connection.executemany("insert or replace into asked values (?, ?)", asked)
        self._fresh.clear()
        return []

    def _try(
        self, work: Callable[[sqlite3.Connection], list[tuple[bytes, bytes]]]
    ) -> list[tuple[bytes, bytes]]:
        """Work on the open file; what goes wrong with it is nobody's problem."""
        try:
            return work(self._open())
        except (sqlite3.OperationalError, OSError):
            return []
        except (sqlite3.Error, TypeError, ValueError):
            self._remove()
            return []

    def _open(self) -> sqlite3.Connection:
        if self._opened is None or self._opened[0] != os.getpid():
            file = self._file or Path(os.devnull)
            if not file.exists():
                self._at_hand.clear()  # what is not in the file is to be kept anew
            if not file.parent.is_dir():
                file.parent.mkdir(parents=True)
                (file.parent / ".gitignore").write_text("*\n", encoding="ascii")
            connection = sqlite3.connect(file, timeout=_WAIT, check_same_thread=False)
            self._opened = os.getpid(), connection
            connection.execute("pragma journal_mode = memory")
            connection.execute("pragma synchronous = off")
            connection.executescript(_TABLES)
        return self._opened[1]

    def _remove(self) -> None:
        """A damaged file is removed, so that the next run begins a new one."""
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.unlink()


def forget_at_hand() -> None:
    """Let go of all that this process made of answers, as if it had just begun."""
    _at_hand.clear()


def _found(connection: sqlite3.Connection, key: bytes) -> list[tuple[bytes, bytes]]:
    return connection.execute("select sum, value from kept where key = ?", [key]).fetchall()


def _sum(key: bytes, value: bytes) -> bytes:
    return hashlib.sha256(key + value).digest()
