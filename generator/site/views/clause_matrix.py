"""Clause by evidence: every clause on one page, with what shows it and what is missing."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable

from generator.compliance.clauses import ClauseState
from generator.compliance.status import NAMES, Status
from generator.problems.problem import Place
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.origins import origin
from generator.site.page import Page, SearchEntry
from generator.site.views.clause_evidence import EvidenceView, clause_evidence
from generator.site.views.items import count_statuses
from generator.site.views.plan import ADDRESSEES

PATH = "indicators/clauses.md"
_NEITHER = "没有写明证据，也没有免于记录的理由"
_PLANNED = "证据还没有建"


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixClause:
    """One clause with its evidence by kind; `missing` says what an empty slot lacks."""

    id: str
    title: str
    address: str
    section: str
    addressee: str
    addressee_word: str
    role: str
    role_word: str
    role_address: str
    state: Status
    reason: str
    indicators: list[EvidenceView]
    documents: list[EvidenceView]
    tables: list[EvidenceView]
    exempt: str
    missing: str
    hole: bool


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixSection:
    """A section of the plan with its clauses."""

    id: str
    title: str
    clauses: list[MatrixClause]


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter with how many clauses it leaves."""

    value: str
    word: str
    count: int


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixView:
    """The whole page."""

    as_of: dt.date
    total: int
    holes: int
    counts: list[tuple[Status, int]]
    sections: list[MatrixSection]
    statuses: list[Choice]
    section_choices: list[Choice]
    roles: list[Choice]
    addressees: list[Choice]


def clause_matrix_page(book: Book) -> Page:
    """The page of all clauses against their evidence."""
    desk = Desk(book, PATH)
    ledger = book.ledger
    states = {state.clause.id: state for state in ledger.clauses}
    sections = [
        MatrixSection(
            section.id,
            section.title,
            [_clause(desk, states[clause.id]) for clause in section.clauses],
        )
        for section in ledger.checked.plan.sections
        if section.clauses
    ]
    clauses = [clause for section in sections for clause in section.clauses]
    view = MatrixView(
        as_of=ledger.as_of,
        total=len(clauses),
        holes=sum(clause.hole for clause in clauses),
        counts=count_statuses(clause.state for clause in clauses),
        sections=sections,
        statuses=_statuses(clauses),
        section_choices=[
            Choice(section.id, f"{section.id} {section.title}", len(section.clauses))
            for section in sections
        ],
        roles=_choices((clause.role, clause.role_word) for clause in clauses if clause.role),
        addressees=_choices((clause.addressee, clause.addressee_word) for clause in clauses),
    )
    place = origin(Place(one.path, 1) for one in book.ledger.checked.plan.sections)
    return Page(
        path=PATH,
        title="条款与证据",
        kind="matrix",
        markdown=render("clauses.html", desk=desk, view=view),
        source=place.file,
        line=place.line,
        edition="staff",
        inputs=("content/plan", "records", "as_of"),
        hide=("toc",),
        search=(SearchEntry("", "page", "条款与证据", "", "条款 证据 对照 空缺 缺证据 矩阵"),),
    )


def _clause(desk: Desk, state: ClauseState) -> MatrixClause:
    clause = state.clause
    evidence = clause_evidence(desk, clause)
    missing = ""
    if state.hole:
        missing = _NEITHER
    elif clause.evidence.planned:
        missing = _PLANNED
    return MatrixClause(
        id=clause.id,
        title=clause.title,
        address=desk.to("clause", clause.id),
        section=clause.section,
        addressee=clause.addressee,
        addressee_word=ADDRESSEES[clause.addressee],
        role=clause.role,
        role_word=desk.role(clause.role),
        role_address=desk.to("role", clause.role),
        state=state.status,
        reason="" if clause.exempt else state.judgement.reason.zh,
        indicators=[view for view in evidence if view.kind in {"indicator", "planned"}],
        documents=[view for view in evidence if view.kind == "document"],
        tables=[view for view in evidence if view.kind == "table"],
        exempt=clause.exempt,
        missing=missing,
        hole=bool(missing),
    )


def _statuses(clauses: list[MatrixClause]) -> list[Choice]:
    found = Counter(clause.state for clause in clauses)
    return [Choice(s.value, NAMES[s].zh, found[s]) for s in Status if found[s]]


def _choices(pairs: Iterable[tuple[str, str]]) -> list[Choice]:
    """One choice for each value, in the order of their first clause."""
    found = Counter(pairs)
    return [Choice(value, word, count) for (value, word), count in found.items()]
