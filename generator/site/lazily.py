"""Values by name that are made when somebody asks for them, each once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

Name = TypeVar("Name")
Value = TypeVar("Value")


class Lazily(Mapping[Name, Value]):
    """A mapping of given names; what nobody asks for is never made."""

    def __init__(self, names: Iterable[Name], make: Callable[[Name], Value]) -> None:
        """Name what there is; `make` makes the value of a name."""
        self._names = dict.fromkeys(names)
        self._make = make
        self._made: dict[Name, Value] = {}

    def __getitem__(self, name: Name) -> Value:
        """The value of a name.

        Raises:
            KeyError: there is no such name.
        """
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[Name]:
        """All names."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._names)
