"""Small figures over restricted tables are not told: a count of a few people points at them.

A figure is told when the whole, what counts and what is left over are each none or at least
five, so that no small part can be worked out from the others.
"""

import dataclasses
from fractions import Fraction

from generator.compliance.declarations import Indicator
from generator.compliance.figures import Figure
from generator.compliance.status import Status
from generator.problems.problem import Words
from generator.records.facts import relations_in
from generator.records.fields import RESTRICTED
from generator.records.package import Package

FEW = 5
"""From here on a number of restricted records is told."""
_REASONS = {
    Status.MET: Words("达到要求；记录很少，不列数字", "met; too few records to tell numbers"),
    Status.AT_RISK: Words("快到期；记录很少，不列数字", "at risk; too few records to tell numbers"),
    Status.MISSED: Words("没有达到；记录很少，不列数字", "missed; too few records to tell numbers"),
}


def is_restricted(indicator: Indicator, package: Package) -> bool:
    """Tell whether an indicator counts rows of a table that nobody may see row by row."""
    read = relations_in(str(indicator.evidence.value)) & set(package.tables)
    return any(package.tables[name].sensitivity == RESTRICTED for name in read)


def suppress(indicator: Indicator, figure: Figure) -> Figure:
    """A figure over restricted records as it may leave the engine: no subjects, no small number."""
    bare = dataclasses.replace(figure, subjects=())
    if all(part == 0 or part >= FEW for part in _parts(indicator, figure)):
        return bare
    reason = _REASONS.get(figure.status, figure.judgement.reason)
    judgement = dataclasses.replace(figure.judgement, reason=reason)
    return dataclasses.replace(
        bare, numerator=0, denominator=0, value=Fraction(0), rows=0, waiting=0,
        judgement=judgement, told=False,
    )  # fmt: skip


def _parts(indicator: Indicator, figure: Figure) -> tuple[int, ...]:
    if indicator.kind == "ratio":
        return figure.denominator, figure.numerator, figure.denominator - figure.numerator
    return (figure.rows,)
