"""The calendar of the sample school: two school years, with the holidays as announced.

The holidays of 2025 and 2026 follow the published arrangements; those of 2027 are provisional.
"""

import datetime as dt

from tests.sample.rows import AS_OF, Row, day, from_lines

_COLUMNS = "start_on end_on kind term_id name"
_AUTUMN_2025 = (
    ("2025-09-01", "2025-09-27", "teaching", "秋季学期教学"),
    ("2025-09-28", "2025-09-28", "makeup_workday", "国庆节、中秋节调休上课"),
    ("2025-09-29", "2025-09-30", "teaching", "秋季学期教学"),
    ("2025-10-01", "2025-10-08", "holiday", "国庆节、中秋节"),
    ("2025-10-09", "2025-10-10", "teaching", "秋季学期教学"),
    ("2025-10-11", "2025-10-11", "makeup_workday", "国庆节、中秋节调休上课"),
    ("2025-10-12", "2025-11-11", "teaching", "秋季学期教学"),
    ("2025-11-12", "2025-11-14", "exam", "秋季学期期中考试"),
    ("2025-11-15", "2025-12-31", "teaching", "秋季学期教学"),
    ("2026-01-01", "2026-01-03", "holiday", "元旦"),
    ("2026-01-04", "2026-01-04", "makeup_workday", "元旦调休上课"),
    ("2026-01-05", "2026-01-25", "teaching", "秋季学期教学"),
    ("2026-01-26", "2026-01-28", "exam", "秋季学期期末考试"),
    ("2026-01-29", "2026-01-30", "teaching", "秋季学期结业"),
    ("2026-01-31", "2026-03-01", "winter", "寒假"),
)
_SPRING_2026 = (
    ("2026-03-02", "2026-04-03", "teaching", "春季学期教学"),
    ("2026-04-04", "2026-04-06", "holiday", "清明节"),
    ("2026-04-07", "2026-04-27", "teaching", "春季学期教学"),
    ("2026-04-28", "2026-04-30", "exam", "春季学期期中考试"),
    ("2026-05-01", "2026-05-05", "holiday", "劳动节"),
    ("2026-05-06", "2026-05-08", "teaching", "春季学期教学"),
    ("2026-05-09", "2026-05-09", "makeup_workday", "劳动节调休上课"),
    ("2026-05-10", "2026-06-11", "teaching", "春季学期教学"),
    ("2026-06-12", "2026-06-14", "exam", "初中学业水平考试"),
    ("2026-06-15", "2026-06-18", "teaching", "春季学期教学"),
    ("2026-06-19", "2026-06-21", "holiday", "端午节"),
    ("2026-06-22", "2026-06-28", "teaching", "春季学期教学"),
    ("2026-06-29", "2026-07-01", "exam", "春季学期期末考试"),
    ("2026-07-02", "2026-07-03", "teaching", "春季学期结业"),
    ("2026-07-04", "2026-08-31", "summer", "暑假"),
)
_AUTUMN_2026 = (
    ("2026-09-01", "2026-09-19", "teaching", "秋季学期教学"),
    ("2026-09-20", "2026-09-20", "makeup_workday", "国庆节调休上课"),
    ("2026-09-21", "2026-09-24", "teaching", "秋季学期教学"),
    ("2026-09-25", "2026-09-27", "holiday", "中秋节"),
    ("2026-09-28", "2026-09-30", "teaching", "秋季学期教学"),
    ("2026-10-01", "2026-10-07", "holiday", "国庆节"),
    ("2026-10-08", "2026-10-09", "teaching", "秋季学期教学"),
    ("2026-10-10", "2026-10-10", "makeup_workday", "国庆节调休上课"),
    ("2026-10-11", "2026-11-10", "teaching", "秋季学期教学"),
    ("2026-11-11", "2026-11-13", "exam", "秋季学期期中考试"),
    ("2026-11-14", "2026-12-31", "teaching", "秋季学期教学"),
    ("2027-01-01", "2027-01-03", "holiday", "元旦（暂定）"),
    ("2027-01-04", "2027-01-24", "teaching", "秋季学期教学"),
    ("2027-01-25", "2027-01-27", "exam", "秋季学期期末考试"),
    ("2027-01-28", "2027-01-29", "teaching", "秋季学期结业"),
    ("2027-01-30", "2027-02-28", "winter", "寒假"),
)
_SPRING_2027 = (
    ("2027-03-01", "2027-04-02", "teaching", "春季学期教学"),
    ("2027-04-03", "2027-04-05", "holiday", "清明节（暂定）"),
    ("2027-04-06", "2027-04-27", "teaching", "春季学期教学"),
    ("2027-04-28", "2027-04-30", "exam", "春季学期期中考试"),
    ("2027-05-01", "2027-05-05", "holiday", "劳动节（暂定）"),
    ("2027-05-06", "2027-06-08", "teaching", "春季学期教学"),
    ("2027-06-09", "2027-06-09", "holiday", "端午节（暂定）"),
    ("2027-06-10", "2027-06-27", "teaching", "春季学期教学"),
    ("2027-06-28", "2027-06-30", "exam", "春季学期期末考试"),
    ("2027-07-01", "2027-07-02", "teaching", "春季学期结业"),
    ("2027-07-03", "2027-08-31", "summer", "暑假"),
)
_TERMS = {
    "2025-2026-1": _AUTUMN_2025,
    "2025-2026-2": _SPRING_2026,
    "2026-2027-1": _AUTUMN_2026,
    "2026-2027-2": _SPRING_2027,
}


def calendar_rows() -> list[Row]:
    """The rows of school_calendar."""
    return from_lines(
        _COLUMNS,
        [
            (day(start), day(end), kind, term, name)
            for term, ranges in _TERMS.items()
            for start, end, kind, name in ranges
        ],
    )


def lesson_days(year: int, month: int) -> list[dt.date]:
    """Ordinary teaching days of a month up to the last day of the sample, make-up days too."""
    days = []
    for ranges in _TERMS.values():
        for start, end, kind, _ in ranges:
            if kind in {"teaching", "makeup_workday"}:
                days += [one for one in _span(day(start), day(end)) if _taught(one, kind)]
    return [one for one in days if (one.year, one.month) == (year, month) and one <= AS_OF]


def open_days(year: int, month: int) -> list[dt.date]:
    """Days of a month on which the school taught or examined, up to the last day of the sample."""
    examined = [
        one
        for ranges in _TERMS.values()
        for start, end, kind, _ in ranges
        if kind == "exam"
        for one in _span(day(start), day(end))
        if one.weekday() < 5 and one <= AS_OF and (one.year, one.month) == (year, month)
    ]
    return sorted([*lesson_days(year, month), *examined])


def workdays(year: int, month: int) -> list[dt.date]:
    """Ordinary teaching days of a month, or in a vacation month Monday to Friday."""
    taught = lesson_days(year, month)
    first = dt.date(year, month, 1)
    month_days = _span(first, first + dt.timedelta(days=30))
    ordinary = [one for one in month_days if one.month == month and one.weekday() < 5]
    return taught if len(taught) > 9 else [one for one in ordinary if one <= AS_OF]


def months() -> list[tuple[int, int]]:
    """Every month of the sample, from September 2025 to the month of its last day."""
    first, last = 2025 * 12 + 8, AS_OF.year * 12 + AS_OF.month - 1
    return [(number // 12, number % 12 + 1) for number in range(first, last + 1)]


def _span(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]


def _taught(one: dt.date, kind: str) -> bool:
    return kind == "makeup_workday" or one.weekday() < 5
