"""What staff ask, with the answer in a sentence: `content/questions.yml`."""

import dataclasses
from pathlib import Path

from generator.declared import Declared
from generator.files import inside
from generator.plan.names import REFERENCE, Named, named
from generator.plan.registers import read_list, repeated
from generator.problems.catalogue.content import LINK_MISSING
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem

QUESTIONS_FILE = "content/questions.yml"


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """One question as people ask it, its answer, and where more stands."""

    ask: str
    answer: str
    heading: str
    also: tuple[str, ...]
    see: tuple[str, ...]
    pages: tuple[str, ...]
    """Content files that say more, such as `content/pages/privacy.md`."""
    place: Place


def read_questions(root: Path) -> tuple[tuple[Question, ...], list[Named], list[Problem]]:
    """Read the questions; references in answers are returned for looking up."""
    names: list[Named] = []
    problems: list[Problem] = []
    entries = read_list(root, QUESTIONS_FILE, problems)
    questions = tuple(_question(entry, names, root) for entry in entries)
    problems.extend(repeated((question.ask, question.place) for question in questions))
    return questions, names, problems


def _question(entry: Declared, names: list[Named], root: Path) -> Question:
    see = entry.texts("see")
    names.extend(named("", see))
    answer = entry.text("answer", required=True)
    place = entry.place("answer")
    names.extend(Named("", match.group(1), place) for match in REFERENCE.finditer(answer))
    pages = entry.texts("pages")
    entry.problems.extend(
        LINK_MISSING.at(node.place, value=shown(str(node.value)))
        for node in pages
        if not _is_page(root, str(node.value))
    )
    question = Question(
        ask=entry.text("ask", required=True),
        answer=answer,
        heading=entry.text("heading", required=True),
        also=tuple(str(node.value) for node in entry.texts("also")),
        see=tuple(str(node.value) for node in see),
        pages=tuple(str(node.value) for node in pages),
        place=entry.node.place,
    )
    entry.close()
    return question


def _is_page(root: Path, path: str) -> bool:
    return inside(path) and path.startswith("content/") and (root / path).is_file()
