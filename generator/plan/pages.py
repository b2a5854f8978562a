"""The pages of `content/`: each is read once for as long as its bytes stay the same.

What a page says depends on its path, its bytes and the rules of writing; whether its links lead
somewhere, and whether its numbers name a ground, depends on other files and is looked at anew.
"""

import dataclasses
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeAlias

from generator.cache.remembered import Form
from generator.cache.store import Store
from generator.files import read_bytes
from generator.plan.clauses import Clause, Evidence, Group, Section
from generator.plan.content_checks import check_pages, check_words
from generator.plan.content_rules import ContentRules
from generator.plan.markdown import Link, Source, missing_links, source_of
from generator.plan.names import Named, references_in
from generator.plan.policies import Policy, read_policy
from generator.plan.procedure_files import read_procedure
from generator.plan.procedures import DrillQuota, Procedure, Report, Task
from generator.plan.sections import read_section
from generator.problems.problem import Place, Problem, Severity, Words


@dataclasses.dataclass(frozen=True, slots=True)
class FreePage:
    """A page that is only text."""

    path: str
    title: str
    order: int
    in_navigation: bool
    body: str


Value: TypeAlias = Section | Procedure | Policy | FreePage


@dataclasses.dataclass(frozen=True, slots=True)
class Read:
    """What a page was read to; `value` is None when it cannot be used."""

    value: Value | None
    names: tuple[Named, ...]
    problems: tuple[Problem, ...]
    links: tuple[Link, ...]


_WORDS = (Place, Words, Severity, Problem)
_PAGE = Form[Read](
    "page of the content", Read, Named, Link, FreePage, Policy, Procedure, Task, Report, DrillQuota,
    Section, Clause, Group, Evidence, *_WORDS,
)  # fmt: skip
_WRITING = Form[tuple[Problem, ...]]("writing of a page", *_WORDS)
_RETIRED = "retired"


class Pages:
    """Reads pages, and remembers what they were read to."""

    def __init__(self, root: Path, rules: ContentRules, store: Store) -> None:
        """Name the project root, the rules of writing, and where answers are kept."""
        self._root = root
        self._rules = rules
        self._store = store
        self._ruled, self._words = repr(rules), repr(rules.words)
        self._documents: dict[str, bytes] = {}

    def read(self, path: str, kind: str) -> Read:
        """Read the page at a path below `content/<kind>/`; all its faults come with it."""
        data, problems = read_bytes(self._root, path)
        if data is None:
            return Read(None, (), tuple(problems), ())
        if kind in _DOCUMENTS:
            self._documents[path] = data
        make = partial(_read, data, path, kind, self._rules)
        read = _PAGE.of(self._store, (kind, path, data, self._words), make)
        missing = missing_links(self._root, read.links)
        return dataclasses.replace(read, problems=(*read.problems, *missing)) if missing else read

    def check(
        self, documents: Iterable[Procedure | Policy], grounds: frozenset[str]
    ) -> list[Problem]:
        """The documents against what is declared for their kind; `grounds` as of `check_pages`."""
        known = "\0".join(sorted(grounds))
        problems: list[Problem] = []
        for document in documents:
            path = document.place.file
            make = partial(_writing, self._documents[path], path, self._rules, grounds)
            parts = path, self._documents[path], self._ruled, known
            problems += _WRITING.of(self._store, parts, make)
        return problems


def _read(data: bytes, path: str, kind: str, rules: ContentRules) -> Read:
    source, problems = source_of(data, path)
    if source is None:
        return Read(None, (), tuple(problems), ())
    value, names, found = _READERS[kind](source)
    if kind != "plan" and not (kind in _DOCUMENTS and source.front.text("status") == _RETIRED):
        found = [*found, *check_words([source], rules)]
    # those of the front matter are complete only when every key was asked for
    return Read(value, tuple(names), (*source.front.problems, *found), source.links)


def _writing(
    data: bytes, path: str, rules: ContentRules, grounds: frozenset[str]
) -> tuple[Problem, ...]:
    source, _ = source_of(data, path)
    return tuple(check_pages([source] if source else [], rules, grounds))


def _free_page(source: Source) -> tuple[FreePage, list[Named], list[Problem]]:
    front = source.front
    page = FreePage(
        source.path,
        front.text("title", required=True),
        front.integer("order"),
        front.flag("nav", default=True),
        source.body,
    )
    front.close()
    return page, references_in(source), []


_DOCUMENTS: dict[str, Callable[[Source], tuple[Value, list[Named], list[Problem]]]] = {
    "procedures": read_procedure,
    "policies": read_policy,
}
_READERS = {"plan": read_section, **_DOCUMENTS, "pages": _free_page}
KINDS = frozenset(_READERS)
"""The folders of `content/` that hold pages."""
