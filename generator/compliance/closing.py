"""The figures of a month that is over: of the period that holds its last day.

Records are taken as known at the end of that day; what was due by then is judged as over.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction

from generator.compliance.assessing import assess, not_started, outside, waits_for
from generator.compliance.closed_files import ClosedFigure
from generator.compliance.declarations import Indicator, number_text
from generator.compliance.evidence import Evidence
from generator.compliance.figures import Assessment, Context, Figure
from generator.compliance.periods import on_day
from generator.compliance.status import Judgement, Status
from generator.compliance.suppression import hide
from generator.problems.problem import Words


def month_figures(
    indicators: Iterable[Indicator], evidence: Mapping[str, Evidence], context: Context
) -> dict[str, Figure]:
    """One figure for every indicator that can be counted.

    Args:
        indicators: all that are declared.
        evidence: of those that can be counted.
        context: counted on the last day of the month; leaves the database counted on it.
    """
    day = context.as_of
    context.database.count_on(day)
    after = dataclasses.replace(context, as_of=day + dt.timedelta(days=1))
    found: dict[str, Figure] = {}
    for indicator in indicators:
        waiting = waits_for(indicator, context.package)
        if not indicator.applies:
            found[indicator.id] = outside(indicator, day).headline
        elif waiting:
            found[indicator.id] = not_started(indicator, waiting, day).headline
        elif indicator.id in evidence:
            judged = context if indicator.period == "as_of" else after
            assessment, _ = assess(evidence[indicator.id], judged)
            if assessment is not None:
                figure = _at(assessment, day)
                found[indicator.id] = hide(figure) if assessment.hidden else figure
    return found


def closed_figure(indicator: Indicator, figure: Figure) -> ClosedFigure:
    """A figure as it is published; numbers that must not be told stay empty."""
    period = figure.period.id
    if not figure.told:
        return ClosedFigure(indicator.id, period, "", "", "", figure.status)
    value = "" if indicator.kind == "ratio" else number_text(figure.value)
    n, d = str(figure.numerator), str(figure.denominator)
    return ClosedFigure(indicator.id, period, n, d, value, figure.status)


def _at(assessment: Assessment, day: dt.date) -> Figure:
    for figure in assessment.history:
        if figure.period.start <= day <= figure.period.end:
            return figure
    words = Words("校历里没有这个时段", "the calendar does not have the period")
    judgement = Judgement(Status.NO_DATA, words)
    return Figure(on_day(day), 0, 0, Fraction(0), judgement, (), 0)
