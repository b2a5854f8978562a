"""Days that return every year: computed, never listed year by year."""

import datetime as dt
from pathlib import Path

import pytest

from generator.plan.days import YearlyDay, read_days


def days(tmp_path: Path, text: str) -> tuple[YearlyDay, ...]:
    found, problems = read(tmp_path, text)
    assert problems == []
    return found


def read(tmp_path: Path, text: str) -> tuple[tuple[YearlyDay, ...], list[tuple[str, str]]]:
    (tmp_path / "content").mkdir(exist_ok=True)
    (tmp_path / "content/days.yml").write_text(text, encoding="utf-8")
    found, problems = read_days(tmp_path)
    return found, [(problem.rule, str(problem.place)) for problem in problems]


def test_the_last_monday_of_march(tmp_path: Path) -> None:
    (day,) = days(
        tmp_path, "- {id: a, title: 甲, month: 3, weekday: monday, which: last, note: 注}"
    )
    assert [day.in_year(year) for year in (2024, 2025, 2026)] == [
        (dt.date(2024, 3, 25),) * 2, (dt.date(2025, 3, 31),) * 2, (dt.date(2026, 3, 30),) * 2,
    ]  # fmt: skip
    assert (day.title, day.note) == ("甲", "注")


@pytest.mark.parametrize(
    ("which", "day"), [("first", 1), ("second", 8), ("third", 15), ("fourth", 22), ("last", 29)]
)
def test_a_weekday_counted_from_the_first(tmp_path: Path, which: str, day: int) -> None:
    (found,) = days(tmp_path, f"- {{id: a, title: 甲, month: 6, weekday: monday, which: {which}}}")
    assert found.in_year(2026) == (dt.date(2026, 6, day),) * 2


def test_a_whole_month_and_a_leap_day(tmp_path: Path) -> None:
    month, leap = days(
        tmp_path, "- {id: a, title: 甲, month: 2}\n- {id: b, title: 乙, month: 2, day: 29}\n"
    )
    assert month.in_year(2028) == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))
    assert month.in_year(2026) == (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    assert leap.in_year(2028) == (dt.date(2028, 2, 29),) * 2
    assert leap.in_year(2026) is None


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        pytest.param("month: 13", "wrong-shape", id="month"),
        pytest.param("month: 4, day: 31", "wrong-shape", id="day"),
        pytest.param("month: 4, day: first", "wrong-shape", id="word"),
        pytest.param("day: 4", "missing-key", id="no month"),
        pytest.param("month: 4, weekday: monday", "missing-key", id="which monday"),
        pytest.param("month: 4, weekday: mon, which: last", "unknown-name", id="weekday"),
        pytest.param("month: 4, which: last", "unknown-key", id="which of what"),
    ],
)
def test_a_day_that_cannot_be_is_told(tmp_path: Path, entry: str, rule: str) -> None:
    _, problems = read(tmp_path, f"- {{id: abc, title: 教育日, {entry}}}\n")
    assert [name for name, _ in problems] == [rule]
    assert problems[0][1].startswith("content/days.yml:1:")


def test_an_id_used_twice_is_told_and_no_file_is_no_days(tmp_path: Path) -> None:
    assert read_days(tmp_path) == ((), [])
    line = "- {id: a, title: 甲, month: 2}\n"
    assert read(tmp_path, line * 2)[1] == [("duplicate-id", "content/days.yml:2:3")]
