"""New ids after a declared pattern: `F-{year}-{number:03}` gives the next free number."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\{number(?::(\d+))?\}")


class NewIds:
    """Counts on from the ids in use, for each year or month by itself."""

    def __init__(self, pattern: str, taken: Iterable[str]) -> None:
        self._slot = _NUMBER.search(pattern)
        self._pattern = pattern
        self._taken = set(taken)
        self._last: dict[tuple[str, str], int] = {}

    def take(self, name: str) -> None:
        """Say that an id is in use."""
        self._taken.add(name)

    def next(self, day: str) -> str | None:
        """The next id that is not taken; None without a pattern or a day `YYYY-MM-DD`."""
        if self._slot is None or not day:
            return None
        parts = {"year": day[:4], "month": day[5:7]}
        before = self._pattern[: self._slot.start()].format(**parts)
        after = self._pattern[self._slot.end() :].format(**parts)
        width = int(self._slot.group(1) or 0)
        if (before, after) not in self._last:
            self._last[before, after] = self._highest(before, after)
        while True:
            self._last[before, after] += 1
            name = f"{before}{self._last[before, after]:0{width}}{after}"
            if name not in self._taken:
                return name

    def _highest(self, before: str, after: str) -> int:
        form = re.compile(rf"{re.escape(before)}(\d+){re.escape(after)}")
        used = (form.fullmatch(name) for name in self._taken)
        return max((int(match.group(1)) for match in used if match), default=0)
