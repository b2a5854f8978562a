"""Insurance and surveys of the sample school: cover without a gap, satisfaction near the mark."""

from tests.sample.class_list import heads
from tests.sample.rows import Cell, Row, day, from_lines, numbered

_POLICY = (
    "kind insurer starts_on ends_on insured_count paid_from premium_yuan claims voluntary_rate_pct"
)
_INSURERS = ("示例财产保险公司", "示例人寿保险公司")
_STAFF = 96
_RIDERS = 132
_SURVEY = "surveyed_on audience method n_sent n_valid n_satisfied definition"
_FIVE = "五级量表，选“满意”和“比较满意”的算满意"
_SURVEYS = (
    ("2025-12-19", "parents", "online", 1128, 1012, 968, _FIVE),
    ("2025-12-19", "students", "paper", 1120, 1108, 1049, _FIVE),
    ("2026-06-18", "parents", "online", 1131, 1027, 985, _FIVE),
    ("2026-06-18", "students", "paper", 1126, 1109, 1061, _FIVE),
    ("2026-06-24", "staff", "online", 92, 88, 85, _FIVE),
    ("2026-06-26", "community", "interview", 30, 26, 25, _FIVE),
)


def policy_rows() -> list[Row]:
    """The rows of insurance_policies."""
    lines = [line for year in (2025, 2026) for line in _policies(year)]
    rows = from_lines(_POLICY, lines)
    return numbered(rows, "policy_id", lambda row: f"INSUR-{str(row['starts_on'])[:4]}", 2)


def _policies(year: int) -> list[list[Cell]]:
    students = heads(year, "enrolled")
    span: list[Cell] = [day(f"{year}-09-01"), day(f"{year + 1}-08-31")]
    property_insurer, life_insurer = _INSURERS
    done = year == 2025
    rate = "71.5" if done else "68"
    return [
        ["school_liability", property_insurer, *span, students, "public_funds", students * 5,
         2 if done else 0, rate],
        ["bus_carrier", property_insurer, *span, _RIDERS, "public_funds", 18400 + year % 100,
         0, ""],
        ["staff", life_insurer, *span, _STAFF, "other", _STAFF * 100, 1 if done else 0, ""],
        ["offsite", property_insurer, day(f"{year + 1}-03-01" if done else "2026-10-08"),
         day(f"{year + 1}-06-30" if done else "2027-01-31"), 388 if done else 374, "public_funds",
         3104 if done else 2992, 0, ""],
    ]  # fmt: skip


def survey_rows() -> list[Row]:
    """The rows of surveys."""
    rows = from_lines(_SURVEY, [(day(one[0]), *one[1:]) for one in _SURVEYS])
    return numbered(rows, "survey_id", lambda row: f"SV-{str(row['surveyed_on'])[:4]}", 2)
