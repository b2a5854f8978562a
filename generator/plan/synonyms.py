"""The words people use for things: `content/synonyms.yml`, for the search."""

import dataclasses
from pathlib import Path

from generator.declared import Declared
from generator.files import read_text
from generator.plan.names import Named
from generator.problems.catalogue.declarations import DUPLICATE_ID, WRONG_SHAPE
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem
from generator.strict_yaml import Node, read_yaml

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


def read_synonyms(root: Path) -> tuple[Synonyms, list[Named], list[Problem]]:
    """Read the file; a school without one has no synonyms."""
    if not (root / SYNONYMS_FILE).exists():
        return Synonyms(), [], []
    text, problems = read_text(root, SYNONYMS_FILE)
    if text is None:
        return Synonyms(), [], problems
    node, found = read_yaml(text, SYNONYMS_FILE)
    problems += found
    if node is None or node.value is None:
        return Synonyms(declared=True), [], problems
    declared = Declared(node, Path(SYNONYMS_FILE).name, problems)
    names: list[Named] = []
    same = tuple(_words(group, problems, "same") for group in _groups(declared))
    ignore = _words(declared.get("ignore"), problems, "ignore")
    sayings = tuple(_sayings(e, root, names) for e in declared.mappings("find"))
    declared.close()
    problems += _repeated(sayings)
    return (
        Synonyms(
            declared=True,
            same=same,
            ignore=tuple(sorted(ignore, key=len, reverse=True)),
            sayings=sayings,
        ),
        names,
        problems,
    )


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


def _sayings(entry: Declared, root: Path, names: list[Named]) -> Sayings:
    target = entry.text("to", required=True)
    sayings = Sayings(
        target, _words(entry.get("say", required=True), entry.problems, "say"), entry.node.place
    )
    page = root / DECLARED_PAGES.get(target, f"content/pages/{target}.md")
    if target and target not in BUILT_PAGES and not page.exists():
        names.append(Named("", target.removeprefix(_POSTS), entry.place("to")))
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
