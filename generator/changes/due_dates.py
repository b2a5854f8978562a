"""Due dates of open things that appear, move or vanish between two states."""

import dataclasses
import datetime as dt

from generator.changes.movements import is_secret
from generator.ledger import Ledger
from generator.problems.masking import mask
from generator.records.fields import RESTRICTED

_EVER = dt.date.max


@dataclasses.dataclass(frozen=True, slots=True)
class DueMove:
    """One open thing with its due date before and after; None where it was not open."""

    indicator: str
    key: str
    label: str
    before: dt.date | None
    after: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True)
class _Due:
    label: str
    day: dt.date


def moved_dues(before: Ledger, after: Ledger) -> tuple[DueMove, ...]:
    """Every due date that differs, earliest first; what nobody may see is left out."""
    old, new = _dues(before), _dues(after)
    found = []
    for place in {*old, *new}:
        earlier, later = old.get(place), new.get(place)
        days = (earlier.day if earlier else None, later.day if later else None)
        if days[0] != days[1]:
            shown = later or earlier
            label = shown.label if shown else ""
            found.append(DueMove(place[0], place[2], label, *days))
    return tuple(sorted(found, key=lambda move: (move.after or move.before or _EVER, move.key)))


def _dues(ledger: Ledger) -> dict[tuple[str, str, str], _Due]:
    """Due dates by indicator, table and key, as counted on the day of the ledger."""
    checked = ledger.checked
    checked.database.count_on(ledger.as_of)
    found: dict[tuple[str, str, str], _Due] = {}
    for name, evidence in checked.evidence.items():
        assessment = ledger.assessments.get(name)
        if assessment is None or is_secret(ledger, evidence.indicator):
            continue
        _, due = evidence.rows(assessment.headline.period, ledger.as_of, _EVER)
        for row in due:
            table = checked.records.table_of(row.row)
            key = table.schema.primary_key
            if row.due_on and table.sensitivity != RESTRICTED and not table.hidden & set(key):
                told = mask(" ".join(checked.records.written(row.row, part) for part in key))
                found[name, table.name, told] = _Due(mask(row.label), row.due_on)
    return found
