"""Procedures that no saying of their own reaches first: a reminder for the editors of synonyms."""

import dataclasses
import json
from collections.abc import Sequence

from generator.cache.store import Store, key_of
from generator.compliance.names import Registry
from generator.plan.plan import Plan
from generator.plan.procedures import Procedure
from generator.problems.catalogue.content import SAYING_MISSED
from generator.problems.problem import Problem
from generator.search.asking import SURE, Words, ask, codes, score
from generator.search.entries import worth
from generator.search.folding import fold, fold_saying

_KINDS = {
    "document": "policy",
    "clause": "clause",
    "indicator": "indicator",
    "table": "table",
    "source": "source",
}
"""Kinds of names, and what each is for the search."""
_CODE = 5000


@dataclasses.dataclass(frozen=True, slots=True)
class _Answer:
    """Something that can be found, by its folded names."""

    name: str
    worth: int
    names: tuple[str, ...]


def missed_sayings(plan: Plan, registry: Registry, store: Store) -> list[Problem]:
    """One reminder for each procedure whose sayings all lead elsewhere first, or that has none.

    A school that keeps no synonyms gets none. Judged by names, as the search ranks them: a name
    that is the question stands above every text.
    """
    if not plan.synonyms.declared:
        return []
    shown = [procedure for procedure in plan.procedures if procedure.status != "retired"]
    terms = [(term.term, term.synonyms) for term in plan.terms]
    titles = [(kind, registry.titles[kind]) for kind in _KINDS]
    names = [p.id for p in plan.procedures], [p.id for p in shown]
    key = key_of("sayings", repr((plan.synonyms, terms, titles, names)))
    kept = store.recall(key) or store.keep(key, json.dumps(_all(plan, registry, shown)).encode())
    pairs = zip(shown, json.loads(kept), strict=True)
    return [_problem(procedure, firsts) for procedure, firsts in pairs if firsts is not None]


def _all(plan: Plan, registry: Registry, shown: Sequence[Procedure]) -> list[list[str] | None]:
    """For each procedure what `_found` gives."""
    words = Words(
        tuple(tuple(map(fold, group)) for group in plan.synonyms.same),
        tuple(map(fold, plan.synonyms.ignore)),
    )
    answers = _answers(plan, registry)
    said = [(procedure.id, plan.synonyms.words_for(procedure.id)) for procedure in shown]
    return [_found(*pair, words, answers) for pair in said]


def _found(
    procedure: str, sayings: Sequence[str], words: Words, answers: list[_Answer]
) -> list[str] | None:
    """What the sayings of a procedure find first; None when one of them finds it."""
    firsts: dict[str, None] = {}
    for saying in sayings:
        first = _first(saying, words, answers)
        if first == procedure:
            return None
        firsts[first] = None
    return list(firsts)


def _problem(procedure: Procedure, firsts: list[str]) -> Problem:
    found = "、".join(firsts)
    return SAYING_MISSED.at(
        procedure.place,
        name=procedure.id,
        others_zh=f"，先找到的是 {found}" if found else "",
        others_en=f"; it finds {found}" if found else "",
    )


def _first(saying: str, words: Words, answers: list[_Answer]) -> str:
    questions = ask(saying, words)

    def value(answer: _Answer) -> int:
        if questions and fold(answer.name) in codes(questions[0]):
            return _CODE
        name = max(score(questions, name) for name in answer.names)
        return name + answer.worth * (5 if name >= SURE else 1)

    return max(answers, key=value).name


def _answers(plan: Plan, registry: Registry) -> list[_Answer]:
    """Everything that has a name, in the order that decides between equals."""
    procedures = {procedure.id for procedure in plan.procedures}
    found = [
        _Answer(term.term, worth("term"), (fold(term.term), *map(fold, term.synonyms)))
        for term in plan.terms
    ]
    for kind, shown in _KINDS.items():
        for name, title in registry.titles[kind].items():
            said = map(fold_saying, plan.synonyms.words_for(name))
            value = worth("procedure" if name in procedures else shown)
            found.append(_Answer(name, value, (fold(name), fold(title), *said)))
    return sorted(found, key=lambda answer: -answer.worth)
