"""Changes of single records, read from real git repositories."""

import datetime as dt
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.history.commits import read_history
from generator.history.rows import CellChange, read_cell_changes
from generator.history.versions import differing_rows, rows_by_key
from generator.ledger import check_project
from generator.project import read_project
from tests.sample_copy import SampleCopy, sample_copy

PATH = "records/tables/things.csv"
TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)


def git(root: Path, *arguments: str, day: str = "2026-10-01") -> None:
    stamp = f"{day}T12:00:00+08:00"
    settings = ("-c", "user.name=Office", "-c", "user.email=office@school.example")
    subprocess.run(
        ["git", "-C", str(root), *settings, *arguments],
        check=True,
        capture_output=True,
        env=os.environ | {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp},
    )


def save(root: Path, text: str, day: str) -> None:
    file = root / PATH
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    git(root, "add", "-A", day=day)
    git(root, "commit", "-qm", "change", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    return tmp_path


def changes(root: Path, key: tuple[str, ...] = ("id",)) -> list[tuple[str, ...]]:
    found = read_cell_changes(root, read_history(root), {PATH: key}, TODAY)
    return [facts(change) for change in found]


def facts(change: CellChange) -> tuple[str, ...]:
    return (*change.key, change.field, change.before, change.after, str(change.day))


def test_a_change_of_a_cell_is_told_by_key(repository: Path) -> None:
    save(repository, "id,due\na,2026-10-09\nb,2026-10-09\n", "2026-10-01")
    save(repository, "id,due\nb,2026-10-09\na,2026-10-30\n", "2026-10-08")
    assert changes(repository) == [("a", "due", "2026-10-09", "2026-10-30", "2026-10-08")]


def test_a_new_column_or_row_changes_no_cell(repository: Path) -> None:
    save(repository, "id,due\na,1\n", "2026-10-01")
    save(repository, "id,note,due\na,,1\nb,,2\n", "2026-10-02")
    assert changes(repository) == []


def test_what_is_not_committed_yet_changes_today(repository: Path) -> None:
    save(repository, "id,due\na,1\n", "2026-10-01")
    (repository / PATH).write_text("id,due\na,2\n", encoding="utf-8")
    assert changes(repository) == [("a", "due", "1", "2", "2026-11-20")]


def test_a_version_without_the_key_or_deleted_in_between_is_passed_over(repository: Path) -> None:
    save(repository, "id,due\na,1\n", "2026-10-01")
    save(repository, "name,due\na,5\n", "2026-10-02")
    save(repository, "id,due\na,2\n", "2026-10-03")
    git(repository, "rm", "-q", PATH)
    git(repository, "commit", "-qm", "gone", day="2026-10-04")
    save(repository, "id,due\na,3\n", "2026-10-05")
    assert changes(repository) == []


def test_a_merge_is_one_change(repository: Path) -> None:
    save(repository, "id,due\na,1\nb,1\n", "2026-10-01")
    git(repository, "checkout", "-q", "-b", "work")
    save(repository, "id,due\na,2\nb,1\n", "2026-10-02")
    save(repository, "id,due\na,3\nb,1\n", "2026-10-03")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "merge", "work", day="2026-10-05")
    assert changes(repository) == [("a", "due", "1", "3", "2026-10-05")]


def test_a_composite_key_tells_records_apart(repository: Path) -> None:
    save(repository, "id,day,n\na,1,5\na,2,5\n", "2026-10-01")
    save(repository, "id,day,n\na,1,5\na,2,6\n", "2026-10-02")
    assert changes(repository, ("id", "day")) == [("a", "2", "n", "5", "6", "2026-10-02")]


def test_a_shallow_clone_and_no_repository_tell_nothing(repository: Path, tmp_path: Path) -> None:
    save(repository, "id,due\na,1\n", "2026-10-01")
    save(repository, "id,due\na,2\n", "2026-10-02")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(shallow))
    assert changes(shallow) == []
    assert read_cell_changes(tmp_path / "none", read_history(tmp_path / "none"), {}, TODAY) == ()


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> SampleCopy:
    copy = sample_copy(tmp_path_factory.mktemp("school"))
    git(copy.root, "init", "-q", "-b", "main")
    git(copy.root, "add", "-A", day="2026-06-01")
    git(copy.root, "commit", "-qm", "first", day="2026-06-01")
    return copy


def fired(school: SampleCopy) -> set[tuple[str, int]]:
    project, problems = read_project(school.root, NOW)
    with check_project(project, problems) as checked:
        return {(p.rule, p.place.line) for p in checked.problems if p.rule[:3] in {"X10", "X28"}}


