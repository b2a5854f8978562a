"""The table of all indicators."""

import dataclasses
import datetime as dt

from generator.compliance.figures import Assessment
from generator.compliance.status import Status
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.origins import origin
from generator.site.page import Page, SearchEntry
from generator.site.views.figures import demand_text, figure_text
from generator.site.views.items import BasisView, basis_view, count_statuses


@dataclasses.dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in the table of all."""

    id: str
    title: str
    address: str
    target: str
    period: str
    figure: str
    state: Status
    owner: str
    basis: BasisView


@dataclasses.dataclass(frozen=True, slots=True)
class IndicatorsView:
    """The table of all indicators."""

    as_of: dt.date
    counts: list[tuple[Status, int]]
    rows: list[IndicatorRow]
    planned: list[str]


def indicators_page(book: Book) -> Page:
    """The table of all indicators."""
    desk = Desk(book, "indicators/index.md")
    found = list(book.ledger.assessments.values())
    planned = sorted(
        {name for clause in book.ledger.checked.plan.clauses for name in clause.evidence.planned}
    )
    view = IndicatorsView(
        book.ledger.as_of,
        count_statuses(assessment.status for assessment in found),
        [_table_row(desk, assessment) for assessment in found],
        planned,
    )
    place = origin(one.place for one in book.ledger.checked.indicators)
    return Page(
        path="indicators/index.md",
        title="合规",
        kind="indicators",
        markdown=render("indicators.html", desk=desk, view=view),
        source=place.file,
        line=place.line,
        edition="staff",
        inputs=("records", "as_of"),
        search=(SearchEntry("", "page", "合规指标", "", "全部指标 合规 状态 目标"),),
    )


def _table_row(desk: Desk, assessment: Assessment) -> IndicatorRow:
    indicator, headline = assessment.indicator, assessment.headline
    return IndicatorRow(
        indicator.id,
        indicator.title,
        desk.link(f"indicators/{indicator.id}.md"),
        demand_text(indicator),
        headline.period.title,
        figure_text(indicator, headline),
        headline.status,
        desk.role(indicator.owner),
        basis_view(desk, indicator.basis),
    )
