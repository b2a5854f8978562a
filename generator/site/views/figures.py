"""Figures as readers see them: numbers with denominators, subjects, history, matrix."""

import dataclasses

from generator.compliance.declarations import Indicator, number_text
from generator.compliance.figures import Assessment, Figure, SubjectFigure
from generator.compliance.periods import ROLLING
from generator.compliance.status import Status, Target
from generator.site.environment import percent

UNTOLD = "不列数字"
"""In place of a number that is too small to be told."""
_SEVERAL = 2
"""One period alone is neither a history nor a matrix."""
_NAMED = 6
"""Up to this many subjects are named in a reason."""


_PERIODS = {
    "calendar_month": "每月",
    "teaching_month": "每个教学月",
    "quarter": "每季度",
    "term": "每学期",
    "school_year": "每学年",
    "calendar_year": "每年",
    "as_of": "随时",
} | {kind: f"每 {count} 个月" for kind, count in ROLLING.items()}


@dataclasses.dataclass(frozen=True, slots=True)
class SubjectView:
    """One subject of the headline."""

    title: str
    value: str
    target: str
    state: Status
    reached: bool


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


def figure_text(indicator: Indicator, figure: Figure) -> str:
    """The figure with its denominator: `22/24`, `34/41（82.9 %）`, `1 处`."""
    if figure.status is Status.NOT_APPLICABLE and not figure.denominator:
        return "—"
    if not figure.told:
        return UNTOLD
    if indicator.kind == "ratio":
        share = f"（{percent(figure.value)}）" if figure.denominator else ""
        return f"{figure.numerator}/{figure.denominator}{share}"
    if indicator.kind == "count" or not has_subjects(indicator):
        return f"{number_text(figure.value)} {indicator.unit}"
    return f"{figure.numerator}/{figure.denominator}"


def target_text(indicator: Indicator, target: Target) -> str:
    """The target with its direction and unit: `不少于 2 课时`."""
    sign = "不超过" if target.at_most is not None else "不少于"
    ratio = indicator.kind == "ratio"
    unit = "" if ratio else f" {indicator.unit}"
    return f"{sign} {number_text(target.number, ratio=ratio)}{unit}"


def demand_text(indicator: Indicator) -> str:
    """The target with its period: `每个教学月 不少于 2 课时`."""
    return f"{_PERIODS[indicator.period]} {target_text(indicator, indicator.target)}"


def subject_views(indicator: Indicator, figure: Figure) -> list[SubjectView]:
    """The subjects of the headline, those that fell short first."""
    if not has_subjects(indicator):
        return []
    ordered = sorted(figure.subjects, key=lambda subject: (subject.reached, subject.subject))
    return [
        SubjectView(
            subject.title,
            number_text(subject.value, ratio=indicator.kind == "ratio"),
            number_text(subject.target.number, ratio=indicator.kind == "ratio"),
            _cell_state(subject, figure),
            subject.reached,
        )
        for subject in ordered
    ]


def _cell_state(subject: SubjectFigure, figure: Figure) -> Status:
    if subject.state is not None:
        return subject.state
    if subject.reached:
        return Status.MET
    return Status.NO_DATA if figure.judgement.pending else figure.status


def matrix_of(indicator: Indicator, assessment: Assessment) -> Matrix | None:
    """Subjects by periods, newest period first; only where there are several periods."""
    figures = [figure for figure in assessment.history if figure.subjects]
    if not has_subjects(indicator) or len(figures) < _SEVERAL:
        return None
    newest = {subject.subject for subject in figures[-1].subjects}
    figures = [
        figure for figure in reversed(figures) if newest & {s.subject for s in figure.subjects}
    ]
    if len(figures) < _SEVERAL:
        return None
    titles = {s.subject: s.title for s in figures[0].subjects}
    found = [{s.subject: s for s in figure.subjects} for figure in figures]
    rows = [
        MatrixRow(
            title,
            [
                _cell(indicator, known.get(name), figure)
                for known, figure in zip(found, figures, strict=True)
            ],
        )
        for name, title in titles.items()
    ]
    return Matrix([figure.period.title for figure in figures], rows)


def _cell(indicator: Indicator, subject: SubjectFigure | None, figure: Figure) -> CellView | None:
    if subject is None:
        return None
    value = number_text(subject.value, ratio=indicator.kind == "ratio")
    return CellView(value, _cell_state(subject, figure))


def history_views(indicator: Indicator, assessment: Assessment) -> list[FigureView]:
    """All periods, newest first; none where there is only one."""
    if len(assessment.history) < _SEVERAL:
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


def has_subjects(indicator: Indicator) -> bool:
    """Tell whether the indicator counts several subjects rather than the whole school."""
    return bool(indicator.subjects.table or indicator.subjects.values)


def numerator_text(indicator: Indicator, figure: Figure) -> str:
    """The number that is shown large."""
    if not figure.told:
        return UNTOLD
    if indicator.kind == "count" or (indicator.kind == "measure" and not has_subjects(indicator)):
        return number_text(figure.value)
    return str(figure.numerator)


def rest_text(indicator: Indicator, figure: Figure) -> str:
    """What stands behind the large number: denominator, share or unit."""
    if not figure.told:
        return ""
    if indicator.kind == "ratio":
        share = f" · {percent(figure.value)}" if figure.denominator else ""
        return f"/ {figure.denominator}{share}"
    if indicator.kind == "count" or not has_subjects(indicator):
        return indicator.unit
    return f"/ {figure.denominator}"


def reason_text(indicator: Indicator, figure: Figure) -> str:
    """Why the figure has its status, with the few subjects that fell short."""
    short = [s.title for s in figure.subjects if not s.reached and s.subject]
    reason = figure.judgement.reason.zh
    if figure.status in {Status.MISSED, Status.AT_RISK} and 0 < len(short) <= _NAMED:
        return f"{reason}：{'、'.join(short)}。"
    return f"{reason}。" if reason else indicator.meaning


def pending_text(indicator: Indicator, figure: Figure) -> str:
    """Where the period in progress stands."""
    left = figure.judgement.reason.zh
    return f"{figure.period.title}：{figure_text(indicator, figure)}，{left}。"
