"""Work on many like things, spread over processes where the system can fork them.

The answers come in the order of the things, so nothing depends on how many processes there are.
"""

import os
import pickle
import warnings
from collections.abc import Callable, Sequence
from typing import BinaryIO, TypeVar

from generator.aside import processes

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")
_FEWEST = 24
"""With fewer things a process costs more than it saves."""


def spread(
    work: Callable[[Thing], Answer], things: Sequence[Thing], count: int = 0
) -> list[Answer]:
    """Work on every thing; a process that comes to nothing has its share done here.

    Args:
        work: what is done with one thing; its answer must be picklable, and it changes nothing.
        things: what is worked on.
        count: how many processes; else as many as there are processors.
    """
    count = min(count or processes(), max(1, len(things) // _FEWEST))
    count = count if hasattr(os, "fork") else 1
    shares = [things[number::count] for number in range(count)]
    started = [_start(work, share) for share in shares[1:]]
    answers = [[work(thing) for thing in shares[0]]]
    for share, helper in zip(shares[1:], started, strict=True):
        answers.append(_collect(*helper) or [work(thing) for thing in share])
    return [answers[place % count][place // count] for place in range(len(things))]


def _start(work: Callable[[Thing], Answer], share: Sequence[Thing]) -> tuple[int, BinaryIO]:
    """A process that works on a share and writes its answers into a pipe."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # A database keeps threads of its own; the child never asks it for anything.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child alone
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump([work(thing) for thing in share], pipe, pickle.HIGHEST_PROTOCOL)
        finally:
            os._exit(0)
    os.close(writing)
    return child, os.fdopen(reading, "rb")


def _collect(child: int, pipe: BinaryIO) -> list[Answer] | None:
    """The answers of a process; None when it failed, whatever the reason."""
    with pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    try:
        found: list[Answer] = pickle.loads(data)  # noqa: S301 - written by our own child
    except (EOFError, pickle.UnpicklingError):
        return None
    return found
