"""The hazards of the sample school and what became of them by the last day of the sample.

Most were mended in time and closed; some late. What is open and overdue stands in
`hazard_cases`, so that nothing is overdue by chance.
"""

import datetime as dt
from typing import NamedTuple

from tests.sample.dice import between, chance, pick, shuffled
from tests.sample.hazard_cases import CASES, Case
from tests.sample.hazard_kinds import KINDS, Kind
from tests.sample.rounds import SCOPES, Round, rounds
from tests.sample.rows import AS_OF, Row, day, numbered
from tests.sample.school_days import months, workdays

_ELSEWHERE = ("patrol", "patrol", "patrol", "staff", "staff", "student", "parent")
_ANYWHERE = (
    "fire", "electrical", "building", "equipment", "food", "traffic", "dormitory", "perimeter",
    "crowd", "hygiene", "weather", "building", "equipment", "traffic", "special_equipment",
)  # fmt: skip
_SEEN_BY = {
    "student": {"building", "equipment", "hygiene", "dormitory", "electrical"},
    "parent": {"traffic", "crowd", "perimeter"},
}
_SIDES = ("东侧", "西侧", "南侧", "北侧")
_DELAYS = ("延期一次：等待配件到货", "延期一次：须放假后施工", "延期一次：等待厂家上门")


class _Finding(NamedTuple):
    found_on: dt.date
    inspection_id: str
    found_by: str
    category: str
    number: int
    """Which of the findings of its day and origin."""


class _Stock:
    """The kinds and places of each category in a shuffled order, used one after another."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def next(self, category: str) -> tuple[Kind, str]:
        pairs = [
            (kind, place) for kind in KINDS if kind.category == category
            for place in kind.places.split()
        ]  # fmt: skip
        number = self._used.get(category, 0)
        self._used[category] = number + 1
        return shuffled(pairs, "stock", category)[number % len(pairs)]


def hazard_rows() -> list[Row]:
    """The rows of hazards."""
    stock = _Stock()
    rows = [_row(one, *stock.next(one.category)) for one in sorted(_findings())]
    rows += [_case_row(case) for case in CASES]
    rows.sort(key=lambda row: (str(row["found_on"]), str(row["description"])))
    return numbered(rows, "hazard_id", lambda row: f"HZ-{str(row['found_on'])[:4]}", 3)


def _findings() -> list[_Finding]:
    findings = [one for made in rounds() for one in _in_round(made)]
    for year, month in months():
        days = workdays(year, month)
        for number in range(between(2, 6, "elsewhere", year, month)):
            key = ("elsewhere", year, month, number)
            category = pick(_ANYWHERE, "category", *key)
            by = pick(_ELSEWHERE, "by", *key)
            by = by if category in _SEEN_BY.get(by, {category}) else "staff"
            findings.append(_Finding(pick(days, *key), "", by, category, number))
    return findings


def _in_round(made: Round) -> list[_Finding]:
    scope = SCOPES[made.kind]
    count = between(scope.least, scope.most, "found", made.kind, made.date)
    return [
        _Finding(
            made.date,
            made.inspection_id,
            "external" if made.kind == "external" else "inspection",
            pick(scope.categories.split(), made.inspection_id, number),
            number,
        )
        for number in range(count)
    ]


def _row(one: _Finding, kind: Kind, place: str) -> Row:
    key = (one.found_on, one.inspection_id, one.number, kind.text, place)
    days = between(14, 28, "days", *key) if kind.interim else between(5, 15, "days", *key)
    moved = chance(6, "moved", *key)
    due_on = _workday(one.found_on, days + (10 if moved else 0))
    late = chance(8, "late", *key) and due_on + dt.timedelta(days=14) < AS_OF
    behind = between(1, 9, "behind", *key) if late else -between(0, days // 2, "ahead", *key)
    rectified_on = _workday(due_on, behind)
    verified_on = _workday(rectified_on, between(0, 4, "verified", *key))
    cost = between(70, 160, "cost", *key) * kind.cost // 1000 * 10
    return _full_row(
        Case(
            str(one.found_on),
            one.inspection_id,
            one.found_by,
            place,
            kind.category,
            "serious" if kind.interim else "minor",
            kind.text.format(n=between(2, 5, "n", *key), side=pick(_SIDES, "side", *key)),
            kind.interim,
            kind.role,
            str(due_on),
            str(rectified_on) if rectified_on <= AS_OF else "",
            str(verified_on) if verified_on <= AS_OF else "",
            extensions=int(moved),
            cost=cost if cost and rectified_on <= AS_OF else None,
            note=pick(_DELAYS, "delay", *key) if moved else "",
        )
    )


def _workday(date: dt.date, days: int) -> dt.date:
    """The day so many days later; a weekend gives way to the next Monday."""
    moved = date + dt.timedelta(days=days)
    return moved + dt.timedelta(days=7 - moved.weekday() if moved.weekday() > 4 else 0)


def _case_row(case: Case) -> Row:
    """A written case; the kind of round it names becomes the id of that day's round."""
    if not case.inspection:
        return _full_row(case)
    found = [
        made.inspection_id for made in rounds()
        if made.kind == case.inspection and f"{made.date:%Y-%m}" == case.found_on[:7]
    ]  # fmt: skip
    date = next(made.date for made in rounds() if made.inspection_id == found[0])
    return _full_row(case._replace(inspection=found[0], found_on=str(date)))


def _full_row(case: Case) -> Row:
    closer = "vp_safety" if case.role == "safety_office" else "safety_office"
    return {
        "found_on": day(case.found_on),
        "inspection_id": case.inspection or None,
        "found_by": case.found_by,
        "location_id": case.place,
        "category": case.category,
        "severity": case.severity,
        "criterion_ref": case.criterion or None,
        "description": case.text,
        "interim_measure": case.interim or None,
        "responsible_role": case.role,
        "due_on": day(case.due_on),
        "rectified_on": day(case.rectified_on) if case.rectified_on else None,
        "verified_on": day(case.verified_on) if case.verified_on else None,
        "verifier_role": (case.verifier or closer) if case.verified_on else None,
        "status": _status(case),
        "extension_count": case.extensions,
        "reported_up_on": day(case.reported_up_on) if case.reported_up_on else None,
        "cost_yuan": case.cost,
        "note": case.note or None,
    }


def _status(case: Case) -> str:
    if case.verified_on:
        return "closed"
    if case.rectified_on:
        return "rectified"
    return "escalated" if case.reported_up_on else "open"
