"""Screen and judge together say what Frictionless alone says of the whole table."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from frictionless import Package, Schema
from frictionless import errors as foreign
from frictionless.resources import TableResource
from hypothesis import given, settings

from generator.problems.problem import Problem
from generator.project import Project, School
from generator.records.database import Loader
from generator.records.package import read_package
from generator.records.tables import RawTables, read_raw_tables
from generator.records.suspects import suspected
from generator.records.typing import type_tables
from tests.conftest import TODAY
from tests.strategies import Case, table_cases

RULES = {
    "type-error": "cell-type",
    "unique-error": "cell-unique",
    "primary-key": "key-duplicate",
    "foreign-key": "unknown-reference",
    "blank-row": "row-blank",
}
CONSTRAINTS = {"required": "cell-required", "enum": "cell-enum", "pattern": "cell-pattern"}
UNSCREENED = {r"\w+", "(?:C-)?.*"}
Found = tuple[int, str, str]


def write_case(case: Case, root: Path) -> RawTables:
    reference = {"fields": ["parent_id"], "reference": {"resource": "parents", "fields": ["key"]}}
    kind = case.fields[-1]["type"]
    key = {"name": "key", "type": kind, "title": "k", "sensitivity": "public"}
    fields = []
    for field in case.fields:
        extra = {"title": field["name"], "sensitivity": "public", "future": "true"}
        choices = field["constraints"].get("enum")
        labels = {"labels": {value: value for value in choices}} if choices else {}
        fields.append(field | extra | labels)
    own = {"fields": fields, "primaryKey": case.primary_key, "foreignKeys": [reference]}
    resources = [
        {
            "name": name,
            "title": name,
            "path": f"{name}.csv",
            "schema": f"{name}.yaml",
            "sensitivity": "public",
        }
        for name in ("parents", "rows")
    ]
    records = root / "records"
    records.mkdir(parents=True, exist_ok=True)
    dump(records / "datapackage.yaml", {"name": "t", "resources": resources})
    dump(records / "parents.yaml", {"fields": [key], "primaryKey": ["key"]})
    dump(records / "rows.yaml", own)
    write_csv(records / "parents.csv", ["key"], case.parent)
    write_csv(records / "rows.csv", [field["name"] for field in case.fields], case.rows)
    project = Project(root, School(), TODAY, TODAY)
    package, problems = read_package(project)
    assert problems == []
    raw, problems = read_raw_tables(root, package)
    assert problems == []
    return raw


def dump(path: Path, value: object) -> None:
    path.write_text(yaml.safe_dump(_text(value), allow_unicode=True), encoding="utf-8")


def _text(value: object) -> object:
    if isinstance(value, dict):
        return {key: _text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_text(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_csv(path: Path, header: list[str], rows: list[list[str]]) -> None:
    lines = [header, *[['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]]
    text = "".join(",".join(line) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="")


def alone(case: Case) -> set[Found]:
    """What Frictionless reports of the whole table."""
    parents = Schema.from_descriptor({"fields": [{"name": "key", "type": case.fields[-1]["type"]}]})
    descriptor: dict[str, Any] = {
        "fields": case.fields,
        "primaryKey": case.primary_key,
        "foreignKeys": [
            {"fields": ["parent_id"], "reference": {"resource": "parents", "fields": ["key"]}}
        ],
    }
    names = [field["name"] for field in case.fields]
    package = Package(
        name="whole",
        resources=[
            TableResource(name="parents", data=[["key"], *case.parent], schema=parents),
            TableResource(
                name="rows",
                data=[names, *case.rows],
                schema=Schema.from_descriptor(descriptor),
            ),
        ],
    )
    report = package.validate(limit_errors=10**6)
    task = next(task for task in report.tasks if task.name == "rows")
    found = (found_by(error, case) for error in task.errors)
    return {entry for entry in found if entry is not None}


def found_by(error: Any, case: Case) -> Found | None:  # noqa: ANN401 - Frictionless types loosely
    """Row, field and rule; None for an unreadable key, which is a type error already."""
    row = error.row_number - 2
    field = getattr(error, "field_name", "") or ""
    rule = RULES.get(error.type) or CONSTRAINTS.get(error.note.split('"')[1], "cell-range")
    if isinstance(error, foreign.ForeignKeyError):
        field = "parent_id"
    if error.type == "primary-key":
        field = case.primary_key[0]
        if "None" in error.note:
            names = [entry["name"] for entry in case.fields]
            written = dict(zip(names, case.rows[row], strict=True))
            empty = not any(written[name] for name in case.primary_key)
            return (row, field, "cell-required") if empty and any(case.rows[row]) else None
    return row, field, rule


def ours(case: Case, raw: RawTables, problems: list[Problem]) -> set[Found]:
    table = raw.tables["rows"]
    names = [field["name"] for field in case.fields]
    places = {
        table.place(table.base + i, name): (i, name) for i in range(table.size) for name in names
    }
    found = set()
    for problem in problems:
        row, field = places[problem.place]
        found.add((row, "" if problem.rule == "row-blank" else field, problem.rule))
    return found


@given(table_cases())
def test_screen_and_judge_report_what_frictionless_alone_reports(
    tmp_path_factory: pytest.TempPathFactory, case: Case
) -> None:
    raw = write_case(case, tmp_path_factory.mktemp("case"))
    loader = Loader()
    problems = type_tables(loader, raw, dt.date(2100, 1, 1))
    loader.close()
    assert ours(case, raw, problems) == alone(case)


@settings(max_examples=30)
@given(table_cases(clean=True))
def test_the_screen_clears_rows_that_are_clean(
    tmp_path_factory: pytest.TempPathFactory, case: Case
) -> None:
    raw = write_case(case, tmp_path_factory.mktemp("case"))
    loader = Loader()
    type_tables(loader, raw, dt.date(2100, 1, 1))
    faulty = {row for row, _, _ in alone(case)}
    table = raw.tables["rows"]
    suspects = set(suspected(loader, table, raw))
    loader.close()
    beyond = any(f["constraints"].get("pattern") in UNSCREENED for f in case.fields)
    assert beyond or faulty or not suspects
