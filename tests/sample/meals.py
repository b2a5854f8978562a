"""The canteen of the sample school: four meals a day, now and then a sample or a leader missing."""

import datetime as dt

from tests.sample.dice import between, chance, pick
from tests.sample.rows import AS_OF, Row, day
from tests.sample.school_days import months, open_days

_MEALS = {"breakfast": (6, 9), "lunch": (9, 14), "dinner": (8, 11), "snack": (2, 4)}
"""Dishes of each meal; the snack after evening study is for boarders, Monday to Thursday."""
_LEADERS = {
    "breakfast": ("dorm_manager", "duty_leader", "grade_leader_7"),
    "lunch": ("principal", "vp_safety", "vp_teaching", "moral_education", "general_affairs"),
    "dinner": ("duty_leader", "grade_leader_8", "grade_leader_9", "academic_affairs"),
    "snack": ("duty_leader",),
}
_UNSAMPLED = {("2025-10-21", "dinner"), ("2026-05-13", "lunch"), ("2026-10-27", "dinner")}
_LIGHT = {("2025-11-18", "lunch"): 96, ("2026-06-03", "dinner"): 113, ("2026-10-13", "lunch"): 108}
_SHORT = {("2026-03-19", "breakfast"): 37, ("2026-09-17", "lunch"): 41}
_ALONE = {("2025-12-09", "dinner"), ("2026-04-21", "breakfast"), ("2026-10-20", "breakfast"),
          ("2026-11-12", "snack")}  # fmt: skip
_UNWRITTEN = {("2025-11-25", "snack"), ("2026-03-17", "dinner"), ("2026-09-29", "dinner")}
_IN_VACATION = ("2026-07-06", "lunch")
"""A meal for the summer camp, on a day without teaching."""


def canteen_rows() -> list[Row]:
    """The rows of canteen_days, in the order of their key."""
    days = [date for year, month in months() for date in open_days(year, month) if date < AS_OF]
    served = [(date, meal) for date in days for meal in _MEALS if _is_served(date, meal)]
    served += [(eve, meal) for eve in _eves(days) for meal in ("dinner", "snack")]
    served = [one for one in served if (str(one[0]), one[1]) not in _UNWRITTEN]
    served.append((day(_IN_VACATION[0]), _IN_VACATION[1]))
    return [_row(date, meal) for date, meal in sorted(served)]


def _eves(days: list[dt.date]) -> list[dt.date]:
    """Sundays on which the boarders come back for a week of teaching."""
    ends = {date + dt.timedelta(days=3) for date in days if date.weekday() == 4}
    return [
        date - dt.timedelta(days=1)
        for date in days
        if date in ends and date - dt.timedelta(days=1) not in days
    ]


def _is_served(date: dt.date, meal: str) -> bool:
    return meal != "snack" or date.weekday() < 4


def _row(date: dt.date, meal: str) -> Row:
    key = (str(date), meal)
    dishes = between(*_MEALS[meal], "dishes", *key)
    alone = key in _ALONE
    parents = date.weekday() == 2 and meal == "lunch" and chance(70, "parents", *key)
    return {
        "served_on": date,
        "meal": meal,
        "dishes_served": dishes,
        "dishes_sampled": dishes - (1 if key in _UNSAMPLED else 0),
        "min_sample_g": _LIGHT.get(key) or pick(_GRAMS, "grams", *key),
        "retention_hours": _SHORT.get(key) or between(49, 71, "hours", *key),
        "accompanied": not alone,
        "accompany_role": None if alone else pick(_LEADERS[meal], "leader", *key),
        "parents_accompanied": between(1, 4, "parents", *key) if parents else 0,
        "temp_ok": not chance(1, "cold", *key),
        "issues": 1 if chance(2, "issue", *key) else 0,
    }


_GRAMS = tuple(grams for grams in range(126, 169) if grams % 5)
