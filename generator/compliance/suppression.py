"""Figures over restricted tables leave the engine only as totals of school years that are over.

A total is told when the whole, what counts and what is left over are each none or at least
five, and when no small number follows from two totals over the same table. Figures of months,
terms and the year in progress are not told: two of them, or the same one on two days, would
tell of a single case.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from generator.compliance.declarations import Indicator
from generator.compliance.figures import Assessment, Figure
from generator.compliance.status import Status
from generator.problems.problem import Words
from generator.records.facts import relations_in
from generator.records.fields import RESTRICTED
from generator.records.package import Package

FEW = 5
"""From here on a number of restricted records is told."""
_TOTALS = "school_year"
_FEW = {
    Status.MET: Words("达到要求；记录很少，不列数字", "met; too few records to tell numbers"),
    Status.AT_RISK: Words("快到期；记录很少，不列数字", "at risk; too few records to tell numbers"),
    Status.MISSED: Words("没有达到；记录很少，不列数字", "missed; too few records to tell numbers"),
}
_LATER = {
    Status.MET: Words("达到要求；只公布学年合计，不列数字", "met; only totals of years are told"),
    Status.AT_RISK: Words(
        "快到期；只公布学年合计，不列数字", "at risk; only totals of years are told"
    ),
    Status.MISSED: Words(
        "没有达到；只公布学年合计，不列数字", "missed; only totals of years are told"
    ),
}


def is_restricted(indicator: Indicator, package: Package) -> bool:
    """Tell whether an indicator counts rows of a table that nobody may see row by row."""
    return bool(_restricted(indicator, package))


def suppress(indicator: Indicator, figure: Figure, as_of: dt.date) -> Figure:
    """A figure over restricted records as it may leave the engine: no subjects, no small number."""
    if figure.period.kind != _TOTALS or figure.period.end >= as_of:
        return hide(figure, _LATER)
    if any(0 < part < FEW for part in _parts(indicator, figure)):
        return hide(figure, _FEW)
    return dataclasses.replace(figure, subjects=())


def hide(figure: Figure, reasons: Mapping[Status, Words] = _LATER) -> Figure:
    """A figure without its numbers."""
    reason = reasons.get(figure.status, figure.judgement.reason)
    judgement = dataclasses.replace(figure.judgement, reason=reason)
    return dataclasses.replace(
        figure, numerator=0, denominator=0, value=Fraction(0), subjects=(), rows=0, waiting=0,
        judgement=judgement, told=False,
    )  # fmt: skip


def complement(found: dict[str, Assessment], package: Package) -> dict[str, Assessment]:
    """The assessments without totals that together with an earlier one tell a small number."""
    known: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    result = dict(found)
    for name, assessment in found.items():
        if not assessment.hidden:
            continue
        kept = {}
        for figure in assessment.history:
            keys = [(t, figure.period.id) for t in _restricted(assessment.indicator, package)]
            parts = _parts(assessment.indicator, figure) if figure.told else ()
            others = [part for key in keys for part in known[key]]
            close = any(0 < abs(part - other) < FEW for part in parts for other in others)
            kept[figure.period.id] = hide(figure, _FEW) if close else figure
            for key in keys if not close else ():
                known[key] += parts
        headline = kept.get(assessment.headline.period.id, assessment.headline)
        result[name] = dataclasses.replace(
            assessment, headline=headline, history=tuple(kept.values())
        )
    return result


def _restricted(indicator: Indicator, package: Package) -> list[str]:
    read = relations_in(str(indicator.evidence.value)) & set(package.tables)
    return sorted(name for name in read if package.tables[name].sensitivity == RESTRICTED)


def _parts(indicator: Indicator, figure: Figure) -> tuple[Fraction, ...]:
    """The numbers that a figure tells, and those that follow from it."""
    if indicator.kind != "ratio":
        return Fraction(figure.rows), figure.value
    whole, part = Fraction(figure.denominator), Fraction(figure.numerator)
    return whole, part, whole - part
