"""The inspections of the sample school: when each kind of round was made."""

import datetime as dt
from typing import NamedTuple

from tests.sample.dice import between, pick
from tests.sample.rows import AS_OF, Row, day
from tests.sample.school_days import lesson_days, months, workdays


class Round(NamedTuple):
    """One inspection."""

    date: dt.date
    kind: str
    inspection_id: str = ""


class Scope(NamedTuple):
    """Who makes a kind of round, where, what turns up and how often."""

    roles: str
    areas: str
    categories: str
    most: int
    least: int = 0
    months: tuple[str, ...] = ()


SCOPES = {
    "fire_monthly": Scope("safety_office general_affairs fire_controller",
                          "LOC-CTRL LOC-DORM-1 LOC-DORM-2 LOC-A-1F LOC-B-1F", "fire fire dormitory",
                          3, 1),
    "food": Scope("safety_office school_doctor", "LOC-KITCHEN LOC-STORE LOC-CANTEEN",
                  "food food hygiene", 2),
    "dormitory": Scope("moral_education dorm_manager", "LOC-DORM-1 LOC-DORM-2", "dormitory", 2),
    "electrical": Scope("general_affairs electrician", "LOC-DIST LOC-A-1F LOC-B-1F LOC-KITCHEN",
                        "electrical", 3, 1,
                        ("2025-10", "2026-01", "2026-04", "2026-07", "2026-10")),
    "building": Scope("general_affairs safety_office", "LOC-STAIR-A LOC-STAIR-B LOC-COR-AB",
                      "building", 3, 1, ("2025-11", "2026-04", "2026-08", "2026-10")),
    "lab": Scope("academic_affairs safety_office", "LOC-LAB-01 LOC-LAB-02 LOC-LAB-04", "chemical",
                 2, 1, ("2025-10", "2026-03", "2026-06", "2026-10")),
    "bus": Scope("safety_office guard_captain", "LOC-BUS", "traffic", 2, 0,
                 ("2025-09", "2026-03", "2026-09")),
    "playground": Scope("general_affairs grade_leader_7", "LOC-PLAY-01 LOC-PLAY-02 LOC-GYM",
                        "equipment", 2, 1, ("2025-10", "2026-04", "2026-10")),
    "perimeter": Scope("guard_captain safety_office", "LOC-WALL-E LOC-WALL-W LOC-GATE-N",
                       "perimeter", 2, 1, ("2025-11", "2026-03", "2026-09")),
    "weather_pre": Scope("general_affairs safety_office", "LOC-PLAY-01 LOC-WALL-E", "weather", 3, 1,
                         ("2026-05", "2026-06", "2026-07")),
    "hygiene": Scope("school_doctor general_affairs", "LOC-TOI-A LOC-TOI-B LOC-MED", "hygiene", 2,
                     0, ("2025-09", "2025-11", "2026-03", "2026-05", "2026-09", "2026-11")),
    "network": Scope("info_center info_officer", "LOC-NET LOC-IT-ROOM", "network", 1, 0,
                     ("2025-10", "2026-01", "2026-04", "2026-09")),
    "term_start": Scope("vp_safety safety_office general_affairs",
                        "LOC-A-1F LOC-B-1F LOC-GATE-N LOC-CANTEEN",
                        "fire building traffic crowd special_equipment", 5, 3),
    "external": Scope("vp_safety safety_office", "LOC-GATE-N LOC-KITCHEN LOC-DORM-1",
                      "fire food dormitory special_equipment", 3, 1),
}  # fmt: skip
_ON_A_DAY = (
    ("2025-09-02", "term_start"), ("2026-02-27", "term_start"), ("2026-08-28", "term_start"),
    ("2025-10-15", "external"), ("2026-03-18", "external"), ("2026-06-03", "external"),
    ("2026-09-16", "external"),
)  # fmt: skip
_EVERY_TERM_MONTH = ("food", "dormitory")


def rounds() -> list[Round]:
    """Every inspection in the order of its id."""
    made = [Round(day(text), kind) for text, kind in _ON_A_DAY]
    for year, month in months():
        made += _made_in(year, month)
    counts: dict[str, int] = {}
    result = []
    for one in sorted(made):
        series = f"INS-{one.date:%Y%m}"
        counts[series] = counts.get(series, 0) + 1
        result.append(one._replace(inspection_id=f"{series}-{counts[series]:02d}"))
    return result


def _made_in(year: int, month: int) -> list[Round]:
    days = workdays(year, month)
    made = [Round(days[between(3, 6, "fire_monthly", year, month)], "fire_monthly")]
    if len(lesson_days(year, month)) > 9:
        early = [one for one in days if one < AS_OF][:15]
        made += [Round(pick(early, kind, year, month), kind) for kind in _EVERY_TERM_MONTH]
    for kind, scope in SCOPES.items():
        if f"{year}-{month:02d}" in scope.months:
            made.append(Round(pick(days[2:14], kind, year, month), kind))
    return made


def inspection_rows(hazards: list[Row]) -> list[Row]:
    """The rows of inspections, counting the hazards that name each of them."""
    return [_row(one, hazards) for one in rounds()]


def _row(one: Round, hazards: list[Row]) -> Row:
    found = [row for row in hazards if row["inspection_id"] == one.inspection_id]
    scope = SCOPES[one.kind]
    areas = [*scope.areas.split(), *[str(row["location_id"]) for row in found]]
    stopped = any("停用" in str(row["interim_measure"]) for row in found)
    return {
        "inspection_id": one.inspection_id,
        "inspected_on": one.date,
        "kind": one.kind,
        "inspector_roles": scope.roles.replace(" ", ";"),
        "areas": ";".join(dict.fromkeys(areas)),
        "hazards_found": len(found),
        "result": "stop_use" if stopped else "issues" if found else "ok",
        "report_ref": f"检查记录 {one.inspection_id}",
    }
