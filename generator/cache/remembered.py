"""Values of our own kept as plain data: what a file was read to is not made anew.

A form names the kinds of values that may come out of a store. Nothing else is ever made of what
stands in it, so a store that somebody else wrote runs no code.
"""

import dataclasses
import datetime as dt
import enum
import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Generic, TypeVar, cast

from generator.cache.store import Store, key_of

T = TypeVar("T")
_TUPLE, _LIST = "", "list"
_WRITTEN = (str, int, bool, type(None))
"""What JSON gives back as it was."""


class Form(Generic[T]):
    """How values of some kinds are written as plain data, and read."""

    def __init__(self, name: str, *kinds: type) -> None:
        """Name the question and every kind of value in its answers.

        Args:
            name: what apart from its parts tells one question from another.
            kinds: classes of data, and choices; tuples, lists, days and fractions are known.
        """
        self._name = name
        self._fields = {
            kind: [field.name for field in dataclasses.fields(kind)]
            for kind in kinds
            if dataclasses.is_dataclass(kind)
        }
        self._texts: dict[type, Callable[[Any], object]] = {
            kind: lambda choice: choice.value for kind in kinds if issubclass(kind, enum.Enum)
        }
        self._texts |= {dt.date: dt.date.isoformat, Fraction: str}
        self._makers: dict[str, Callable[..., object]] = {kind.__name__: kind for kind in kinds}
        self._makers |= {"date": dt.date.fromisoformat, "Fraction": Fraction}
        self._makers |= {_TUPLE: lambda *items: items, _LIST: lambda *items: [*items]}

    def of(self, store: Store, parts: tuple[str | bytes, ...], make: Callable[[], T]) -> T:
        """The answer that depends on these parts only: from this process, a store, or made now.

        What is returned may be shared with other runs; nobody changes it.
        """
        if not store.keeps:
            return make()
        key = key_of(self._name, *parts)
        held = store.held(key)
        if held is not None:
            return cast("T", held)
        kept = store.recall(key)
        value = make() if kept is None else self.read(kept)
        if kept is None:
            store.keep(key, self.write(value))
        store.hold(key, value)
        return value

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
        if kind is tuple or kind is list:
            tag = _TUPLE if kind is tuple else _LIST
            return [tag, *map(self._plain, cast("list[object]", value))]
        if kind in self._fields:
            inner = (self._plain(getattr(value, name)) for name in self._fields[kind])
            return [kind.__name__, *inner]
        if kind in self._texts:
            return [kind.__name__, self._texts[kind](value)]
        message = f"{self._name} holds {kind}"
        raise TypeError(message)

    def _value(self, plain: Any) -> object:  # noqa: ANN401 - as JSON gives it
        if type(plain) is list:
            return self._makers[plain[0]](*map(self._value, plain[1:]))
        if type(plain) is dict:
            return {key: self._value(inner) for key, inner in plain.items()}
        return plain
