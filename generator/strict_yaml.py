"""YAML as a tree of values that know their place.

Takes text, gives nodes; every scalar stays text (`1.10` stays 1.10). Duplicate keys,
anchors, aliases and tags are faults. Knows nothing of what the keys mean.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import yaml

from generator.problems.catalogue.files import (
    TEXT_LIMIT,
    YAML_ANCHOR,
    YAML_BROKEN,
    YAML_DUPLICATE_KEY,
    YAML_KEY,
)
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Words

_DEEPEST = 50
_LONGEST = 2_000_000
"""Characters; a larger file is no declaration."""
_DETAILS = {
    "mapping values are not allowed in this context": "这里不该有冒号，或上一行没有写完",
    "did not find expected key": "缩进没有对齐，或前面的引号、括号没有配对",
    "could not find expected ':'": "键后面缺少冒号",
    "found character that cannot start any token": "开头的字符要加引号，制表符不能用来缩进",
    "did not find expected ',' or ']'": "方括号里缺少逗号，或没有关上",
    "did not find expected ',' or '}'": "花括号里缺少逗号，或没有关上",
    "did not find expected '-' indicator": "列表各项的短横没有对齐",
    "did not find expected node content": "这里缺少内容，或括号没有关上",
    "did not find expected <document start>": "内容已经结束，后面又多出一段",
    "but found another document": "一个文件只写一份，不用 --- 分开",
    "found unexpected end of stream": "引号没有关上",
    "found unknown escape character": "双引号里的反斜杠写法不认识，改用单引号",
    "block sequence entries are not allowed in this context": "这里不能起一个列表",
    "found a tab character that violates indentation": "缩进用了制表符，改成空格",
    "found a tab character where an indentation space is expected": "缩进用了制表符，改成空格",
}
"""What libyaml says, in words that an editor can act on."""
_UNCLOSED = (
    "found unexpected end of stream",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
)
"""What is said far behind the quote or bracket that is meant."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place and, in a mapping, the place of its key.

    `value` is text, None for an empty value, a list of nodes or a mapping of nodes.
    `first` is the place of the first character of text, behind a quote or a block mark;
    `written` is what stands in the file from there on, in lines that begin at `margin`.
    """

    value: "str | list[Node] | dict[str, Node] | None"
    place: Place
    key_place: Place
    first: Place
    written: str = field(default="", repr=False)
    margin: int = 1

    def inside(self, offset: int) -> Place:
        """The place of a character of the text, `offset` counted from 0.

        The text is followed through what is written, since indentation, folded lines and
        doubled quotes make the two differ.
        """
        text = self.value if isinstance(self.value, str) else ""
        position = 0
        for index, character in enumerate(text[: offset + 1]):
            if character.isspace():
                continue
            found = self.written.find(character, position)
            if found < 0:
                return self.first
            position = found + (index < offset)
        before = self.written[:position]
        lines = before.count("\n")
        column = len(before) - before.rfind("\n") - 1
        margin = self.margin if lines else self.first.column
        return Place(self.place.file, self.first.line + lines, margin + column)

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
        root = reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if str(error.problem) in _UNCLOSED:
            mark = error.context_mark or mark
        return None, [_broken(reader.at(mark), str(error.problem))]
    except _TooMuchError:
        return None, reader.refused
    except yaml.YAMLError as error:
        return None, [_broken(reader.start, str(error).splitlines()[0])]
    if reader.refused:
        return None, reader.refused
    start = reader.start
    return root or Node(None, start, start, start), reader.problems


def _broken(place: Place, detail: str) -> Problem:
    words = Words(_DETAILS.get(detail, "不合 YAML 的写法"), detail)
    return YAML_BROKEN.at(place, detail_zh=words.zh, detail_en=words.en)


class _TooMuchError(Exception):
    """What is nested deeper, or longer, is not read on."""


class _Reader:
    """Turns what PyYAML finds, one event after another, into nodes; collects the faults."""

    def __init__(self, text: str, start: Place) -> None:
        self.text = text
        self.start = start
        self.problems: list[Problem] = []
        self.refused: list[Problem] = []
        """Faults with which nothing of the text is used."""
        self._events: Iterator[yaml.Event] = iter(())

    def at(self, mark: object) -> Place:
        """The place of a mark; PyYAML counts lines and columns from 0."""
        mark = cast("yaml.Mark", mark)
        line = mark.line + self.start.line
        return Place(self.start.file, line, mark.column + self.start.column)

    def document(self) -> Node | None:
        """The one document of the text; None when it is empty.

        Raises:
            yaml.YAMLError: the text is no YAML, or holds a second document.
        """
        self._refuse_length()
        self._events = iter(yaml.parse(self.text, Loader=yaml.CSafeLoader))
        root: Node | None = None
        begun = False
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if begun:
                    mark = cast("yaml.error.Mark", event.start_mark)
                    raise yaml.MarkedYAMLError(None, None, "but found another document", mark)
                begun = True
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, self.at(event.start_mark), 1)
        return root

    def _node(self, event: yaml.Event, key_place: Place, depth: int) -> Node:
        place = self.at(event.start_mark)
        self._refuse_anchor(event, place)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place, key_place)
        if isinstance(event, yaml.CollectionStartEvent) and depth > _DEEPEST:
            words = Words("一层套一层，套得太深", "nested too deeply")
            self.refused.append(YAML_BROKEN.at(place, detail_zh=words.zh, detail_en=words.en))
            raise _TooMuchError
        if isinstance(event, yaml.AliasEvent):
            return Node(None, place, key_place, place)
        if isinstance(event, yaml.MappingStartEvent):
            return Node(self._mapping(depth), place, key_place, place)
        items = [
            self._node(item, self.at(item.start_mark), depth + 1)
            for item in self._inside(yaml.SequenceEndEvent)
        ]
        return Node(items, place, key_place, place)

    def _refuse_length(self) -> None:
        found = len(self.text)
        if found > _LONGEST:
            what = Words("这份 YAML 的字数", "characters of this YAML")
            at, limit = self.start, _LONGEST
            fault = TEXT_LIMIT.at(at, what_zh=what.zh, what_en=what.en, found=found, limit=limit)
            self.refused.append(fault)
            raise _TooMuchError

    def _inside(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        """The events up to the end of a collection; each is followed by what belongs to it."""
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _refuse_anchor(self, event: yaml.Event, place: Place) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor or tag:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            written = f"{sign}{anchor}" if anchor else str(tag)
            self.refused.append(YAML_ANCHOR.at(place, value=shown(written)))

    def _scalar(self, raw: yaml.ScalarEvent, place: Place, key_place: Place) -> Node:
        """Text begins behind a quote, or on the first line with content below a block mark."""
        text: str | None = raw.value
        if text in {"", "~", "null"} and not raw.style:
            text = None
        begin, end = cast("yaml.Mark", raw.start_mark), cast("yaml.Mark", raw.end_mark)
        written = self.text[begin.index : end.index]
        skipped = 1 if raw.style in {"'", '"'} else 0
        if raw.style in {"|", ">"}:
            mark, _, content = written.partition("\n")
            skipped = len(mark) + 1 + len(content) - len(content.lstrip())
        before = written[:skipped]
        lines = before.count("\n")
        column = len(before) - before.rfind("\n") - 1
        margin = self.start.column if lines else place.column
        first = Place(place.file, place.line + lines, margin + column)
        return Node(text, place, key_place, first, written[skipped:], self.start.column)

    def _mapping(self, depth: int) -> dict[str, Node]:
        mapping: dict[str, Node] = {}
        for raw_key in self._inside(yaml.MappingEndEvent):
            place = self.at(raw_key.start_mark)
            key = self._node(raw_key, place, depth + 1)
            value = self._node(next(self._events), place, depth + 1)
            if not isinstance(raw_key, yaml.ScalarEvent):
                self.problems.append(YAML_KEY.at(key.place))
                continue
            name = raw_key.value
            if name in mapping:
                first = mapping[name].key_place
                told = YAML_DUPLICATE_KEY.at(place, key=shown(name), first=str(first))
                self.problems.append(told)
                continue
            mapping[name] = value
        return mapping
