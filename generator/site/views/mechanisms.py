"""The mechanisms of the plan: what staff come to ask, and where each is shown and measured."""

import dataclasses
import datetime as dt

from generator.compliance.status import Status
from generator.plan.mechanisms import Mechanism
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.page import Page, SearchEntry
from generator.site.views.figures import figure_text
from generator.site.views.items import Item, item

PATH = "indicators/mechanisms.md"


@dataclasses.dataclass(frozen=True, slots=True)
class MeasureView:
    """One indicator of a mechanism with its figure."""

    title: str
    address: str
    figure: str
    state: Status


@dataclasses.dataclass(frozen=True, slots=True)
class MechanismView:
    """One mechanism; `reason` says why nothing measures it."""

    id: str
    anchor: str
    title: str
    question: str
    answers: list[Item]
    clauses: list[Item]
    tables: list[Item]
    measures: list[MeasureView]
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class MechanismsView:
    """All mechanisms."""

    as_of: dt.date
    measured: int
    mechanisms: list[MechanismView]


def mechanism_pages(book: Book) -> list[Page]:
    """The page of all mechanisms; none where the school lists none."""
    desk = Desk(book, PATH)
    found = [_view(desk, entry) for entry in book.ledger.checked.plan.mechanisms]
    if not found:
        return []
    measured = sum(bool(entry.measures) for entry in found)
    view = MechanismsView(book.ledger.as_of, measured, found)
    return [
        Page(
            path=PATH,
            title="机制",
            kind="mechanisms",
            markdown=render("mechanisms.html", desk=desk, view=view),
            source=book.ledger.checked.plan.mechanisms[0].place.file,
            line=book.ledger.checked.plan.mechanisms[0].place.line,
            edition="staff",
            inputs=("content", "records", "as_of"),
            search=(
                SearchEntry("", "page", "机制", "", "全部机制"),
                *(
                    SearchEntry(one.id, "page", one.title, one.anchor, f"{one.question} 机制")
                    for one in found
                ),
            ),
        )
    ]


def _view(desk: Desk, mechanism: Mechanism) -> MechanismView:
    return MechanismView(
        id=mechanism.id,
        anchor=f"m-{mechanism.id.lower()}",
        title=mechanism.title,
        question=mechanism.question,
        answers=[_answer(desk, name) for name in mechanism.pages],
        clauses=[item(desk, "clause", name) for name in mechanism.clauses],
        tables=[
            Item(desk.book.title("table", name), desk.to("table", name))
            for name in mechanism.tables
        ],
        measures=[view for name in mechanism.indicators for view in _measures(desk, name)],
        reason=mechanism.reason,
    )


def _answer(desk: Desk, name: str) -> Item:
    kind = desk.ledger.checked.registry.kind_of(name)
    shown = item(desk, kind, name)
    document = desk.ledger.checked.bound.documents.get(name)
    row = desk.row(document.row) if document else ""
    return Item(shown.title, shown.address or row)


def _measures(desk: Desk, name: str) -> list[MeasureView]:
    assessment = desk.ledger.assessments.get(name)
    if assessment is None:
        return []
    shown = item(desk, "indicator", name)
    figure = figure_text(assessment.indicator, assessment.headline)
    return [MeasureView(shown.title, shown.address, figure, assessment.status)]
