import datetime as dt
from pathlib import Path

import pytest

from generator.compliance.calendar import Calendar, Day, read_calendar
from generator.records.loading import Loader
from tests.small_school import SCHOOL, small_school

WEEKS = "2026-09-07,2026-10-30,lessons,2026-2027-1,上课"
HOLIDAY = "2026-10-01,2026-10-08,free,2026-2027-1,国庆节"


def calendar(root: Path, *rows: str) -> Calendar:
    with small_school(root, dates="\n".join(rows)).checked() as checked:
        assert checked.problems == ()
        return checked.calendar


def found(calendar: Calendar, day: str) -> Day:
    return next(entry for entry in calendar.days if str(entry.day) == day)


@pytest.mark.parametrize(
    ("day", "kind", "in_term", "teaching"),
    [
        pytest.param("2026-09-11", "lessons", True, True, id="a-friday"),
        pytest.param("2026-09-12", "lessons", True, False, id="a-saturday-of-term"),
        pytest.param("2026-09-20", "swap", True, True, id="a-make-up-sunday"),
        pytest.param("2026-10-01", "free", False, False, id="a-holiday-inside-the-term"),
        pytest.param("2026-10-03", "swap", True, True, id="a-make-up-day-inside-a-holiday"),
        pytest.param("2026-10-08", "free", False, False, id="the-last-day-of-the-holiday"),
        pytest.param("2026-10-09", "lessons", True, True, id="the-day-after-the-holiday"),
    ],
)
def test_a_make_up_day_beats_a_holiday_and_a_holiday_beats_lessons(
    tmp_path: Path, day: str, kind: str, *, in_term: bool, teaching: bool
) -> None:
    rows = (
        WEEKS,
        HOLIDAY,
        "2026-09-20,2026-09-20,swap,2026-2027-1,补课",
        "2026-10-03,2026-10-03,swap,2026-2027-1,补课",
    )
    entry = found(calendar(tmp_path, *rows), day)
    assert (entry.kind, entry.in_term, entry.teaching) == (kind, in_term, teaching)


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    first = calendar(tmp_path / "a", WEEKS, HOLIDAY)
    second = calendar(tmp_path / "b", HOLIDAY, WEEKS)
    assert first == second


def test_a_kind_that_is_bound_to_nothing_is_a_holiday(tmp_path: Path) -> None:
    days = calendar(tmp_path, WEEKS, "2026-09-14,2026-09-14,sports,2026-2027-1,运动会")
    assert not found(days, "2026-09-14").teaching


def test_a_day_knows_its_term_its_school_year_and_its_name(tmp_path: Path) -> None:
    entry = found(calendar(tmp_path, WEEKS, HOLIDAY), "2026-10-02")
    assert (entry.term, entry.school_year, entry.name) == ("2026-2027-1", "2026-2027", "国庆节")


def test_the_holidays_after_a_term_belong_to_no_term_but_to_the_school_year(
    tmp_path: Path,
) -> None:
    days = calendar(tmp_path, WEEKS, "2026-11-01,2026-11-30,free,2026-2027-1,放假")
    entry = found(days, "2026-11-15")
    assert (entry.term, entry.school_year) == ("", "2026-2027")
    cells = dict(zip(days.relation().columns, days.relation().rows[-1], strict=True))
    assert (cells["term_id"], cells["school_year"]) == (None, "2026-2027")


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("2026-10-30,2026-11-10,lessons,2026-2027-1,后半", id="one-day-shared"),
        pytest.param("2026-09-10,2026-09-12,lessons,2026-2027-1,其中", id="inside-the-other"),
    ],
)
def test_two_ranges_of_one_rank_must_not_share_a_day(tmp_path: Path, second: str) -> None:
    school = small_school(tmp_path, dates=f"{WEEKS}\n{second}")
    assert school.problems() == [("calendar-overlap", "records/tables/dates.csv:3:1")]


def test_an_overlap_with_an_earlier_long_range_is_found_behind_a_short_one(tmp_path: Path) -> None:
    rows = (
        WEEKS,
        "2026-09-10,2026-09-10,lessons,2026-2027-1,短",
        "2026-10-20,2026-10-21,lessons,2026-2027-1,晚",
    )
    school = small_school(tmp_path, dates="\n".join(rows))
    assert [rule for rule, _ in school.problems()] == ["calendar-overlap"] * 2


def test_ranges_that_touch_do_not_overlap(tmp_path: Path) -> None:
    assert calendar(tmp_path, WEEKS, "2026-10-31,2026-11-10,lessons,2026-2027-1,后半").days


def test_a_range_of_years_is_a_slip_of_the_pen(tmp_path: Path) -> None:
    school = small_school(tmp_path, dates="2026-09-07,9999-12-31,lessons,2026-2027-1,上课")
    assert school.problems() == [("wrong-shape", "records/tables/dates.csv:2:12")]


def test_a_range_that_ends_before_it_begins_has_no_days(tmp_path: Path) -> None:
    with small_school(tmp_path, dates="2026-09-07,2026-09-01,lessons,T-1,错").checked() as checked:
        assert checked.calendar.days == ()


def test_a_range_without_an_end_is_left_out(tmp_path: Path) -> None:
    days = calendar(tmp_path, WEEKS, "2026-12-01,,lessons,2026-2027-1,还没定")
    assert str(days.days[-1].day) == "2026-10-30"


def test_without_a_binding_there_is_no_calendar(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    school.write("records/school.yaml", SCHOOL.split("bindings:", maxsplit=1)[0])
    with school.checked() as checked:
        assert checked.calendar == Calendar()
        loader = Loader()
        assert read_calendar(None, checked.records, loader) == (Calendar(), [])
        loader.close()


def test_days_are_in_order_and_stand_once(tmp_path: Path) -> None:
    days = [entry.day for entry in calendar(tmp_path, HOLIDAY, WEEKS).days]
    assert days == sorted(set(days))
    assert days[0] == dt.date(2026, 9, 7)
