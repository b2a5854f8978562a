"""What staff ask, with the answer in a sentence: `content/questions.yml`."""

import dataclasses
from pathlib import Path

from generator.declared import Declared
from generator.plan.names import REFERENCE, Named, named
from generator.plan.registers import read_list, repeated
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
    place: Place


def read_questions(root: Path) -> tuple[tuple[Question, ...], list[Named], list[Problem]]:
    """Read the questions; references in answers are returned for looking up."""
    names: list[Named] = []
    problems: list[Problem] = []
    entries = read_list(root, QUESTIONS_FILE, problems)
    questions = tuple(_question(entry, names) for entry in entries)
    problems.extend(repeated((question.ask, question.place) for question in questions))
    return questions, names, problems


def _question(entry: Declared, names: list[Named]) -> Question:
    see = entry.texts("see")
    names.extend(named("", see))
    answer = entry.text("answer", required=True)
    place = entry.place("answer")
    names.extend(Named("", match.group(1), place) for match in REFERENCE.finditer(answer))
    question = Question(
        ask=entry.text("ask", required=True),
        answer=answer,
        heading=entry.text("heading", required=True),
        also=tuple(str(node.value) for node in entry.texts("also")),
        see=tuple(str(node.value) for node in see),
        place=entry.node.place,
    )
    entry.close()
    return question
