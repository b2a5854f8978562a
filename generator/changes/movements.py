"""Indicators and clauses whose figure or status moves between two states, on one day.

An indicator over values that nobody may see tells its status only.
"""

import dataclasses
from collections.abc import Iterator

from generator.compliance.declarations import Indicator, number_text
from generator.compliance.figures import Assessment, Figure
from generator.compliance.status import Status
from generator.ledger import Ledger
from generator.records.veil import reads_hidden
from generator.site.views.figures import figure_text, has_subjects


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """What is told of a figure in one state; no figure when nobody may see it."""

    figure: str
    status: Status


@dataclasses.dataclass(frozen=True, slots=True)
class Movement:
    """One indicator in one period, or one clause, before and after; None where it was not."""

    id: str
    title: str
    period: str
    before: Side | None
    after: Side | None
    details: tuple[str, ...] = ()
    """Subjects that moved: `七年级1班 1→2 课时`."""


def is_secret(ledger: Ledger, indicator: Indicator) -> bool:
    """Tell whether the evidence of an indicator reads what nobody may see."""
    return reads_hidden(str(indicator.evidence.value), ledger.checked.records.package)


def moved_indicators(before: Ledger, after: Ledger) -> tuple[Movement, ...]:
    """Every period of every indicator in which something moved, newest period first."""
    found: list[Movement] = []
    for name in sorted({*before.assessments, *after.assessments}):
        old, new = before.assessments.get(name), after.assessments.get(name)
        sides = [(ledger, a) for ledger, a in ((before, old), (after, new)) if a is not None]
        secret = any(is_secret(ledger, a.indicator) for ledger, a in sides)
        found += _of_indicator(old, new, secret=secret)
    return tuple(found)


def moved_clauses(before: Ledger, after: Ledger) -> tuple[Movement, ...]:
    """Clauses whose status moved, that are new or gone, in the order of the plan."""
    old = {state.clause.id: state for state in before.clauses}
    new = {state.clause.id: state for state in after.clauses}
    found = []
    for name in [*new, *(name for name in old if name not in new)]:
        pair = [old.get(name), new.get(name)]
        sides = [Side("", state.status) if state else None for state in pair]
        clause = next(state.clause for state in reversed(pair) if state)
        if sides[0] != sides[1]:
            found.append(Movement(name, clause.title, "", sides[0], sides[1]))
    return tuple(found)


def _of_indicator(
    old: Assessment | None, new: Assessment | None, *, secret: bool
) -> Iterator[Movement]:
    present = new or old
    if present is None:
        return
    name, title = present.indicator.id, present.indicator.title
    if old is None or new is None:
        sides = [_side(a.indicator, a.headline, secret=secret) if a else None for a in (old, new)]
        yield Movement(name, title, present.headline.period.title, sides[0], sides[1])
        return
    figures = [{f.period.id: f for f in _figures(a)} for a in (old, new)]
    for period in sorted({*figures[0], *figures[1]}, reverse=True):
        pair = (figures[0].get(period), figures[1].get(period))
        sides = [
            _side(a.indicator, figure, secret=secret) if figure else None
            for a, figure in zip((old, new), pair, strict=True)
        ]
        if sides[0] != sides[1]:
            figure = pair[1] or pair[0]
            title_of = figure.period.title if figure and figure.period.kind != "as_of" else ""
            details = () if secret else tuple(_subjects(new.indicator, pair))
            yield Movement(name, title, title_of, sides[0], sides[1], details)


def _figures(assessment: Assessment) -> tuple[Figure, ...]:
    return assessment.history or (assessment.headline,)


def _side(indicator: Indicator, figure: Figure, *, secret: bool) -> Side:
    return Side("" if secret else figure_text(indicator, figure), figure.status)


def _subjects(indicator: Indicator, pair: tuple[Figure | None, Figure | None]) -> Iterator[str]:
    if not has_subjects(indicator):
        return
    old, new = ({s.subject: s for s in figure.subjects} if figure else {} for figure in pair)
    for name, subject in new.items():
        earlier = old.get(name)
        if earlier is not None and earlier.value != subject.value:
            ratio = indicator.kind == "ratio"
            before, now = (number_text(s.value, ratio=ratio) for s in (earlier, subject))
            unit = "" if ratio else indicator.unit
            yield f"{subject.title} {before}→{now} {unit}".rstrip()
