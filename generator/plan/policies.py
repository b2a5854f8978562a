"""Standing documents, such as policies and the general plan: front matter and body to values."""

import dataclasses
import datetime as dt

from generator.declared import Declared
from generator.plan.markdown import Source
from generator.plan.names import Named, named, references_in
from generator.plan.procedures import EDITIONS, STATUSES
from generator.problems.catalogue.content import REVIEW_ORDER
from generator.problems.problem import Place, Problem

_LISTS = (
    ("source_refs", "source"),
    ("clauses", "clause"),
    ("contacts", "contact"),
    ("records", "table"),
    ("indicators", "indicator"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Policy:
    """One standing document; its kind is whatever the register of documents declares."""

    id: str
    title: str
    summary: str
    kind: str
    category: str
    status: str
    version: str
    owner: str
    approved_on: dt.date | None
    review_due: dt.date | None
    sources: tuple[str, ...]
    clauses: tuple[str, ...]
    contacts: tuple[str, ...]
    tables: tuple[str, ...]
    indicators: tuple[str, ...]
    edition: str
    body: str
    place: Place


def read_policy(source: Source) -> tuple[Policy, list[Named], list[Problem]]:
    """Read one standing document; the names it uses are returned for looking up."""
    front = source.front
    approved = front.text("status") == "approved"
    lists = {key: tuple(str(node.value) for node in front.texts(key)) for key, _ in _LISTS}
    policy = Policy(
        id=front.text("doc_id", required=True),
        title=front.text("title", required=True),
        summary=front.text("summary", required=True),
        kind=front.text("kind", required=True),
        category=front.text("category", required=True),
        status=front.one_of("status", STATUSES),
        version=front.text("version", required=True),
        owner=front.text("owner_role", required=True),
        approved_on=front.date("approved_on", required=approved),
        review_due=front.date("review_due", required=approved),
        sources=lists["source_refs"],
        clauses=lists["clauses"],
        contacts=lists["contacts"],
        tables=lists["records"],
        indicators=lists["indicators"],
        edition=front.one_of("sensitivity", EDITIONS),
        body=source.body,
        place=Place(source.path, 1),
    )
    front.close()
    return policy, [*references_in(source), *_names(front)], _check_dates(policy, front)


def _names(front: Declared) -> list[Named]:
    names = [entry for key, kind in _LISTS for entry in named(kind, front.texts(key))]
    for key, kind in (("owner_role", "role"), ("doc_id", "document")):
        if front.text(key):
            names.append(Named(kind, front.text(key), front.place(key)))
    return names


def _check_dates(policy: Policy, front: Declared) -> list[Problem]:
    approved, due = policy.approved_on, policy.review_due
    if approved is None or due is None or due > approved:
        return []
    return [REVIEW_ORDER.at(front.place("review_due"), due=due, approved=approved)]
