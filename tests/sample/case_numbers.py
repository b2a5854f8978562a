"""Disputes and incidents of the sample school: numbers, kinds and days, never people."""

from tests.sample.rows import Cell, Row, day, from_lines, numbered

_DISPUTE = (
    "category opened_on channel level mediator_role due_on resolved_on outcome escalated satisfied"
)
_DISPUTES = (
    ("student_student", "2025-09-18", "inspection", "grade", "grade_leader_8", "2025-10-18",
     "2025-09-26", "settled", "yes"),
    ("home_school", "2025-09-29", "phone", "school", "moral_education", "2025-10-29", "2025-10-16",
     "settled", "yes"),
    ("logistics", "2025-10-20", "visit", "school", "general_affairs", "2025-11-19", "2025-11-05",
     "settled", "not_asked"),
    ("student_student", "2025-11-06", "inspection", "class", "class_teacher", "2025-12-06",
     "2025-11-10", "settled", "yes"),
    ("neighbourhood", "2025-11-24", "letter", "school", "safety_office", "2025-12-24",
     "2025-12-19", "settled", "yes"),
    ("injury", "2025-12-11", "visit", "school", "safety_office", "2026-02-10", "2026-01-22",
     "settled", "yes"),
    ("staff", "2026-01-13", "visit", "school", "office", "2026-02-12", "2026-02-09", "withdrawn",
     "not_asked"),
    ("home_school", "2026-03-09", "phone", "grade", "grade_leader_7", "2026-04-08", "2026-03-20",
     "settled", "yes"),
    ("fees", "2026-03-17", "transfer", "school", "general_affairs", "2026-04-16", "2026-04-03",
     "settled", "no"),
    ("student_student", "2026-04-14", "inspection", "grade", "grade_leader_9", "2026-05-14",
     "2026-04-24", "settled", "yes"),
    ("injury", "2026-04-29", "visit", "district", "legal_vp", "2026-06-28", "2026-06-30",
     "judicial", "not_asked"),
    ("logistics", "2026-05-21", "letter", "school", "canteen_manager", "2026-06-20", "2026-06-02",
     "settled", "yes"),
    ("home_school", "2026-06-04", "phone", "grade", "grade_leader_8", "2026-07-04", "2026-06-17",
     "settled", "yes"),
    ("neighbourhood", "2026-06-16", "visit", "school", "safety_office", "2026-08-15", "2026-08-06",
     "settled", "yes"),
    ("student_student", "2026-09-14", "inspection", "class", "class_teacher", "2026-10-14",
     "2026-09-18", "settled", "yes"),
    ("home_school", "2026-09-23", "phone", "school", "moral_education", "2026-10-23", "2026-10-12",
     "settled", "yes"),
    ("logistics", "2026-10-08", "visit", "school", "general_affairs", "2026-11-07",
     "2026-11-05", "settled", "not_asked"),
    ("student_student", "2026-10-21", "inspection", "grade", "grade_leader_7", "2026-11-20",
     "2026-11-03", "settled", "yes"),
    ("neighbourhood", "2026-11-10", "letter", "school", "safety_office", "2026-12-10", "",
     "ongoing", "not_asked"),
)  # fmt: skip
_INCIDENT = (
    "occurred_on category grade is_responsibility_accident injured deaths place_kind"
    " first_report_minutes report_limit_minutes written_report_on investigation_started_on"
    " investigated_on cause_found_on responsible_handled_on rectified_on educated_on closed_on"
    " insurance_claim"
)
_INCIDENTS = (
    ("2025-10-24", "injury", "none", False, 1, 0, "sports", 25, 60, "2025-10-25", "2025-10-27",
     "2025-10-31", "2025-10-31", "", "2025-11-05", "2025-11-07", "2025-11-10", True),
    ("2025-12-08", "theft", "none", False, 0, 0, "dormitory", 40, 60, "2025-12-09", "2025-12-09",
     "2025-12-16", "2025-12-16", "", "2025-12-19", "2025-12-22", "2025-12-22", False),
    ("2026-03-11", "injury", "IV", True, 1, 0, "teaching", 35, 60, "2026-03-11", "2026-03-12",
     "2026-03-25", "2026-03-20", "2026-04-02", "2026-03-30", "2026-04-08", "2026-04-10", True),
    ("2026-04-16", "bullying", "none", False, 0, 0, "teaching", 55, 60, "2026-04-17",
     "2026-04-17", "2026-04-24", "2026-04-24", "2026-04-28", "2026-04-28", "2026-04-30",
     "2026-05-08", False),
    ("2026-06-09", "utility", "none", False, 0, 0, "dormitory", 18, 60, "2026-06-09",
     "2026-06-10", "2026-06-12", "2026-06-12", "", "2026-06-15", "", "2026-06-16", False),
    ("2026-06-23", "injury", "IV", True, 2, 0, "sports", 75, 60, "2026-06-24", "2026-06-25",
     "2026-07-08", "2026-07-08", "2026-07-10", "2026-07-20", "", "2026-07-22", True),
    ("2026-10-15", "network", "none", False, 0, 0, "online", 30, 60, "2026-10-15", "2026-10-15",
     "2026-10-21", "2026-10-21", "", "2026-10-23", "2026-10-26", "2026-10-28", False),
    ("2026-11-06", "injury", "IV", True, 1, 0, "teaching", 20, 60, "2026-11-06", "2026-11-09",
     "", "", "", "", "", "", True),
)  # fmt: skip


def dispute_rows() -> list[Row]:
    """The rows of dispute_cases: most settled in time, one overdue."""
    lines = [
        (*one[:1], day(one[1]), *one[2:5], day(one[5]), _day(one[6]), one[7], one[3] == "district",
         one[8])
        for one in _DISPUTES
    ]  # fmt: skip
    rows = from_lines(_DISPUTE, lines)
    return numbered(rows, "case_no", lambda row: f"DC-{str(row['opened_on'])[:4]}", 3)


def incident_rows() -> list[Row]:
    """The rows of incident_cases: one closed before the fourth step was done."""
    lines = [
        (day(one[0]), *one[1:9], *[_day(str(text)) for text in one[9:17]], one[17])
        for one in _INCIDENTS
    ]
    rows = from_lines(_INCIDENT, lines)
    return numbered(rows, "case_no", lambda row: f"IN-{str(row['occurred_on'])[:4]}", 3)


def _day(text: str) -> Cell:
    return day(text) if text else None
