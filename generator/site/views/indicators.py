"""One page an indicator: figure, reason, source, history, and the records it stands on."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

from markupsafe import Markup

from generator.compliance.figures import Assessment
from generator.compliance.status import Status
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.page import Page, SearchEntry
from generator.site.remembered import remembered, written_alike
from generator.site.views.due import DueItem, due_of
from generator.site.views.evidence import (
    SHOWN_ROWS,
    EvidenceView,
    evidence_tables,
    evidence_view,
)
from generator.site.views.figures import (
    FigureView,
    Matrix,
    SubjectView,
    demand_text,
    has_subjects,
    history_views,
    matrix_of,
    numerator_text,
    pending_text,
    reason_text,
    rest_text,
    subject_views,
)
from generator.site.views.items import BasisView, Item, basis_view, item, source_view
from generator.site.views.published import PublishedView, published_views
from generator.site.views.trend import trend_chart


@dataclasses.dataclass(frozen=True, slots=True)
class IndicatorView:
    """The page of an indicator."""

    id: str
    title: str
    headline: str
    numerator: str
    rest: str
    told: bool
    state: Status
    period: str
    as_of: dt.date
    reason: str
    open_period: str
    basis: BasisView
    verified: bool
    checked_on: str
    floors: list[BasisView]
    clauses: list[Item]
    target: str
    owner: Item
    due: DueItem | None
    due_count: int
    sheet: str
    subjects: list[SubjectView]
    matrix: Matrix | None
    chart: Markup
    history: list[FigureView]
    evidence: EvidenceView
    has_subjects: bool
    meaning: str
    sql: str
    source: str
    line: int
    published: list[PublishedView]


def indicator_pages(book: Book, counted: Mapping[str, object]) -> list[Page]:
    """One page an indicator; `counted` is what `counted_values` gave."""
    return remembered_each(book, "indicator", _page, counted)


def remembered_each(
    book: Book,
    name: str,
    make: Callable[[Book, Assessment], Page],
    counted: Mapping[str, object],
) -> list[Page]:
    """One page an indicator: it shows what was counted, and the records that were."""
    pages: list[Page] = []
    for assessment in book.ledger.assessments.values():
        own = f"{name} {assessment.indicator.id}"
        shown = evidence_tables(book, assessment.indicator)
        made = partial(_alone, make, book, assessment)
        pages += remembered(book, own, made, shown, counted[assessment.indicator.id])
    return pages


def _alone(
    make: Callable[[Book, Assessment], Page], book: Book, assessment: Assessment
) -> list[Page]:
    return [make(book, assessment)]


def counted_values(book: Book) -> dict[str, object]:
    """What the pages of each indicator show beside titles and records, in one word each."""
    found = book.ledger.assessments.items()
    return {name: written_alike(_counted(book, assessment)) for name, assessment in found}


def _counted(book: Book, assessment: Assessment) -> tuple[object, ...]:
    """What a page shows of the figure, and all that it takes from texts but titles.

    Those are the duty it rests on, the clauses that rest on it, which of them were changed since,
    and what was published.
    """
    told = assessment.headline, assessment.history, assessment.evidence, assessment.due
    indicator, suspects = assessment.indicator, book.ledger.checked.suspicion.suspects
    desk = Desk(book, f"indicators/{indicator.id}.md")
    around = _resting(book, indicator.id), list(suspects.get(indicator.id, ()))
    basis, published = basis_view(desk, indicator.basis), published_views(desk, indicator)
    return *told, assessment.hidden, around, basis, published


def sheet_path(indicator: str) -> str:
    """The evidence sheet of an indicator."""
    return f"indicators/{indicator}/sheet.md"


def _page(book: Book, assessment: Assessment) -> Page:
    indicator = assessment.indicator
    desk = Desk(book, f"indicators/{indicator.id}.md")
    view = indicator_view(desk, assessment)
    text = f"{indicator.headline} {indicator.meaning} {assessment.headline.judgement.reason.zh}"
    entry = SearchEntry(indicator.id, "indicator", indicator.title, "", text, (indicator.id,))
    return Page(
        path=desk.path,
        title=f"{indicator.id} {indicator.title}",
        kind="indicator",
        markdown=render("indicator.html", desk=desk, view=view),
        source=indicator.place.file,
        line=indicator.place.line,
        edition="staff",
        inputs=(indicator.place.file, "records", "as_of"),
        doc_id=indicator.id,
        owner=indicator.owner,
        search=(entry,),
    )


def indicator_view(desk: Desk, assessment: Assessment, most: int = SHOWN_ROWS) -> IndicatorView:
    """Everything the page of an indicator shows; its sheet shows the same with fewer records."""
    indicator, headline = assessment.indicator, assessment.headline
    pending = assessment.open_period
    basis = basis_view(desk, indicator.basis)
    due = due_of(desk, indicator.id)
    return IndicatorView(
        id=indicator.id,
        title=indicator.title,
        headline=indicator.headline,
        numerator=numerator_text(indicator, headline),
        rest=rest_text(indicator, headline),
        told=headline.told,
        state=headline.status,
        period=headline.period.title,
        as_of=desk.ledger.as_of,
        reason=reason_text(indicator, headline),
        open_period=pending_text(indicator, pending) if pending and pending is not headline else "",
        basis=basis,
        verified=basis.verified,
        checked_on=indicator.basis.checked_on,
        floors=[source_view(desk, name) for name in indicator.basis.floors],
        clauses=_clauses(desk, indicator.id),
        target=demand_text(indicator),
        owner=Item(desk.role(indicator.owner), desk.to("role", indicator.owner)),
        due=due[0] if due else None,
        due_count=len(due),
        sheet=desk.link(sheet_path(indicator.id)),
        subjects=subject_views(indicator, headline),
        matrix=matrix_of(indicator, assessment),
        chart=trend_chart(indicator, assessment),
        history=history_views(indicator, assessment),
        evidence=evidence_view(desk, assessment, most),
        has_subjects=has_subjects(indicator),
        meaning=indicator.meaning,
        sql=str(indicator.evidence.value).strip(),
        source=indicator.place.file,
        line=indicator.place.line,
        published=published_views(desk, indicator),
    )


def _clauses(desk: Desk, indicator: str) -> list[Item]:
    """The clauses that name the indicator as their evidence."""
    return [item(desk, "clause", name) for name in _resting(desk.book, indicator)]


def _resting(book: Book, indicator: str) -> list[str]:
    clauses = book.ledger.checked.plan.clauses
    return [clause.id for clause in clauses if indicator in clause.evidence.indicators]
