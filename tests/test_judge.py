"""Frictionless decides; its errors cross this border as verdicts."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from frictionless import errors as foreign

from generator.problems.catalogue import all_rules
from generator.problems.problem import Language, Place
from generator.records.judge import Verdict, judge
from generator.records.lookups import Lookup
from generator.records.package import read_package
from generator.records.schema import TableSchema
from generator.records.schema_files import read_schema
from generator.records.tables import RawTables, read_raw_tables
from generator.records.verdicts import Explainer
from tests.conftest import GOOD, MakeProject

DUTIES = Lookup(({"name": "duty", "type": "string"},), (("guard",), ("head",)))
SOUND = ["W-001", "2026-03-02", "08:30", "guard", "", "25", "820.5", "false", "2026-03", "fine"]
SOUND += ["", "", ""]


@pytest.fixture
def walks() -> TableSchema:
    schema, problems = read_schema(GOOD, "records/schemas/walks.yaml")
    assert problems == []
    assert schema is not None
    return schema


def changed(**cells: str) -> list[str]:
    names = ["walk", "walked_on", "at", "duty", "helpers", "minutes", "metres", "indoors", "billed"]
    names += ["result", "mended_on", "again_on", "remark"]
    return [cells.get(name, cell) for name, cell in zip(names, SOUND, strict=True)]


def test_an_accepted_row_comes_back_typed(walks: TableSchema) -> None:
    verdicts, typed = judge(walks, [SOUND], [DUTIES])
    assert verdicts == []
    assert typed[0]["walked_on"] == dt.date(2026, 3, 2)
    assert typed[0]["at"] == dt.time(8, 30)
    assert typed[0]["metres"] == Decimal("820.5")
    assert (typed[0]["minutes"], typed[0]["indoors"]) == (25, False)
    assert (typed[0]["billed"], typed[0]["mended_on"]) == ("2026-03", None)


@pytest.mark.parametrize(
    ("cells", "kind", "field", "constraint"),
    [
        ({"minutes": "x"}, "type-error", "minutes", ""),
        ({"minutes": ""}, "constraint-error", "minutes", "required"),
        ({"minutes": "0"}, "constraint-error", "minutes", "minimum"),
        ({"minutes": "999"}, "constraint-error", "minutes", "maximum"),
        ({"remark": "x"}, "constraint-error", "remark", "minLength"),
        ({"remark": "x" * 21}, "constraint-error", "remark", "maxLength"),
        ({"walk": "1"}, "constraint-error", "walk", "pattern"),
        ({"result": "good"}, "constraint-error", "result", "enum"),
        ({"duty": "cook"}, "foreign-key", "duty", ""),
    ],
    ids=str,
)
def test_a_fault_of_a_cell_is_a_verdict(
    walks: TableSchema, cells: dict[str, str], kind: str, field: str, constraint: str
) -> None:
    verdicts, typed = judge(walks, [SOUND, changed(**({"walk": "W-002"} | cells))], [DUTIES])
    assert [(v.row, v.type, v.field, v.constraint) for v in verdicts] == [
        (1, kind, field, constraint)
    ]
    assert set(typed) == {0}


def test_a_value_that_the_engine_has_no_type_for_comes_back_as_text(tmp_path: Path) -> None:
    text = "fields: [{name: a, title: a, type: list, sensitivity: public}]"
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    schema, _ = read_schema(tmp_path, "s.yaml")
    assert schema is not None
    assert judge(schema, [["x,y"]], [])[1] == {0: {"a": "['x', 'y']"}}


def test_repeated_keys_are_a_verdict_on_the_later_row(walks: TableSchema) -> None:
    verdicts, _ = judge(walks, [SOUND, SOUND], [DUTIES])
    assert [(v.row, v.type) for v in verdicts] == [(1, "primary-key")]


@pytest.fixture
def raw(project: MakeProject) -> RawTables:
    read, _ = project()
    tables, _ = read_raw_tables(read.root, read_package(read)[0])
    return tables


def test_a_verdict_on_no_field_is_told_as_it_is(raw: RawTables) -> None:
    walks = raw.tables["walks"]
    explain = Explainer(walks, [walks.base], raw)
    problem = explain.problem_of(Verdict(0, "row-error", "", "", "odd"))
    assert problem is not None
    assert problem.rule == "row-refused"
    assert problem.place == Place("records/tables/walks.csv", 2, 1)
    assert "row-error" in problem.wrong.in_language(Language.ZH)


def test_a_verdict_on_no_row_is_told_of_the_schema(raw: RawTables) -> None:
    walks = raw.tables["walks"]
    problem = Explainer(walks, [walks.base], raw).problem_of(Verdict(-1, "field-count", "", "", ""))
    assert problem is not None
    assert (problem.rule, problem.place) == ("row-refused", Place(walks.table.schema.path))


def test_near_names_are_looked_up_for_the_first_faults_only(raw: RawTables) -> None:
    walks = raw.tables["walks"]
    explain = Explainer(walks, [walks.base], raw)
    verdict = Verdict(0, "foreign-key", "duty", "", "")
    found = [explain.problem_of(verdict) for _ in range(101)]
    near = [problem.near for problem in found if problem]
    assert (near[0], near[99], near[100]) == (("guard",), ("guard",), ())


def test_every_error_that_frictionless_can_report_on_a_row_has_a_rule(raw: RawTables) -> None:
    walks = raw.tables["walks"]
    explain = Explainer(walks, [walks.base], raw)
    kinds = {
        value.type
        for value in vars(foreign).values()
        if isinstance(value, type) and issubclass(value, foreign.RowError)
    }
    assert {"type-error", "constraint-error", "unique-error", "blank-row"} <= kinds
    for kind in sorted(kinds):
        field = "duty" if kind in {"foreign-key", "type-error", "unique-error"} else ""
        detail = "the same as in the row at position 2"
        problem = explain.problem_of(Verdict(0, kind, field, "", detail))
        assert problem is not None
        assert problem.rule in all_rules()
