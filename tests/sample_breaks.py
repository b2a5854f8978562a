"""Changes of the sample's records that break the rules of a table, one row for each rule."""

from collections.abc import Callable

from tests.sample_copy import SampleCopy

Change = Callable[[SampleCopy], int]


def row(table: str, key: str, **cells: str) -> Change:
    """A change of the row with that key; a key that is new adds a row."""
    return lambda school: school.change(table, key, **cells)


_ACTIVITY = {
    "kind": "theme_day", "title": "主题日", "status": "done", "periods": "0", "audience": "mixed",
    "headcount": "0", "open_to_public": "false", "approval_required": "false",
}  # fmt: skip
_ASSET = {
    "location_id": "LOC-GYM", "valid_from": "2020-01-01", "quantity": "1",
    "owner_role": "general_affairs",
}  # fmt: skip
_CHECK = {"kind": "monthly_check", "checked_on": "2026-11-02", "result": "pass", "defects": "0"}
_MEAL = {
    "meal": "lunch", "dishes_served": "8", "dishes_sampled": "8", "min_sample_g": "131",
    "retention_hours": "50", "accompanied": "false", "parents_accompanied": "0", "temp_ok": "true",
    "issues": "0",
}  # fmt: skip
_OPERATION = dict.fromkeys(
    (
        "patrol_days_required", "patrol_days_done", "night_patrols_required", "night_patrols_done",
        "control_room_gaps", "visits_registered", "visits_refused", "contractors_registered",
        "cctv_views_logged", "risk_reviews", "reports_due", "reports_sent", "reports_on_time",
        "site_checks", "vulns_open_high", "harmful_info_handled",
    ),
    "0",
)  # fmt: skip
_PETITIONS = dict.fromkeys(
    ("received", "notified_within_15d", "due_to_close", "closed_within_60d", "extended",
     "repeat_visits"), "0",
)  # fmt: skip
_COUNSELLING = dict.fromkeys(
    ("hours_open", "sessions", "group_activities", "referrals", "crisis_plans"), "0"
)


def activity(number: str, **cells: str) -> Change:
    """A new activity."""
    return row("activities", f"ACT-2026-{number}", **{**_ACTIVITY, **cells})


def asset(asset_id: str, kind: str, **cells: str) -> Change:
    """A new piece of equipment."""
    return row("assets", asset_id, kind=kind, **{**_ASSET, **cells})


def check(asset_id: str, **cells: str) -> Change:
    """A check of a piece of equipment that had none."""
    return row("asset_checks", asset_id, **{**_CHECK, **cells})


