"""Figures of the sample school counted again by hand: no SQL and no code of the generator."""

import calendar
import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from generator.ledger import Ledger, check_project, count_ledger
from generator.project import read_project

ROOT = Path(__file__).resolve().parents[1]
DAYS = [dt.date(2026, 11, 20), dt.date(2026, 9, 30), dt.date(2026, 3, 1), dt.date(2027, 2, 28)]
NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
PLANS = {
    "fire", "earthquake", "food", "infectious", "intrusion", "crowd", "traffic_bus", "drowning",
    "weather", "chemical", "crisis", "missing", "bullying", "utility",
}  # fmt: skip


@pytest.fixture(scope="module")
def ledgers() -> Iterator[dict[dt.date, Ledger]]:
    project, problems = read_project(ROOT, NOW)
    with check_project(project, problems) as checked:
        yield {day: count_ledger(checked, day) for day in DAYS}


def rows(table: str) -> list[dict[str, str]]:
    with (ROOT / f"records/tables/{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def date(text: str, until: dt.date) -> dt.date | None:
    """The day of a cell, as far as it was known on a day."""
    found = dt.date.fromisoformat(text) if text else None
    return found if found is not None and found <= until else None


def days_of(entry: dict[str, str]) -> list[dt.date]:
    first = dt.date.fromisoformat(entry["start_on"])
    last = dt.date.fromisoformat(entry["end_on"])
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


def teaching_months() -> list[str]:
    """Months with at least ten days of lessons."""
    kinds: dict[dt.date, str] = {}
    for wanted in (("teaching", "exam"), ("holiday", "summer", "winter"), ("makeup_workday",)):
        for entry in rows("school_calendar"):
            if entry["kind"] in wanted:
                kinds.update(dict.fromkeys(days_of(entry), entry["kind"]))
    lessons = Counter(
        day.strftime("%Y-%m")
        for day, kind in kinds.items()
        if kind == "makeup_workday" or (kind in {"teaching", "exam"} and day.weekday() < 5)
    )
    return sorted(month for month, count in lessons.items() if count >= 10)


def begun(until: dt.date) -> list[str]:
    return [month for month in teaching_months() if f"{month}-01" <= until.isoformat()]


def counted(ledger: Ledger, indicator: str) -> dict[str, tuple[int, int]]:
    """Numerator and denominator of every period that asks for something."""
    return {
        figure.period.id: (figure.numerator, figure.denominator)
        for figure in ledger.assessments[indicator].history
        if figure.status.value != "not_applicable"
    }


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_lessons_by_class_and_month(day: dt.date, ledgers: dict[dt.date, Ledger]) -> None:
    periods: Counter[tuple[str, str]] = Counter()
    halves = [row for row in rows("safety_lessons") if row["taught_on"] <= day.isoformat()]
    for row in halves:
        periods[row["class_id"], row["taught_on"][:7]] += round(float(row["periods"]) * 2)
    expected = {}
    for month in begun(day):
        last = calendar.monthrange(int(month[:4]), int(month[5:]))[1]
        classes = [
            row["class_id"]
            for row in rows("classes")
            if row["valid_from"] <= f"{month}-{last}" and row["valid_to"] >= f"{month}-01"
        ]
        reached = sum(periods[name, month] >= 4 for name in classes)
        expected[month] = (reached, len(classes))
    assert counted(ledgers[day], "I01") == expected


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_drills_by_month(day: dt.date, ledgers: dict[dt.date, Ledger]) -> None:
    held = {
        row["drill_on"][:7]
        for row in rows("drills")
        if row["scope"] != "tabletop" and row["drill_on"] <= day.isoformat()
    }
    expected = {month: (int(month in held), 1) for month in begun(day)}
    assert counted(ledgers[day], "I04") == expected


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_hazards_rectified_by_their_day(day: dt.date, ledgers: dict[dt.date, Ledger]) -> None:
    in_time: Counter[str] = Counter()
    due: Counter[str] = Counter()
    for row in rows("hazards"):
        if date(row["found_on"], day) and date(row["due_on"], day):
            first = int(row["due_on"][:4]) - (row["due_on"][5:] < "09-01")
            due[f"{first}-{first + 1}"] += 1
            done = date(row["rectified_on"], day)
            in_time[f"{first}-{first + 1}"] += bool(done and done.isoformat() <= row["due_on"])
    found = {name: pair for name, pair in counted(ledgers[day], "I08").items() if pair != (0, 0)}
    assert found == {name: (in_time[name], due[name]) for name in due}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_major_hazards_not_yet_closed(day: dt.date, ledgers: dict[dt.date, Ledger]) -> None:
    still = [
        row
        for row in rows("hazards")
        if row["severity"] == "major"
        and date(row["found_on"], day)
        and not date(row["verified_on"], day)
    ]
    window = day - dt.timedelta(days=31)
    looked = [
        row for row in rows("inspections") if (date(row["inspected_on"], day) or window) > window
    ]
    headline = ledgers[day].assessments["I09"].headline
    expected = "missed" if still else "met" if looked else "no_data"
    assert (headline.numerator, headline.status.value) == (len(still), expected)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_special_plans_in_force(day: dt.date, ledgers: dict[dt.date, Ledger]) -> None:
    in_force = {
        row["category"]
        for row in rows("documents")
        if row["kind"] == "plan_special"
        and date(row["approved_on"], day)
        and row["review_due"] >= day.isoformat()
    }
    headline = ledgers[day].assessments["I29"].headline
    assert (headline.numerator, headline.denominator, headline.value) == (
        len(in_force & PLANS), 14, Fraction(len(in_force & PLANS)),
    )  # fmt: skip
