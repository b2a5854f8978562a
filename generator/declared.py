"""Read one YAML mapping by the keys it may have; what does not fit becomes a problem.

`Declared` wraps a mapping node. Each getter reads one key, remembers that it is known and
returns a typed value or the default. `close` reports every key that nobody asked for.
"""

import datetime as dt
import re
from collections.abc import Iterable
from fractions import Fraction

from generator.files import decode
from generator.problems.catalogue.declarations import (
    MISSING_KEY,
    UNKNOWN_KEY,
    UNKNOWN_NAME,
    WRONG_SHAPE,
)
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Words
from generator.problems.rule import near_names
from generator.strict_yaml import Node, read_yaml

_SHAPES = {
    "text": Words("一段文字", "text"),
    "flag": Words(" true 或 false", "true or false"),
    "integer": Words("整数", "a whole number"),
    "number": Words("数字、分数或百分数", "a number, a fraction or a percentage"),
    "date": Words("日期", "a date"),
    "list": Words("列表", "a list"),
    "mapping": Words("一组 键: 值", "a group of key: value"),
}
_EXAMPLES = {
    "text": "名称",
    "flag": "true",
    "integer": "3",
    "number": "2、2/3、90%",
    "date": "2026-09-01",
    "list": "[a, b]",
    "mapping": "{a: b}",
}


def read_declared(data: bytes, file: str, problems: list[Problem]) -> Node | None:
    """Read the bytes of one file of ours; its faults are added to `problems`."""
    text, found = decode(data, file)
    problems += found
    node, found = read_yaml(text, file) if text is not None else (None, [])
    problems += found
    return node


class Declared:
    """A mapping with its place, read key by key; problems are added to `problems`."""

    def __init__(self, node: Node, owner: str, problems: list[Problem]) -> None:
        self.node = node
        self.owner = owner
        self.problems = problems
        self.entries: dict[str, Node] = {}
        self._asked: set[str] = set()
        if isinstance(node.value, dict):
            self.entries = node.value
        elif node.value is not None:
            self._wrong(node, owner, "mapping")

    def __contains__(self, key: str) -> bool:
        """Tell whether the key is written, without counting it as known."""
        return key in self.entries

    def place(self, key: str) -> Place:
        """The place of the key's value, or of the mapping when the key is absent."""
        return self.entries[key].place if key in self.entries else self.node.place

    def get(self, key: str, *, required: bool = False) -> Node | None:
        """The node behind a key; None when absent or empty."""
        self._asked.add(key)
        node = self.entries.get(key)
        if node is None or node.value is None:
            if required:
                self.problems.append(MISSING_KEY.at(self.node.place, owner=self.owner, key=key))
            return None
        return node

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Text as written."""
        node = self.get(key, required=required)
        if node is None:
            return default
        if not isinstance(node.value, str):
            self._wrong(node, key, "text")
            return default
        return node.value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """`true` or `false`."""
        value = self.text(key)
        if value in {"true", "false"}:
            return value == "true"
        if value:
            self._wrong(self.entries[key], key, "flag")
        return default

    def integer(self, key: str, default: int = 0) -> int:
        """A whole number."""
        value = self.text(key)
        if re.fullmatch(r"-?[0-9]{1,15}", value):
            return int(value)
        if value:
            self._wrong(self.entries[key], key, "integer")
        return default

    def fraction(self, key: str) -> Fraction | None:
        """A number, a fraction `2/3` or a percentage `90%`, exactly."""
        value = self.text(key)
        if not value:
            return None
        number = parse_fraction(value)
        if number is None:
            self._wrong(self.entries[key], key, "number")
        return number

    def date(self, key: str, *, required: bool = False) -> dt.date | None:
        """A calendar date YYYY-MM-DD."""
        value = self.text(key, required=required)
        if not value:
            return None
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return dt.date.fromisoformat(value)
        except ValueError:
            pass
        self._wrong(self.entries[key], key, "date")
        return None

    def one_of(self, key: str, names: Iterable[str], default: str = "") -> str:
        """Text out of a closed set; an absent key gives the default, no default requires it."""
        value = self.text(key, default, required=not default)
        known = list(names)
        if value in known or not value:
            return value
        self.unknown(
            self.entries[key], key, Words(f" {'、'.join(known)} ", ", ".join(known)), known
        )
        return default

    def items(self, key: str) -> list[Node]:
        """The nodes of a list; empty when absent."""
        node = self.get(key)
        if node is None:
            return []
        if not isinstance(node.value, list):
            self._wrong(node, key, "list")
            return []
        return node.value

    def texts(self, key: str) -> list[Node]:
        """The nodes of a list of text."""
        good = []
        for node in self.items(key):
            if isinstance(node.value, str):
                good.append(node)
            else:
                self._wrong(node, key, "text")
        return good

    def inner(self, key: str, *, required: bool = False) -> "Declared | None":
        """A mapping below this one."""
        node = self.get(key, required=required)
        return None if node is None else Declared(node, f"{self.owner} {key}", self.problems)

    def mappings(self, key: str) -> list["Declared"]:
        """The mappings of a list."""
        return [Declared(node, f"{self.owner} {key}", self.problems) for node in self.items(key)]

    def unknown(self, node: Node, key: str, among: Words, known: Iterable[str]) -> None:
        """Report a name that is not among the known ones."""
        value = node.value if isinstance(node.value, str) else ""
        near = near_names(value, known)
        self.problems.append(
            UNKNOWN_NAME.at(
                node.place,
                near=near,
                key=key,
                value=shown(value),
                among_zh=among.zh,
                among_en=among.en,
            )
        )

    def close(self) -> int:
        """Report the keys that nobody asked for; return how many there were."""
        strange = [key for key in self.entries if key not in self._asked]
        for key in strange:
            near = near_names(key, self._asked)
            place = self.entries[key].key_place
            self.problems.append(UNKNOWN_KEY.at(place, near, owner=self.owner, key=shown(key)))
        return len(strange)

    def _wrong(self, node: Node, key: str, shape: str) -> None:
        value = shown(node.value) if isinstance(node.value, str) else f"({node.kind})"
        wanted = _SHAPES[shape]
        self.problems.append(
            WRONG_SHAPE.at(
                node.place,
                key=key,
                value=value,
                wanted_zh=wanted.zh,
                wanted_en=wanted.en,
                example=_EXAMPLES[shape],
            )
        )


def parse_fraction(text: str) -> Fraction | None:
    """`2`, `0.5`, `2/3` or `90%` as an exact fraction; None when it is none of these."""
    percent = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,4})?)\s?[%％]", text)
    if percent:
        return Fraction(percent.group(1)) / 100
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,6})?", text):
        return Fraction(text)
    parts = re.fullmatch(r"([0-9]{1,6})/([1-9][0-9]{0,5})", text)
    return Fraction(int(parts.group(1)), int(parts.group(2))) if parts else None
