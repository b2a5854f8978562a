"""The plan and everything around it: read `content/`, keep the names it uses."""

import dataclasses
from pathlib import Path
from typing import TypeVar

from generator.files import OFFICE_FILES
from generator.plan.clauses import Clause, Section, repeated_ids
from generator.plan.days import DAYS_FILE, YearlyDay, read_days
from generator.plan.markdown import Source, read_source
from generator.plan.names import Named, references_in
from generator.plan.procedure_files import read_procedure
from generator.plan.procedures import Procedure
from generator.plan.registers import (
    Contact,
    LegalSource,
    Term,
    read_contacts,
    read_sources,
    read_terms,
)
from generator.plan.sections import read_section
from generator.problems.catalogue.declarations import DUPLICATE_ID
from generator.problems.catalogue.files import FILE_LINK, FILE_UNEXPECTED
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem
from generator.project import Project

T = TypeVar("T")
CONTENT = "content"
_PICTURES = {".svg", ".png", ".jpg", ".jpeg", ".webp"}
_REGISTERS = {"content/contacts.yml", "content/sources.yml", "content/glossary.yml", DAYS_FILE}


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

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in the order of the plan."""
        return tuple(clause for section in self.sections for clause in section.clauses)


def read_plan(project: Project) -> tuple[Plan, list[Problem]]:
    """Read every file of `content/`; all faults together."""
    root = project.root
    problems: list[Problem] = []
    names: list[Named] = []
    sources, pictures, unread = _read_files(root, problems)
    sections = tuple(
        sorted(
            (_collect(read_section(source), names, problems) for source in sources["plan"]),
            key=lambda section: section.order,
        )
    )
    procedures = tuple(
        sorted(
            (_collect(read_procedure(source), names, problems) for source in sources["procedures"]),
            key=lambda procedure: procedure.id,
        )
    )
    pages = tuple(_free_page(source, names) for source in sources["pages"])
    for source in (source for group in sources.values() for source in group):
        problems.extend(source.front.problems)  # complete only when every key was asked for
    contacts = _collect(read_contacts(root), names, problems)
    legal = _collect(read_sources(root), names, problems)
    terms = _collect(read_terms(root), names, problems)
    days, found = read_days(root)
    problems.extend(found)
    problems.extend(repeated_ids(sections))
    problems.extend(_repeated_procedures(procedures))
    return Plan(
        sections, procedures, pages, contacts, legal, terms, tuple(pictures), tuple(names), unread,
        days,
    ), problems  # fmt: skip


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
    sources: dict[str, list[Source]] = {"plan": [], "procedures": [], "pages": []}
    pictures: list[str] = []
    unread: set[str] = set()
    for file in sorted((root / CONTENT).rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.is_symlink():
            problems.append(FILE_LINK.at(Place(path)))
            continue
        if file.is_dir() or path in _REGISTERS or _below_link(root, file):
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
        "content 里只放 plan、procedures、pages 下的 .md，三个登记用的 .yml，以及图片"
        " (only .md below plan, procedures, pages; the three .yml registers; pictures)"
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


def _repeated_procedures(procedures: tuple[Procedure, ...]) -> list[Problem]:
    problems = []
    first: dict[str, Place] = {}
    for procedure in procedures:
        if procedure.id in first:
            place = str(first[procedure.id])
            problems.append(
                DUPLICATE_ID.at(procedure.place, value=shown(procedure.id), first=place)
            )
        first.setdefault(procedure.id, procedure.place)
    return problems
