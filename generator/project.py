"""The school repository at hand: its root, its profile and bindings, the day it is counted on.

Never reads the clock: `today` comes from the command line.
"""

import datetime as dt
import zoneinfo
from dataclasses import dataclass, field
from pathlib import Path

from generator.cache.store import FILE, Store
from generator.problems.problem import Problem
from generator.school import (
    PLACEHOLDER,
    SCHOOL_FILE,
    Binding,
    Fact,
    FirstDayTask,
    HouseRules,
    School,
    read_school,
)
from generator.usage import UsageError

__all__ = [
    "PLACEHOLDER",
    "SCHOOL_FILE",
    "Binding",
    "Fact",
    "FirstDayTask",
    "HouseRules",
    "Project",
    "School",
    "find_root",
    "read_project",
]


@dataclass(frozen=True, slots=True)
class Project:
    """A repository, its school and the two days every judgement refers to.

    `today` is the day of the check (no record may lie after it); `as_of` is the day that
    indicators are counted on.
    """

    root: Path
    school: School
    today: dt.date
    as_of: dt.date
    store: Store = field(default_factory=Store, compare=False, repr=False)
    """Answers of earlier runs; by default none are kept."""


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds `records/school.yaml`.

    Raises:
        UsageError: there is none.
    """
    for folder in [start.resolve(), *start.resolve().parents]:
        if (folder / SCHOOL_FILE).is_file():
            return folder
    message = f"这里没有 {SCHOOL_FILE}：{start}；请在学校的项目文件夹里运行"
    raise UsageError(message)


def read_project(
    root: Path, now: dt.datetime, as_of: dt.date | None = None
) -> tuple[Project, list[Problem]]:
    """Read the profile and settle the days.

    Args:
        root: the project root.
        now: the current moment with a time zone, read by the command line.
        as_of: the day asked for; else the fixed day of a sample, else today at the school.
    """
    school, problems = read_school(root)
    today = now.astimezone(zoneinfo.ZoneInfo(school.time_zone)).date()
    store = Store(root / FILE)
    return Project(root, school, today, as_of or school.as_of or today, store), problems
