"""Names that content uses: each is kept with its place until it can be looked up."""

import dataclasses
import re
from collections.abc import Iterable

from generator.plan.markdown import Source, outside_fences
from generator.problems.problem import Place
from generator.strict_yaml import Node

REFERENCE = re.compile(r"\[\[([^\[\]\n]{1,60})\]\]")
_CODE = re.compile(r"`[^`\n]*`")


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """A name written in content: which kind of thing it must be (empty: any), and where."""

    kind: str
    name: str
    place: Place


def named(kind: str, nodes: Iterable[Node]) -> list[Named]:
    """The names in a list of YAML text nodes."""
    return [Named(kind, str(node.value), node.place) for node in nodes]


def references_in(source: Source) -> list[Named]:
    """Every `[[name]]` of a body, outside code."""
    found = []
    for number, line in outside_fences(source.lines()):
        plain = _CODE.sub(lambda match: " " * len(match.group()), line)
        for match in REFERENCE.finditer(plain):
            place = source.place(number, match.start() + 1)
            found.append(Named("", match.group(1), place))
    return found
