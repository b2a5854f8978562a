"""Looks at files again and again while a preview is served, but never while one is built.

It takes the place of the library's observer, whose looks cost a build a third of its time. Asking
for times and sizes works wherever files lie, also on drives of other machines.
"""

import os
import threading
from pathlib import Path
from typing import TypeAlias

from watchdog.events import FileModifiedEvent, FileSystemEventHandler

from generator.disk import walk

Seen: TypeAlias = dict[str, tuple[int, int, int]]


class Watch:
    """Calls a handler when a file below the watched paths came, went or changed since then."""

    def __init__(self, seconds: float) -> None:
        """Look again after so many seconds."""
        self._seconds = seconds
        self._handlers: dict[str, FileSystemEventHandler] = {}
        self._seen: dict[str, Seen] = {}
        self._stopped = threading.Event()
        self._free = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def schedule(
        self, handler: FileSystemEventHandler, path: str, *, recursive: bool = True
    ) -> str:
        """Watch a path; `recursive` is how it always is."""
        del recursive
        self._handlers[path] = handler
        self._seen[path] = look(Path(path))
        return path

    def unschedule(self, path: str) -> None:
        """Watch a path no longer."""
        self._handlers.pop(path, None)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no longer."""
        self._stopped.set()

    def join(self) -> None:
        """Wait until the last look is over."""
        if self._thread.is_alive():
            self._thread.join()

    def paused(self) -> threading.Lock:
        """While this is held nobody looks; what changes meanwhile is seen afterwards."""
        return self._free

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            with self._free:
                for path, handler in list(self._handlers.items()):
                    now = look(Path(path))
                    if now != self._seen[path]:
                        self._seen[path] = now
                        handler.dispatch(FileModifiedEvent(path))


def look(path: Path) -> Seen:
    """The number, size and time of every file at or below a path; none of what cannot be seen."""
    try:
        if not path.is_dir():
            return {str(path): _facts(os.stat(path))}  # noqa: PTH116 - as below
        return {entry.path: _facts(entry.stat(follow_symlinks=False)) for entry in walk(path)}
    except OSError:
        return {}


def _facts(told: os.stat_result) -> tuple[int, int, int]:
    return told.st_ino, told.st_size, told.st_mtime_ns
