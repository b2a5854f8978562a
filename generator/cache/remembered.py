"""Values of our own kept as plain data: what a file was read to is not made anew.

A form names the kinds of values that may come out of a store. Nothing else is ever made of what
stands in it, so a store that somebody else wrote runs no code. Whoever adds a form puts all that
its answers depend on into the parts, and a change of each into the tests.
"""

import dataclasses
import datetime as dt
import enum
import json
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, Generic, TypeVar, cast

from generator.cache.store import Store, key_of

T = TypeVar("T")
_known: list[Store] = [Store()]
_WRITTEN = (str, int, bool, type(None))
"""What JSON gives back as it was."""
_COMMON: dict[type, Callable[[Any], Iterable[object]]] = {
    tuple: iter,
    list: iter,
    frozenset: sorted,
    dt.date: lambda day: (day.isoformat(),),
    Fraction: Fraction.as_integer_ratio,
}
"""Kinds that any form knows, and what each is written as."""
_MAKERS: dict[str, Callable[..., object]] = {
    "tuple": lambda *items: items,
    "list": lambda *items: [*items],
    "frozenset": lambda *items: frozenset(items),
    "date": dt.date.fromisoformat,
    "Fraction": Fraction,
}


def remember(store: Store) -> None:
    """Let what is found out be kept in a store from here on."""
    _known[:] = [store]


def known() -> Store:
    """Where what is found out outlives the process; until somebody says so, nowhere."""
    return _known[0]


class Form(Generic[T]):
    """How values of some kinds are written as plain data, and read."""

    def __init__(self, name: str, *kinds: type) -> None:
        """Name the question and every kind of value in its answers.

        Args:
            name: what apart from its parts tells one question from another.
            kinds: classes of data, and choices; those of `_COMMON` are known.
        """
        self._name = name
        self._parts = {kind: _parts_of(kind) for kind in kinds} | _COMMON
        self._makers: dict[str, Callable[..., object]] = {kind.__name__: kind for kind in kinds}
        self._makers |= _MAKERS

    def of(self, store: Store, parts: tuple[str | bytes, ...], make: Callable[[], T]) -> T:
        """The answer that depends on these parts only: from this process, a store, or made now.

        What is returned may be shared with other runs; nobody changes it.
        """
        if not store.keeps:
            return make()
        key = key_of(self._name, *parts)
        value = self._recalled(store, key)
        if value is None:
            value = make()
            store.keep(key, self.write(value))
            store.hold(key, value)
        return value

    def knows(self, store: Store, parts: tuple[str | bytes, ...]) -> bool:
        """Whether the answer is there and need not be made."""
        return self._recalled(store, key_of(self._name, *parts)) is not None

    def _recalled(self, store: Store, key: bytes) -> T | None:
        held = store.held(key)
        kept = store.recall(key) if held is None else None
        if kept is not None:
            held = self.read(kept)
            store.hold(key, held)
        return cast("T | None", held)

    def write(self, value: T) -> bytes:
        """A value as bytes.

        Raises:
            TypeError: it holds a kind that was not named.
        """
        return json.dumps(self._plain(value), ensure_ascii=False).encode("utf-8", "surrogatepass")

    def read(self, data: bytes) -> T:
        """The value that was written."""
        return cast("T", self._value(json.loads(data.decode("utf-8", "surrogatepass"))))

    def _plain(self, value: object) -> object:
        kind = type(value)
        if kind in _WRITTEN:
            return value
        if kind is dict:
            return {key: self._plain(inner) for key, inner in cast("dict[str, T]", value).items()}
        if kind in self._parts:
            return [kind.__name__, *map(self._plain, self._parts[kind](value))]
        message = f"{self._name} holds {kind}"
        raise TypeError(message)

    def _value(self, plain: Any) -> object:  # noqa: ANN401 - as JSON gives it
        if type(plain) is list:
            make, *parts = plain
            values = [
                part if type(part) in _WRITTEN else self._value(part)  # most are, and calls cost
                for part in parts
            ]
            return self._makers[make](*values)
        if type(plain) is dict:
            return {key: self._value(inner) for key, inner in plain.items()}
        return plain


def _parts_of(kind: Any) -> Callable[[Any], Iterable[object]]:  # noqa: ANN401 - a class of data
    if issubclass(kind, enum.Enum):
        return lambda choice: (choice.value,)
    names = [field.name for field in dataclasses.fields(kind)]
    return lambda value: [getattr(value, name) for name in names]