def test_a_due_date_that_moves_without_an_extension_is_told(school: SampleCopy) -> None:
    assert fired(school) == set()
    line = school.change("hazards", "HZ-2026-140", due_on="2027-01-15")
    git(school.root, "commit", "-qam", "later", day="2026-11-19")
    assert fired(school) == {("X10", line)}
    git(school.root, "reset", "-q", "--hard", "HEAD~1")
    school.change("hazards", "HZ-2026-140", due_on="2027-01-15", extension_count="1")
    git(school.root, "commit", "-qam", "extended", day="2026-11-19")
    assert fired(school) == set()
    git(school.root, "reset", "-q", "--hard", "HEAD~1")


@pytest.mark.parametrize(
    ("rule", "table", "key", "cells"),
    [
        pytest.param("X28a", "safety_lessons", "SL-202510-001", {"form": "video"}, id="lesson"),
        pytest.param("X28b", "drills", "DR-2025-001", {"problems_found": "4"}, id="drill"),
        pytest.param("X28c", "inspections", "INS-202509-01", {"result": "stop_use"}, id="check"),
        pytest.param("X28d", "canteen_days", "2025-09-08", {"min_sample_g": "130"}, id="meal"),
        pytest.param("X28e", "asset_checks", "AS-AED-1001", {"defects": "1"}, id="asset"),
        pytest.param("X28f", "activities", "ACT-2025-001", {"headcount": "83"}, id="activity"),
        pytest.param("X28g", "hazards", "HZ-2025-001", {"severity": "minor"}, id="hazard"),
        pytest.param("X28h", "incident_cases", "IN-2025-001", {"place_kind": "road"}, id="case"),
        pytest.param("X28i", "dispute_cases", "DC-2025-001", {"channel": "visit"}, id="dispute"),
        pytest.param("X28j", "assessments", "ASM-2025-01", {"score": "8"}, id="assessment"),
        pytest.param("X28k", "surveys", "SV-2025-01", {"n_satisfied": "969"}, id="survey"),
        pytest.param("X28l", "staffing", "bus_attendant", {"actual": "5"}, id="staffing"),
        pytest.param("X28m", "monthly_ops", "2025-09", {"visits_refused": "8"}, id="month"),
        pytest.param("X28n", "counselling_months", "2025-09", {"sessions": "13"}, id="counselling"),
        pytest.param("X28o", "petition_months", "2025-09", {"extended": "1"}, id="petitions"),
    ],
)
def test_a_row_of_a_closed_school_year_that_changes_is_told(
    school: SampleCopy, rule: str, table: str, key: str, cells: dict[str, str]
) -> None:
    line = school.change(table, key, **cells)
    git(school.root, "commit", "-qam", "late", day="2026-11-10")
    assert fired(school) == {(rule, line)}
    git(school.root, "reset", "-q", "--hard", "HEAD~1")


def test_what_is_still_being_done_about_an_old_hazard_is_no_late_change(school: SampleCopy) -> None:
    school.change("hazards", "HZ-2025-001", verified_on="2026-11-09", note="复查过")
    git(school.root, "commit", "-qam", "late", day="2026-11-10")
    assert fired(school) == set()
    git(school.root, "reset", "-q", "--hard", "HEAD~1")


def test_every_table_of_happenings_is_asked_about_its_closed_years(school: SampleCopy) -> None:
    project, problems = read_project(school.root, NOW)
    with check_project(project, problems) as checked:
        asked = {rule.table for rule in checked.rules if rule.id.startswith("X28")}
        tables = checked.records.package.tables.values()
        dated = {t.name for t in tables if t.schema.event_date not in {"", t.schema.valid_from}}
    assert asked == dated


def test_what_changed_after_the_day_counted_on_is_not_known_yet(school: SampleCopy) -> None:
    school.change("drills", "DR-2025-001", problems_found="4")
    git(school.root, "commit", "-qam", "late", day="2026-11-21")
    assert fired(school) == set()
    git(school.root, "reset", "-q", "--hard", "HEAD~1")


ROWS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["1", "2", '"1\n,"', "3\r"]))


def version(rows: dict[str, str]) -> str:
    return "\n".join(["id,x", *(f"{key},{value}" for key, value in rows.items()), ""])


@given(ROWS, ROWS)
def test_rows_left_out_of_a_comparison_are_the_same(
    old: dict[str, str], new: dict[str, str]
) -> None:
    def changed(before: dict[Any, Any], after: dict[Any, Any]) -> dict[Any, tuple[Any, Any]]:
        shared = before.keys() & after
        return {key: (before[key], after[key]) for key in shared if before[key] != after[key]}

    texts = version(old), version(new)
    whole = (rows_by_key(text, ("id",)) for text in texts)
    assert changed(*differing_rows(*texts, ("id",))) == changed(*whole)
