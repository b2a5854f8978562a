"""The change tried on a copy of the project: the same checks as `check`, placed in the sheet."""

import dataclasses
import shutil
import tempfile
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from generator.exchange.intake import Incoming
from generator.exchange.merging import TableChange
from generator.ledger import Checked, check_project
from generator.problems.problem import Problem, Severity, Words
from generator.project import Project
from generator.records.tables import RawTable

_FOLDERS = ("records", "content")


def try_change(
    project: Project, found: list[Problem], texts: dict[str, str], changes: Sequence[TableChange]
) -> tuple[list[Problem], list[Problem]]:
    """Check a copy of the project with the changed files.

    Args:
        project: the project as it is.
        found: the problems of its profile.
        texts: the new text of every changed file, by path.
        changes: what would change, to find the cells that problems are about.

    Returns:
        Problems in cells of the sheets (errors, and reminders of rows that change), and errors
        elsewhere in the project.
    """
    with tempfile.TemporaryDirectory(prefix="safecampus-") as name:
        root = Path(name)
        for folder in _FOLDERS:
            if (project.root / folder).is_dir():
                shutil.copytree(project.root / folder, root / folder, symlinks=True)
        for path, text in texts.items():
            (root / path).write_text(text, encoding="utf-8", newline="")
        with check_project(dataclasses.replace(project, root=root), found) as checked:
            return _sort(checked, changes)


def _sort(checked: Checked, changes: Sequence[TableChange]) -> tuple[list[Problem], list[Problem]]:
    inside: list[Problem] = []
    outside: list[Problem] = []
    for problem in sorted(set(checked.problems)):
        moved = _in_sheet(problem, checked, changes)
        if moved is not None:
            inside.append(moved)
        elif problem.severity is Severity.ERROR:
            outside.append(problem)
    return inside, outside


def _in_sheet(problem: Problem, checked: Checked, changes: Sequence[TableChange]) -> Problem | None:
    for change in changes:
        if problem.place.file not in change.table.paths:
            continue
        raw = checked.records.raw.tables[change.table.name]
        found = _cell_of(problem, raw)
        if found is None:
            return None
        row, field = found
        key = tuple(raw.written(row, name) for name in change.table.schema.primary_key)
        incoming = change.seen.get(key)
        touched = {entry.key for entry in (*change.added, *change.changed)}
        if incoming is None or (problem.severity is Severity.REMINDER and key not in touched):
            return None
        return _moved(problem, incoming, field, _fields_of(problem, checked))
    return None


def _cell_of(problem: Problem, raw: RawTable) -> tuple[int, str] | None:
    """The row and the field that a place in a table file means."""
    base = raw.base
    for file in raw.files:
        if file.path == problem.place.file:
            index = bisect_right(file.lines, problem.place.line) - 1
            if index < 0:
                return None
            names = [
                name for at, name in enumerate(file.header)
                if file.place(index, at) <= problem.place
            ]  # fmt: skip
            return base + index, names[-1] if names else ""
        base += len(file.rows)
    return None


def _fields_of(problem: Problem, checked: Checked) -> tuple[str, ...]:
    """The columns that a declared rule is about."""
    return next((rule.fields for rule in checked.rules if rule.id == problem.rule), ())


def _moved(problem: Problem, incoming: Incoming, field: str, fields: tuple[str, ...]) -> Problem:
    """The problem at the cell of the sheet, naming every cell that it is about."""
    places = [incoming.place(name).cell for name in fields if name in incoming.columns]
    ground = problem.ground
    if len(places) > 1:
        cells = "、".join(places)
        ground = Words(f"{cells}；{ground.zh}", f"{cells}; {ground.en}")
    return dataclasses.replace(problem, place=incoming.place(field), ground=ground)
