"""The lines of a text by number, for the places of faults and the words quoted there."""

import bisect
import codecs
import functools
import itertools

_STEP = 2**14


class Lines:
    """The lines of a text by number, found when asked for: most of a large file is never cut up."""

    def __init__(self, data: bytes) -> None:
        """Take the bytes of a text; a mark in front is left out."""
        self._data = data.removeprefix(codecs.BOM_UTF8)

    @functools.cached_property
    def _before(self) -> list[int]:
        """How many line ends stand before each part of the text, and in all of it."""
        parts = range(0, len(self._data), _STEP)
        counts = (self._data.count(b"\n", start, start + _STEP) for start in parts)
        return [0, *itertools.accumulate(counts)]

    @property
    def ends(self) -> int:
        """How many line ends there are."""
        return self._before[-1]

    def raw(self, number: int) -> bytes:
        """A line, counted from 1, with its line end; empty behind the last."""
        start = self._start(number)
        end = self._data.find(b"\n", start) + 1 or len(self._data)
        return self._data[start:end]

    def text(self, number: int) -> str:
        """A line of clean bytes, with a plain line end."""
        return self.raw(number).decode("utf-8").replace("\r\n", "\n")

    def _start(self, number: int) -> int:
        """The offset behind the line end before a line."""
        wanted = number - 1
        if wanted < 1 or wanted > self.ends:
            return 0 if wanted < 1 else len(self._data)
        part = bisect.bisect_left(self._before, wanted) - 1
        position = part * _STEP - 1
        for _ in range(wanted - self._before[part]):
            position = self._data.find(b"\n", position + 1)
        return position + 1
