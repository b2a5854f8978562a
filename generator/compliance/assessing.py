"""Evidence to an assessment: the history, the headline, the rows behind it and what is due.

The headline is the open period when it is decided (reached, at risk, or failed), else the
last closed one: what is not yet due is never called missed.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

from generator.cache.remembered import Form, known
from generator.compliance.counting import Count
from generator.compliance.declarations import Indicator
from generator.compliance.evidence import Evidence, EvidenceRow, Tally
from generator.compliance.figures import Assessment, Context, Figure, SubjectFigure
from generator.compliance.looked import check_looked, looked_reads, read_looks
from generator.compliance.periods import ROLLING, Period, on_day, period_at, rolling
from generator.compliance.queries import open_evidence, stray, translated
from generator.compliance.status import Judgement, Status, Target
from generator.compliance.subjects import (
    SubjectInForce,
    check_subjects,
    subject_reads,
    subjects_of,
)
from generator.compliance.suppression import complement, is_restricted, suppress
from generator.problems.problem import Place, Problem, Severity, Words
from generator.records.database import Database, QueryError
from generator.records.facts import relations_in
from generator.records.package import Package
from generator.records.veil import reads_hidden

_UNTOLD = "***"
DUE_DAYS = 60
"""How far ahead due dates are listed."""


def open_indicator(
    indicator: Indicator, database: Database, package: Package, spans: Mapping[str, range]
) -> tuple[Evidence | None, list[Problem]]:
    """Check everything an indicator asks of the records; None when it cannot be counted."""
    evidence, problems = open_evidence(database, indicator, spans)
    problems = [
        *problems,
        *check_looked(indicator, database),
        *check_subjects(indicator, database, package, ""),
    ]
    return (None if problems else evidence), problems


def outside(indicator: Indicator, as_of: dt.date) -> Assessment:
    """The assessment of an indicator that the profile of the school excludes."""
    reason = Words(
        f"学校概况：{indicator.condition} 不成立", f"profile: {indicator.condition} is false"
    )
    judgement = Judgement(Status.NOT_APPLICABLE, reason)
    figure = Figure(on_day(as_of), 0, 0, Fraction(0), judgement, (), 0)
    return Assessment(indicator, figure, (), (), ())


def waits_for(indicator: Indicator, package: Package) -> list[str]:
    """Titles of the tables an indicator reads that the school does not keep yet."""
    read = relations_in(str(indicator.evidence.value)) | {indicator.subjects.table}
    return [t.title for t in package.tables.values() if not t.enabled and t.name in read]


def not_started(indicator: Indicator, tables: list[str], as_of: dt.date) -> Assessment:
    """The assessment of an indicator that reads tables the school does not keep yet."""
    names = "、".join(tables)
    reason = Words(f"尚未启用：{names}", f"not kept yet: {names}")
    judgement = Judgement(Status.NO_DATA, reason, not_started=True)
    figure = Figure(on_day(as_of), 0, 0, Fraction(0), judgement, (), 0)
    return Assessment(indicator, figure, (), (), ())


def assess_all(
    indicators: Iterable[Indicator], evidence: Mapping[str, Evidence], context: Context
) -> tuple[dict[str, Assessment], list[Problem]]:
    """Count every indicator by id; one whose evidence cannot be used is left out, with problems.

    Args:
        indicators: in the order they are shown.
        evidence: what `open_indicator` gave, by indicator.
        context: what they are computed from.
    """
    found: dict[str, Assessment] = {}
    problems: list[Problem] = []
    for indicator in indicators:
        waiting = waits_for(indicator, context.package)
        if not indicator.applies:
            found[indicator.id] = outside(indicator, context.as_of)
        elif waiting:
            found[indicator.id] = not_started(indicator, waiting, context.as_of)
        elif indicator.id in evidence:
            assessment, faults = assess(evidence[indicator.id], context)
            problems += faults
            if assessment is not None:
                found[indicator.id] = assessment
    return complement(found, context.package), problems


def assess(evidence: Evidence, context: Context) -> tuple[Assessment | None, list[Problem]]:
    """Count one indicator; None with problems when its evidence cannot be used."""
    indicator = evidence.indicator
    reads = evidence.reads | subject_reads(indicator) | looked_reads(indicator)
    state = context.database.state_of(reads)
    try:
        if state is None:
            return _assess(evidence, context)
        parts = state, repr(indicator), evidence.source, context.told
        figures, problems = _COUNTED.of(known(), parts, partial(_counted, evidence, context))
        return Assessment(indicator, *figures) if figures else None, [*problems]
    except QueryError as error:
        return None, [translated(error, evidence.indicator.evidence)]


_Counted: TypeAlias = tuple[tuple[Any, ...] | None, tuple[Problem, ...]]
_COUNTED = Form[_Counted](
    "assessment", Figure, SubjectFigure, EvidenceRow, Period, Judgement, Status, Target, Problem,
    Place, Words, Severity,
)  # fmt: skip
"""All of an assessment but its indicator."""


def _counted(evidence: Evidence, context: Context) -> _Counted:
    assessment, problems = _assess(evidence, context)
    if assessment is None:
        return None, tuple(problems)
    names = [field.name for field in dataclasses.fields(Assessment)]
    return tuple(getattr(assessment, name) for name in names[1:]), tuple(problems)


def _assess(evidence: Evidence, context: Context) -> tuple[Assessment | None, list[Problem]]:
    indicator, as_of = evidence.indicator, context.as_of
    subjects = subjects_of(indicator, context.database, context.package, context.school)
    tallies = evidence.tallies(as_of)
    periods = _periods(indicator.period, context)
    secret = reads_hidden(str(indicator.evidence.value), context.package)
    problems = [
        *_strange_subjects(indicator, subjects, tallies, secret=secret),
        *_strange_days(indicator, periods, tallies, secret=secret),
    ]
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    count = Count(indicator, as_of, subjects, read_looks(indicator, context.database))
    history = count.history(periods, tallies)
    hidden = secret or is_restricted(indicator, context.package)
    if hidden:
        history = tuple(suppress(indicator, figure, as_of) for figure in history)
    headline = _headline(history) or count.nothing()
    if hidden or not context.rows:
        return Assessment(indicator, headline, history, (), (), hidden=hidden), problems
    until = as_of + dt.timedelta(days=DUE_DAYS)
    rows, due = evidence.rows(headline.period, as_of, until)
    excluded = {value.id for value in indicator.subjects.values if not value.applies}
    due = [row for row in due if row.subject not in excluded]
    return Assessment(indicator, headline, history, tuple(rows), tuple(due)), problems


def _periods(kind: str, context: Context) -> tuple[Period, ...]:
    """The periods of a kind; windows that roll are made for the day counted on."""
    if kind not in ROLLING:
        return context.periods[kind]
    years = context.periods["calendar_year"]
    first = years[0].start if years else context.as_of
    return rolling(kind, first, context.as_of)


def _headline(history: tuple[Figure, ...]) -> Figure | None:
    """The last figure that is decided; else the last that is pending."""
    applicable = [figure for figure in history if figure.status is not Status.NOT_APPLICABLE]
    decided = [figure for figure in applicable if not figure.judgement.pending]
    chosen = decided or applicable or list(history)
    return chosen[-1] if chosen else None


def _strange_subjects(
    indicator: Indicator,
    subjects: tuple[SubjectInForce, ...],
    tallies: list[Tally],
    *,
    secret: bool,
) -> list[Problem]:
    """Subjects that are not declared; never a silent zero."""
    known = {subject.id for subject in subjects}
    known |= {value.id for value in indicator.subjects.values}
    why = Words("不是声明过的对象", "it is not a declared subject")
    wanted = Words("只给出声明过的对象", "gives declared subjects only")
    strange = sorted({tally.subject for tally in tallies} - known)
    values = [_UNTOLD] * len(strange) if secret else strange
    return [stray(indicator, "subject", values, why, wanted)] if strange else []


def _strange_days(
    indicator: Indicator, periods: tuple[Period, ...], tallies: list[Tally], *, secret: bool
) -> list[Problem]:
    """Days that lie in no period; never a silent zero.

    A day that the calendar does not have is a reminder: that the calendar ends is nobody's
    mistake in the record.
    """
    if indicator.period == "as_of" or indicator.period in ROLLING:
        return []
    problems = []
    days = {tally.day for tally in tallies}
    if None in days:
        why = Words("是空的", "it is empty")
        wanted = Words("每一行都有日期", "has a date in every row")
        problems.append(stray(indicator, "happened_on", [""], why, wanted))
    why = Words("校历里没有这一天", "the calendar does not have this day")
    wanted = Words("都是校历之内的日期，或把校历补全", "has days of the calendar; or extend it")
    placeless = sorted(d for d in days if d is not None and period_at(periods, d) is None)
    if placeless:
        values = [_UNTOLD if secret else str(day) for day in placeless]
        problem = stray(indicator, "happened_on", values, why, wanted)
        problems.append(dataclasses.replace(problem, severity=Severity.REMINDER))
    return problems
