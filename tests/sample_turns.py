"""For every indicator of the sample a change of its records, and the status it must turn to.

Changes that get into each other's way are made in different copies: the number in front.
"""

from collections.abc import Callable
from typing import TypeAlias

from tests.sample_copy import Row, SampleCopy, When, Written

Change: TypeAlias = Callable[[SampleCopy], None]
Turn: TypeAlias = tuple[int, Change, str]


def edit(table: str, when: When, **cells: Written) -> Change:
    return lambda school: school.edit(table, when, **cells)


def remove(table: str, when: When) -> Change:
    return lambda school: school.remove(table, when)


def add(table: str, **cells: str) -> Change:
    return lambda school: school.add(table, **cells)


def both(*changes: Change) -> Change:
    def change(school: SampleCopy) -> None:
        for one in changes:
            one(school)

    return change


def is_(**cells: str) -> When:
    return lambda row: all(row[key] == value for key, value in cells.items())


def since(column: str, first: str, last: str = "9999", **cells: str) -> When:
    return lambda row: first <= row[column] <= last and is_(**cells)(row)


def latest(post: str, **cells: Written) -> Change:
    return edit("staffing", is_(post=post, as_of_on="2026-09-09"), **cells)


def held(kind: str, other: str) -> Change:
    return edit("activities", is_(kind=kind), kind=other)


def _not_own(row: Row) -> str:
    return "principal" if row["responsible_role"] != "principal" else "vp_safety"


def _closed(row: Row) -> str:
    return "closed" if row["verified_on"] else "rectified"


_LAPSED = {f"AS-FE-{number}" for number in (1017, 1018, 1033, 1034, 1056, 1093, 1094, 1095, 1096)}
"""Units that miss one of their three terms on the last day of the sample."""
_OCTOBER = is_(month="2026-10")
_CHECK = {"result": "pass", "defects": "0"}

