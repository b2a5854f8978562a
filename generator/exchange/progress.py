"""A sign of life for work that takes longer than two seconds; silent in CI and in pipes."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE = 2.0


@contextmanager
def waiting(text: str, patience: float = _PATIENCE) -> Iterator[None]:
    """Show `text` on the terminal once the work has taken `patience` seconds."""
    if not sys.stderr.isatty() or os.environ.get("CI"):
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks

    status = Console(stderr=True).status(text)
    timer = threading.Timer(patience, status.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()
