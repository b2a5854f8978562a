"""The plan and everything around it: read `content/`, keep the names it uses."""

import dataclasses
from pathlib import Path
from typing import TypeVar

from generator.disk import is_left_over
from generator.files import OFFICE_FILES
from generator.plan.clauses import Clause, Section, repeated_ids
from generator.plan.content_checks import check_pages, check_required, check_words
from generator.plan.content_rules import RULES_FILE, read_rules
from generator.plan.days import DAYS_FILE, YearlyDay, read_days
from generator.plan.drawings import check_drawings
from generator.plan.markdown import Source, read_source
from generator.plan.mechanisms import MECHANISMS_FILE, Mechanism, read_mechanisms
from generator.plan.names import Named, references_in
from generator.plan.policies import Policy, read_policy
from generator.plan.printed import PRINTED_FILE, PrintedCopy, read_printed
from generator.plan.procedure_files import read_procedure
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
from generator.plan.sections import read_section
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
_FOLDERS = ("plan", "procedures", "policies", "pages")
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
class FreePage:
    """A page that is only text."""

    path: str
    title: str
    order: int
    in_navigation: bool
    body: str


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
    problems: list[Problem] = []
    names: list[Named] = []
    sources, pictures, unread = _read_files(root, problems)
    problems += check_drawings(root, pictures)
    texts = _read_texts(sources, names, problems)
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
        unread=unread,
    )
    problems.extend(repeated_ids(plan.sections))
    problems.extend(_repeated_documents(plan.documents))
    problems.extend(_check_writing(root, plan, sources))
    return plan, problems


def _check_writing(root: Path, plan: Plan, sources: dict[str, list[Source]]) -> list[Problem]:
    """The pages against the declared rules of writing."""
    rules, problems = read_rules(root)
    grounds = frozenset((*(s.id for s in plan.sources), *(c.id for c in plan.clauses)))
    documents = [*sources["procedures"], *sources["policies"]]
    kept = [source for source in documents if source.front.text("status") != "retired"]
    approved = [(d.kind, d.category) for d in plan.documents if d.status == "approved"]
    problems += check_pages(kept, rules, grounds)
    problems += check_words([*kept, *sources["pages"]], rules)
    return problems + check_required(approved, rules)


def _read_texts(
    sources: dict[str, list[Source]], names: list[Named], problems: list[Problem]
) -> Plan:
    """The pages in Markdown, in their order."""
    sections = [_collect(read_section(source), names, problems) for source in sources["plan"]]
    procedures = [
        _collect(read_procedure(source), names, problems) for source in sources["procedures"]
    ]
    policies = [_collect(read_policy(source), names, problems) for source in sources["policies"]]
    pages = [_free_page(source, names) for source in sources["pages"]]
    for source in (source for group in sources.values() for source in group):
        problems.extend(source.front.problems)  # complete only when every key was asked for
    return Plan(
        sections=tuple(sorted(sections, key=lambda section: section.order)),
        procedures=tuple(sorted(procedures, key=lambda procedure: procedure.id)),
        pages=tuple(pages),
        policies=tuple(sorted(policies, key=lambda policy: policy.id)),
    )


def _collect(
    result: tuple[T, list[Named], list[Problem]], names: list[Named], problems: list[Problem]
) -> T:
    value, found_names, found_problems = result
    names.extend(found_names)
    problems.extend(found_problems)
    return value


def _read_files(
    root: Path, problems: list[Problem]
) -> tuple[dict[str, list[Source]], list[str], frozenset[str]]:
    sources: dict[str, list[Source]] = {folder: [] for folder in _FOLDERS}
    pictures: list[str] = []
    unread: set[str] = set()
    for file in sorted((root / CONTENT).rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.is_symlink():
            problems.append(FILE_LINK.at(Place(path)))
            continue
        if file.is_dir() or path in _REGISTERS or is_left_over(file) or _below_link(root, file):
            continue
        kind = path.split("/")[1]
        if file.suffix == ".md" and kind in sources:
            source, found = read_source(root, path)
            if source is None:
                problems.extend(found)
                unread.add(kind)
            else:
                sources[kind].append(source)
        elif file.suffix.lower() in _PICTURES:
            pictures.append(path)
        elif file.suffix.lower() not in OFFICE_FILES:  # those the privacy check refuses
            problems.append(_unexpected(path))
    return sources, pictures, frozenset(unread)


def _below_link(root: Path, file: Path) -> bool:
    return any(parent.is_symlink() for parent in file.parents if root in parent.parents)


def _unexpected(path: str) -> Problem:
    remedy = (
        "content 里只放 plan、procedures、policies、pages 下的 .md，登记用的 .yml，以及图片"
        " (only .md below plan, procedures, policies, pages; the .yml registers; pictures)"
    )
    return FILE_UNEXPECTED.at(Place(path), remedy=remedy)


def _free_page(source: Source, names: list[Named]) -> FreePage:
    front = source.front
    page = FreePage(
        source.path,
        front.text("title", required=True),
        front.integer("order"),
        front.flag("nav", default=True),
        source.body,
    )
    front.close()
    names.extend(references_in(source))
    return page


def _repeated_documents(documents: tuple[Procedure | Policy, ...]) -> list[Problem]:
    problems = []
    first: dict[str, Place] = {}
    for document in documents:
        if document.id in first:
            place = str(first[document.id])
            problems.append(DUPLICATE_ID.at(document.place, value=shown(document.id), first=place))
        first.setdefault(document.id, document.place)
    return problems
