"""Two states of a school compared on one day: records, figures, clauses, due dates."""

import dataclasses
import datetime as dt
from pathlib import Path

from generator.changes.due_dates import DueMove, moved_dues
from generator.changes.movements import Movement, moved_clauses, moved_indicators
from generator.changes.records import TableDiff, compare_records
from generator.ledger import Checked, Ledger, check_project, count_ledger
from generator.problems.problem import Problem, errors
from generator.project import Project, read_project


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between an earlier state and the present one."""

    base: str
    as_of: dt.date
    tables: tuple[TableDiff, ...]
    indicators: tuple[Movement, ...]
    clauses: tuple[Movement, ...]
    dues: tuple[DueMove, ...]
    faults: tuple[Problem, ...]
    """What is wrong in the earlier state."""
    unread: tuple[str, ...]
    """Titles of tables that could not be compared."""
    uncounted: tuple[str, ...]
    """Indicators that could not be counted in the earlier state."""


def read_earlier(folder: Path, now: dt.datetime, present: Project) -> tuple[Checked, Ledger]:
    """The earlier state, checked and counted on the day of the present one."""
    project, found = read_project(folder, now, present.as_of)
    project = dataclasses.replace(project, today=present.today, store=present.store)
    checked = check_project(project, found)
    return checked, count_ledger(checked, present.as_of)


def compare_tables(before: Ledger, after: Ledger, base: str) -> Comparison:
    """Only the records that both states could read: with errors no figure of a state holds."""
    old, new = before.checked, after.checked
    sides = (old.records.raw.tables, new.records.raw.tables)
    unread = old.records.faulty | new.records.faulty
    skipped = unread | frozenset(sides[0].keys() ^ sides[1].keys())
    return Comparison(
        base=base,
        as_of=after.as_of,
        tables=compare_records(old, new, skipped),
        indicators=(),
        clauses=(),
        dues=(),
        faults=errors(before.problems),
        unread=_titles(before, after, skipped),
        uncounted=(),
    )


def compare(before: Ledger, after: Ledger, base: str) -> Comparison:
    """Compare; what the earlier state gets wrong is left out and named."""
    old, new = before.checked, after.checked
    unread = old.records.faulty | new.records.faulty
    uncounted = tuple(
        f"{indicator.id} {indicator.title}"
        for indicator in old.indicators
        if indicator.id in after.assessments and indicator.id not in before.assessments
    )
    silent = {name.split(" ")[0] for name in uncounted}
    moved = moved_indicators(before, after)
    return Comparison(
        base=base,
        as_of=after.as_of,
        tables=compare_records(old, new, unread),
        indicators=tuple(move for move in moved if move.id not in silent),
        clauses=moved_clauses(before, after),
        dues=tuple(move for move in moved_dues(before, after) if move.indicator not in silent),
        faults=errors(before.problems),
        unread=_titles(before, after, unread),
        uncounted=uncounted,
    )


def _titles(before: Ledger, after: Ledger, names: frozenset[str]) -> tuple[str, ...]:
    sides = (before.checked.records.package.tables, after.checked.records.package.tables)
    found = {name: table.title for side in sides for name, table in side.items()}
    return tuple(found.get(name, name) for name in sorted(names))
