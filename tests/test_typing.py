"""Screen and judge together say what Frictionless alone says of the whole table."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from frictionless import Package, Resource, Schema
from frictionless import errors as foreign
from frictionless.resources import TableResource
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.problems.problem import Problem
from generator.project import Project, School
from generator.records.loading import Loader
from generator.records.package import read_package
from generator.records.schema_files import read_schema
from generator.records.suspects import suspected
from generator.records.tables import RawTables, read_raw_tables
from generator.records.typing import type_tables
from tests.conftest import TODAY
from tests.table_cases import KINDS, PLAIN, Case, Reference, table_cases

RULES = {
    "type-error": "cell-type",
    "unique-error": "cell-unique",
    "primary-key": "key-duplicate",
    "foreign-key": "unknown-reference",
    "blank-row": "row-blank",
}
CONSTRAINTS = {"required": "cell-required", "enum": "cell-enum", "pattern": "cell-pattern"}
UNSCREENED = {r"\w+", "(?:C-)?.*"}
STRICTER = {"cell-precision", "cell-form", "row-duplicate"}
"""What Frictionless accepts and we do not; each has its own cases."""
Found = tuple[int, str, str]


def write_case(case: Case, root: Path, loader: Loader) -> RawTables:
    records = root / "records"
    records.mkdir(parents=True, exist_ok=True)
    resources = [
        {"name": name, "title": name, "path": f"{name}.csv", "schema": f"{name}.yaml"}
        | {"sensitivity": "public"}
        for name in ("parents", "rows")
    ]
    keys = [
        {"fields": r.fields, "reference": {"resource": r.table, "fields": r.target}}
        for r in case.references
    ]
    own = {"fields": _declared(case.fields), "primaryKey": case.primary_key, "foreignKeys": keys}
    dump(records / "datapackage.yaml", {"name": "t", "resources": resources})
    dump(records / "parents.yaml", {"fields": _declared(case.parent_fields)})
    dump(records / "rows.yaml", own)
    write_csv(records / "parents.csv", [field["name"] for field in case.parent_fields], case.parent)
    write_csv(records / "rows.csv", [field["name"] for field in case.fields], case.rows)
    project = Project(root, School(), TODAY, TODAY)
    package, problems = read_package(project)
    assert problems == []
    raw, problems = read_raw_tables(root, package, loader)
    assert problems == []
    return raw


def _declared(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    declared = []
    for field in fields:
        extra = {"title": field["name"], "sensitivity": "public", "future": "true"}
        choices = field["constraints"].get("enum")
        labels = {"labels": {value: value for value in choices}} if choices else {}
        declared.append(field | extra | labels)
    return declared


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
    keys = [
        {"fields": r.fields, "reference": {"resource": r.table, "fields": r.target}}
        for r in case.references
    ]
    own = {"fields": case.fields, "primaryKey": case.primary_key, "foreignKeys": keys}
    resources: list[Resource] = [
        _resource("parents", {"fields": case.parent_fields}, case.parent),
        _resource("rows", own, case.rows),
    ]
    report = Package(name="whole", resources=resources).validate(limit_errors=10**6)
    task = next(task for task in report.tasks if task.name == "rows")
    found = (found_by(error, case) for error in task.errors)
    return {entry for entry in found if entry is not None}


def _resource(name: str, schema: dict[str, Any], rows: list[list[str]]) -> TableResource:
    header = [field["name"] for field in schema["fields"]]
    data = [header, *rows]
    return TableResource(name=name, data=data, schema=Schema.from_descriptor(schema))


def found_by(error: Any, case: Case) -> Found | None:  # noqa: ANN401 - Frictionless types loosely
    """Row, field and rule; None for an unreadable key, which is a type error already."""
    row = error.row_number - 2
    field = getattr(error, "field_name", "") or ""
    rule = RULES.get(error.type) or CONSTRAINTS.get(error.note.split('"')[1], "cell-range")
    if isinstance(error, foreign.ForeignKeyError):
        field = error.field_names[0]
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


def compare(case: Case, root: Path, bulk_from: int) -> None:
    loader = Loader(bulk_from)
    raw = write_case(case, root, loader)
    problems = type_tables(loader, raw, dt.date(2100, 1, 1))
    loader.close()
    theirs = alone(case)
    found = {
        (row, field, "cell-type" if rule == "cell-form" else rule)
        for row, field, rule in ours(case, raw, problems)
        if rule not in STRICTER or (row, field, "cell-type") in theirs
    }
    assert found == theirs


@given(case=table_cases(), bulk_from=st.sampled_from([0, 2**40]))
def test_screen_and_judge_report_what_frictionless_alone_reports(
    tmp_path_factory: pytest.TempPathFactory, case: Case, bulk_from: int
) -> None:
    compare(case, tmp_path_factory.mktemp("case"), bulk_from)


@given(case=table_cases(PLAIN), bulk_from=st.sampled_from([0, 2**40]))
def test_so_they_do_for_the_types_that_schools_use(
    tmp_path_factory: pytest.TempPathFactory, case: Case, bulk_from: int
) -> None:
    compare(case, tmp_path_factory.mktemp("case"), bulk_from)


@pytest.mark.soak
@settings(max_examples=10_000)
@given(case=table_cases(), bulk_from=st.sampled_from([0, 2**40]))
def test_so_they_do_ten_thousand_times(
    tmp_path_factory: pytest.TempPathFactory, case: Case, bulk_from: int
) -> None:
    root = tmp_path_factory.mktemp("case")
    compare(case, root, bulk_from)
    shutil.rmtree(root)


COMMON = {
    f"{kind} {form} {number}": (kind, form, chosen)
    for (kind, form), several in KINDS.items()
    for number, chosen in enumerate(several)
    if chosen.common
}


@pytest.mark.parametrize("name", COMMON)
@settings(max_examples=5)
@given(data=st.data())
def test_the_screen_clears_clean_cells_of_each_common_type(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    kind, form, chosen = COMMON[name]
    field: dict[str, Any] = {"name": "a", "type": kind, "constraints": {}} | chosen.extra
    field |= {} if form == "default" else {"format": form}
    number = {"name": "n", "type": "integer", "constraints": {"unique": True}}
    cells = data.draw(st.lists(chosen.good, min_size=100, max_size=100))
    rows = [[str(index), cell] for index, cell in enumerate(cells)]
    case = Case(
        [{"name": "k", "type": "string", "constraints": {}}], [], [number, field], ["n"], [], rows
    )
    loader = Loader()
    raw = write_case(case, tmp_path_factory.mktemp("case"), loader)
    assert type_tables(loader, raw, dt.date(2100, 1, 1)) == []
    sent = suspected(loader, raw.tables["rows"], raw)
    loader.close()
    assert len(sent) <= len(rows) / 100


@settings(max_examples=30)
@given(table_cases(PLAIN, clean=True))
def test_the_screen_clears_rows_that_are_clean(
    tmp_path_factory: pytest.TempPathFactory, case: Case
) -> None:
    loader = Loader()
    raw = write_case(case, tmp_path_factory.mktemp("case"), loader)
    type_tables(loader, raw, dt.date(2100, 1, 1))
    faulty = {row for row, _, _ in alone(case)}
    suspects = set(suspected(loader, raw.tables["rows"], raw))
    loader.close()
    beyond = any(f["constraints"].get("pattern") in UNSCREENED for f in case.fields)
    beyond |= any(f.keys() & {"bareNumber", "groupChar", "decimalChar"} for f in case.fields)
    assert beyond or faulty or not suspects


@pytest.mark.parametrize(
    ("field", "schema", "rule"),
    [
        pytest.param("type: string", 'missingValues: ["-"]', "schema-refused", id="missing values"),
        pytest.param(
            "type: integer, constraints: {exclusiveMinimum: 1}", "", "unknown-key", id="exclusive"
        ),
        pytest.param("type: number, floatNumber: true", "", "unknown-key", id="floating point"),
        pytest.param("type: list, constraints: {unique: true}", "", "schema-refused", id="unique"),
        pytest.param("type: list, constraints: {enum: [a]}", "", "schema-refused", id="list enum"),
        pytest.param("type: object", "primaryKey: [a]", "schema-refused", id="object as a key"),
        pytest.param(
            "type: datetime, constraints: {minimum: x}", "", "schema-refused", id="no such limit"
        ),
        pytest.param(
            "type: integer, constraints: {pattern: x}",
            "",
            "schema-refused",
            id="no such constraint",
        ),
    ],
)
def test_what_table_schema_knows_and_we_refuse_on_purpose(
    tmp_path: Path, field: str, schema: str, rule: str
) -> None:
    text = f"{schema}\nfields:\n  - {{name: a, title: a, sensitivity: public, {field}}}\n"
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    _, problems = read_schema(tmp_path, "s.yaml")
    assert rule in {problem.rule for problem in problems}


def test_of_many_known_keys_only_those_that_begin_alike_are_near(tmp_path: Path) -> None:
    reference = [Reference(["p0"], "parents", ["k0"])]
    parent = [[f"k{number:04}"] for number in range(1500)]
    text: dict[str, Any] = {"type": "string", "constraints": {}}
    case = Case(
        [text | {"name": "k0"}], parent, [text | {"name": "p0"}], [], reference, [["k12x4"]]
    )
    loader = Loader()
    raw = write_case(case, tmp_path, loader)
    (problem,) = type_tables(loader, raw, dt.date(2100, 1, 1))
    loader.close()
    assert problem.near
    assert all(name.startswith("k1") for name in problem.near)
