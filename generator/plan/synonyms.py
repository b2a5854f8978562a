"""The words people use for things: `content/synonyms.yml`, for the search."""

import dataclasses
from pathlib import Path
from typing import TypeAlias

from generator.cache.remembered import Form, known
from generator.declared import Declared, read_declared
from generator.files import decode, read_bytes
from generator.plan.markdown import Link
from generator.plan.names import Named
from generator.problems.catalogue.declarations import DUPLICATE_ID, WRONG_SHAPE
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Severity, Words
from generator.strict_yaml import Node

SYNONYMS_FILE = "content/synonyms.yml"
BUILT_PAGES = (
    "contacts",
    "organisation",
    "due",
    "glossary",
    "sources",
    "quality",
    "calendar",
    "handover",
    "help/messages-by-name",
    "indicators/clauses",
    "procedures/cards",
    "procedures/routes",
)
"""Pages that every school has or can bind, by address."""
DECLARED_PAGES = {
    "indicators/mechanisms": "content/mechanisms.yml",
    "procedures/printed": "content/printed.yml",
    "questions": "content/questions.yml",
    "records/charts": "records/charts",
    "year": "content/days.yml",
}
"""Pages that are there when their file or folder is, by address."""
_POSTS = "roles/"
"""Each post has a page below this address."""
_SHORTEST = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Sayings:
    """What people say for one thing: its id, or the address of a page."""

    target: str
    words: tuple[str, ...]
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Synonyms:
    """All of the file.

    `same` are words with one meaning; `ignore` are words that ask and mean nothing by
    themselves. A saying with blanks holds parts that may stand anywhere in a question, a part with
    bars one of the words between them.
    """

    declared: bool = False
    same: tuple[tuple[str, ...], ...] = ()
    ignore: tuple[str, ...] = ()
    sayings: tuple[Sayings, ...] = ()

    def words_for(self, target: str) -> tuple[str, ...]:
        """What people say for one thing."""
        return tuple(word for s in self.sayings if s.target == target for word in s.words)


NO_SYNONYMS = Synonyms()
_Read: TypeAlias = tuple[Synonyms, tuple[Problem, ...], tuple[Link, ...]]
_READ = Form[_Read]("synonyms", Synonyms, Sayings, Link, Problem, Place, Words, Severity)


def read_synonyms(root: Path) -> tuple[Synonyms, list[Named], list[Problem]]:
    """Read the file; a school without one has no synonyms."""
    if not (root / SYNONYMS_FILE).exists():
        return Synonyms(), [], []
    data, faults = read_bytes(root, SYNONYMS_FILE)
    if data is None:
        return Synonyms(), [], faults
    synonyms, problems, pages = _READ.of(known(), (data,), lambda: _read(data))
    absent = (page for page in pages if not (root / page.target).exists())
    return synonyms, [Named("", page.written, page.place) for page in absent], [*problems]


def _read(data: bytes) -> _Read:
    """The synonyms, their faults, and the pages that are names where there is no such file."""
    problems: list[Problem] = []
    node = read_declared(data, SYNONYMS_FILE, problems)
    if node is None or node.value is None:
        return Synonyms(declared=decode(data, SYNONYMS_FILE)[0] is not None), tuple(problems), ()
    declared = Declared(node, Path(SYNONYMS_FILE).name, problems)
    pages: list[Link] = []
    same = tuple(_words(group, problems, "same") for group in _groups(declared))
    ignore = _words(declared.get("ignore"), problems, "ignore")
    sayings = tuple(_sayings(e, pages) for e in declared.mappings("find"))
    declared.close()
    problems += _repeated(sayings)
    synonyms = Synonyms(
        declared=True,
        same=same,
        ignore=tuple(sorted(ignore, key=len, reverse=True)),
        sayings=sayings,
    )
    return synonyms, tuple(problems), tuple(pages)


def _groups(declared: Declared) -> list[Node]:
    node = declared.get("same")
    if node is None:
        return []
    if not isinstance(node.value, list):
        declared.problems.append(_shape(node, "same", "词组的列表", "a list of groups"))
        return []
    return node.value


def _words(node: Node | None, problems: list[Problem], key: str) -> tuple[str, ...]:
    """The words of a list, each long enough to be told from others."""
    if node is None:
        return ()
    if not isinstance(node.value, list):
        problems.append(_shape(node, key, "词的列表", "a list of words"))
        return ()
    shortest = 1 if key == "ignore" else _SHORTEST
    found = []
    for item in node.value:
        if isinstance(item.value, str) and len(item.value.strip()) >= shortest:
            found.append(item.value)
        else:
            wanted = f"{shortest} 个字以上的词", f"a word of {shortest} or more"
            problems.append(_shape(item, key, *wanted))
    return tuple(found)


def _shape(node: Node, key: str, zh: str, en: str) -> Problem:
    return WRONG_SHAPE.at(
        node.place,
        key=key,
        value=shown(str(node.value) if isinstance(node.value, str) else ""),
        wanted_zh=zh,
        wanted_en=en,
        example="[起火, 着火]",
    )


def _sayings(entry: Declared, pages: list[Link]) -> Sayings:
    target = entry.text("to", required=True)
    sayings = Sayings(
        target, _words(entry.get("say", required=True), entry.problems, "say"), entry.node.place
    )
    if target and target not in BUILT_PAGES:
        page = DECLARED_PAGES.get(target, f"content/pages/{target}.md")
        pages.append(Link(page, target.removeprefix(_POSTS), entry.place("to")))
    entry.close()
    return sayings


def _repeated(sayings: tuple[Sayings, ...]) -> list[Problem]:
    problems = []
    first: dict[str, Place] = {}
    for entry in sayings:
        if entry.target in first:
            problems.append(
                DUPLICATE_ID.at(
                    entry.place, value=shown(entry.target), first=str(first[entry.target])
                )
            )
        first.setdefault(entry.target, entry.place)
    return problems
