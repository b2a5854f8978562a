import datetime as dt
from pathlib import Path

import pytest

from generator.compliance.periods import Period
from generator.compliance.subjects import SubjectInForce
from tests.small_school import small_school

OCTOBER = Period("calendar_month", "2026-10", "", dt.date(2026, 10, 1), dt.date(2026, 10, 31))


@pytest.mark.parametrize(
    ("start", "end", "in_force"),
    [
        pytest.param(None, None, True, id="always"),
        pytest.param("2026-10-31", None, True, id="begins-on-the-last-day"),
        pytest.param("2026-11-01", None, False, id="begins-the-day-after"),
        pytest.param(None, "2026-10-01", True, id="ends-on-the-first-day"),
        pytest.param(None, "2026-09-30", False, id="ended-the-day-before"),
        pytest.param("2026-10-10", "2026-10-12", True, id="lives-inside-it"),
        pytest.param("2025-09-01", "2027-08-31", True, id="lives-around-it"),
    ],
)
def test_a_subject_is_in_force_when_it_exists_on_some_day(
    start: str | None, end: str | None, *, in_force: bool
) -> None:
    subject = SubjectInForce(
        "a", "甲", *(dt.date.fromisoformat(day) if day else None for day in (start, end))
    )
    assert subject.in_force(OCTOBER) is in_force


def test_subjects_without_titles_and_lives_are_their_keys(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    school.indicator(
        subjects="{table: posts}",
        period="as_of",
        evidence="select _row, 'head' as subject from posts",
    )
    (figure,) = school.assessment("2026-11-20").headline.subjects
    assert (figure.subject, figure.title) == ("head", "head")


def test_a_table_of_subjects_needs_one_key(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    schema = "records/schemas/groups.yaml"
    text = (tmp_path / schema).read_text(encoding="utf-8")
    school.write(schema, text.replace("primaryKey: [group_id]", "primaryKey: [group_id, opens]"))
    school.indicator(
        subjects="{table: groups}",
        evidence="select _row, group_id as subject, held_on as happened_on from talks",
    )
    assert school.problems() == [("sql-refused", "records/indicators/Q1.yaml:1:1")]


def test_a_subject_without_a_title_in_its_row_has_its_key(tmp_path: Path) -> None:
    school = small_school(tmp_path, groups="a,,,")
    school.indicator(
        subjects="{table: groups}",
        evidence="select _row, group_id as subject, held_on as happened_on from talks",
    )
    (figure,) = school.assessment("2026-11-20").headline.subjects
    assert (figure.subject, figure.title) == ("a", "a")