LESSONS: dict[str, Turn] = {
    "I01": (0, edit("safety_lessons", lambda r: r["taught_on"][:7] == "2026-10", periods="2"),
            "met"),
    "I02": (1, both(
        remove("safety_lessons", since("taught_on", "2026-09-01", class_id="2026-7-01")),
        remove("safety_lessons", since("taught_on", "2026-03-01", class_id="2025-7-01")),
    ), "missed"),
    "I02b": (1, edit("safety_lessons", since("taught_on", "2026-03-01", "2026-08-31",
                                             topic="drowning"), topic="general"), "missed"),
    "I03": (0, edit("assessments", since("assessed_on", "2026-09-01", kind="five_in_place"),
                    score="4"), "missed"),
}  # fmt: skip
DRILLS: dict[str, Turn] = {
    "I04": (1, edit("drills", since("drill_on", "2026-10-01"), scope="tabletop"), "missed"),
    "I05": (0, edit("drills", is_(drill_id="DR-2025-002"), scope="tabletop"), "missed"),
    "I06": (0, edit("drills", since("drill_on", "2026-09-01", scope="whole_school"),
                    evac_seconds="150"), "at_risk"),
    "I07": (0, edit("drills", since("drill_on", "2026-09-01", "2026-09-30"), review_on="",
                    review_ref=""), "missed"),
}  # fmt: skip
HAZARDS: dict[str, Turn] = {
    "I08": (0, edit("hazards", since("due_on", "2026-09-01", "2026-11-20"), status=_closed,
                    rectified_on=lambda r: r["found_on"]), "met"),
    "I09": (0, edit("hazards", is_(severity="major"), severity="serious"), "met"),
    "I10": (0, edit("hazards", lambda r: bool(r["verified_on"]), verifier_role=_not_own), "met"),
    "I11": (0, edit("inspections", since("inspected_on", "2026-10-01", kind="fire_monthly"),
                    kind="perimeter"), "missed"),
    "I12": (0, edit("monthly_ops", _OCTOBER, patrol_days_done="30"), "missed"),
    "I40": (0, edit("inspections", is_(kind="building"), kind="perimeter"), "missed"),
    "S09": (1, edit("hazards", since("found_on", "2026-09-01", "2026-09-30"), rectified_on="",
                    verified_on="", verifier_role="", status="open"), "missed"),
}  # fmt: skip
EQUIPMENT: dict[str, Turn] = {
    "I13": (0, edit("assets", lambda r: r["asset_id"] in _LAPSED, valid_to="2026-11-19"), "met"),
    "I14": (0, edit("asset_checks", since("checked_on", "2026-10-01", kind="annual_test"),
                    result="fail"), "missed"),
    "I15": (0, add("asset_checks", asset_id="AS-LIFT-1003", checked_on="2026-11-12",
                   kind="self_test", **_CHECK), "met"),
    "I15b": (0, edit("assets", is_(asset_id="AS-LIFT-1002"), valid_from="2015-06-01",
                     made_on="2015-05-01"), "no_data"),
    "I16": (0, edit("asset_checks", is_(asset_id="AS-LP-1001", checked_on="2026-04-14"),
                    result="fail"), "missed"),
    "I17": (0, add("asset_checks", asset_id="AS-BUS-1003", checked_on="2026-10-15",
                   kind="vehicle_inspection", **_CHECK), "met"),
    "I22": (0, edit("locations", is_(is_key="true"), has_cctv="true", has_alarm="true"), "met"),
    "I23": (0, edit("assets", is_(asset_id="AS-CC-1001"), retention_days="20"), "missed"),
    "S10": (0, edit("assets", is_(asset_id="AS-AED-1002"), expires_on="2028-10-01"), "at_risk"),
    "S11": (0, edit("asset_checks", is_(asset_id="AS-BD-1008"), grade="D"), "missed"),
    "S12": (0, edit("locations", is_(kind="police_room"), valid_to="2026-11-01"), "no_data"),
    "S21": (0, edit("asset_checks", since("checked_on", "2026-11-01", asset_id="AS-PB-1001"),
                    result="fail"), "missed"),
}  # fmt: skip
CANTEEN: dict[str, Turn] = {
    "I18": (0, edit("canteen_days", is_(served_on="2026-11-03"), min_sample_g="100"), "missed"),
    "I19": (0, edit("canteen_days", since("served_on", "2026-11-01", accompanied="false"),
                    accompanied="true", accompany_role="vp_safety"), "met"),
    "I20": (0, latest("cook", earliest_cert_expiry="2027-06-01"), "met"),
}  # fmt: skip
POSTS: dict[str, Turn] = {
    "I21": (0, latest("control_room_operator", actual="6", background_checked="6"), "met"),
    "I31": (0, edit("activities", since("held_on", "2025-09-01", "2026-08-31",
                                        kind="legal_lesson"), periods="0.5"), "missed"),
    "I32": (1, latest("psychologist", actual="0", certified="0", background_checked="0"),
            "missed"),
    "I35": (0, edit("roles", is_(role_id="recorder"), duty_signed_on="2026-08-20"), "missed"),
    "I42": (0, latest("guard", background_checked="1"), "missed"),
    "I43": (1, latest("doctor", actual="1", certified="1", background_checked="1"), "missed"),
    "S13": (0, latest("legal_counsel", actual="1"), "met"),
    "S17": (0, edit("roles", is_(role_id="guard_captain"), filled="false"), "missed"),
}  # fmt: skip
CASES: dict[str, Turn] = {
    "I24": (0, edit("dispute_cases", is_(case_no="DC-2026-011"), resolved_on="",
                    outcome="ongoing", satisfied="not_asked"), "missed"),
    "I25": (0, edit("surveys", is_(survey_id="SV-2026-01"), n_satisfied="900"), "missed"),
    "I26": (0, edit("petition_months", _OCTOBER, closed_within_60d="3"), "missed"),
    "I27": (0, edit("incident_cases", lambda r: bool(r["closed_on"]),
                    cause_found_on=lambda r: r["closed_on"],
                    responsible_handled_on=lambda r: r["closed_on"],
                    rectified_on=lambda r: r["closed_on"],
                    educated_on=lambda r: r["closed_on"]), "met"),
    "I28": (0, edit("incident_cases", since("occurred_on", "2026-09-01"),
                    first_report_minutes="600"), "missed"),
    "I33": (0, edit("monthly_ops", _OCTOBER, reports_sent=lambda r: r["reports_due"],
                    reports_on_time=lambda r: r["reports_due"]), "met"),
    "I34": (0, edit("incident_cases", since("occurred_on", "2026-09-01"), grade="II"), "missed"),
    "S14": (0, edit("dispute_cases", is_(case_no="DC-2026-012"), escalated="true",
                    level="district"), "missed"),
}  # fmt: skip
PAPERS: dict[str, Turn] = {
    "I29": (0, both(
        edit("documents", is_(doc_id="EP10"), review_due="2027-11-01"),
        edit("documents", is_(doc_id="EP12"), approved_on="2026-11-02", review_due="2027-11-01"),
    ), "at_risk"),
    "I30": (0, edit("documents", is_(doc_id="ZD06"), review_due="2027-11-01"), "at_risk"),
    "I38": (0, edit("insurance_policies", is_(policy_id="INSUR-2026-02"), starts_on="2026-09-02"),
            "missed"),
    "I38b": (0, edit("insurance_policies", is_(policy_id="INSUR-2026-02"), insured_count="900"),
             "missed"),
    "I41": (0, edit("assessments", is_(kind="supervision"), kind="self_check"), "no_data"),
    "I41b": (0, edit("assessments", is_(kind="annual"), kind="self_check"), "no_data"),
    "S18": (0, edit("assessments", lambda r: r["result_used_for"] != "none",
                    result_used_for="none"), "no_data"),
    "S19": (0, edit("assessments", is_(kind="external_rating"), passed="false"), "no_data"),
}  # fmt: skip
ACTIVITIES: dict[str, Turn] = {
    "I36": (0, edit("activities", since("held_on", "2025-09-01", "2026-08-31",
                                        kind="safety_month"), status="cancelled"), "missed"),
    "I37": (0, edit("activities", is_(kind="academic_conf", held_on="2026-11-13"),
                    approved_on="2026-11-14"), "missed"),
    "I39": (0, held("police_school", "parent_meeting"), "missed"),
    "S01": (0, held("anti_cult", "parent_meeting"), "no_data"),
    "S02": (0, held("moral", "parent_meeting"), "no_data"),
    "S03": (0, held("mental", "parent_meeting"), "no_data"),
    "S04": (0, edit("activities", is_(kind="training", audience="guards"), audience="staff"),
            "missed"),
    "S05": (0, edit("monthly_ops", _OCTOBER, vulns_open_high="2"), "missed"),
    "S06": (0, edit("activities", is_(kind="club", held_on="2026-10-14"),
                    approval_required="true"), "missed"),
    "S07": (2, remove("monthly_ops", _OCTOBER), "missed"),
    "S08": (2, edit("monthly_ops", is_(month="2026-09"), risk_reviews="0"), "missed"),
    "S15": (0, held("joint_drill", "parent_meeting"), "no_data"),
    "S16": (1, edit("activities", lambda r: r["kind"] in {"publicity", "safety_month",
                                                          "theme_day"}, kind="parent_meeting"),
            "no_data"),
    "S20": (0, edit("activities", lambda r: "3.4.4c" in r["clause_ids"], clause_ids=""),
            "no_data"),
}  # fmt: skip
TURNS: dict[str, Turn] = {
    **LESSONS, **DRILLS, **HAZARDS, **EQUIPMENT, **CANTEEN, **POSTS, **CASES, **PAPERS,
    **ACTIVITIES,
}  # fmt: skip
