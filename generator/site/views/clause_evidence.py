"""What shows that a clause is fulfilled, as its section and the page of all clauses show it."""

import dataclasses

from generator.compliance.clauses import judge_document
from generator.compliance.status import Status
from generator.plan.clauses import Clause
from generator.site.book import Desk
from generator.site.views.figures import figure_text
from generator.site.views.items import item


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceView:
    """One piece of evidence of a clause."""

    title: str
    address: str
    note: str = ""
    state: Status | None = None
    kind: str = "indicator"
    """`indicator`, `document`, `table`, or `planned` for an indicator that is not there yet."""

    @property
    def planned(self) -> bool:
        """It is still to be built."""
        return self.kind == "planned"


def clause_evidence(desk: Desk, clause: Clause) -> list[EvidenceView]:
    """What shows that a clause is fulfilled: indicators, documents, tables, and what is planned."""
    ledger = desk.ledger
    views = []
    for name in clause.evidence.indicators:
        entry = item(desk, "indicator", name)
        assessment = ledger.assessments.get(name)
        note = figure_text(assessment.indicator, assessment.headline) if assessment else ""
        state = assessment.status if assessment else None
        views.append(EvidenceView(entry.title, entry.address, note, state))
    for name in clause.evidence.documents:
        entry = item(desk, "document", name)
        document = ledger.checked.bound.documents.get(name)
        views.append(
            EvidenceView(
                entry.title,
                entry.address or (desk.row(document.row) if document else ""),
                "",
                judge_document(document, ledger.as_of, desk.house.review_notice_days),
                "document",
            )
        )
    for name in clause.evidence.tables:
        title = desk.book.title("table", name)
        size = desk.size(name)
        note = f"{size} 条" if size else ""
        views.append(EvidenceView(title, desk.to("table", name), note, kind="table"))
    views += [EvidenceView(name, "", kind="planned") for name in clause.evidence.planned]
    return views
