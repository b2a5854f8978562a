"""A time limit for one query after another, kept by a single thread: starting one takes 1 ms."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_IDLE = 60.0


class Watch:
    """Interrupts what runs longer than it may."""

    def __init__(self, interrupt: Callable[[], object]) -> None:
        """Take what stops a query; it is called from another thread."""
        self._interrupt = interrupt
        self._changed = threading.Condition()
        self._deadline: float | None = None
        self._wakes = 0.0
        self._thread: threading.Thread | None = None

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """Inside, what runs longer than `seconds` is interrupted."""
        with self._changed:
            self._deadline = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif self._deadline < self._wakes:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._deadline = None

    def close(self) -> None:
        """Let the thread end."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._changed.notify()
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        with self._changed:
            while self._thread is not None:
                now = time.monotonic()
                left = _IDLE if self._deadline is None else self._deadline - now
                if left <= 0:
                    self._interrupt()
                    self._deadline, left = None, _IDLE
                self._wakes = now + left
                self._changed.wait(left)
