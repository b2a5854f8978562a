"""Mechanisms of the plan: what staff come to ask, and where each is shown and measured."""

import dataclasses
from pathlib import Path

from generator.declared import Declared
from generator.plan.names import Named, named
from generator.plan.register import Register, read_register, register_form, repeated
from generator.problems.catalogue.declarations import MISSING_KEY
from generator.problems.problem import Place, Problem

MECHANISMS_FILE = "content/mechanisms.yml"
_LISTS = {"clauses": "clause", "tables": "table", "indicators": "indicator", "pages": ""}


@dataclasses.dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism with its clauses, tables, indicators and pages, by their names.

    `reason` says why it has no indicator; `question` is what a reader looks up.
    """

    id: str
    title: str
    question: str
    clauses: tuple[str, ...]
    tables: tuple[str, ...]
    indicators: tuple[str, ...]
    pages: tuple[str, ...]
    reason: str
    place: Place


_FORM = register_form(MECHANISMS_FILE, Mechanism)


def read_mechanisms(root: Path) -> tuple[tuple[Mechanism, ...], list[Named], list[Problem]]:
    """Read `content/mechanisms.yml`; without the file there are none."""
    return read_register(root, MECHANISMS_FILE, _FORM, _mechanisms)


def _mechanisms(register: Register) -> list[Mechanism]:
    mechanisms = [_mechanism(entry, register.names) for entry in register.entries]
    register.problems += repeated((mechanism.id, mechanism.place) for mechanism in mechanisms)
    return mechanisms


def _mechanism(entry: Declared, names: list[Named]) -> Mechanism:
    lists: dict[str, tuple[str, ...]] = {}
    for key, kind in _LISTS.items():
        nodes = entry.texts(key)
        names.extend(named(kind, nodes))
        lists[key] = tuple(str(node.value) for node in nodes)
    mechanism = Mechanism(
        id=entry.text("id", required=True),
        title=entry.text("title", required=True),
        question=entry.text("question", required=True),
        **lists,
        reason=entry.text("reason"),
        place=entry.node.place,
    )
    missing = [] if mechanism.indicators or mechanism.reason else ["indicators / reason"]
    missing += [key for key in ("clauses", "pages") if not lists[key]]
    entry.problems.extend(
        MISSING_KEY.at(entry.node.place, owner=entry.owner, key=key) for key in missing
    )
    entry.close()
    return mechanism
