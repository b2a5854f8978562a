import datetime as dt
from pathlib import Path

import pytest

from generator.compliance.calendar import Calendar
from generator.compliance.periods import (
    KINDS,
    Period,
    add_months,
    on_day,
    period_at,
    periods_of,
    term_title,
)
from tests.small_school import small_school


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def periods(root: Path, dates: str) -> dict[str, tuple[Period, ...]]:
    with small_school(root, dates=dates).checked() as checked:
        return checked.periods


def span(found: dict[str, tuple[Period, ...]], kind: str, name: str) -> tuple[str, str, bool]:
    period = next(period for period in found[kind] if period.id == name)
    return str(period.start), str(period.end), period.applies


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        pytest.param("2024-08-31", 6, "2025-02-28", id="clamped-to-february"),
        pytest.param("2024-02-29", 12, "2025-02-28", id="leap-day-a-year-on"),
        pytest.param("2024-02-29", 48, "2028-02-29", id="leap-day-four-years-on"),
        pytest.param("2023-12-31", 2, "2024-02-29", id="into-a-leap-february"),
        pytest.param("2026-12-15", 1, "2027-01-15", id="december-to-january"),
        pytest.param("2026-01-31", 1, "2026-02-28", id="january-to-february"),
        pytest.param("2026-03-31", -1, "2026-02-28", id="backwards"),
        pytest.param("2026-05-31", 0, "2026-05-31", id="no-month"),
    ],
)
def test_adding_months_clamps_to_the_end_of_a_shorter_month(
    start: str, count: int, end: str
) -> None:
    assert add_months(day(start), count) == day(end)


@pytest.mark.parametrize(
    ("dates", "month", "applies"),
    [
        pytest.param(
            "2026-03-02,2026-03-13,lessons,2025-2026-2,春", "2026-03", True, id="ten-days"
        ),
        pytest.param("2026-03-02,2026-03-12,lessons,2025-2026-2,春", "2026-03", False, id="nine"),
        pytest.param(
            "2026-03-02,2026-03-12,lessons,2025-2026-2,春\n"
            "2026-03-14,2026-03-14,swap,2025-2026-2,调休",
            "2026-03",
            True,
            id="nine-and-a-make-up-saturday",
        ),
        pytest.param(
            "2026-03-02,2026-03-13,lessons,2025-2026-2,春\n2026-03-05,2026-03-05,free,,放假",
            "2026-03",
            False,
            id="ten-less-a-holiday",
        ),
        pytest.param("2026-02-01,2026-02-28,free,2025-2026-1,寒假", "2026-02", False, id="holiday"),
    ],
)
def test_a_teaching_month_has_ten_teaching_days(
    tmp_path: Path, dates: str, month: str, *, applies: bool
) -> None:
    found = periods(tmp_path, dates)
    assert span(found, "teaching_month", month)[2] is applies
    assert span(found, "calendar_month", month)[2]


def test_a_month_is_whole_even_when_its_lessons_are_not(tmp_path: Path) -> None:
    found = periods(tmp_path, "2026-02-16,2026-03-10,lessons,2025-2026-2,春")
    assert span(found, "calendar_month", "2026-02")[:2] == ("2026-02-01", "2026-02-28")
    assert span(found, "calendar_month", "2026-03")[:2] == ("2026-03-01", "2026-03-31")


def test_a_leap_february_ends_on_the_twenty_ninth(tmp_path: Path) -> None:
    found = periods(tmp_path, "2024-02-19,2024-02-28,lessons,2023-2024-2,春")
    assert span(found, "teaching_month", "2024-02")[:2] == ("2024-02-01", "2024-02-29")


def test_terms_and_school_years_run_from_first_to_last_day(tmp_path: Path) -> None:
    with small_school(tmp_path).checked() as checked:
        found = checked.periods
    assert [period.id for period in found["term"]] == ["2025-2026-1", "2025-2026-2", "2026-2027-1"]
    assert span(found, "term", "2025-2026-1")[:2] == ("2025-09-01", "2026-01-16")
    assert span(found, "school_year", "2025-2026")[:2] == ("2025-09-01", "2026-08-31")
    assert span(found, "school_year", "2026-2027")[:2] == ("2026-09-01", "2027-01-15")


