"""What a declared query is known to hold, found out once; a store keeps it for later runs."""

import dataclasses
import functools
from collections.abc import Iterable

from generator.cache.remembered import Form, known
from generator.records.nodes import path_of, refusal
from generator.records.parsing import MOST, parse_all, tree_of, walk


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """What a text is known to hold, without its tree.

    `relations` are those it reads, `aliases` what it calls them; `columns` are those it mentions,
    `*` for all, a relation's name among them for its whole row; `kinds` are the kinds of its
    nodes; `clean` says that nothing in it is refused but perhaps a relation not declared.
    """

    relations: frozenset[str] = frozenset()
    aliases: dict[str, str] = dataclasses.field(default_factory=dict)
    columns: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    clean: bool = False


_FACTS = Form[Facts]("facts of a query", Facts)


def study(texts: Iterable[str]) -> None:
    """Find out the facts of texts; those that nothing is known of are parsed in one go."""
    parse_all([text for text in dict.fromkeys(texts) if not _FACTS.knows(known(), (text,))])


def facts_of(text: str) -> Facts:
    """What a text holds, found out once."""
    return _FACTS.of(known(), (text,), lambda: _studied(text))


@functools.lru_cache(maxsize=MOST)
def _studied(text: str) -> Facts:
    tree = tree_of(text)
    if tree.get("error"):
        return Facts()
    aliases: dict[str, str] = {}
    columns: set[str] = set()
    relations: set[str] = set()
    kinds: set[str] = set()
    for found, names in walk(text):
        kinds.add(found["type"])
        if found["type"] == "COLUMN_REF":
            path = [name.lower() for name in found["column_names"]]
            columns.update(path[1:] or path)
        elif found["type"] == "STAR":
            columns.add("*")
        elif found["type"] == "BASE_TABLE":
            aliases[str(found.get("alias") or path_of(found)).lower()] = path_of(found)
            relations |= {path_of(found)} if path_of(found).lower() not in names else set()
    clean = len(tree.get("statements", [])) == 1 and all(
        refusal(found, sorted(relations), names) is None for found, names in walk(text)
    )
    return Facts(frozenset(relations), aliases, frozenset(columns), frozenset(kinds), clean)


def relations_in(text: str) -> frozenset[str]:
    """The names of the relations that a checked query reads."""
    return facts_of(text).relations


def has_window(text: str) -> bool:
    """Tell whether a checked query looks at other rows by a window, which `where` refuses."""
    return any(kind.startswith("WINDOW_") for kind in facts_of(text).kinds)
