"""The plan as values: sections with their groups and clauses."""

import dataclasses
import re

from generator.problems.catalogue.declarations import DUPLICATE_ID
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem

ADDRESSEES = ("school", "district", "mixed")


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a clause is fulfilled; `planned` names what is still to be built.

    An entry of `planned` is an id, a blank and a title: `I24 矛盾纠纷化解率`.
    """

    indicators: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether any evidence is named."""
        return bool(self.indicators or self.tables or self.documents or self.planned)


@dataclasses.dataclass(frozen=True, slots=True)
class Clause:
    """One obligation of the plan, in our words."""

    id: str
    title: str
    section: str
    group: str
    addressee: str
    role: str
    duty: str
    evidence: Evidence
    exempt: str
    see_also: tuple[str, ...]
    text: str
    place: Place

    @property
    def anchor(self) -> str:
        """The link target that never shifts."""
        return anchor(self.id)


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """A heading without an obligation of its own; it groups the clauses below it."""

    id: str
    title: str
    text: str
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """One page of the plan: introduction, then groups and clauses in order."""

    id: str
    title: str
    part: str
    order: int
    intro: str
    parts: tuple[Clause | Group, ...]
    path: str

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Only the clauses."""
        return tuple(part for part in self.parts if isinstance(part, Clause))


def anchor(identifier: str) -> str:
    """The anchor of a clause or group id: `3.2.1d` is `c-3-2-1d`."""
    return "c-" + re.sub(r"[^0-9a-z]+", "-", identifier.lower())


def repeated_ids(sections: tuple[Section, ...]) -> list[Problem]:
    """Two sections with one id, or two clauses or groups with one.

    A section and its only group may share an id: `1.1` is then both page and heading.
    """
    pages = [(section.id, Place(section.path, 1)) for section in sections]
    parts = [(part.id, part.place) for section in sections for part in section.parts]
    problems = []
    for entries in (pages, parts):
        first: dict[str, Place] = {}
        for name, place in entries:
            if first.setdefault(name, place) != place:
                known = str(first[name])
                problems.append(DUPLICATE_ID.at(place, value=shown(name), first=known))
    return problems
