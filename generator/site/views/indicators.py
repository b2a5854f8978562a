"""The indicator table and one page an indicator: figure, reason, evidence row by row."""

import dataclasses
import datetime as dt
from fractions import Fraction

from generator.compliance.declarations import Indicator, number_text
from generator.compliance.evidence import EvidenceRow
from generator.compliance.figures import Assessment
from generator.compliance.status import Status
from generator.site.book import RESTRICTED, Book, Desk, is_hidden
from generator.site.environment import render
from generator.site.page import Page, SearchEntry
from generator.site.views.figures import (
    FigureView,
    Matrix,
    SubjectView,
    figure_text,
    has_subjects,
    history_views,
    matrix_of,
    numerator_text,
    pending_text,
    reason_text,
    rest_text,
    subject_views,
    target_text,
)
from generator.site.views.items import BasisView, basis_view, count_statuses

_SHOWN_ROWS = 300
_PERIODS = {
    "calendar_month": "每月",
    "teaching_month": "每个教学月",
    "term": "每学期",
    "school_year": "每学年",
    "calendar_year": "每年",
    "as_of": "随时",
}


@dataclasses.dataclass(frozen=True, slots=True)
class RowView:
    """One record of the evidence."""

    key: str
    address: str
    day: str
    subject: str
    label: str
    value: str
    place: str
    edit: str


@dataclasses.dataclass(frozen=True, slots=True)
class IndicatorView:
    """The page of an indicator."""

    id: str
    title: str
    headline: str
    numerator: str
    rest: str
    state: Status
    period: str
    as_of: dt.date
    reason: str
    open_period: str
    basis: BasisView
    target: str
    owner: str
    subjects: list[SubjectView]
    matrix: Matrix | None
    history: list[FigureView]
    evidence: list[RowView]
    evidence_count: int
    no_evidence: str
    has_subjects: bool
    value_word: str
    meaning: str
    sql: str
    source: str
    line: int


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
    basis: str


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
    return Page(
        path="indicators/index.md",
        title="合规",
        kind="indicators",
        markdown=render("indicators.html", desk=desk, view=view),
        source="records/indicators",
        line=0,
        edition="staff",
        inputs=("records", "as_of"),
        search=(SearchEntry("", "page", "合规指标", "", "全部指标 合规 状态 目标"),),
    )


def indicator_pages(book: Book) -> list[Page]:
    """One page an indicator."""
    return [_page(book, assessment) for assessment in book.ledger.assessments.values()]


def _page(book: Book, assessment: Assessment) -> Page:
    indicator = assessment.indicator
    desk = Desk(book, f"indicators/{indicator.id}.md")
    view = _view(desk, assessment)
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


def _view(desk: Desk, assessment: Assessment) -> IndicatorView:
    indicator, headline = assessment.indicator, assessment.headline
    pending = assessment.open_period
    rows = list(reversed(assessment.evidence))
    tables = {desk.ledger.checked.records.table_of(row.row).sensitivity for row in rows}
    nothing = f"{headline.period.title}没有一条符合的记录。"
    if RESTRICTED in tables:
        rows, nothing = [], "这些记录不逐条公开，只用于统计。"
    return IndicatorView(
        id=indicator.id,
        title=indicator.title,
        headline=indicator.headline,
        numerator=numerator_text(indicator, headline),
        rest=rest_text(indicator, headline),
        state=headline.status,
        period=headline.period.title,
        as_of=desk.ledger.as_of,
        reason=reason_text(indicator, headline),
        open_period=pending_text(indicator, pending) if pending and pending is not headline else "",
        basis=basis_view(desk, indicator.basis),
        target=f"{_PERIODS[indicator.period]} {target_text(indicator, indicator.target)}",
        owner=desk.role(indicator.owner),
        subjects=subject_views(indicator, headline),
        matrix=matrix_of(indicator, assessment),
        history=history_views(indicator, assessment),
        evidence=[_row(desk, indicator, row) for row in rows[:_SHOWN_ROWS]],
        evidence_count=len(rows),
        no_evidence=nothing,
        has_subjects=has_subjects(indicator),
        value_word=indicator.unit if indicator.kind == "measure" else "计入",
        meaning=indicator.meaning,
        sql=str(indicator.evidence.value).strip(),
        source=indicator.place.file,
        line=indicator.place.line,
    )


def _row(desk: Desk, indicator: Indicator, row: EvidenceRow) -> RowView:
    records = desk.ledger.checked.records
    table = records.table_of(row.row)
    keys = [name for name in table.schema.primary_key if not is_hidden(table, name)]
    key = " ".join(records.written(row.row, name) for name in keys) or "—"
    place = records.place(row.row)
    text, edit = desk.file_place(place.file, place.line)
    if indicator.kind == "measure":
        value = number_text(row.value if row.counts else Fraction(0))
    else:
        value = "是" if row.counts else "否"
    subject = next(
        (
            s.title
            for s in desk.ledger.assessments[indicator.id].headline.subjects
            if s.subject == row.subject
        ),
        row.subject,
    )
    label = row.label or _label(desk, row.row)
    day = row.happened_on.isoformat() if row.happened_on else ""
    return RowView(key, desk.row(row.row), day, subject, label, value, text, edit)


def _label(desk: Desk, row: int) -> str:
    records = desk.ledger.checked.records
    table = records.table_of(row)
    field = table.field(table.schema.row_title)
    if field is None or is_hidden(table, field.name):
        return ""
    written = records.written(row, field.name)
    return field.labels.get(written, written)


def _table_row(desk: Desk, assessment: Assessment) -> IndicatorRow:
    indicator, headline = assessment.indicator, assessment.headline
    return IndicatorRow(
        indicator.id,
        indicator.title,
        desk.link(f"indicators/{indicator.id}.md"),
        f"{_PERIODS[indicator.period]} {target_text(indicator, indicator.target)}",
        headline.period.title,
        figure_text(indicator, headline),
        headline.status,
        desk.role(indicator.owner),
        basis_view(desk, indicator.basis).level_word,
    )
