"""What a procedure says: when, who, to whom to report, and the first minute."""

import dataclasses
import datetime as dt

from generator.problems.problem import Place

STATUSES = ("draft", "approved", "retired")
EDITIONS = ("public", "staff")


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """Who does what: a group, the post and its task in one line."""

    group: str
    role: str
    task: str


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """To whom to report, within how many hours, on what ground, and the words to read aloud."""

    verbal_hours: int
    written_hours: int
    to: tuple[str, ...]
    basis: str
    script: str


@dataclasses.dataclass(frozen=True, slots=True)
class DrillQuota:
    """Which drills practise the procedure, and how often a year."""

    table: str
    scenario: str
    per_year: int


@dataclasses.dataclass(frozen=True, slots=True)
class Procedure:
    """One emergency procedure as its front matter and body say."""

    id: str
    title: str
    summary: str
    kind: str
    category: str
    icon: str
    status: str
    version: str
    owner: str
    commander: str
    deputy: str
    approved_on: dt.date | None
    review_due: dt.date | None
    sources: tuple[str, ...]
    clauses: tuple[str, ...]
    tasks: tuple[Task, ...]
    contacts: tuple[str, ...]
    report: Report | None
    assembly_points: tuple[str, ...]
    drills: DrillQuota | None
    do_not: tuple[str, ...]
    first_minute: tuple[str, ...]
    routes: bool
    """Whether the way out of each floor belongs to it."""
    edition: str
    body: str
    place: Place
