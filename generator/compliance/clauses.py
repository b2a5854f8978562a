"""How far each clause is fulfilled: from its indicators, documents and exemption."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from generator.compliance.figures import Assessment
from generator.compliance.status import Judgement, Status, worst
from generator.plan.clauses import Clause
from generator.problems.problem import Words


@dataclasses.dataclass(frozen=True, slots=True)
class DocumentState:
    """A document as registered, with its dates."""

    id: str
    title: str
    owner: str
    approved_on: dt.date | None
    review_due: dt.date | None
    version: str
    page: str
    row: int
    kind: str
    category: str
    short: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class ClauseState:
    """A clause with its status and why."""

    clause: Clause
    judgement: Judgement
    hole: bool

    @property
    def status(self) -> Status:
        """The status of the clause."""
        return self.judgement.status


def judge_document(document: DocumentState | None, as_of: dt.date, notice: int) -> Status:
    """In force, due for review within so many days of notice, late, or not there."""
    if document is None or document.approved_on is None or document.approved_on > as_of:
        return Status.MISSED
    if document.review_due is None or document.review_due > as_of + dt.timedelta(days=notice):
        return Status.MET
    return Status.AT_RISK if document.review_due >= as_of else Status.MISSED


def clause_states(
    clauses: tuple[Clause, ...],
    assessments: Mapping[str, Assessment],
    documents: Mapping[str, DocumentState],
    as_of: dt.date,
    notice: int,
) -> tuple[ClauseState, ...]:
    """The state of every clause, in the order of the plan; `notice` as for a document."""
    return tuple(
        ClauseState(clause, _judge(clause, assessments, documents, as_of, notice), _is_hole(clause))
        for clause in clauses
    )


def _is_hole(clause: Clause) -> bool:
    """A duty of the school with neither evidence nor exemption."""
    return clause.addressee != "district" and not clause.evidence and not clause.exempt


def _judge(
    clause: Clause,
    assessments: Mapping[str, Assessment],
    documents: Mapping[str, DocumentState],
    as_of: dt.date,
    notice: int,
) -> Judgement:
    if clause.addressee == "district":
        words = Words("这是区县或其他部门的职责，不评学校", "the district's duty, not the school's")
        return Judgement(Status.NOT_APPLICABLE, words)
    if clause.exempt:
        words = Words(f"无需记录：{clause.exempt}", f"no record needed: {clause.exempt}")
        return Judgement(Status.NOT_APPLICABLE, words)
    found = {
        f"{name} {assessments[name].indicator.title}": assessments[name].status
        for name in clause.evidence.indicators
        if name in assessments
    }
    for name in clause.evidence.documents:
        document = documents.get(name)
        title = document.title if document else name
        found[f"《{title}》"] = judge_document(document, as_of, notice)
    if not found:
        return _undecided(clause)
    judgement = _decided(found)
    waiting = [
        assessments[name].headline.judgement
        for name in clause.evidence.indicators
        if name in assessments and assessments[name].status is Status.NO_DATA
    ]
    if waiting and judgement.status is Status.NO_DATA and all(w.not_started for w in waiting):
        return waiting[0]
    return judgement


def _decided(found: dict[str, Status]) -> Judgement:
    status = worst(found.values())
    names = "、".join(name for name, state in found.items() if state is status)
    reasons = {
        Status.MET: Words("证据都在达标状态", "all evidence is in order"),
        Status.AT_RISK: Words(f"快到期：{names}", f"at risk: {names}"),
        Status.MISSED: Words(f"未达标：{names}", f"missed: {names}"),
        Status.NO_DATA: Words(f"还没有数据：{names}", f"no data: {names}"),
        Status.NOT_APPLICABLE: Words(f"本校不适用：{names}", f"not applicable: {names}"),
    }
    return Judgement(status, reasons[status])


def _undecided(clause: Clause) -> Judgement:
    evidence = clause.evidence
    if evidence.indicators:
        words = Words("指标这次没有算出来", "its indicator could not be counted")
    elif evidence.tables:
        words = Words("有台账可查，还没有对应的指标", "there are records but no indicator yet")
    elif evidence.planned:
        planned = "、".join(evidence.planned)
        words = Words(f"证据待建：{planned}", f"evidence to be built: {planned}")
    else:
        words = Words("没有写明证据，也没有免于记录的理由", "neither evidence nor an exemption")
    return Judgement(Status.NO_DATA, words)
