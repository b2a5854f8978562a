"""What a fault is: a place, a rule, a severity and words in two languages."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath


class Severity(StrEnum):
    """Error: cannot be read or cannot be true. Reminder: true but late, doubtful or not met."""

    ERROR = "error"
    REMINDER = "reminder"


class Language(StrEnum):
    """The language of messages; the site itself is always Chinese."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a fault is: path relative to the project root with `/`, line and column from 1.

    Line or column 0 means the whole file or the whole line. In a workbook, `cell` says the
    place as an officer reads it: `Sheet1!C7`.
    """

    file: str
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        """`file:line:column`, leaving out what is 0; `file:Sheet1!C7` in a workbook."""
        if self.cell:
            return f"{self.file}:{self.cell}"
        parts = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)

    @property
    def path(self) -> PurePosixPath:
        """The file as a path relative to the project root."""
        return PurePosixPath(self.file)


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """One sentence in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.zh if language == Language.ZH else self.en


NO_WORDS = Words("", "")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in what editors wrote; sorted by place, then rule."""

    place: Place
    rule: str
    severity: Severity
    wrong: Words
    fix: Words
    near: tuple[str, ...] = ()
    ground: Words = NO_WORDS
    source: str = field(default="", compare=False)
    """The text of the line at the place, masked, for the caret rendering."""
    caret: int = field(default=0, compare=False)
    """The column of `source` under which the caret stands; 0: as in the file."""


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Only the problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
