"""Suspect links: what rests on a clause must be looked at again when the clause changes.

`content/reviewed.yml` keeps, for each document and indicator, a fingerprint of every clause it
rests on, as it was when somebody last confirmed it.
"""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from generator.compliance.closed_files import in_letters
from generator.compliance.declarations import Indicator
from generator.declared import Declared
from generator.files import read_text
from generator.plan.clauses import Clause
from generator.plan.plan import REVIEWED_FILE, Plan
from generator.problems.catalogue.declarations import CLAUSE_CHANGED
from generator.problems.problem import Place, Problem
from generator.strict_yaml import read_yaml

_HEAD = """\
# 每个程序、制度和指标上次确认时，它所依据的条款是什么样子；由 safecampus review 写成，不用手改。
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Dependent:
    """A document or an indicator with the clauses it rests on."""

    id: str
    title: str
    clauses: tuple[str, ...]
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Suspicion:
    """What stands and what is open: confirmed fingerprints, and clauses by dependent."""

    dependents: dict[str, Dependent]
    current: dict[str, str]
    """The fingerprint of every clause as it is."""
    confirmed: dict[str, dict[str, str]]
    suspects: dict[str, tuple[str, ...]]
    """Clauses that changed since, by document or indicator."""
    unconfirmed: tuple[str, ...]
    """Documents and indicators that rest on a clause they were never confirmed with."""


def fingerprint(clause: Clause) -> str:
    """The words of a clause; a line broken elsewhere changes nothing."""
    words = (clause.title, clause.addressee, clause.duty, clause.text)
    return in_letters("\n".join(" ".join(text.split()) for text in words))


def read_suspicion(
    root: Path, plan: Plan, indicators: tuple[Indicator, ...]
) -> tuple[Suspicion, list[Problem]]:
    """Compare every clause with what was confirmed; one reminder for each suspect."""
    confirmed, problems = _read(root)
    found = judge(plan, indicators, confirmed)
    problems += [
        CLAUSE_CHANGED.at(found.dependents[name].place, doc=name, clauses="、".join(clauses))
        for name, clauses in found.suspects.items()
    ]
    return found, problems


def judge(
    plan: Plan, indicators: tuple[Indicator, ...], confirmed: Mapping[str, Mapping[str, str]]
) -> Suspicion:
    """Tell what changed since it was confirmed, and what never was."""
    dependents = _dependents(plan, indicators)
    current = {clause.id: fingerprint(clause) for clause in plan.clauses}
    suspects: dict[str, tuple[str, ...]] = {}
    unconfirmed = []
    for name, dependent in dependents.items():
        known = confirmed.get(name, {})
        rests = [clause for clause in dependent.clauses if clause in current]
        changed = tuple(c for c in rests if c in known and known[c] != current[c])
        if changed:
            suspects[name] = changed
        if any(clause not in known for clause in rests):
            unconfirmed.append(name)
    stored = {name: dict(entry) for name, entry in confirmed.items()}
    return Suspicion(dependents, current, stored, suspects, tuple(unconfirmed))


def confirm(found: Suspicion, names: tuple[str, ...]) -> str:
    """The text of the file after some are confirmed; what is no more is dropped from it."""
    lines = [_HEAD]
    for name in sorted({*found.confirmed, *names} & set(found.dependents)):
        clauses = found.dependents[name].clauses
        known = found.current if name in names else found.confirmed[name]
        marks = ", ".join(f'"{c}": {known[c]}' for c in sorted(set(clauses)) if c in known)
        lines.append(f"{name}: {{{marks}}}\n")
    return "".join(lines)


def _dependents(plan: Plan, indicators: tuple[Indicator, ...]) -> dict[str, Dependent]:
    found = {
        document.id: Dependent(document.id, document.title, document.clauses, document.place)
        for document in plan.documents
        if document.status != "retired"
    }
    for indicator in indicators:
        if indicator.basis.kind == "clause":
            clauses = (indicator.basis.name,)
            found[indicator.id] = Dependent(indicator.id, indicator.title, clauses, indicator.place)
    return {name: dependent for name, dependent in sorted(found.items()) if dependent.clauses}


def _read(root: Path) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    if not (root / REVIEWED_FILE).exists():
        return {}, []
    text, problems = read_text(root, REVIEWED_FILE)
    node, faults = read_yaml(text, REVIEWED_FILE) if text is not None else (None, [])
    problems = [*problems, *faults]
    if node is None:
        return {}, problems
    top = Declared(node, REVIEWED_FILE, problems)
    found: dict[str, dict[str, str]] = {}
    for name in top.entries:
        inner = top.inner(name)
        if inner is not None:
            found[name] = {clause: inner.text(clause) for clause in inner.entries}
    return found, problems
