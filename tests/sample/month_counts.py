"""Monthly counts of the sample school: operation, petitions and counselling, numbers only."""

import calendar

from tests.sample.dice import between, chance
from tests.sample.rows import Row
from tests.sample.school_days import months, open_days

_BOARDING_ROUNDS = 2
"""Night rounds on an evening when boarders are in."""
_UNTIL = 1
"""The month under way is not counted."""


def month_rows() -> list[Row]:
    """The rows of monthly_ops: a few patrols missed, one report late."""
    return [_operation(year, month) for year, month in months()[:-_UNTIL]]


def _operation(year: int, month: int) -> Row:
    key = (year, month)
    days = calendar.monthrange(year, month)[1]
    evenings = len(open_days(year, month))
    missed = between(0, 2, "patrol", *key) if chance(40, "missed", *key) else 0
    skipped = between(1, 3, "night", *key) if evenings and chance(30, "skipped", *key) else 0
    reports = between(6, 11, "reports", *key)
    late = 1 if chance(25, "late", *key) else 0
    unsent = 1 if key == (2026, 5) else 0
    return {
        "month": f"{year}-{month:02d}",
        "patrol_days_required": days,
        "patrol_days_done": days - missed,
        "night_patrols_required": evenings * _BOARDING_ROUNDS,
        "night_patrols_done": evenings * _BOARDING_ROUNDS - skipped,
        "control_room_gaps": between(1, 4, "gaps", *key) if key < (2026, 3) else 0,
        "visits_registered": between(160, 340, "visits", *key) if evenings else 23,
        "visits_refused": between(2, 13, "refused", *key),
        "contractors_registered": between(8, 37, "contractors", *key),
        "cctv_views_logged": between(1, 9, "views", *key),
        "risk_reviews": 0 if key == (2026, 2) else 1,
        "reports_due": reports,
        "reports_sent": reports - unsent,
        "reports_on_time": reports - unsent - late,
        "site_checks": between(4, 9, "site", *key),
        "vulns_open_high": 1 if chance(20, "vulnerable", *key) else 0,
        "harmful_info_handled": between(0, 2, "harmful", *key),
    }


def petition_rows() -> list[Row]:
    """The rows of petition_months: nearly all answered in time."""
    return [_petitions(year, month) for year, month in months()[:-_UNTIL]]


def _petitions(year: int, month: int) -> Row:
    key = ("petitions", year, month)
    received = between(3, 8, *key)
    due = between(2, 6, "due", *key)
    late = 1 if (year, month) in {(2025, 12), (2026, 9)} else 0
    return {
        "month": f"{year}-{month:02d}",
        "received": received,
        "notified_within_15d": received - (1 if (year, month) == (2026, 4) else 0),
        "due_to_close": due,
        "closed_within_60d": due - late,
        "extended": 1 if chance(20, "extended", *key) else 0,
        "repeat_visits": between(0, 2, "repeat", *key),
    }


def counselling_rows() -> list[Row]:
    """The rows of counselling_months: small numbers, which no page may show."""
    return [_counselling(year, month) for year, month in months()[:-_UNTIL]]


def _counselling(year: int, month: int) -> Row:
    key = ("counselling", year, month)
    days = len(open_days(year, month))
    taught = days > 9
    hours = days * 5 // 2 + between(0, 3, "hours", *key) if days else 7
    return {
        "month": f"{year}-{month:02d}",
        "hours_open": f"{hours}.5" if chance(50, "half", *key) else str(hours),
        "sessions": between(6, 17, "sessions", *key) if taught else between(1, 2, "few", *key),
        "group_activities": between(1, 3, "groups", *key) if taught else 0,
        "referrals": 1 if taught and chance(40, "referral", *key) else 0,
        "crisis_plans": 1 if taught and chance(15, "crisis", *key) else 0,
    }
