"""One publisher at a time; the operating system lets go when a process dies, however it dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.disk import naming
from generator.usage import UsageError

_HELD = (BlockingIOError, PermissionError)
"""How a system says that somebody else holds the lock: Linux and macOS, Windows."""
_OPEN: set[int] = set()
"""What this process holds."""


def _let_go() -> None:
    """A helper that outlives a killed publisher must not hold its lock any longer."""
    for descriptor in _OPEN:
        os.close(descriptor)
    _OPEN.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


@contextmanager
def only_publisher(file: Path) -> Iterator[None]:
    """Hold the lock of a publishing folder.

    Raises:
        UsageError: somebody else publishes there at this moment.
        OSError: the file system refused; it names the file.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        with naming(file):
            _take(descriptor)
    except _HELD as error:
        os.close(descriptor)
        message = f"{file.parent} 正有另一次发布在进行；等它结束再试 (another publisher is at work)"
        raise UsageError(message) from error
    except OSError:
        os.close(descriptor)
        raise
    _OPEN.add(descriptor)
    try:
        yield
    finally:
        _OPEN.discard(descriptor)
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
