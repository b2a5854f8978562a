"""Tests, inspections and services by agencies: the kind a lift is due for, one bus late."""

import datetime as dt
from typing import NamedTuple

from tests.sample.dice import between
from tests.sample.rows import AS_OF, Row, day

_LIFT_FIRM, _FIRE_FIRM = "示例电梯维保公司", "示例消防技术服务公司"
_INSPECTORS, _BUS_STATION = "示例特种设备检测研究院", "示例机动车检测站"
_FIRST = day("2025-09-01")


class Visit(NamedTuple):
    """One check of one unit."""

    asset_id: str
    date: dt.date
    kind: str
    result: str = "pass"
    until: dt.date | None = None
    agency: str = ""
    report: str = ""
    grade: str = ""
    defects: int = 0


# kind of equipment: kind of check, agency, days, months until the next
_YEARLY = {
    "fire_alarm": ("annual_test", _FIRE_FIRM, ("2025-10-21", "2026-10-20"), 12),
    "lightning": ("lightning_test", "示例防雷检测中心", ("2026-04-14",), 12),
    "boiler": ("periodic_inspection", _INSPECTORS, ("2025-10-28", "2026-10-27"), 12),
    "pressure_vessel": ("periodic_inspection", _INSPECTORS, ("2025-10-28",), 36),
    "building": ("building_appraisal", "示例建筑工程质量检测院", ("2023-07-18",), 60),
    "gas_detector": ("annual_test", "示例燃气公司", ("2025-12-04",), 12),
    "generator": ("service", "示例机电公司", ("2026-03-12",), 12),
}
_HALF_YEARLY = (
    ("lightning", "AS-LP-1003", "2025-10-14"),
    ("lightning", "AS-LP-1003", "2026-10-15"),
)
"""The chemical store is tested twice a year."""
_INSPECTED = (
    ("AS-LIFT-1001", "2025-08-12", "periodic_inspection"),
    ("AS-LIFT-1001", "2026-08-18", "self_test"),
    ("AS-LIFT-1002", "2025-09-17", "self_test"),
    ("AS-LIFT-1002", "2026-09-09", "periodic_inspection"),
    ("AS-LIFT-1003", "2024-11-12", "periodic_inspection"),
    ("AS-LIFT-1003", "2025-11-20", "self_test"),
)
_BUSES = {
    "AS-BUS-1001": ("2025-08-19", "2026-02-24", "2026-08-20"),
    "AS-BUS-1002": ("2025-08-19", "2026-02-24", "2026-08-20"),
    "AS-BUS-1003": ("2025-09-23", "2026-03-17"),
    "AS-BUS-1004": ("2025-08-20", "2026-02-25", "2026-08-21"),
}
_REVIEWED = ("2025-08-26", "2026-08-25")
_SERVICED = ("2024-08-14", "2026-08-12")
"""Days on which powder and gas extinguishers were opened and filled again."""
_UNSERVICED = {"AS-FE-1033", "AS-FE-1034"}


def visits(assets: list[Row]) -> list[Visit]:
    """All visits of agencies up to the last day of the sample."""
    found = [one for asset in assets for one in _of(asset)]
    found += [
        _made(name, day(date), "lightning_test", "示例防雷检测中心", 6)
        for _, name, date in _HALF_YEARLY
    ]
    found += [_made(name, day(date), kind, _lift_agency(kind), 12)
              for name, date, kind in _INSPECTED]  # fmt: skip
    for name, dates in _BUSES.items():
        found += [_made(name, day(d), "vehicle_inspection", _BUS_STATION, 6) for d in dates]
        found += [_made(name, day(d), "driver_review", "示例交巡警支队", 12) for d in _REVIEWED]
    return [one for one in found if one.date <= AS_OF]


def _lift_agency(kind: str) -> str:
    return _INSPECTORS if kind == "periodic_inspection" else _LIFT_FIRM


def _of(asset: Row) -> list[Visit]:
    name, kind = str(asset["asset_id"]), str(asset["kind"])
    if kind in _YEARLY:
        what, agency, dates, span = _YEARLY[kind]
        return [_made(name, day(date), what, agency, span) for date in dates]
    if kind == "lift":
        return _maintained(name)
    if kind == "extinguisher" and asset["subtype"] != "water" and name not in _UNSERVICED:
        in_use = [day(date) for date in _SERVICED if _lives(asset, date)]
        return [_made(name, date, "service", _FIRE_FIRM, 24) for date in in_use]
    return []


def _lives(asset: Row, date: str) -> bool:
    until = str(asset["valid_to"] or "9999")
    return str(asset["valid_from"]) <= date <= until and str(asset["made_on"]) < "2022"


def _maintained(name: str) -> list[Visit]:
    """A lift is looked after every fifteen days at the latest."""
    result = []
    date = _FIRST + dt.timedelta(days=between(0, 9, "first", name))
    while date <= AS_OF:
        result.append(Visit(name, date, "maintenance", agency=_LIFT_FIRM,
                            report=f"WB-{name[-4:]}-{date:%Y%m%d}"))  # fmt: skip
        date += dt.timedelta(days=between(13, 15, "next", name, date))
    return result


def _made(name: str, date: dt.date, kind: str, agency: str, span: int) -> Visit:
    grade = ("A" if between(0, 2, "grade", name) else "B") if kind == "building_appraisal" else ""
    code = kind[:2].upper()
    report = f"{code}-{date:%Y%m}-{name[-4:]}"
    return Visit(name, date, kind, "pass", _later(date, span), agency, report, grade)


def _later(date: dt.date, span: int) -> dt.date:
    number = date.year * 12 + date.month - 1 + span
    return dt.date(number // 12, number % 12 + 1, min(date.day, 28))
