"""Procedure pages: strict front matter, the sections every procedure must have."""

import dataclasses
import datetime as dt
import re

from generator.declared import Declared
from generator.plan.markdown import Source, outside_fences
from generator.plan.names import Named, named, references_in
from generator.problems.catalogue.content import (
    PHASE_MISSING,
    REVIEW_ORDER,
    SAME_POST,
    SECTION_MISSING,
)
from generator.problems.problem import Place, Problem, Words
from generator.strict_yaml import Node

STATUSES = ("draft", "approved", "retired")
EDITIONS = ("public", "staff")
_SHORT = 18
_FIRST_MINUTE = range(3, 6)
_DO_NOT = 4
_GROUPS = 4
_MINUTE = re.compile(r"^##\s+第\s*(\d+)\s*分钟\s*$")


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
    edition: str
    body: str
    place: Place


def read_procedure(source: Source) -> tuple[Procedure, list[Named], list[Problem]]:
    """Read one procedure; the names it uses are returned for looking up."""
    front = source.front
    names = [*references_in(source), *_names(front)]
    problems: list[Problem] = []
    first_minute, do_not = front.texts("first_minute"), front.texts("do_not")
    procedure = Procedure(
        id=front.text("doc_id", required=True),
        title=front.text("title", required=True),
        summary=front.text("summary", required=True),
        kind=front.text("kind", required=True),
        category=front.text("category", required=True),
        icon=front.text("icon", required=True),
        status=front.one_of("status", STATUSES),
        version=front.text("version", required=True),
        owner=front.text("owner_role", required=True),
        commander=front.text("commander_role", required=True),
        deputy=front.text("deputy_role", required=True),
        approved_on=front.date("approved_on", required=True),
        review_due=front.date("review_due", required=True),
        sources=_texts(front, "source_refs"),
        clauses=_texts(front, "clauses"),
        tasks=_tasks(front),
        contacts=_texts(front, "contacts"),
        report=_report(front),
        assembly_points=_texts(front, "assembly_points"),
        drills=_drills(front),
        do_not=tuple(str(node.value) for node in do_not),
        first_minute=tuple(str(node.value) for node in first_minute),
        edition=front.one_of("sensitivity", EDITIONS),
        body=source.body,
        place=Place(source.path, 1),
    )
    front.get("related_assets")
    front.flag("card")
    problems.extend(_check_lists(front, first_minute, do_not, procedure))
    problems.extend(_check_phases(front, source))
    problems.extend(_check_posts(front, procedure))
    front.close()
    return procedure, names, problems


def _texts(front: Declared, key: str) -> tuple[str, ...]:
    return tuple(str(node.value) for node in front.texts(key))


def _names(front: Declared) -> list[Named]:
    names: list[Named] = []
    for key, kind in (
        ("source_refs", "source"),
        ("clauses", "clause"),
        ("contacts", "contact"),
        ("assembly_points", "place"),
    ):
        names.extend(named(kind, front.texts(key)))
    for key in ("owner_role", "commander_role", "deputy_role"):
        names.append(Named("role", front.text(key), front.place(key)))
    names.append(Named("document", front.text("doc_id"), front.place("doc_id")))
    names.extend(
        Named("role", t.text("role_id"), t.place("role_id")) for t in front.mappings("roles")
    )
    report = front.inner("report")
    if report is not None:
        names.extend(named("contact", report.texts("to")))
        names.append(Named("source", report.text("basis"), report.place("basis")))
    return [name for name in names if name.name]


def _tasks(front: Declared) -> tuple[Task, ...]:
    tasks = []
    for entry in front.mappings("roles"):
        task = Task(
            entry.text("group", required=True),
            entry.text("role_id", required=True),
            entry.text("task", required=True),
        )
        entry.close()
        tasks.append(task)
    return tuple(tasks)


def _report(front: Declared) -> Report | None:
    inner = front.inner("report", required=True)
    if inner is None:
        return None
    report = Report(
        inner.integer("verbal_hours"),
        inner.integer("written_hours"),
        _texts(inner, "to"),
        inner.text("basis"),
        inner.text("script", required=True),
    )
    inner.close()
    return report


def _drills(front: Declared) -> DrillQuota | None:
    inner = front.inner("drills")
    if inner is None:
        return None
    quota = DrillQuota(
        inner.text("table", required=True),
        inner.text("scenario", required=True),
        inner.integer("min_per_year", 1),
    )
    inner.close()
    return quota


def _check_lists(
    front: Declared, first_minute: list[Node], do_not: list[Node], procedure: Procedure
) -> list[Problem]:
    problems = []
    if len(first_minute) not in _FIRST_MINUTE:
        count = len(first_minute)
        problems.append(
            _incomplete(
                front.place("first_minute"),
                Words(f"first_minute 有 {count} 条", f"first_minute has {count} lines"),
                Words("写 3 到 5 条", "write three to five"),
            )
        )
    for node in first_minute:
        if len(str(node.value)) > _SHORT:
            problems.append(
                _incomplete(
                    node.place,
                    Words(f"这一条有 {len(str(node.value))} 个字", "the line is too long"),
                    Words(f"缩到 {_SHORT} 个字以内", f"shorten it to {_SHORT} characters"),
                )
            )
    if len(do_not) > _DO_NOT:
        problems.append(
            _incomplete(
                front.place("do_not"),
                Words(f"do_not 有 {len(do_not)} 条", f"do_not has {len(do_not)} lines"),
                Words(f"留最要紧的 {_DO_NOT} 条", f"keep the {_DO_NOT} that matter most"),
            )
        )
    groups = {task.group for task in procedure.tasks}
    if len(groups) < _GROUPS:
        problems.append(
            _incomplete(
                front.place("roles"),
                Words(f"roles 只有 {len(groups)} 个组", f"roles has {len(groups)} groups"),
                Words(f"至少写 {_GROUPS} 个组", f"write at least {_GROUPS} groups"),
            )
        )
    return problems


def _incomplete(place: Place, what: Words, remedy: Words) -> Problem:
    return SECTION_MISSING.at(
        place, what_zh=what.zh, what_en=what.en, remedy_zh=remedy.zh, remedy_en=remedy.en
    )


def _check_phases(front: Declared, source: Source) -> list[Problem]:
    found = {
        match.group(1)
        for _, line in outside_fences(source.lines())
        if (match := _MINUTE.match(line))
    }
    wanted = front.texts("phases")
    return [
        PHASE_MISSING.at(node.place, minute=str(node.value))
        for node in wanted
        if str(node.value) not in found
    ]


def _check_posts(front: Declared, procedure: Procedure) -> list[Problem]:
    problems = []
    if procedure.commander and procedure.commander == procedure.deputy:
        problems.append(SAME_POST.at(front.place("deputy_role"), value=procedure.deputy))
    approved, due = procedure.approved_on, procedure.review_due
    if approved and due and due <= approved:
        problems.append(REVIEW_ORDER.at(front.place("review_due"), due=due, approved=approved))
    return problems
