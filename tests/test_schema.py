"""Table Schema files are read strictly; what the engine cannot keep is refused at its place."""

from pathlib import Path

import pytest

from generator.problems.problem import Problem
from generator.records.schema import Constraints, TableSchema
from generator.records.schema_files import read_schema

FIELD = "{name: a, title: 甲, type: string, sensitivity: public"


def read(root: Path, text: str) -> tuple[TableSchema | None, list[Problem]]:
    (root / "s.yaml").write_text(text, encoding="utf-8")
    return read_schema(root, "s.yaml")


def test_everything_a_schema_says_is_read(tmp_path: Path) -> None:
    schema, problems = read(
        tmp_path,
        """
primaryKey: a
missingValues: [""]
event_date: d
validity: {from: d, to: e}
row_title: a
sort: [-d, a]
foreignKeys:
  - {fields: a, reference: {resource: "", fields: a}}
fields:
  - name: a
    title: 甲
    description: 说明
    type: string
    sensitivity: staff
    unit: 个
    derived: upper(a)
    list_of: {resource: others, field: id}
    constraints: {required: true, unique: true, pattern: '[a-z]+', minLength: 1, maxLength: 9}
  - {name: d, title: 日, type: date, sensitivity: public, constraints: {minimum: "2015-01-01"}}
  - {name: e, title: 止, type: date, future: true, sensitivity: public}
  - {name: n, title: 数, type: number, groupChar: ",", sensitivity: public}
  - {name: k, title: 类, type: string, sensitivity: public, constraints: {enum: [x]},
     labels: {x: 叉}}
  - {name: t, title: 否, type: boolean, trueValues: ["是"], falseValues: ["否"],
     sensitivity: public}
""",
    )
    assert problems == []
    assert schema is not None
    assert (schema.primary_key, schema.event_date) == (("a",), "d")
    assert (schema.valid_from, schema.valid_to, schema.row_title) == ("d", "e", "a")
    assert schema.sort == ("-d", "a")
    assert schema.references[0].target_fields == ("a",)
    first = schema.fields[0]
    assert first.constraints == Constraints(
        required=True, unique=True, pattern="[a-z]+", min_length=1, max_length=9
    )
    assert (first.derived, first.unit, first.special) == ("upper(a)", "个", False)
    assert first.list_of is not None
    assert first.list_of.table == "others"
    assert schema.fields[2].future
    assert schema.fields[3].special
    assert schema.fields[4].labels == {"x": "叉"}
    assert schema.fields[5].true_values == ("是",)
    assert schema.field("none") is None


def test_frictionless_gets_numbers_and_flags_as_such_and_no_labels(tmp_path: Path) -> None:
    text = f"fields:\n  - {FIELD}, constraints: {{required: true, maxLength: 9, enum: [x]}}, "
    schema, _ = read(tmp_path, text + "labels: {x: 叉}, description: }\n")
    assert schema is not None
    assert schema.descriptor["fields"] == [
        {
            "name": "a",
            "title": "甲",
            "type": "string",
            "sensitivity": "public",
            "description": "",
            "constraints": {"required": True, "maxLength": 9, "enum": ["x"]},
        }
    ]


def one(extra: str = "", kind: str = "string", name: str = "a") -> str:
    """A schema of one field with something more to say about it."""
    more = f", {extra}" if extra else ""
    return f"fields: [{{name: {name}, title: x, type: {kind}, sensitivity: public{more}}}]"


LIMIT = "constraints: {maximum: 2026-02-%s}"
UNEVEN = "foreignKeys: [{fields: [a], reference: {resource: x, fields: [b, c]}}]"
WRONG = {
    "key": (one("constraint: x"), "unknown-key", "constraint"),
    "top key": ("field: []", "unknown-key", "field"),
    "twice": (one().replace("]", "," + one()[9:]), "duplicate-id", '"a"'),
    "no name": (one(name=""), "missing-key", "name"),
    "capital": (one(name="A"), "wrong-shape", '"A"'),
    "engine's own": (one(name="_row"), "wrong-shape", "_row"),
    "type": (one(kind="text"), "unknown-name", "text"),
    "sensitivity": (one().replace("public", "secret"), "unknown-name", "secret"),
    "minimum of text": (one("constraints: {minimum: 1}"), "schema-refused", "minimum"),
    "pattern": (one("constraints: {pattern: '('}"), "schema-refused", "pattern"),
    "no such day": (one(LIMIT % 30, "date"), "schema-refused", "2026-02-30"),
    "odd format": (one(f"format: '%d.%m', {LIMIT % 20}", "date"), "schema-refused", "2026-02-20"),
    "pattern of flag": (one("constraints: {pattern: x}", "boolean"), "schema-refused", "boolean"),
    "no labels": (one("constraints: {enum: [x]}"), "schema-refused", "labels"),
    "label too many": (one("labels: {y: 外}"), "schema-refused", '"y"'),
    "list without field": (one("list_of: {resource: x}"), "missing-key", "field"),
    "event is no date": (one() + "\nevent_date: a", "schema-refused", "event_date"),
    "validity": (one() + "\nvalidity: {from: a, to: b}", "unknown-name", '"b"'),
    "half a validity": (one() + "\nvalidity: {from: a}", "missing-key", "to"),
    "key of nothing": (one() + "\nprimaryKey: [b]", "unknown-name", '"b"'),
    "uneven key": (f"{one()}\n{UNEVEN}", "schema-refused", "列数"),
    "key to nothing": (one() + "\nforeignKeys: [{fields: [a]}]", "missing-key", "reference"),
    "missing values": (one() + "\nmissingValues: ['-']", "schema-refused", "missingValues"),
    "broken": ("fields: [", "yaml-broken", "YAML"),
}


@pytest.mark.parametrize(("text", "rule", "words"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_in_a_schema_is_told(
    tmp_path: Path, text: str, rule: str, words: str
) -> None:
    _, problems = read(tmp_path, text)
    assert [problem for problem in problems if problem.rule == rule and words in problem.wrong.zh]


def test_a_schema_that_is_missing_says_who_names_it(tmp_path: Path) -> None:
    schema, problems = read_schema(tmp_path, "none.yaml")
    assert schema is None
    assert "datapackage.yaml" in problems[0].fix.zh
