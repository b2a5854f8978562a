"""Work on many like things, spread over processes where the system can fork them.

The answers come in the order of the things, so nothing depends on how many processes there are.
`Later` is one piece of work beside this process, whose answer may do without.
"""

import os
import pickle
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import BinaryIO, Generic, Self, TypeVar

from generator.aside import processes

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")
_FEWEST = 24
"""With fewer things a process costs more than it saves."""
_MOST_LUMPS = 64
"""Into so many lumps, one for each sign that a process takes, the things are parted at most."""


def spread(
    work: Callable[[Thing], Answer], things: Sequence[Thing], count: int = 0
) -> list[Answer]:
    """Work on every thing; what a process that comes to nothing had taken is done here.

    Neighbours are worked on in lumps, and who is free takes the next one.

    Args:
        work: what is done with one thing; its answer must be picklable, and it changes nothing.
        things: what is worked on.
        count: how many processes; else as many as there are processors.
    """
    count = min(count or processes(), max(1, len(things) // _FEWEST))
    if count < 2 or not hasattr(os, "fork"):  # noqa: PLR2004 - two at once
        return [work(thing) for thing in things]
    size = -(-len(things) // max(count, min(_MOST_LUMPS, len(things) // 8)))
    lumps = [things[start : start + size] for start in range(0, len(things), size)]
    found: dict[int, list[Answer]] = {}
    with _signs(range(count, len(lumps))) as signs:
        started = [_start(work, lumps, first, signs) for first in range(1, count)]
        try:
            for number in _taken(0, signs):
                found[number] = [work(thing) for thing in lumps[number]]
        finally:
            for helper in started:
                found |= _collect(*helper)
    for number, lump in enumerate(lumps):
        if number not in found:
            found[number] = [work(thing) for thing in lump]
    return [answer for number in range(len(lumps)) for answer in found[number]]


def _signs(numbers: Sequence[int]) -> BinaryIO:
    """A pipe with one byte for each lump; whoever reads a byte has taken that lump."""
    reading, writing = os.pipe()
    os.write(writing, bytes(numbers))
    os.close(writing)
    return os.fdopen(reading, "rb", buffering=0)


def _taken(first: int, signs: BinaryIO) -> Iterator[int]:
    """The lumps that this process works on: the one it begins with, then one after another."""
    yield first
    while sign := signs.read(1):
        yield sign[0]


def _start(
    work: Callable[[Thing], Answer], lumps: Sequence[Sequence[Thing]], first: int, signs: BinaryIO
) -> tuple[int, BinaryIO]:
    """A process that works on lumps and writes its answers into a pipe."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # A database keeps threads of its own; the child never asks it for anything.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child alone
        try:
            os.close(reading)
            found = {n: [work(thing) for thing in lumps[n]] for n in _taken(first, signs)}
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(found, pipe, pickle.HIGHEST_PROTOCOL)
        finally:
            os._exit(0)
    os.close(writing)
    return child, os.fdopen(reading, "rb")


def _collect(child: int, pipe: BinaryIO) -> dict[int, list[Answer]]:
    """The answers of a process by lump; none when it failed, whatever the reason."""
    with pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    try:
        found: dict[int, list[Answer]] = pickle.loads(data)  # noqa: S301 - written by our own child
    except (EOFError, pickle.UnpicklingError):
        return {}
    return found


class Later(Generic[Answer]):
    """Work that a process of its own does, until its answer is asked for or nobody wants it."""

    def __init__(self, work: Callable[[], Answer]) -> None:
        """Start; without a second processor nothing is done.

        Args:
            work: its answer must be picklable, and it changes nothing.
        """
        self._child = 0
        if processes() < 2 or not hasattr(os, "fork"):  # noqa: PLR2004 - two at once
            return
        self._answer = tempfile.TemporaryFile()  # noqa: SIM115 - until the answer is read
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self._child = os.fork()
        if self._child == 0:  # pragma: no cover - runs in the child alone
            try:
                pickle.dump(work(), self._answer, pickle.HIGHEST_PROTOCOL)
                self._answer.flush()
            finally:
                os._exit(0)

    def answer(self) -> Answer | None:
        """What came of it; None when nothing did, whatever the reason."""
        if not self._child:
            return None
        os.waitpid(self._child, 0)
        self._child = 0
        with self._answer as file:
            file.seek(0)
            try:
                found: Answer = pickle.load(file)  # noqa: S301 - written by our own child
            except (EOFError, pickle.UnpicklingError):
                return None
        return found

    def __enter__(self) -> Self:
        """Return itself; leaving ends the process."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process if it still works."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._answer.close()
            self._child = 0
