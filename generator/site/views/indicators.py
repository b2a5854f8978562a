"""The indicator table and one page an indicator: figure, reason, evidence row by row."""

import dataclasses
import datetime as dt
from fractions import Fraction

from generator.compliance.declarations import Indicator, number_text
from generator.compliance.evidence import EvidenceRow
from generator.compliance.figures import Assessment, Figure, SubjectFigure
from generator.compliance.status import Status, Target
from generator.site.book import Book, Desk
from generator.site.environment import percent, render
from generator.site.page import Page, SearchEntry
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
class SubjectView:
    """One subject of the headline."""

    title: str
    value: str
    target: str
    state: Status


@dataclasses.dataclass(frozen=True, slots=True)
class FigureView:
    """One period in the history."""

    period: str
    figure: str
    state: Status
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class CellView:
    """One subject in one period."""

    value: str
    state: Status


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixRow:
    """One subject over all periods."""

    title: str
    cells: list[CellView | None]


@dataclasses.dataclass(frozen=True, slots=True)
class Matrix:
    """Subjects by periods."""

    periods: list[str]
    rows: list[MatrixRow]


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


def figure_text(indicator: Indicator, figure: Figure) -> str:
    """The figure with its denominator: `22/24`, `34/41（82.9 %）`, `1 处`."""
    if figure.status is Status.NOT_APPLICABLE and not figure.denominator:
        return "—"
    if indicator.kind == "ratio":
        if not figure.denominator:
            return "0/0"
        return f"{figure.numerator}/{figure.denominator}（{percent(figure.value)}）"
    if indicator.kind == "count" or not _has_subjects(indicator):
        return f"{number_text(figure.value)} {indicator.unit}"
    return f"{figure.numerator}/{figure.denominator}"


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
    return IndicatorView(
        id=indicator.id,
        title=indicator.title,
        headline=indicator.headline,
        numerator=_numerator(indicator, headline),
        rest=_rest(indicator, headline),
        state=headline.status,
        period=headline.period.title,
        as_of=desk.ledger.as_of,
        reason=_reason(indicator, headline),
        open_period=_pending(indicator, pending) if pending and pending is not headline else "",
        basis=basis_view(desk, indicator.basis),
        target=f"{_PERIODS[indicator.period]} {_target(indicator, indicator.target)}",
        owner=desk.role(indicator.owner),
        subjects=_subjects(indicator, headline),
        matrix=_matrix(indicator, assessment),
        history=_history(indicator, assessment),
        evidence=[_row(desk, indicator, row) for row in rows[:_SHOWN_ROWS]],
        evidence_count=len(rows),
        no_evidence=f"{headline.period.title}没有一条符合的记录。",
        has_subjects=_has_subjects(indicator),
        value_word=indicator.unit if indicator.kind == "measure" else "计入",
        meaning=indicator.meaning,
        sql=str(indicator.evidence.value).strip(),
        source=indicator.place.file,
        line=indicator.place.line,
    )


def _numerator(indicator: Indicator, figure: Figure) -> str:
    if indicator.kind == "count" or (indicator.kind == "measure" and not _has_subjects(indicator)):
        return number_text(figure.value)
    return str(figure.numerator)


def _rest(indicator: Indicator, figure: Figure) -> str:
    if indicator.kind == "ratio":
        share = f" · {percent(figure.value)}" if figure.denominator else ""
        return f"/ {figure.denominator}{share}"
    if indicator.kind == "count" or not _has_subjects(indicator):
        return indicator.unit
    return f"/ {figure.denominator}"


def _reason(indicator: Indicator, figure: Figure) -> str:
    short = [s.title for s in figure.subjects if not s.reached and s.subject]
    reason = figure.judgement.reason.zh
    if figure.status in {Status.MISSED, Status.AT_RISK} and 0 < len(short) <= _NAMED:
        return f"{reason}：{'、'.join(short)}。"
    return f"{reason}。" if reason else indicator.meaning


