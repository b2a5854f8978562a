"""The file and line that a page is changed in, where the page is drawn from many."""

from collections.abc import Iterable

from generator.ledger import Ledger
from generator.problems.problem import Place
from generator.project import SCHOOL_FILE


def origin(places: Iterable[Place]) -> Place:
    """The first of the places, or the profile of the school when there is none."""
    return next(iter(places), Place(SCHOOL_FILE, 1))


def bound_origin(ledger: Ledger, binding: str) -> Place:
    """The head of the table that the profile binds to a meaning."""
    bound = ledger.checked.project.school.bindings.get(binding)
    table = ledger.checked.records.package.tables.get(bound.table) if bound else None
    return origin(Place(path, 1) for path in (table.paths if table else ()))
