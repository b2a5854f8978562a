"""The equipment of the sample school: some of it past its life, some replaced."""

import datetime as dt

from tests.sample.dice import between, pick
from tests.sample.equipment_kinds import KINDS, Kind
from tests.sample.places import LOCATION_SINCE
from tests.sample.rows import Row, day

_FIRST = 1001
# What is written by hand: extinguishers past their life, others replaced in time.
_MADE = {"AS-FE-1017": "2016-08-22", "AS-FE-1018": "2016-08-22", "AS-FE-1096": "2020-05-18"}
_ENDED = {"AS-FE-1005": "2026-07-16", "AS-FE-1006": "2026-07-16"}
_REPLACED_ON = "2026-07-17"
_LIFTS = (
    ("AS-LIFT-1001", "LOC-ELEV", "2021-05-10", "2021-08-20", "2021-08"),
    ("AS-LIFT-1002", "LOC-KITCHEN", "2019-06-03", "2019-09-10", "2019-09"),
    ("AS-LIFT-1003", "LOC-LIB", "2023-08-21", "2023-11-06", "2023-11"),
)
_KEPT = {"AS-CC-1003": 45, "AS-CC-1006": 33}
"""Days of footage that differ from thirty; the last one falls short."""
_LIFE = {"aed": 30, "first_aid_kit": 24, "emergency_supply": 36}
"""Months until what is inside runs out."""


def asset_rows() -> list[Row]:
    """The rows of assets."""
    counts: dict[str, int] = {}
    rows = []
    for kind in KINDS:
        for place in _spread(kind.places):
            number = counts.get(kind.code, _FIRST)
            counts[kind.code] = number + 1
            rows.append(_row(kind, f"AS-{kind.code}-{number}", place))
    for gone in _ENDED:
        old = next(row for row in rows if row["asset_id"] == gone)
        number = counts["FE"]
        counts["FE"] = number + 1
        rows.append(_successor(old, f"AS-FE-{number}"))
    rows += [_lift(*line) for line in _LIFTS]
    return sorted(rows, key=lambda row: str(row["asset_id"]))


def _spread(places: str) -> list[str]:
    pairs = [one.split("*") for one in places.split()]
    return [place for place, number in pairs for _ in range(int(number))]


def _row(kind: Kind, asset_id: str, place: str) -> Row:
    made = day(_MADE.get(asset_id, f"{kind.made}-{between(3, 27, 'made', asset_id):02d}"))
    opened = day(LOCATION_SINCE.get(place, "2019-09-01"))
    months = _LIFE.get(kind.kind, 0)
    return {
        "asset_id": asset_id,
        "kind": kind.kind,
        "subtype": kind.subtype or None,
        "location_id": place,
        "made_on": None if kind.kind == "building" else made,
        "valid_from": max(opened, made + dt.timedelta(days=between(40, 90, "in use", asset_id))),
        "valid_to": day(_ENDED[asset_id]) if asset_id in _ENDED else None,
        "expires_on": _after(made, months + between(0, 8, "life", asset_id)) if months else None,
        "base_month": None,
        "quantity": between(*kind.quantity, "quantity", asset_id),
        "retention_days": _KEPT.get(asset_id, 31) if kind.kind == "cctv_group" else None,
        "owner_role": kind.owner,
    }


def _after(date: dt.date, months: int) -> dt.date:
    """The first of the month so many months later."""
    number = date.year * 12 + date.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)


def _successor(old: Row, asset_id: str) -> Row:
    made = day(pick(("2026-03-11", "2026-03-12"), "successor", asset_id))
    since = day(_REPLACED_ON)
    return {**old, "asset_id": asset_id, "made_on": made, "valid_from": since, "valid_to": None}


def _lift(asset_id: str, place: str, made: str, since: str, month: str) -> Row:
    return {
        "asset_id": asset_id,
        "kind": "lift",
        "subtype": None,
        "location_id": place,
        "made_on": day(made),
        "valid_from": day(since),
        "valid_to": None,
        "expires_on": None,
        "base_month": month,
        "quantity": 1,
        "retention_days": None,
        "owner_role": "general_affairs",
    }
