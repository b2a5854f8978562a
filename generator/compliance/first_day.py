"""A new school's checklist: which of its first tasks are done, as the files show it."""

import dataclasses

from generator.files import read_text
from generator.project import PLACEHOLDER, SCHOOL_FILE, FirstDayTask, Project
from generator.records.records import Records


@dataclasses.dataclass(frozen=True, slots=True)
class FirstDayStep:
    """One task, whether it is done, and the file in which it is done."""

    title: str
    done: bool
    where: str


def first_day_progress(project: Project, records: Records) -> tuple[FirstDayStep, ...]:
    """Every task of the checklist, in its order; empty when the school has none."""
    return tuple(_step(task, project, records) for task in project.school.first_day)


def _step(task: FirstDayTask, project: Project, records: Records) -> FirstDayStep:
    if task.table:
        raw = records.raw.tables.get(task.table)
        paths = raw.table.paths if raw else ()
        return FirstDayStep(task.title, bool(raw and raw.size), paths[0] if paths else SCHOOL_FILE)
    if task.file:
        text, _ = read_text(project.root, task.file)
        done = text is not None and not PLACEHOLDER.search(text)
        return FirstDayStep(task.title, done, task.file)
    fact = project.school.profile.get(task.fact, "")
    done = fact != "" and not PLACEHOLDER.search(str(fact))
    return FirstDayStep(task.title, done, SCHOOL_FILE)
