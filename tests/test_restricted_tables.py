"""Restricted tables hold the columns agreed on and no free text; no table watches people."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.sample_copy import ROOT, sample_copy

ALLOWED = {
    "dispute_cases": (
        "case_no category opened_on channel level mediator_role due_on resolved_on outcome"
        " escalated satisfied"
    ),
    "petition_months": (
        "month received notified_within_15d due_to_close closed_within_60d extended repeat_visits"
    ),
    "incident_cases": (
        "case_no occurred_on category grade is_responsibility_accident injured deaths place_kind"
        " first_report_minutes report_limit_minutes written_report_on investigation_started_on"
        " investigated_on cause_found_on responsible_handled_on rectified_on educated_on closed_on"
        " insurance_claim"
    ),
    "counselling_months": "month hours_open sessions group_activities referrals crisis_plans",
}
"""The columns of each restricted table. A new one needs a decision, not only a schema."""
WATCHING = re.compile(
    "thought|opinion_of|belief|religion|ideolog|suspect|watchlist|思想|言论|信仰|重点人"
)
NEVER = re.compile(
    r"(^|_)(name|phone|mobile|address|birth|id_card|wechat|qq|email|photo)(_|$)|姓名"
)
RECORDS = ROOT / "records"


def package() -> dict[str, dict[str, object]]:
    text = (RECORDS / "datapackage.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506, TID251 - scalars stay text
    return {entry["name"]: entry for entry in found["resources"]}


def fields(path: Path) -> list[dict[str, object]]:
    text = path.read_text(encoding="utf-8")
    found = yaml.load(text, Loader=yaml.BaseLoader)["fields"]  # noqa: S506, TID251 - as above
    assert isinstance(found, list)
    return found


def fields_of(table: str) -> list[dict[str, object]]:
    return fields(RECORDS / str(package()[table]["schema"]))


def every_field() -> Iterator[tuple[str, dict[str, object]]]:
    for table in package():
        for field in fields_of(table):
            yield table, field


def free_text(field: dict[str, object]) -> bool:
    """A text that may say anything: no choices and no pattern."""
    constraints = field.get("constraints", {})
    assert isinstance(constraints, dict)
    closed = {"enum", "pattern"} & set(constraints)
    return field["type"] in {"string", "any", "object", "array"} and not closed


def test_the_restricted_tables_are_these() -> None:
    found = {name for name, entry in package().items() if entry["sensitivity"] == "restricted"}
    assert found == set(ALLOWED)


@pytest.mark.parametrize("table", ALLOWED)
def test_a_restricted_table_has_the_columns_agreed_on(table: str) -> None:
    assert [field["name"] for field in fields_of(table)] == ALLOWED[table].split()


@pytest.mark.parametrize("table", ALLOWED)
def test_a_restricted_table_has_no_free_text(table: str) -> None:
    assert [field["name"] for field in fields_of(table) if free_text(field)] == []


@pytest.mark.parametrize("table", ALLOWED)
def test_every_column_of_a_restricted_table_is_restricted(table: str) -> None:
    assert {field["sensitivity"] for field in fields_of(table)} == {"restricted"}


def test_a_pattern_of_a_restricted_table_lets_no_sentence_through() -> None:
    for table in ALLOWED:
        for field in fields_of(table):
            constraints = field.get("constraints", {})
            assert isinstance(constraints, dict)
            pattern = str(constraints.get("pattern", "^$"))
            assert not re.fullmatch(pattern, "某生与同桌争吵"), (table, field["name"])


@pytest.mark.parametrize("watched", [WATCHING, NEVER], ids=["watching", "person"])
def test_no_column_is_about_a_person(watched: re.Pattern[str]) -> None:
    found = [
        (table, field["name"])
        for table, field in every_field()
        for word in (str(field["name"]), str(field["title"]))
        if watched.search(word) and (table, field["name"]) not in NAMES_OF_THINGS
    ]
    assert found == []


NAMES_OF_THINGS = {
    ("classes", "display_name"),
    ("locations", "name"),
    ("school_calendar", "name"),
}
"""Names of a class, a place and a stretch of the calendar."""


def test_a_free_text_that_crept_in_is_found(tmp_path: Path) -> None:
    school = sample_copy(tmp_path)
    path = school.root / "records/schemas/dispute_cases.yaml"
    text = path.read_text(encoding="utf-8")
    note = "  - {name: note, title: 备注, type: string, sensitivity: restricted}\n"
    path.write_text(text + note, encoding="utf-8")
    assert [field["name"] for field in fields(path) if free_text(field)] == ["note"]


def test_rules_of_restricted_tables_tell_no_value() -> None:
    for table in ALLOWED:
        for language in re.findall(
            r"^  (?:wrong|fix): .+$",
            (RECORDS / f"rules/{table}.yaml").read_text(encoding="utf-8"),
            re.MULTILINE,
        ):
            assert not re.search(r"\{\w+\}", language.split(": ", 1)[1].strip("{}")), language