def test_december_and_january_are_two_months_and_two_calendar_years(tmp_path: Path) -> None:
    found = periods(tmp_path, "2026-12-01,2027-01-15,lessons,2026-2027-1,秋")
    assert [period.id for period in found["calendar_month"]] == ["2026-12", "2027-01"]
    assert span(found, "calendar_year", "2026")[:2] == ("2026-01-01", "2026-12-31")
    assert span(found, "calendar_year", "2027")[:2] == ("2027-01-01", "2027-12-31")
    assert [period.id for period in found["school_year"]] == ["2026-2027"]


def test_august_and_september_are_parted_by_the_school_year(tmp_path: Path) -> None:
    with small_school(tmp_path).checked() as checked:
        years = checked.periods["school_year"]
    found = [period_at(years, day(text)) for text in ("2026-08-31", "2026-09-01")]
    assert [period.id for period in found if period] == ["2025-2026", "2026-2027"]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        pytest.param("2025-08-31", None, id="before-the-first"),
        pytest.param("2025-09-01", "2025-2026-1", id="first-day"),
        pytest.param("2026-01-16", "2025-2026-1", id="last-day"),
        pytest.param("2026-01-17", None, id="between-two"),
        pytest.param("2026-03-01", "2025-2026-2", id="first-day-of-the-next"),
        pytest.param("2027-01-16", None, id="after-the-last"),
    ],
)
def test_a_day_lies_in_one_period_or_in_none(tmp_path: Path, text: str, term: str | None) -> None:
    with small_school(tmp_path).checked() as checked:
        period = period_at(checked.periods["term"], day(text))
    assert (period.id if period else None) == term


def test_how_many_days_make_a_teaching_month_is_a_rule_of_the_house(tmp_path: Path) -> None:
    school = small_school(tmp_path, dates="2026-03-02,2026-03-12,lessons,2025-2026-2,春")
    profile = (tmp_path / "records/school.yaml").read_text(encoding="utf-8")
    school.write("records/school.yaml", f"{profile}house_rules: {{teaching_month_days: 9}}\n")
    with school.checked() as checked:
        assert span(checked.periods, "teaching_month", "2026-03")[2]
        assert span(checked.periods, "quarter", "2026-Q1")[2]


def test_terms_are_ordered_by_time_and_not_by_name(tmp_path: Path) -> None:
    found = periods(
        tmp_path,
        "2025-09-01,2026-01-16,lessons,Z-1,秋\n2026-03-02,2026-07-03,lessons,A-2,春",
    )
    assert [period.id for period in found["term"]] == ["Z-1", "A-2"]
    assert [period.id for period in found["school_year"]] == ["Z", "A"]


def test_a_term_without_a_number_is_a_school_year_of_its_own(tmp_path: Path) -> None:
    found = periods(tmp_path, "2025-09-01,2026-01-16,lessons,2025秋,秋")
    assert [(p.id, p.title) for p in found["term"]] == [("2025秋", "2025秋")]
    assert [period.id for period in found["school_year"]] == ["2025秋"]


def test_without_a_calendar_there_are_no_periods() -> None:
    assert periods_of(Calendar(), 10) == dict.fromkeys(KINDS, ())
    assert period_at((), day("2026-11-20")) is None


@pytest.mark.parametrize(
    ("term", "title"),
    [
        pytest.param("2026-2027-1", "2026—2027 学年第一学期", id="first"),
        pytest.param("2026-2027-2", "2026—2027 学年第二学期", id="second"),
        pytest.param("2026-2027-4", "2026—2027 学年4学期", id="no-ordinal"),
        pytest.param("2026秋", "2026秋", id="no-school-year"),
    ],
)
def test_a_term_has_a_title(term: str, title: str) -> None:
    assert term_title(term) == title


def test_the_period_of_a_day_is_that_day() -> None:
    period = on_day(day("2026-11-20"))
    assert (period.id, period.start, period.end) == (
        "2026-11-20",
        day("2026-11-20"),
        day("2026-11-20"),
    )
