"""The history of an indicator as a chart: one column for every period that has begun."""

from fractions import Fraction

from markupsafe import Markup

from generator.compliance.declarations import Indicator, number_text
from generator.compliance.figures import Assessment, Figure
from generator.compliance.status import NAMES, Status
from generator.site.charts import Chart, Column, column_chart
from generator.site.views.figures import figure_text, has_subjects, target_text

_SEVERAL = 2
_MOST = 36
"""Periods in a chart, the newest; the table beneath has them all."""


def trend_chart(indicator: Indicator, assessment: Assessment) -> Markup:
    """The chart; empty where there is only one period."""
    figures = assessment.history[-_MOST:]
    if len(figures) < _SEVERAL:
        return Markup()
    by_share = _by_share(indicator)
    target = indicator.target
    words = "上限" if target.at_most is not None else "目标"
    line = (target.number, words, number_text(target.number, ratio=indicator.kind == "ratio"))
    if by_share and indicator.kind != "ratio":
        line = (Fraction(1), "全部", "100 %")
    columns = []
    group = ""
    for figure in figures:
        label, over = _labels(figure)
        columns.append(_column(indicator, figure, label, "" if over == group else over))
        group = over
    return column_chart(
        Chart(
            id=f"trend-{indicator.id}",
            title=f"{indicator.title}：历期",
            description=_description(indicator, figures),
            columns=tuple(columns),
            top=Fraction(1) if by_share else Fraction(0),
            line=line,
        )
    )


def _by_share(indicator: Indicator) -> bool:
    """Ratios and shares of subjects are drawn from 0 to 100 %, everything else as an amount."""
    return indicator.kind == "ratio" or (indicator.kind == "measure" and has_subjects(indicator))


def _column(indicator: Indicator, figure: Figure, label: str, group: str) -> Column:
    share = _by_share(indicator)
    value = figure.value
    if share:
        value = Fraction(figure.numerator, figure.denominator) if figure.denominator else value
    blank = figure.status is Status.NOT_APPLICABLE or (share and not figure.denominator)
    shown = not blank and figure.told and bool(figure.rows or figure.denominator)
    text = number_text(value, ratio=True).removesuffix(" %") if share else number_text(value)
    return Column(
        label=label,
        group=group,
        value=value if shown else Fraction(0),
        text=text.partition(".")[0] if share else text,
        state=figure.status.value,
        drawn=shown,
    )


def _labels(figure: Figure) -> tuple[str, str]:
    """The word below a column, and what several columns have in common."""
    period = figure.period
    if period.kind.endswith("month"):
        return f"{period.start.month}月", str(period.start.year)
    year, _, rest = period.title.partition(" ")
    short = rest.removeprefix("学年").strip()
    if short:
        return short.removesuffix("学期"), _short_year(year)
    return _short_year(year), ""


def _short_year(text: str) -> str:
    """`2026—2027` is 26—27; other titles stay."""
    parts = text.split("—")
    years = all(part.isdigit() and len(part) == 4 for part in parts)  # noqa: PLR2004 - a year
    return "—".join(part[2:] for part in parts) if years and len(parts) > 1 else text


def _description(indicator: Indicator, figures: tuple[Figure, ...]) -> str:
    told = "；".join(
        f"{figure.period.title} {figure_text(indicator, figure)}，{NAMES[figure.status].zh}"
        for figure in figures
    )
    return f"要求{target_text(indicator, indicator.target)}。{told}。"
