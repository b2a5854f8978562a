"""A process of our own beside this one: started anew, never forked, and never needed.

What keeps threads, or more memory than it gives back, works there. It leaves its results in
files; whoever waits for it does what it did not do.
"""

import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path


def processes() -> int:
    """How many processors this process may use."""
    known = getattr(os, "sched_getaffinity", None)
    return len(known(0)) if known else os.cpu_count() or 1


class Aside:
    """A module of ours that runs as a program and finds its order on its input."""

    def __init__(self, module: str, order: object) -> None:
        """Start it; without a second processor, or when the system refuses, nothing runs.

        Args:
            module: a module that does its work when it is run, and prints nothing.
            order: what it is to do, as it comes out of `order_given`.
        """
        self._process: subprocess.Popen[bytes] | None = None
        if processes() < 2:  # noqa: PLR2004 - two at once
            return
        home = str(Path(__file__).parent.parent)
        paths = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
        try:
            with tempfile.TemporaryFile() as given:
                pickle.dump(order, given, pickle.HIGHEST_PROTOCOL)
                given.seek(0)
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                    [sys.executable, "-m", module],
                    stdin=given,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=dict(os.environ, PYTHONPATH=paths),
                )
        except OSError:
            return

    def join(self) -> None:
        """Wait for its end, however it ends."""
        if self._process is not None:
            self._process.wait()

    def stop(self) -> None:
        """End it; what it left stays."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def order_given() -> object:
    """What the program that started this one wants done."""
    return pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own process
