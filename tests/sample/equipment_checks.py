"""The checks of the equipment: monthly rounds with gaps, tests and inspections by agencies.

The monthly round was forgotten in February 2026, and one building in October 2026; single
units were passed over now and then.
"""

import datetime as dt

from tests.sample.dice import between, chance, pick
from tests.sample.equipment import asset_rows
from tests.sample.equipment_visits import Visit, visits
from tests.sample.rows import AS_OF, Cell, Row
from tests.sample.school_days import months, workdays

_MONTHLY = {
    "extinguisher": "monthly_check", "hydrant": "monthly_check", "aed": "monthly_check",
    "first_aid_kit": "monthly_check", "playground_equipment": "monthly_check",
    "cctv_group": "function_test", "panic_button": "function_test", "alarm": "function_test",
    "gas_detector": "function_test", "generator": "function_test", "school_bus": "monthly_check",
    "lift": "monthly_check", "boiler": "monthly_check",
}  # fmt: skip
_QUARTERLY = {
    "emergency_light": "function_test", "smoke_detector": "function_test",
    "emergency_supply": "monthly_check",
}  # fmt: skip
_QUARTERS = {1, 4, 7, 10}
_FORGOTTEN = {(2026, 2)}
_PASSED_OVER = {(2026, 10): "LOC-LIB"}
_FAILED = {("AS-HY-1011", "2026-11"), ("AS-FE-1024", "2026-04"), ("AS-EL-1003", "2026-07")}
"""Units that did not pass, and the month; the first is still as it was found."""


def asset_check_rows() -> list[Row]:
    """The rows of asset_checks, in the order of their key."""
    assets = asset_rows()
    found = [one for asset in assets for one in _monthly(asset)]
    found += [_row(one) for one in visits(assets)]
    return sorted(found, key=lambda row: [str(row[n]) for n in ("asset_id", "checked_on", "kind")])


def _monthly(asset: Row) -> list[Row]:
    """The rounds of one unit, as long as it was in use."""
    name, place = str(asset["asset_id"]), str(asset["location_id"])
    kind = str(asset["kind"])
    rows = []
    for year, month in months():
        what = _MONTHLY.get(kind) or (_QUARTERLY.get(kind) if month in _QUARTERS else None)
        date = _round_day(year, month, place)
        if not what or date is None or not _in_use(asset, date):
            continue
        if (year, month) in _FORGOTTEN or _PASSED_OVER.get((year, month)) == place:
            continue
        if not chance(1, "passed over", name, year, month):
            rows.append(_round(name, date, what))
    return rows


def _round_day(year: int, month: int, place: str) -> dt.date | None:
    """One building is gone round on one day; in November the round is not finished everywhere."""
    days = workdays(year, month)
    building = place.rsplit("-", 1)[0]
    number = between(1, 8, "round", building, year, month)
    date = days[number] if number < len(days) else days[-1]
    return date if date < AS_OF else None


def _in_use(asset: Row, date: dt.date) -> bool:
    since, until = asset["valid_from"], asset["valid_to"]
    return (
        isinstance(since, dt.date) and since <= date and (until is None or str(date) <= str(until))
    )


def _round(name: str, date: dt.date, what: str) -> Row:
    failed = (name, f"{date:%Y-%m}") in _FAILED
    odd = not failed and chance(2, "odd", name, date)
    return _row(
        Visit(
            name,
            date,
            what,
            "fail" if failed else "conditional" if odd else "pass",
            report=f"设备月检单 {date:%Y-%m} {pick('甲乙丙丁', 'sheet', name)}",
            defects=1 if failed or odd else 0,
        )
    )


def _row(one: Visit) -> Row:
    cells: dict[str, Cell] = {
        "asset_id": one.asset_id,
        "checked_on": one.date,
        "kind": one.kind,
        "result": one.result,
        "valid_until": one.until,
        "agency": one.agency or None,
        "report_no": one.report or None,
        "grade": one.grade or None,
        "defects": one.defects,
    }
    return {name: cells[name] for name in _ORDER}


_ORDER = (
    "asset_id", "checked_on", "kind", "result", "valid_until", "agency", "report_no", "grade",
    "defects",
)  # fmt: skip
