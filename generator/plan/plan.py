"""The plan and everything around it: read `content/`, keep the names it uses."""

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TypeVar

from generator.disk import below, is_left_over, walk
from generator.files import OFFICE_FILES
from generator.plan.clauses import Clause, Section, repeated_ids
from generator.plan.content_checks import check_required
from generator.plan.content_rules import RULES_FILE, ContentRules, read_rules
from generator.plan.days import DAYS_FILE, YearlyDay, read_days
from generator.plan.drawings import check_drawings
from generator.plan.mechanisms import MECHANISMS_FILE, Mechanism, read_mechanisms
from generator.plan.names import Named
from generator.plan.pages import KINDS, FreePage, Pages, Value
from generator.plan.policies import Policy
from generator.plan.printed import PRINTED_FILE, PrintedCopy, read_printed
from generator.plan.procedures import Procedure
from generator.plan.questions import QUESTIONS_FILE, Question, read_questions
from generator.plan.registers import (
    Contact,
    LegalSource,
    Term,
    read_contacts,
    read_sources,
    read_terms,
)
from generator.plan.synonyms import NO_SYNONYMS, SYNONYMS_FILE, Synonyms, read_synonyms
from generator.problems.catalogue.declarations import DUPLICATE_ID
from generator.problems.catalogue.files import FILE_LINK, FILE_UNEXPECTED
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem
from generator.project import Project

T = TypeVar("T")
CONTENT = "content"
REVIEWED_FILE = "content/reviewed.yml"
"""Fingerprints of clauses, kept for what rests on them; not read as content."""
_PICTURES = {".svg", ".png", ".jpg", ".jpeg", ".webp"}
_REGISTERS = {
    "content/contacts.yml",
    "content/sources.yml",
    "content/glossary.yml",
    QUESTIONS_FILE,
    MECHANISMS_FILE,
    DAYS_FILE,
    SYNONYMS_FILE,
    PRINTED_FILE,
    REVIEWED_FILE,
    RULES_FILE,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """All content as values; `names` is every name it uses, to be looked up later."""

    sections: tuple[Section, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    pages: tuple[FreePage, ...] = ()
    contacts: tuple[Contact, ...] = ()
    sources: tuple[LegalSource, ...] = ()
    terms: tuple[Term, ...] = ()
    pictures: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()
    unread: frozenset[str] = frozenset()
    """Folders of `content/` that hold a file which could not be read."""
    days: tuple[YearlyDay, ...] = ()
    policies: tuple[Policy, ...] = ()
    questions: tuple[Question, ...] = ()
    synonyms: Synonyms = NO_SYNONYMS
    printed: tuple[PrintedCopy, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in the order of the plan."""
        return tuple(clause for section in self.sections for clause in section.clauses)

    @property
    def documents(self) -> tuple[Procedure | Policy, ...]:
        """Everything with a version and a review: procedures, then policies."""
        return (*self.procedures, *self.policies)


def read_plan(project: Project) -> tuple[Plan, list[Problem]]:
    """Read every file of `content/`; all faults together."""
    root = project.root
    names: list[Named] = []
    rules, problems = read_rules(root)
    pages = Pages(root, rules, project.store)
    texts, pictures = _read_files(root, pages, names, problems)
    problems += check_drawings(root, pictures)
    days, found = read_days(root)
    problems.extend(found)
    plan = dataclasses.replace(
        texts,
        contacts=_collect(read_contacts(root), names, problems),
        sources=_collect(read_sources(root), names, problems),
        terms=_collect(read_terms(root), names, problems),
        questions=_collect(read_questions(root), names, problems),
        synonyms=_collect(read_synonyms(root), names, problems),
        mechanisms=_collect(read_mechanisms(root), names, problems),
        days=days,
        printed=_collect(read_printed(root), names, problems),
        pictures=tuple(pictures),
        names=tuple(names),
    )
    problems.extend(repeated_ids(plan.sections))
    problems.extend(_repeated_documents(plan.documents))
    problems.extend(_check_writing(plan, rules, pages))
    return plan, problems


def _check_writing(plan: Plan, rules: ContentRules, pages: Pages) -> list[Problem]:
    """The documents against the declared rules of writing."""
    grounds = frozenset((*(s.id for s in plan.sources), *(c.id for c in plan.clauses)))
    kept = [document for document in plan.documents if document.status != "retired"]
    approved = [(d.kind, d.category) for d in plan.documents if d.status == "approved"]
    return pages.check(kept, grounds) + check_required(approved, rules)


def _collect(
    result: tuple[T, list[Named], list[Problem]], names: list[Named], problems: list[Problem]
) -> T:
    value, found_names, found_problems = result
    names.extend(found_names)
    problems.extend(found_problems)
    return value


def _read_files(
    root: Path, pages: Pages, names: list[Named], problems: list[Problem]
) -> tuple[Plan, list[str]]:
    """The pages in Markdown, in their order, and the paths of pictures."""
    values: list[Value] = []
    pictures: list[str] = []
    unread: set[str] = set()
    for path, is_link in _files(root):
        kind = path.split("/")[1]
        suffix = PurePosixPath(path).suffix.lower()
        if is_link:
            problems.append(FILE_LINK.at(Place(path)))
        elif path in _REGISTERS or is_left_over(PurePosixPath(path)):
            continue
        elif path.endswith(".md") and kind in KINDS:
            read = pages.read(path, kind)
            names.extend(read.names)
            problems.extend(read.problems)
            values += [] if read.value is None else [read.value]
            unread |= {kind} if read.value is None else set()
        elif suffix in _PICTURES:
            pictures.append(path)
        elif suffix not in OFFICE_FILES:  # those the privacy check refuses
            problems.append(_unexpected(path))
    plan = Plan(
        sections=tuple(sorted(_of(Section, values), key=lambda section: section.order)),
        procedures=tuple(sorted(_of(Procedure, values), key=lambda procedure: procedure.id)),
        pages=tuple(_of(FreePage, values)),
        policies=tuple(sorted(_of(Policy, values), key=lambda policy: policy.id)),
        unread=frozenset(unread),
    )
    return plan, pictures


def _of(kind: type[T], values: Iterable[object]) -> Iterator[T]:
    return (value for value in values if isinstance(value, kind))


def _files(root: Path) -> Iterator[tuple[str, bool]]:
    """Every file of the content by path, in order, and whether it is a link."""
    folder = root / CONTENT
    for entry in walk(folder) if folder.is_dir() and not folder.is_symlink() else ():
        if entry.is_symlink() or not entry.is_dir():
            yield below(root, entry), entry.is_symlink()


def _unexpected(path: str) -> Problem:
    remedy = (
        "content 里只放 plan、procedures、policies、pages 下的 .md，登记用的 .yml，以及图片"
        " (only .md below plan, procedures, policies, pages; the .yml registers; pictures)"
    )
    return FILE_UNEXPECTED.at(Place(path), remedy=remedy)


def _repeated_documents(documents: tuple[Procedure | Policy, ...]) -> list[Problem]:
    problems = []
    first: dict[str, Place] = {}
    for document in documents:
        if document.id in first:
            place = str(first[document.id])
            problems.append(DUPLICATE_ID.at(document.place, value=shown(document.id), first=place))
        first.setdefault(document.id, document.place)
    return problems
