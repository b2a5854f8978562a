"""Indicator files to declarations; conditions on the profile are decided here."""

import dataclasses
import re
from fractions import Fraction
from pathlib import Path

from generator.compliance.periods import KINDS
from generator.compliance.status import AtRisk, Status, Target
from generator.declared import Declared, parse_fraction
from generator.files import read_text
from generator.plan.names import Named
from generator.problems.catalogue.declarations import DUPLICATE_ID, MISSING_KEY
from generator.problems.catalogue.queries import CONDITION
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Words
from generator.project import Fact, Project
from generator.records.sql import check_query
from generator.strict_yaml import Node, read_yaml

FOLDER = "records/indicators"
MEASURES = ("measure", "ratio", "count")
RELATIONS = ("calendar_days", "plan_clauses", "plan_pages")
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


@dataclasses.dataclass(frozen=True, slots=True)
class Indicator:
    """One declared measure."""

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
    if value.denominator == 1:
        text = str(value.numerator)
    else:
        text = f"{float(Fraction(int(value * 1000), 1000)):.3f}".rstrip("0").rstrip(".")
    return f"{text} %" if ratio else text


def read_indicators(
    project: Project, tables: list[str]
) -> tuple[tuple[Indicator, ...], list[Named], list[Problem]]:
    """Read every file of the indicators folder; names used are returned for looking up."""
    problems: list[Problem] = []
    names: list[Named] = []
    found: dict[str, Indicator] = {}
    for file in sorted((project.root / FOLDER).glob("*.yaml")):
        path = file.relative_to(project.root).as_posix()
        text, faults = read_text(project.root, path)
        problems.extend(faults)
        node, faults = read_yaml(text, path) if text is not None else (None, [])
        problems.extend(faults)
        if node is None:
            continue
        before = len(problems)
        reader = _Reader(Declared(node, "indicator", problems), project.school.profile, names)
        indicator = reader.read([*tables, *RELATIONS], tables)
        if indicator is None or len(problems) > before:
            continue
        if indicator.id in found:
            first = str(found[indicator.id].place)
            problems.append(
                DUPLICATE_ID.at(indicator.place, value=shown(indicator.id), first=first)
            )
        found.setdefault(indicator.id, indicator)
    return tuple(sorted(found.values(), key=lambda i: i.id)), names, problems


class _Reader:
    """Reads one indicator file."""

    def __init__(self, top: Declared, profile: dict[str, Fact], names: list[Named]) -> None:
        self.top = top
        self.profile = profile
        self.names = names

    def read(self, relations: list[str], tables: list[str]) -> Indicator | None:
        top = self.top
        kind = top.one_of("kind", MEASURES)
        owner = top.text("owner", required=True)
        self.names.append(Named("role", owner, top.place("owner")))
        evidence = top.get("evidence", required=True)
        looked = top.get("looked")
        for node in (evidence, looked):
            if node is not None:
                top.problems.extend(check_query(node, relations))
        condition = top.text("applies", "always")
        if evidence is None:
            return None
        indicator = Indicator(
            id=top.text("id", required=True),
            title=top.text("title", required=True),
            statement=top.text("statement", required=True),
            meaning=top.text("meaning"),
            basis=self._basis(),
            unit=top.text("unit"),
            kind=kind,
            target=self._target(top, required=True) or Target(),
            period=top.one_of("period", KINDS),
            subjects=self._subjects(tables),
            applies=self._holds(condition, top.place("applies")),
            condition=condition,
            owner=owner,
            at_risk=self._at_risk(),
            empty=self._empty(),
            looked=looked,
            looked_within=top.integer("looked_within_days", 31),
            evidence=evidence,
            place=top.node.place,
        )
        top.close()
        return indicator

    def _basis(self) -> Basis:
        inner = self.top.inner("source", required=True)
        if inner is None:
            return Basis("house", "", (), verified=False, checked_on="")
        written = [key for key in ("clause", "regulation", "house") if key in inner]
        kind = written[0] if written else "house"
        name = inner.text(kind, required=True)
        for key in ("clause", "regulation", "house"):
            inner.get(key)
        looked_up = {"clause": "clause", "regulation": "source"}
        if kind in looked_up:
            self.names.append(Named(looked_up[kind], name, inner.place(kind)))
        owner = inner if "verified" in inner or "floor" in inner else self.top
        for key in ("floor", "verified", "checked_on"):
            self.top.get(key)
            inner.get(key)
        floors = owner.texts("floor")
        self.names.extend(Named("source", str(node.value), node.place) for node in floors)
        inner.close()
        return Basis(
            kind,
            name,
            tuple(str(node.value) for node in floors),
            verified=owner.flag("verified"),
            checked_on=owner.text("checked_on"),
        )

    def _target(self, owner: Declared, *, required: bool = False) -> Target | None:
        inner = owner.inner("target", required=required)
        if inner is None:
            return None
        target = Target(inner.fraction("at_least"), inner.fraction("at_most"))
        inner.close()
        if (target.at_least is None) == (target.at_most is None):
            missing = MISSING_KEY.at(inner.node.place, owner="target", key="at_least / at_most")
            owner.problems.append(missing)
        return target

    def _subjects(self, tables: list[str]) -> Subjects:
        inner = self.top.inner("subjects")
        if inner is None:
            return Subjects()
        table = inner.text("table")
        if table and table not in tables:
            among = Words("已声明的表", "the declared tables")
            inner.unknown(inner.entries["table"], "table", among, tables)
        values = tuple(self._subject(entry) for entry in inner.mappings("values"))
        inner.close()
        return Subjects(table, values)

    def _subject(self, entry: Declared) -> Subject:
        subject = Subject(
            entry.text("id", required=True),
            entry.text("title", required=True),
            self._target(entry),
            self._holds(entry.text("applies", "always"), entry.place("applies")),
        )
        entry.close()
        return subject

    def _at_risk(self) -> AtRisk:
        inner = self.top.inner("at_risk")
        if inner is None:
            return AtRisk()
        default = AtRisk()
        rule = AtRisk(
            after=inner.fraction("after") or default.after,
            lead_days=inner.integer("lead_days", default.lead_days),
            within=inner.fraction("within") or default.within,
        )
        inner.close()
        return rule

    def _empty(self) -> tuple[Status, str]:
        inner = self.top.inner("empty")
        if inner is None:
            return Status.NO_DATA, "本期没有记录"
        choices = [Status.NO_DATA.value, Status.NOT_APPLICABLE.value]
        status = inner.one_of("status", choices, Status.NO_DATA.value)
        reason = inner.text("reason", "本期没有记录")
        inner.close()
        return Status(status), reason

    def _holds(self, condition: str, place: Place) -> bool:
        """Decide `always`, `fact`, `not fact` or `fact = value` on the profile."""
        if condition == "always":
            return True
        match = re.fullmatch(r"(not )?(\w+)(?: = (.+))?", condition.strip())
        name = match.group(2) if match else condition
        if match is None or name not in self.profile:
            self.top.problems.append(CONDITION.at(place, value=shown(condition), name=shown(name)))
            return True
        fact = self.profile[name]
        expected = match.group(3)
        holds = str(fact) == expected.strip() if expected else fact is True
        return not holds if match.group(1) else holds


def quota(indicator: Indicator, subject: str) -> Target:
    """The target of one subject: its own where declared, else the indicator's."""
    for value in indicator.subjects.values:
        if value.id == subject and value.target is not None:
            return value.target
    return indicator.target
