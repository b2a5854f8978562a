"""Supervisions and assessments of the sample school: by clause and department, never by person."""

from tests.sample.rows import Cell, Row, day, from_lines, numbered

_COLUMNS = (
    "kind assessed_on clause_id score max_score passed corrective_due corrective_done_on"
    " veto_triggered veto_case_no result_used_for department"
)
# kind, day, clause, score, out of, correct until, corrected on, used for, department
_LINES = (
    ("self_check", "2025-09-12", "1.2.2a", "9", "10", "", "", "none", "安全办公室"),
    ("five_in_place", "2025-10-16", "3.2.1b", "4", "5", "2025-11-14", "2025-11-12", "none",
     "教务处"),
    ("supervision", "2025-11-21", "3.3.1c", "8.5", "10", "2025-12-05", "2025-12-03", "none",
     "德育处"),
    ("supervision", "2025-11-21", "3.3.1e", "7.5", "10", "2025-12-05", "2025-12-11", "none",
     "总务处"),
    ("supervision", "2025-12-18", "3.2.1d", "5", "10", "2026-03-13", "2026-03-12", "none",
     "教务处"),
    ("supervision", "2026-04-17", "3.3.1d", "9", "10", "", "", "none", "总务处"),
    ("supervision", "2026-04-17", "3.3.1b", "8", "10", "2026-05-08", "2026-05-06", "none",
     "安全办公室"),
    ("external_rating", "2026-05-28", "1.2.0", "91.5", "100", "2026-08-31", "2026-08-25",
     "appraisal", ""),
    ("annual", "2026-07-02", "3.7.4a", "92", "100", "", "", "award", "安全办公室"),
    ("annual", "2026-07-02", "3.7.4a", "88.5", "100", "", "", "award", "教务处"),
    ("annual", "2026-07-02", "3.7.4a", "90", "100", "", "", "award", "德育处"),
    ("annual", "2026-07-02", "3.7.4a", "86", "100", "", "", "award", "总务处"),
    ("annual", "2026-07-02", "3.7.4a", "89", "100", "", "", "award", "信息中心"),
    ("self_check", "2026-09-11", "1.2.2a", "9.5", "10", "", "", "none", "安全办公室"),
    ("five_in_place", "2026-10-15", "3.2.1b", "5", "5", "", "", "none", "教务处"),
    ("supervision", "2026-10-23", "3.3.1e", "7", "10", "2026-11-06", "", "none", "总务处"),
    ("supervision", "2026-10-23", "3.4.2a", "8.5", "10", "2026-11-30", "", "none", "安全办公室"),
    ("supervision", "2026-11-13", "3.2.3a", "9", "10", "", "", "none", "信息中心"),
)  # fmt: skip
_ENOUGH = 0.8
"""The share of the marks from which an assessment is passed; all five things must be in place."""


def assessment_rows() -> list[Row]:
    """The rows of assessments."""
    lines = [
        (kind, day(date), clause, score, most, _passed(kind, score, most), _day(due), _day(done),
         False, "", used, department)
        for kind, date, clause, score, most, due, done, used, department in _LINES
    ]  # fmt: skip
    rows = from_lines(_COLUMNS, lines)
    return numbered(rows, "assessment_id", lambda row: f"ASM-{str(row['assessed_on'])[:4]}", 2)


def _passed(kind: str, score: str, most: str) -> bool:
    if kind == "five_in_place":
        return score == most
    return float(score) >= _ENOUGH * float(most)


def _day(text: str) -> Cell:
    return day(text) if text else None
