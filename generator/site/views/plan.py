"""The plan: an overview with every clause by status, and one page a section."""

import dataclasses
import datetime as dt
from collections import Counter

from markupsafe import Markup

from generator.compliance.clauses import ClauseState
from generator.compliance.status import Status
from generator.plan.clauses import Clause, Group, Section, anchor
from generator.problems.problem import Place
from generator.site.book import Book, Desk, section_path, states_by_id
from generator.site.environment import render
from generator.site.origins import origin
from generator.site.page import Page, SearchEntry
from generator.site.views.clause_evidence import EvidenceView, clause_evidence
from generator.site.views.items import Item, count_statuses, item

ADDRESSEES = {"school": "学校", "district": "区县", "mixed": "学校与区县"}


_NOTHING = Markup()
_MOST_PRESSING = (
    Status.MISSED,
    Status.AT_RISK,
    Status.NO_DATA,
    Status.MET,
    Status.NOT_APPLICABLE,
)


@dataclasses.dataclass(frozen=True, slots=True)
class PartView:
    """A group heading or a clause on a section page."""

    is_group: bool
    id: str
    title: str
    anchor: str
    text: Markup
    grouped: bool = False
    state: Status = Status.NO_DATA
    reason: str = ""
    duty: Markup = _NOTHING
    addressee: str = ""
    role: str = ""
    exempt: str = ""
    hole: bool = False
    evidence: tuple[EvidenceView, ...] = ()
    see_also: tuple[Item, ...] = ()
    edit: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class SectionView:
    """One page of the plan."""

    id: str
    title: str
    part: str
    intro: Markup
    parts: list[PartView]


@dataclasses.dataclass(frozen=True, slots=True)
class SectionRow:
    """A section in the overview."""

    id: str
    title: str
    address: str
    total: int
    counts: list[tuple[Status, int]]


@dataclasses.dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause in the overview."""

    id: str
    title: str
    address: str
    role: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class PlanView:
    """The overview of the plan."""

    total: int
    as_of: dt.date
    counts: list[tuple[Status, int]]
    addressees: dict[str, int]
    sections: list[SectionRow]
    by_status: list[tuple[Status, list[ClauseRow]]]


def plan_page(book: Book) -> Page:
    """The overview of all sections and clauses."""
    desk = Desk(book, "plan/index.md")
    ledger = book.ledger
    states = states_by_id(ledger)
    sections = [
        SectionRow(
            section.id,
            section.title,
            desk.link(section_path(section.id)),
            len(section.clauses),
            count_statuses(states[clause.id].status for clause in section.clauses),
        )
        for section in ledger.checked.plan.sections
    ]
    by_status = [
        (status, [_row(desk, s) for s in ledger.clauses if s.status is status])
        for status in _MOST_PRESSING
    ]
    found = Counter(state.clause.addressee for state in ledger.clauses)
    addressees = {name: found[name] for name in ADDRESSEES}
    view = PlanView(
        len(ledger.clauses),
        ledger.as_of,
        count_statuses(state.status for state in ledger.clauses),
        addressees,
        sections,
        by_status,
    )
    place = origin(Place(one.path, 1) for one in book.ledger.checked.plan.sections)
    return Page(
        path="plan/index.md",
        title="实施方案",
        kind="plan",
        markdown=render("plan.html", desk=desk, view=view),
        source=place.file,
        line=place.line,
        edition="public",
        inputs=("content/plan", "records", "as_of"),
        search=(SearchEntry("", "page", "实施方案", "", "平安校园建设方案 全部条款 状态"),),
    )


def section_pages(book: Book) -> list[Page]:
    """One page a section."""
    return [_section_page(book, section) for section in book.ledger.checked.plan.sections]


def _section_page(book: Book, section: Section) -> Page:
    desk = Desk(book, section_path(section.id))
    states = states_by_id(book.ledger)
    parts = [
        _group_view(desk, part, section)
        if isinstance(part, Group)
        else _clause_view(desk, states[part.id], section)
        for part in section.parts
    ]
    intro = desk.prose(section.intro, section.path)
    part = section.part or "实施方案"
    view = SectionView(section.id, section.title, part, intro, parts)
    return Page(
        path=desk.path,
        title=f"{section.id} {section.title}",
        kind="section",
        markdown=render("section.html", desk=desk, view=view),
        source=section.path,
        line=1,
        edition="public",
        inputs=(section.path, "records", "as_of"),
        search=tuple(_entry(desk, clause) for clause in section.clauses),
    )


def _entry(desk: Desk, clause: Clause) -> SearchEntry:
    keys = (clause.id,)
    text = desk.words(f"{clause.duty} {clause.text}")
    return SearchEntry(clause.id, "clause", clause.title, clause.anchor, text, keys)


def _group_view(desk: Desk, group: Group, section: Section) -> PartView:
    text = desk.prose(group.text, section.path, 1)
    return PartView(
        is_group=True, id=group.id, title=group.title, anchor=anchor(group.id), text=text
    )


def _clause_view(desk: Desk, state: ClauseState, section: Section) -> PartView:
    clause = state.clause
    return PartView(
        is_group=False,
        id=clause.id,
        title=clause.title,
        anchor=clause.anchor,
        text=desk.prose(clause.text, section.path, 2),
        grouped=bool(clause.group),
        state=state.status,
        reason="" if clause.exempt else state.judgement.reason.zh,
        duty=desk.line(clause.duty),
        addressee=ADDRESSEES[clause.addressee],
        role=desk.role(clause.role),
        exempt=f"无需记录：{clause.exempt}" if clause.exempt else "",
        hole=state.hole,
        evidence=tuple(clause_evidence(desk, clause)),
        see_also=tuple(item(desk, "clause", name) for name in clause.see_also),
        edit="" if desk.public else desk.file_place(clause.place.file, clause.place.line)[1],
    )


def _row(desk: Desk, state: ClauseState) -> ClauseRow:
    clause = state.clause
    return ClauseRow(
        clause.id,
        clause.title,
        desk.to("clause", clause.id),
        desk.role(clause.role),
        state.judgement.reason.zh,
    )
