"""What an indicator declares: whom it counts, in which periods, against which target."""

import dataclasses
from fractions import Fraction

from generator.compliance.status import AtRisk, Status, Target
from generator.problems.problem import Place
from generator.strict_yaml import Node

RELATIONS = ("calendar_days", "plan_clauses", "plan_pages", "row_changes")
"""The engine's own relations that declared SQL may read."""


@dataclasses.dataclass(frozen=True, slots=True)
class Basis:
    """What demands the indicator: a clause, a regulation, or the school itself."""

    kind: str
    name: str
    floors: tuple[str, ...]
    verified: bool
    checked_on: str


@dataclasses.dataclass(frozen=True, slots=True)
class Subject:
    """One declared subject with its own target, where it has one."""

    id: str
    title: str
    target: Target | None
    applies: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Subjects:
    """Who or what is counted: the rows of a table, declared values, or the whole school."""

    table: str = ""
    values: tuple[Subject, ...] = ()
    where: Node | None = None
    """Which rows of the table are subjects: an expression over its columns; None means all."""


@dataclasses.dataclass(frozen=True, slots=True)
class Indicator:
    """One declared measure; where the profile asks for a variant, as that variant says."""

    id: str
    title: str
    statement: str
    meaning: str
    basis: Basis
    unit: str
    kind: str
    target: Target
    period: str
    subjects: Subjects
    applies: bool
    condition: str
    owner: str
    at_risk: AtRisk
    empty: tuple[Status, str]
    looked: Node | None
    looked_within: int
    evidence: Node
    place: Place
    take: str = "sum"
    """What a measure takes of a period: the `sum` of its rows or its `last` row."""
    enough: int = 0
    """A ratio of fewer is not judged: the sample is too small."""
    veto: bool = False
    """Missing it suspends all other scores."""

    @property
    def target_text(self) -> str:
        """The target in words: `2 课时`, `100 %`."""
        unit = "" if self.kind == "ratio" else f" {self.unit}"
        return f"{number_text(self.target.number, ratio=self.kind == 'ratio')}{unit}".rstrip()

    @property
    def headline(self) -> str:
        """The sentence that says what is demanded, with the number of the target."""
        number = number_text(self.target.number, ratio=self.kind == "ratio")
        return self.statement.replace("{target}", number)


def number_text(number: Fraction, *, ratio: bool = False) -> str:
    """`2`, `1.5` or, for a ratio, `90 %`; never rounded up."""
    value = number * 100 if ratio else number
    whole, thousandths = divmod(int(value * 1000), 1000)
    text = f"{whole}.{thousandths:03d}".rstrip("0").rstrip(".")
    return f"{text} %" if ratio else text


def quota(indicator: Indicator, subject: str) -> Target:
    """The target of one subject: its own where declared, else the indicator's."""
    for value in indicator.subjects.values:
        if value.id == subject and value.target is not None:
            return value.target
    return indicator.target
