"""The drills of the sample school: monthly but for May 2026, evacuation getting quicker."""

import datetime as dt
from typing import NamedTuple

from tests.sample.class_list import heads
from tests.sample.dice import between
from tests.sample.places import FLOORS_A, FLOORS_B
from tests.sample.rows import Row, day, numbered

_DORMS = ("LOC-DORM-1", "LOC-DORM-2")


class _Drill(NamedTuple):
    date: str
    scenario: str
    scope: str
    start: str
    seconds: int | None
    review: str
    problems: int
    plan: str
    commander: str = "vp_safety"
    announced: bool = True
    places: tuple[str, ...] = ()
    grade: int | None = None


_DRILLS = (
    _Drill("2025-09-19", "fire", "whole_school", "15:40", 175, "2025-09-24", 5, "EP01"),
    _Drill("2025-09-24", "bus", "grade", "16:50", None, "2025-09-26", 2, "EP07",
           "safety_office", places=("LOC-BUS",), grade=7),
    _Drill("2025-10-17", "earthquake", "whole_school", "10:05", 168, "2025-10-23", 4, "EP02",
           "principal"),
    _Drill("2025-10-22", "fire", "dormitory", "21:50", 163, "2025-10-27", 4, "EP01",
           "duty_leader", places=_DORMS),
    _Drill("2025-11-07", "fire", "whole_school", "15:40", 156, "2025-11-18", 3, "EP01",
           "principal"),
    _Drill("2025-11-26", "intrusion", "whole_school", "09:20", None, "2025-12-01", 6, "EP05"),
    _Drill("2025-12-12", "earthquake", "building", "14:30", None, "2025-12-17", 2, "EP02",
           "safety_office", announced=False, places=FLOORS_B, grade=9),
    _Drill("2025-12-18", "food", "tabletop", "16:30", None, "2025-12-19", 3, "EP03"),
    _Drill("2026-01-09", "fire", "building", "10:05", 131, "2026-01-14", 2, "EP01",
           "safety_office", places=FLOORS_A, grade=7),
    _Drill("2026-03-20", "earthquake", "whole_school", "10:05", 149, "2026-03-26", 3, "EP02",
           announced=False),
    _Drill("2026-03-27", "crowd", "building", "12:00", None, "2026-03-31", 2, "EP06",
           "grade_leader_8", places=("LOC-STAIR-A", "LOC-COR-AB"), grade=8),
    _Drill("2026-04-17", "fire", "whole_school", "15:40", 141, "2026-04-22", 3, "EP01"),
    _Drill("2026-04-23", "infectious", "tabletop", "16:30", None, "2026-04-27", 1, "EP04"),
    _Drill("2026-05-20", "weather", "tabletop", "16:30", None, "2026-05-22", 2, "EP09"),
    _Drill("2026-06-10", "fire", "dormitory", "22:10", 138, "2026-06-24", 3, "EP01",
           "duty_leader", announced=False, places=_DORMS),
    _Drill("2026-06-17", "weather", "grade", "15:10", None, "2026-06-22", 1, "EP09",
           "grade_leader_7", grade=7),
    _Drill("2026-09-11", "fire", "whole_school", "15:40", 128, "2026-09-16", 3, "EP01",
           "principal"),
    _Drill("2026-09-18", "bus", "grade", "16:50", None, "2026-09-21", 1, "EP07",
           "safety_office", places=("LOC-BUS",), grade=7),
    _Drill("2026-10-16", "earthquake", "whole_school", "10:05", 122, "2026-10-21", 2, "EP02"),
    _Drill("2026-10-21", "fire", "dormitory", "21:50", 117, "2026-10-28", 2, "EP01",
           "duty_leader", announced=False, places=_DORMS),
    _Drill("2026-11-09", "fire", "whole_school", "15:40", 104, "2026-11-13", 1, "EP01",
           "principal"),
    _Drill("2026-11-18", "chemical", "class", "14:30", None, "", 0, "EP10",
           "academic_affairs", places=("LOC-LAB-02", "LOC-LAB-04")),
)  # fmt: skip


def drill_rows() -> list[Row]:
    """The rows of drills."""
    return numbered([_row(one) for one in _DRILLS], "drill_id", _series, 3)


def _series(row: Row) -> str:
    return f"DR-{str(row['drill_on'])[:4]}"


def _row(one: _Drill) -> Row:
    held = day(one.date)
    return {
        "drill_on": held,
        "scenario": one.scenario,
        "scope": one.scope,
        "announced": one.announced,
        "night": one.start > "20:00",
        "buildings": ";".join(one.places) or None,
        "participants_students": _students(one, held),
        "participants_staff": _staff(one),
        "started_at": one.start,
        "evac_seconds": one.seconds,
        "injuries": 0,
        "problems_found": one.problems,
        "review_on": day(one.review) if one.review else None,
        "review_ref": f"复盘记录 {one.review}" if one.review else None,
        "doc_id": one.plan,
        "commander_role": one.commander,
    }


def _students(one: _Drill, held: dt.date) -> int:
    """Those on the roll whom the drill reached, less a few who were absent."""
    school_year = held.year if held.month >= 9 else held.year - 1
    absent = between(3, 19, "absent", one.date)
    if one.scope == "tabletop":
        return 0
    if one.scope == "class":
        return between(40, 43, "class", one.date)
    if one.scenario == "bus":
        return between(96, 118, "riders", one.date)
    if one.scope == "dormitory":
        return heads(school_year, "boarders") - absent
    return heads(school_year, "enrolled", one.grade) - absent


def _staff(one: _Drill) -> int:
    low, high = {
        "whole_school": (78, 92), "building": (26, 34), "grade": (18, 26), "dormitory": (12, 16),
        "class": (3, 4), "tabletop": (14, 20),
    }[one.scope]  # fmt: skip
    return between(low, high, "staff", one.date)