_NAMED = 6


def _pending(indicator: Indicator, figure: Figure) -> str:
    left = figure.judgement.reason.zh
    return f"{figure.period.title}：{figure_text(indicator, figure)}，{left}。"


def _target(indicator: Indicator, target: Target) -> str:
    sign = "不超过" if target.at_most is not None else "不少于"
    ratio = indicator.kind == "ratio"
    unit = "" if ratio else f" {indicator.unit}"
    return f"{sign} {number_text(target.number, ratio=ratio)}{unit}"


def _subjects(indicator: Indicator, figure: Figure) -> list[SubjectView]:
    """The subjects of the headline, those that fell short first."""
    if not _has_subjects(indicator):
        return []
    ordered = sorted(figure.subjects, key=lambda subject: (subject.reached, subject.subject))
    return [
        SubjectView(
            subject.title,
            number_text(subject.value),
            number_text(subject.target.number),
            _cell_state(subject, figure),
        )
        for subject in ordered
    ]


def _cell_state(subject: SubjectFigure, figure: Figure) -> Status:
    if subject.reached:
        return Status.MET
    return Status.NO_DATA if figure.judgement.pending else figure.status


def _matrix(indicator: Indicator, assessment: Assessment) -> Matrix | None:
    """Subjects by periods, newest period first; only where there are several periods."""
    figures = [figure for figure in assessment.history if figure.subjects]
    if not _has_subjects(indicator) or len(figures) < 2:  # noqa: PLR2004 - one period is no matrix
        return None
    newest = {subject.subject for subject in figures[-1].subjects}
    figures = [
        figure for figure in reversed(figures) if newest & {s.subject for s in figure.subjects}
    ]
    if len(figures) < 2:  # noqa: PLR2004
        return None
    titles = {s.subject: s.title for s in figures[0].subjects}
    found = [{s.subject: s for s in figure.subjects} for figure in figures]
    rows = [
        MatrixRow(
            title,
            [_cell(known.get(name), figure) for known, figure in zip(found, figures, strict=True)],
        )
        for name, title in titles.items()
    ]
    return Matrix([figure.period.title for figure in figures], rows)


def _cell(subject: SubjectFigure | None, figure: Figure) -> CellView | None:
    if subject is None:
        return None
    return CellView(number_text(subject.value), _cell_state(subject, figure))


def _history(indicator: Indicator, assessment: Assessment) -> list[FigureView]:
    if len(assessment.history) < 2:  # noqa: PLR2004 - one period is no history
        return []
    return [
        FigureView(
            figure.period.title,
            figure_text(indicator, figure),
            figure.status,
            figure.judgement.reason.zh,
        )
        for figure in reversed(assessment.history)
    ]


def _row(desk: Desk, indicator: Indicator, row: EvidenceRow) -> RowView:
    records = desk.ledger.checked.records
    table = records.table_of(row.row)
    key = " ".join(records.written(row.row, name) for name in table.schema.primary_key)
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
    table = desk.ledger.checked.records.table_of(row)
    field = table.field(table.schema.row_title)
    if field is None:
        return ""
    written = desk.ledger.checked.records.written(row, field.name)
    return field.labels.get(written, written)


def _table_row(desk: Desk, assessment: Assessment) -> IndicatorRow:
    indicator, headline = assessment.indicator, assessment.headline
    return IndicatorRow(
        indicator.id,
        indicator.title,
        desk.link(f"indicators/{indicator.id}.md"),
        f"{_PERIODS[indicator.period]} {_target(indicator, indicator.target)}",
        headline.period.title,
        figure_text(indicator, headline),
        headline.status,
        desk.role(indicator.owner),
        basis_view(desk, indicator.basis).level_word,
    )


def _has_subjects(indicator: Indicator) -> bool:
    return bool(indicator.subjects.table or indicator.subjects.values)
