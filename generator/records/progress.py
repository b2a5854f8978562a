"""A sign of life on the terminal for work that takes longer than two seconds."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 2.0


@contextmanager
def steps(text: str, total: int, patience: float = PATIENCE) -> Iterator[Callable[[str], None]]:
    """Tell what is being done, once it has taken long; silent in pipes and in CI.

    Args:
        text: what is being done.
        total: how many steps there are.
        patience: seconds before anything is shown.

    Yields:
        What to call at the beginning of each step, with its name.
    """
    if not sys.stderr.isatty() or os.environ.get("CI"):
        yield lambda _name: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks

    status = Console(stderr=True).status(text)
    timer = threading.Timer(patience, status.start)
    timer.daemon = True
    timer.start()
    done = 0

    def begin(name: str) -> None:
        nonlocal done
        done += 1
        status.update(f"{text} {done}/{total} {name}")

    try:
        yield begin
    finally:
        timer.cancel()
        timer.join()
        status.stop()
