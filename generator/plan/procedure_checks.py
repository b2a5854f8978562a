"""What every procedure must have to be of use in the first minute of an emergency."""

import re
from collections.abc import Iterator

from generator.plan.markdown import Source, outside_fences
from generator.plan.procedures import Procedure
from generator.problems.catalogue.content import (
    PHASE_MISSING,
    REVIEW_ORDER,
    SAME_POST,
    SECTION_MISSING,
)
from generator.problems.problem import Place, Problem, Words

_GROUPS = 4
_MINUTE = re.compile(r"^##\s+第\s*(\d+)\s*分钟\s*$")


def check_procedure(procedure: Procedure, source: Source) -> list[Problem]:
    """Report what is missing, too long or contradictory; places are those of the front matter."""
    return [
        *_check_groups(procedure, source),
        *_check_phases(source),
        *_check_posts(procedure, source),
    ]


def _check_groups(procedure: Procedure, source: Source) -> Iterator[Problem]:
    groups = len({task.group for task in procedure.tasks})
    if groups < _GROUPS:
        yield _incomplete(
            source.front.place("roles"),
            Words(f"roles 只有 {groups} 个组", f"roles has {groups} groups"),
            Words(f"至少写 {_GROUPS} 个组", f"write at least {_GROUPS} groups"),
        )


def _check_phases(source: Source) -> Iterator[Problem]:
    matches = (_MINUTE.match(line) for _, line in outside_fences(source.lines()))
    found = {match.group(1) for match in matches if match}
    for node in source.front.texts("phases"):
        if str(node.value) not in found:
            yield PHASE_MISSING.at(node.place, minute=str(node.value))


def _check_posts(procedure: Procedure, source: Source) -> Iterator[Problem]:
    front = source.front
    if procedure.commander and procedure.commander == procedure.deputy:
        yield SAME_POST.at(front.place("deputy_role"), value=procedure.deputy)
    approved, due = procedure.approved_on, procedure.review_due
    if approved and due and due <= approved:
        yield REVIEW_ORDER.at(front.place("review_due"), due=due, approved=approved)


def _incomplete(place: Place, what: Words, remedy: Words) -> Problem:
    return SECTION_MISSING.at(
        place, what_zh=what.zh, what_en=what.en, remedy_zh=remedy.zh, remedy_en=remedy.en
    )
