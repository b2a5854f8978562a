"""When each procedure was last practised, how it went, and when it is due again.

The table of drills and its columns are bound in `school.yaml`; the procedure says how often.
"""

import dataclasses
import datetime as dt

from generator.compliance.periods import add_months
from generator.plan.procedures import Procedure
from generator.project import Binding
from generator.records.answers import Cell
from generator.records.database import Database, quoted
from generator.records.fields import RESTRICTED
from generator.records.package import Package

_COLUMNS = ("day", "document", "seconds", "problems", "reviewed", "rectified")
_MONTHS = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Practice:
    """The last drill of a procedure; None stands for what is not recorded."""

    day: dt.date
    seconds: int | None
    problems: int | None
    reviewed_on: dt.date | None
    rectified_on: dt.date | None
    next_due: dt.date | None
    row: int


def last_practices(
    binding: Binding | None,
    package: Package,
    procedures: tuple[Procedure, ...],
    database: Database,
) -> dict[str, Practice]:
    """The last drill of every procedure, as known on the day counted on.

    Args:
        binding: the bound table of drills; without one, or without a column that names the
            procedure, nothing is known.
        package: the declared tables.
        procedures: with how often a year each is to be practised.
        database: counted on the day.
    """
    table = package.tables.get(binding.table) if binding else None
    if binding is None or table is None or "document" not in binding.columns:
        return {}
    if table.sensitivity == RESTRICTED or not table.enabled:
        return {}
    picked = ["_row", *(_column(binding, key, table.hidden) for key in _COLUMNS)]
    query = f"select {', '.join(picked)} from {quoted(binding.table)} order by 2, 1"  # noqa: S608 - declared names
    quotas = {p.id: p.drills.per_year if p.drills else 0 for p in procedures}
    found: dict[str, Practice] = {}
    for row, day, document, *rest in database.ask(query, reads=[binding.table])[1]:
        if isinstance(day, dt.date) and str(document) in quotas:
            due = _next(day, quotas[str(document)])
            found[str(document)] = _practice(day, (row, *rest), due)
    return found


def _column(binding: Binding, key: str, hidden: frozenset[str]) -> str:
    name = binding.columns.get(key, "")
    return quoted(name) if name and name not in hidden else "null"


def _next(day: dt.date, per_year: int) -> dt.date | None:
    return add_months(day, max(1, _MONTHS // per_year)) if per_year else None


def _practice(day: dt.date, cells: tuple[Cell, ...], due: dt.date | None) -> Practice:
    row, seconds, problems, reviewed, rectified = cells
    return Practice(
        day, _int(seconds), _int(problems), _day(reviewed), _day(rectified), due, _int(row) or 0
    )


def _int(value: Cell) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(value: Cell) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
