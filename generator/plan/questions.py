"""What staff ask, with the answer in a sentence: `content/questions.yml`."""

import dataclasses
from pathlib import Path

from generator.declared import Declared
from generator.files import inside
from generator.plan.markdown import Link
from generator.plan.names import REFERENCE, Named, named
from generator.plan.register import Register, read_register, register_form, repeated
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


_FORM = register_form(QUESTIONS_FILE, Question)


def read_questions(root: Path) -> tuple[tuple[Question, ...], list[Named], list[Problem]]:
    """Read the questions; references in answers are returned for looking up."""
    return read_register(root, QUESTIONS_FILE, _FORM, _questions)


def _questions(register: Register) -> list[Question]:
    questions = [_question(entry, register) for entry in register.entries]
    register.problems += repeated((question.ask, question.place) for question in questions)
    return questions


def _question(entry: Declared, register: Register) -> Question:
    see = entry.texts("see")
    register.names += named("", see)
    answer = entry.text("answer", required=True)
    place = entry.place("answer")
    register.names += [Named("", match.group(1), place) for match in REFERENCE.finditer(answer)]
    pages = entry.texts("pages")
    for node in pages:
        path = str(node.value)
        if inside(path) and path.startswith("content/"):
            register.links.append(Link(path, path, node.place))
        else:
            entry.problems.append(LINK_MISSING.at(node.place, value=shown(path)))
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
