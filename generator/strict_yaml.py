"""YAML as a tree of values that know their place.

Takes text, gives nodes; every scalar stays text (`1.10` stays 1.10). Duplicate keys,
anchors, aliases and tags are faults. Knows nothing of what the keys mean.
"""

from dataclasses import dataclass
from typing import cast

import yaml

from generator.problems.catalogue.files import (
    YAML_ANCHOR,
    YAML_BROKEN,
    YAML_DUPLICATE_KEY,
    YAML_KEY,
)
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place and, in a mapping, the place of its key.

    `value` is text, None for an empty value, a list of nodes or a mapping of nodes.
    `first` is the place of the first character of text, behind a quote or a block mark.
    """

    value: "str | None | list[Node] | dict[str, Node]"
    place: Place
    key_place: Place
    first: Place

    def inside(self, offset: int) -> Place:
        """The place of a character of the text, `offset` counted from 0."""
        text = self.value if isinstance(self.value, str) else ""
        before = text[:offset]
        line = before.count("\n")
        column = len(before) - (before.rfind("\n") + 1)
        return Place(self.place.file, self.first.line + line, self.first.column + column)

    @property
    def kind(self) -> str:
        """`text`, `nothing`, `list` or `mapping`."""
        if isinstance(self.value, dict):
            return "mapping"
        if isinstance(self.value, list):
            return "list"
        return "nothing" if self.value is None else "text"


def read_yaml(
    text: str, file: str, first_line: int = 1, first_column: int = 1
) -> tuple[Node | None, list[Problem]]:
    """Parse one document; None with problems when it cannot be read.

    Args:
        text: the YAML text.
        file: path for places, relative to the project root.
        first_line: line of the file on which `text` begins (front matter, clause blocks).
        first_column: column of the file in which each line of `text` begins.
    """
    reader = _Reader(text, Place(file, first_line, first_column))
    try:
        _refuse_anchors(text, reader)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = reader.at(mark) if mark else Place(file, first_line)
        return None, [YAML_BROKEN.at(place, detail=str(error.problem))]
    except yaml.YAMLError as error:
        detail = str(error).splitlines()[0]
        return None, [YAML_BROKEN.at(Place(file, first_line), detail=detail)]
    if reader.problems:
        return None, reader.problems
    start = Place(file, first_line, first_column)
    if root is None:
        return Node(None, start, start, start), []
    return reader.node(root, reader.at(root.start_mark)), reader.problems


def _refuse_anchors(text: str, reader: "_Reader") -> None:
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        anchor = getattr(event, "anchor", None)
        tag = getattr(event, "tag", None)
        if anchor or tag:
            mark = cast("yaml.Mark", event.start_mark)
            written = f"&{anchor}" if anchor else str(tag)
            reader.problems.append(YAML_ANCHOR.at(reader.at(mark), value=shown(written)))


class _Reader:
    """Turns PyYAML's nodes into ours and collects the faults on the way."""

    def __init__(self, text: str, start: Place) -> None:
        self.lines = text.split("\n")
        self.start = start
        self.problems: list[Problem] = []

    def at(self, mark: yaml.Mark) -> Place:
        """The place of a mark; PyYAML counts lines and columns from 0."""
        line = mark.line + self.start.line
        return Place(self.start.file, line, mark.column + self.start.column)

    def first(self, raw: yaml.ScalarNode) -> Place:
        """Where the text of a scalar begins: after its quote, or below its block mark."""
        mark = raw.start_mark
        if raw.style not in {"|", ">"}:
            quote = 1 if raw.style else 0
            place = self.at(mark)
            return Place(place.file, place.line, place.column + quote)
        for index in range(mark.line + 1, len(self.lines)):
            content = self.lines[index].lstrip(" ")
            if content:
                column = len(self.lines[index]) - len(content) + self.start.column
                return Place(self.start.file, index + self.start.line, column)
        return self.at(mark)

    def node(self, raw: yaml.Node, key_place: Place) -> Node:
        place = self.at(raw.start_mark)
        if isinstance(raw, yaml.MappingNode):
            return Node(self._mapping(raw), place, key_place, place)
        if isinstance(raw, yaml.SequenceNode):
            items = [self.node(item, self.at(item.start_mark)) for item in raw.value]
            return Node(items, place, key_place, place)
        text: str | None = raw.value
        if text in {"", "~", "null"} and raw.style is None:
            text = None
        return Node(text, place, key_place, self.first(raw))

    def _mapping(self, raw: yaml.MappingNode) -> dict[str, Node]:
        mapping: dict[str, Node] = {}
        for raw_key, raw_value in raw.value:
            place = self.at(raw_key.start_mark)
            if not isinstance(raw_key, yaml.ScalarNode):
                self.problems.append(YAML_KEY.at(place))
                continue
            key = raw_key.value
            value = self.node(raw_value, place)
            if key in mapping:
                first = mapping[key].key_place
                self.problems.append(YAML_DUPLICATE_KEY.at(place, key=shown(key), first=str(first)))
                continue
            mapping[key] = value
        return mapping