ACTIVITIES = {
    "X11a": activity(
        "901", held_on="2026-05-08", approval_required="true", approved_on="2026-05-09"
    ),
    "X11b": activity("902", held_on="2026-05-11", approval_required="true"),
    "X11c": activity("903", held_on="2026-05-12", open_to_public="true", expected_people="1200"),
    "X26b": activity("904", held_on="2026-05-12"),
    "T14": activity("905", held_on="2026-05-13", clause_ids="3.9.9z"),
    "T15": activity("906", held_on="2026-12-20"),
    "T16": activity("907", held_on="2026-05-14", status="planned"),
    "T17": activity("908", held_on="2026-05-15", kind="large_event"),
}
EQUIPMENT = {
    "X12a": asset("AS-FE-9001", "extinguisher", made_on="2015-06-01", subtype="powder"),
    "X12b": asset("AS-FE-9002", "extinguisher", subtype="powder"),
    "X12c": asset("AS-ES-9003", "emergency_supply", expires_on="2026-01-01"),
    "X14a": asset("AS-LIFT-9004", "lift", base_month="2020-03"),
    "X14b": asset("AS-LIFT-9005", "lift"),
    "T18": asset("AS-GE-9006", "generator", valid_to="2019-12-31"),
    "T19": asset("AS-GE-9007", "generator", made_on="2021-01-01"),
    "X13a": check("AS-FE-9001", kind="lightning_test"),
    "X13b": check("AS-FE-9002", checked_on="2019-12-01"),
    "X13c": check("AS-ES-9003", result="fail"),
    "X13d": check("AS-GE-9006", grade="A"),
    "T20": check("AS-GE-9007", valid_until="2026-11-02"),
    "T21": check("AS-LIFT-9005", defects="2"),
}
COUNTS = {
    "X24a": row("staffing", "cook", certified="99"),
    "X24b": row("staffing", "doctor", background_checked="9"),
    "X24c": row(
        "staffing", "electrician", as_of_on="2026-11-01", earliest_cert_expiry="2026-11-02"
    ),
    "X24d": row("staffing", "legal_vp", as_of_on="2026-11-01", term_end="2026-10-31"),
    "X20a": row("monthly_ops", "2025-09", patrol_days_done="31"),
    "X20b": row("monthly_ops", "2025-10", night_patrols_done="400"),
    "X20c": row("monthly_ops", "2025-11", reports_on_time="99"),
    "X20d": row("monthly_ops", "2026-12", **_OPERATION),
    "X20e": row("monthly_ops", "2026-04", patrol_days_required="31"),
    "X20f": row("petition_months", "2025-09", notified_within_15d="99"),
    "X20g": row("petition_months", "2025-10", closed_within_60d="99"),
    "X20h": row("petition_months", "2026-12", **_PETITIONS),
    "X20i": row("counselling_months", "2026-12", **_COUNSELLING),
    "T26": row("surveys", "SV-2025-01", n_valid="5000"),
    "T27": row("surveys", "SV-2025-02", n_satisfied="1109"),
    "T28": row("surveys", "SV-2026-01", n_valid="20", n_satisfied="20"),
}
CASES = {
    "X19a": row("dispute_cases", "DC-2025-001", resolved_on="2025-09-01"),
    "X19b": row("dispute_cases", "DC-2025-002", escalated="true"),
    "X19c": row("dispute_cases", "DC-2025-003", outcome="ongoing"),
    "X19d": row("dispute_cases", "DC-2025-004", due_on="2025-11-01"),
    "X19e": row("dispute_cases", "DC-2025-005", resolved_on="", outcome="ongoing"),
    "X18a": row("incident_cases", "IN-2025-001", closed_on="2025-10-20"),
    "X18b": row("incident_cases", "IN-2025-002", investigated_on="2025-12-08"),
    "X18c": row("incident_cases", "IN-2026-001", educated_on=""),
    "X18d": row("incident_cases", "IN-2026-002", investigated_on="2026-04-28"),
    "X18e": row("incident_cases", "IN-2026-003", deaths="1"),
}
MEALS = {
    "X16": row("canteen_days", "2026-10-02", **_MEAL),
    "T22": row("canteen_days", "2025-09-02", dishes_sampled="60"),
    "T23": row("canteen_days", "2025-09-03", accompany_role=""),
    "T24": row("canteen_days", "2025-09-04", min_sample_g="100"),
    "T25": row("canteen_days", "2025-09-05", dishes_sampled="0"),
}
COVER = {
    "X17a": row("insurance_policies", "INSUR-2025-01", ends_on="2026-06-15"),
    "X17b": row("insurance_policies", "INSUR-2026-02", insured_count="10"),
    "X17c": row("insurance_policies", "INSUR-2026-02", paid_from="other"),
    "X17d": row("insurance_policies", "INSUR-2025-02", ends_on="2025-08-01"),
    "T29": row("assessments", "ASM-2025-01", score="11"),
    "T30": row("assessments", "ASM-2025-02", clause_id="3.9.9"),
    "T31": row("assessments", "ASM-2025-03", corrective_due="2025-11-01"),
    "T32": row("assessments", "ASM-2025-04", corrective_done_on=""),
    "T33": row("assessments", "ASM-2025-05", veto_triggered="true"),
    "T34": row("assessments", "ASM-2026-01", veto_triggered="true", veto_case_no="IN-2026-003"),
}
PAPERS = {
    "X22": row("documents", "FA02", review_due="2026-10-01"),
    "X23a": row("documents", "FA02", page_path="content/procedures/EP09-storm.md"),
    "X23b": row("documents", "EP01", version="9.9"),
    "X23c": row("documents", "EP03", page_path=""),
    "X23d": row("documents", "EP05", review_due="2027-03-02"),
    "X23e": row("documents", "EP05", owner_role="principal"),
    "X21c": row("roles", "guard_captain", filled="false"),
    "X05a": row("drills", "DR-2026-009", participants_students="5000"),
    "X05b": row("drills", "DR-2026-014", participants_students="90"),
}
LESSON = {
    "class_id": "2026-7-01", "periods": "0.5", "form": "lesson", "teacher_role": "class_teacher",
}  # fmt: skip
BREAKS: dict[str, Change] = {
    "T01": row("safety_lessons", "SL-202609-001", periods="0.7"),
    "T02": row("safety_lessons", "SL-202609-002", class_id="2025-7-01"),
    "T03": row("classes", "2026-7-01", boarders="60", enrolled="50"),
    "T04": row("classes", "2026-7-02", grade="8"),
    "T05": row("classes", "2026-7-03", valid_to="2026-08-31"),
    "T06": row("documents", "EP02", review_due="2026-04-20"),
    "T07": row("documents", "EP04", review_due=""),
    "T08": row("documents", "EP06", clause_ids="3.9.9z"),
    "T09": row("documents", "EP08", filed_with="fire", filed_on=""),
    "T10": row("roles", "recorder", valid_to="2015-01-02"),
    "T11": row("locations", "LOC-TOI-A", has_cctv="true"),
    "T12": row("locations", "LOC-TOI-B", valid_to="2015-01-02"),
    "T40": row("evacuation_routes", "RT-A-1F", floor="9"),
    "T41": row("evacuation_routes", "RT-ADM-1F", alternative="大厅正门"),
    "T42": row("evacuation_routes", "RT-CAN-1F-K", area="就餐区"),
    "T43": row("locations", "LOC-ARCH", floor="3", kind="office"),
    "T13": row("school_calendar", "2027-07-03", end_on="2027-07-02"),
    "X02a": row("hazards", "HZ-2025-001", rectified_on="2025-09-01"),
    "X02b": row("hazards", "HZ-2025-002", verified_on="2025-09-16"),
    "X02c": row("hazards", "HZ-2025-003", due_on="2025-09-01"),
    "X02d": row("hazards", "HZ-2025-004", rectified_on=""),
    "X02e": row("hazards", "HZ-2025-005", reported_up_on="2025-09-04"),
    "X03a": row("hazards", "HZ-2025-006", status="open"),
    "X03b": row("hazards", "HZ-2025-007", verifier_role=""),
    "X03c": row("hazards", "HZ-2025-008", verifier_role="general_affairs"),
    "X04a": row("drills", "DR-2025-002", drill_on="2025-10-02"),
    "X04b": row("safety_lessons", "SL-202609-003", taught_on="2026-10-03"),
    "X06a": row("drills", "DR-2025-003", evac_seconds=""),
    "X06b": row("drills", "DR-2026-012", evac_seconds="121"),
    "X07a": row("drills", "DR-2025-006", review_on="2025-11-25"),
    "X07b": row("drills", "DR-2026-002", review_on="2026-03-28"),
    "X08": row("inspections", "INS-202509-01", hazards_found="4"),
    "X09a": row("hazards", "HZ-2025-016", criterion_ref=""),
    "X09b": row("hazards", "HZ-2026-133", reported_up_on="2026-11-08"),
    "X09c": row("hazards", "HZ-2026-131", interim_measure=""),
    "X21a": row("roles", "electrician", deputy_role="electrician"),
    "X21b": row("roles", "principal", reports_to_role="safety_office"),
    "X26a": row(
        "safety_lessons", "SL-202611-999", **LESSON, taught_on="2026-11-20", topic="fire"
    ),
    **ACTIVITIES,
    **EQUIPMENT,
    **COUNTS,
    **CASES,
    **MEALS,
    **COVER,
    **PAPERS,
}  # fmt: skip
"""A change of one row that breaks each rule; it gives the line of the row that breaks it."""
