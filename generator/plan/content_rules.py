"""What editors keep to when they write: `content/rules.yml`, for each kind of page."""

import dataclasses
from pathlib import Path

from generator.declared import Declared
from generator.files import read_text
from generator.problems.problem import Place, Problem
from generator.strict_yaml import read_yaml

RULES_FILE = "content/rules.yml"
NO_LIMIT = 1_000_000


@dataclasses.dataclass(frozen=True, slots=True)
class ListRule:
    """How many lines a list of the front matter has, and how long one may be."""

    key: str
    least: int
    most: int
    longest: int


@dataclasses.dataclass(frozen=True, slots=True)
class KindRule:
    """What a page of one kind must have."""

    kind: str
    headings: tuple[str, ...]
    lists: tuple[ListRule, ...]
    marked: bool
    """Whether every number needs a source or a mark."""
    required: tuple[str, ...]
    """Categories that need one approved page."""
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class PlainWord:
    """A word of offices, and the word that readers understand at once."""

    word: str
    better: str


@dataclasses.dataclass(frozen=True, slots=True)
class ContentRules:
    """All of the file; a school without one has no such rules."""

    kinds: tuple[KindRule, ...] = ()
    units: tuple[str, ...] = ()
    """Words that make a Chinese numeral a quantity."""
    marks: tuple[str, ...] = ()
    """What may stand beside a number in place of a source."""
    words: tuple[PlainWord, ...] = ()


def read_rules(root: Path) -> tuple[ContentRules, list[Problem]]:
    """Read `content/rules.yml`."""
    if not (root / RULES_FILE).exists():
        return ContentRules(), []
    text, problems = read_text(root, RULES_FILE)
    node, found = read_yaml(text, RULES_FILE) if text is not None else (None, [])
    problems += found
    if node is None or node.value is None:
        return ContentRules(), problems
    top = Declared(node, Path(RULES_FILE).name, problems)
    rules = ContentRules(
        kinds=tuple(_kind(entry) for entry in top.mappings("kinds")),
        units=_texts(top, "units"),
        marks=_texts(top, "marks"),
        words=tuple(_word(entry) for entry in top.mappings("words")),
    )
    top.close()
    return rules, problems


def _kind(entry: Declared) -> KindRule:
    rule = KindRule(
        entry.text("kind", required=True),
        _texts(entry, "headings"),
        tuple(_list(inner) for inner in entry.mappings("lists")),
        entry.flag("numbers_marked"),
        _texts(entry, "required"),
        entry.place("required"),
    )
    entry.close()
    return rule


def _list(entry: Declared) -> ListRule:
    rule = ListRule(
        entry.text("key", required=True),
        entry.integer("least"),
        entry.integer("most", NO_LIMIT),
        entry.integer("longest", NO_LIMIT),
    )
    entry.close()
    return rule


def _word(entry: Declared) -> PlainWord:
    word = PlainWord(entry.text("word", required=True), entry.text("better", required=True))
    entry.close()
    return word


def _texts(entry: Declared, key: str) -> tuple[str, ...]:
    return tuple(str(node.value) for node in entry.texts(key))
