"""The profile of the school and the two days every judgement refers to."""

import datetime as dt
from pathlib import Path

import pytest

from generator.problems.problem import Problem
from generator.project import find_root, read_project
from generator.usage import UsageError
from tests.conftest import GOOD, NOW, MakeProject

SCHOOL = "records/school.yaml"
PLAIN = "name: 甲\nsite_name: 乙\n"


def rules(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


def test_the_root_is_found_from_any_folder_below_it() -> None:
    assert find_root(GOOD / "records" / "tables") == GOOD


def test_outside_a_project_the_command_is_used_wrongly(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"records/school\.yaml"):
        find_root(tmp_path)


def test_the_profile_and_the_bindings_are_read(project: MakeProject) -> None:
    read, problems = project()
    assert problems == []
    school = read.school
    assert (school.name, school.sample) == ("河湾活动中心", False)
    assert school.profile == {"overnight": False, "size": "small"}
    calendar = school.bindings["calendar"]
    assert calendar.columns["start"] == "from_day"
    assert calendar.values == {"teaching": ("open",), "makeup": ("extra",), "holiday": ("closed",)}
    assert calendar.places["start"].line == 10


def test_today_is_the_day_at_the_school(project: MakeProject) -> None:
    late = dt.datetime(2026, 11, 20, 17, 0, tzinfo=dt.UTC)
    read, _ = project()
    assert read.today == read.as_of == dt.date(2026, 11, 20)
    assert read_project(read.root, late)[0].today == dt.date(2026, 11, 21)


def test_the_day_asked_for_goes_before_the_day_of_a_sample(project: MakeProject) -> None:
    read, problems = project({SCHOOL: PLAIN + "sample: true\nas_of: 2026-09-01\n"})
    assert problems == []
    assert read.as_of == dt.date(2026, 9, 1)
    assert read_project(read.root, NOW, dt.date(2026, 10, 1))[0].as_of == dt.date(2026, 10, 1)


def test_a_real_school_has_no_fixed_day(project: MakeProject) -> None:
    read, problems = project({SCHOOL: PLAIN + "as_of: 2026-09-01\n"})
    assert rules(problems) == ["sample-left"]
    assert read.as_of == dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("name: [\n", ["yaml-broken"], id="broken"),
        pytest.param("", ["missing-key", "missing-key"], id="empty"),
        pytest.param(PLAIN + "time_zone: Mars\n", ["wrong-shape"], id="time zone"),
        pytest.param(PLAIN + "bindings: {roles: }\n", [], id="empty binding"),
        pytest.param(PLAIN + "repository: {edti: x}\n", ["unknown-key"], id="repository"),
        pytest.param(PLAIN + "first_day: [{title: x, don: y}]\n", ["unknown-key"], id="task"),
        pytest.param(PLAIN + "house_rules: {late_days: 9}\n", ["unknown-key"], id="house rule"),
        pytest.param(PLAIN + "house_rules: {late_entry_days: 0}\n", ["wrong-shape"], id="no days"),
        pytest.param(PLAIN + "naem: x\n", ["unknown-key"], id="top level"),
    ],
)
def test_what_is_wrong_in_the_profile_is_told(
    project: MakeProject, text: str, found: list[str]
) -> None:
    _, problems = project({SCHOOL: text})
    assert rules(problems) == found
    assert all(problem.place.file == SCHOOL for problem in problems)


def test_a_profile_that_is_missing_is_told(project: MakeProject) -> None:
    _, problems = project({SCHOOL: None})
    assert rules(problems) == ["file-missing"]


def test_the_first_day_of_a_new_school_is_a_list_of_tasks(project: MakeProject) -> None:
    text = PLAIN + "first_day:\n  - {title: 填岗位, table: duties}\n"
    read, problems = project({SCHOOL: text})
    assert problems == []
    assert (read.school.first_day[0].title, read.school.first_day[0].table) == ("填岗位", "duties")


def test_a_forge_is_told_by_the_addresses_of_a_file(project: MakeProject) -> None:
    edit, history = "https://g.example/{path}#L{line}", "https://g.example/log/{path}"
    text = f'{PLAIN}repository: {{edit: "{edit}", history: "{history}"}}\n'
    read, problems = project({SCHOOL: text})
    assert problems == []
    assert (read.school.edit_url, read.school.history_url) == (edit, history)


@pytest.mark.parametrize("address", ["ftp://g.example/{path}", "https://g.example/", "{line}"])
def test_an_address_that_names_no_file_is_refused(project: MakeProject, address: str) -> None:
    read, problems = project({SCHOOL: f'{PLAIN}repository: {{edit: "{address}"}}\n'})
    assert rules(problems) == ["wrong-shape"]
    assert read.school.edit_url == ""
