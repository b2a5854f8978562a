"""The change tried on a copy of the project: the same checks as `check`, placed in the sheet."""

import dataclasses
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generator.disk import write_file
from generator.exchange.intake import Incoming
from generator.exchange.merging import Key, TableChange
from generator.ledger import Checked, check_project
from generator.problems.catalogue.files import FILE_UNEXPECTED
from generator.problems.catalogue.privacy import OFFICE_FILE
from generator.problems.problem import Problem, Severity, Words
from generator.records.tables import RawTable

_FOLDERS = ("records", "content")
BESIDE = {OFFICE_FILE.name, FILE_UNEXPECTED.name}
"""Rules of files that nobody reads; the one to be imported may be among them."""


def try_change(
    checked: Checked, found: list[Problem], texts: dict[str, str], changes: Sequence[TableChange]
) -> tuple[list[Problem], list[Problem]]:
    """Check a copy of the project with the changed files.

    Args:
        checked: the project as it is.
        found: the problems of its profile.
        texts: the new text of every changed file, by path.
        changes: what would change, to find the cells that problems are about.

    Returns:
        Problems in cells of the sheets (errors, and reminders of rows that change), and errors
        elsewhere in the project.
    """
    project = checked.project
    with tempfile.TemporaryDirectory(prefix="safecampus-") as name:
        root = Path(name)
        for folder in _FOLDERS:
            if (project.root / folder).is_dir():
                shutil.copytree(project.root / folder, root / folder, symlinks=True)
        for path, text in texts.items():
            write_file(root / path, text.encode())
        with check_project(dataclasses.replace(project, root=root), found) as tried:
            return _sort(tried, checked, changes)


def _sort(
    tried: Checked, before: Checked, changes: Sequence[TableChange]
) -> tuple[list[Problem], list[Problem]]:
    inside: list[Problem] = []
    outside: list[Problem] = []
    by_path = {path: change for change in changes for path in change.table.paths}
    for problem in sorted(set(tried.problems)):
        change = by_path.get(problem.place.file)
        placed = _place(problem, change, tried, before) if change is not None else problem
        if placed.place.cell:
            inside.append(placed)
        elif problem.severity is Severity.ERROR and problem.rule not in BESIDE:
            outside.append(placed)
    kept = [p for p in inside if p.severity is Severity.ERROR or _is_about(p, changes)]
    return kept, outside


def _is_about(problem: Problem, changes: Sequence[TableChange]) -> bool:
    """Whether a reminder is about a row that the import adds or changes."""
    rows = [row for change in changes for row in (*change.added, *change.changed)]
    touched = {(row.incoming.sheet.name, row.incoming.row + 1) for row in rows}
    return (problem.place.cell.rpartition("!")[0], problem.place.line) in touched


def _place(problem: Problem, change: TableChange, tried: Checked, before: Checked) -> Problem:
    """The problem in the sheet, if its row came from there; else where the file has it now."""
    table = change.table
    raw = tried.records.raw.tables[table.name]
    base = raw.base
    for file in raw.files:
        row = file.row_at(problem.place.line) if file.path == problem.place.file else None
        if row is None:
            base += file.size
            continue
        field = file.column_at(problem.place) or ""
        key = tuple(raw.written(base + row, name) for name in table.schema.primary_key)
        incoming = change.seen.get(key)
        if incoming is not None:
            return _moved(problem, incoming, field, _fields_of(problem, tried))
        return _in_file(problem, key, field, before.records.raw.tables[table.name])
    return problem


def _in_file(problem: Problem, key: Key, field: str, raw: RawTable) -> Problem:
    """The problem at the line that the recorded row has before the change."""
    for row in range(raw.base, raw.base + raw.size):
        if tuple(raw.written(row, name) for name in raw.table.schema.primary_key) == key:
            return dataclasses.replace(problem, place=raw.place(row, field))
    return problem


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
