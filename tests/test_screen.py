"""The screen clears what is certainly sound and never what is not."""

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from generator.records.database import literal
from generator.records.schema import Field
from generator.records.schema_files import read_schema
from generator.records.screen import column_kind, conversion, reads_pattern, soundness


@pytest.fixture
def make_field(tmp_path: Path) -> Any:  # noqa: ANN401 - a function with open keywords
    def make(**parts: object) -> Field:
        enum = dict(parts.get("constraints", {})).get("enum", [])  # type: ignore[call-overload]
        field = {"name": "a", "title": "a", "type": "string", "sensitivity": "public"} | parts
        field |= {"labels": {value: value for value in enum}} if enum else {}
        text = yaml.dump({"fields": [field]}, default_style="'", allow_unicode=True)
        (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
        schema, problems = read_schema(tmp_path, "s.yaml")
        assert problems == []
        assert schema is not None
        return schema.fields[0]

    return make


def clears(field: Field, cell: str) -> bool:
    query = (
        f"select coalesce({soundness(field)}, false) from (select nullif({literal(cell)}, '') as a)"  # noqa: S608
    )
    row = duckdb.execute(query).fetchone()
    return bool(row and row[0])


CASES: list[tuple[dict[str, Any], list[str], list[str]]] = [
    ({}, ["", "x", "多 行\n字"], []),
    ({"constraints": {"required": "true"}}, ["x"], [""]),
    ({"constraints": {"enum": ["x", "it's"]}}, ["x", "it's", ""], ["y", "X"]),
    ({"constraints": {"minLength": "2", "maxLength": "3"}}, ["ab", "中文字"], ["a", "abcd"]),
    ({"constraints": {"pattern": "^[0-9]{1,2}[.][0-9]$"}}, ["1.2", "12.3"], ["1,2", "x1.2"]),
    ({"constraints": {"pattern": "[a-z]?(;[a-z]){0,9}"}}, ["a;b", ";b"], ["ab", "A"]),
    ({"constraints": {"pattern": r"\d+"}}, ["12"], ["x", "\uff11"]),
    ({"constraints": {"pattern": "a|b"}}, ["a", "b"], ["ab", "c"]),
    ({"type": "integer"}, ["0", "-5", "123456789012345"], ["01", "+1", "-0", "1.0", "x", "\uff19"]),
    ({"type": "integer", "constraints": {"minimum": "1", "maximum": "9"}}, ["1", "9"], ["0", "10"]),
    ({"type": "integer", "constraints": {"enum": ["1", "2"]}}, ["1"], ["3", "01"]),
    ({"type": "number"}, ["1", "-1.50", "01.5"], ["1e3", "NaN", ".5", "1.1234567", "1" * 12]),
    ({"type": "number", "constraints": {"maximum": "1.5"}}, ["1.5", "1.500"], ["1.500001"]),
    ({"type": "boolean"}, ["true", "false"], ["True", "1", "是"]),
    ({"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]}, ["是", "否"], ["true"]),
    ({"type": "date"}, ["2024-02-29"], ["2023-02-29", "2024-2-9", "20240229", "0001-01-01"]),
    ({"type": "date", "format": "%Y-%m-%d"}, ["2024-02-29"], ["2024/02/29"]),
    ({"type": "date", "format": "%d.%m.%Y"}, [], ["29.02.2024", "2024-02-29"]),
    ({"type": "date", "constraints": {"minimum": "2024-01-02"}}, ["2024-01-02"], ["2024-01-01"]),
    ({"type": "time", "format": "%H:%M"}, ["00:00", "23:59"], ["24:00", "8:30", "08:30:00"]),
    ({"type": "time"}, ["08:30:00"], ["08:30", "8:30:00", "24:00:00", "08:30:00Z"]),
    ({"type": "datetime"}, ["2024-02-29T08:30:00"], ["2023-02-29T08:30:00", "2024-02-29 08:30:00"]),
    ({"type": "any"}, ["", "x", "1"], []),
    ({"type": "yearmonth"}, ["2024-01"], ["2024-13", "2024-1", "0024-01"]),
    ({"type": "yearmonth", "constraints": {"maximum": "2024-06"}}, ["2024-06"], ["2024-07"]),
    ({"type": "year", "constraints": {"minimum": "2020"}}, ["2024"], ["2019", "24", "0115"]),
    ({"type": "number", "groupChar": ","}, [], ["1,000", "1"]),
    ({"type": "list", "constraints": {"minLength": "1"}}, [], ["a;b"]),
]


@pytest.mark.parametrize(("parts", "sound", "doubtful"), CASES, ids=lambda value: str(value)[:60])
def test_which_cells_the_screen_clears(
    make_field: Any,  # noqa: ANN401 - see there
    parts: dict[str, Any],
    sound: list[str],
    doubtful: list[str],
) -> None:
    field = make_field(**parts)
    assert [cell for cell in sound if not clears(field, cell)] == []
    assert [cell for cell in doubtful if clears(field, cell)] == []


@pytest.mark.parametrize(
    "pattern",
    [r"\w+", ".*", "(?i:a)", "a++", "(?=a)a", "a{2000}", r"a\b"],
)
def test_patterns_that_may_mean_something_else_to_duckdb_go_to_the_judge(
    make_field: Any,  # noqa: ANN401 - see there
    pattern: str,
) -> None:
    field = make_field(constraints={"pattern": pattern})
    assert soundness(field) == "false"


@pytest.mark.parametrize(
    ("parts", "cell", "kind", "value"),
    [
        ({"type": "number"}, "1.50", "decimal(18,6)", "1.500000"),
        (
            {"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]},
            "否",
            "boolean",
            "False",
        ),
        ({"type": "time", "format": "%H:%M"}, "08:30", "time", "08:30:00"),
        ({"type": "time", "format": "%I:%M"}, "08:30", "varchar", "08:30"),
        ({"type": "geopoint"}, "1,2", "varchar", "1,2"),
        ({"type": "datetime"}, "2024-02-29T08:30:00", "varchar", "2024-02-29 08:30:00"),
        ({"type": "integer"}, "", "bigint", "None"),
        ({"type": "boolean"}, "", "boolean", "None"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_cleared_cells_are_typed(
    make_field: Any,  # noqa: ANN401 - see there
    parts: dict[str, Any],
    cell: str,
    kind: str,
    value: str,
) -> None:
    field = make_field(**parts)
    assert column_kind(field) == kind
    query = f"select {conversion(field)} from (select nullif({literal(cell)}, '') as a)"  # noqa: S608 - ours
    row = duckdb.execute(query).fetchone()
    assert str((row or ("",))[0]) == value


@pytest.mark.parametrize(
    ("pattern", "known"), [("[a-z]+", True), ("(?=x)", False), ("a{2000}", False)], ids=str
)
def test_patterns_that_duckdb_can_use(pattern: str, known: bool) -> None:  # noqa: FBT001
    assert reads_pattern(pattern) is known
