"""Derived columns may only look at their own row; what DuckDB refuses is told."""

import pytest

from generator.problems.problem import Place
from tests.conftest import GOOD, Check

SCHEMA = "records/schemas/walks.yaml"
TEXT = (GOOD / SCHEMA).read_text(encoding="utf-8")
DERIVED = TEXT[TEXT.index("    derived: >-") : TEXT.index("  - {name: mended_on")]


@pytest.mark.parametrize(
    ("sql", "rule", "column"),
    [
        pytest.param("resultt", "sql-unknown-column", 14, id="column"),
        pytest.param("(select max(walk) from walks)", "sql-forbidden", 14, id="other rows"),
        pytest.param("now()::varchar", "sql-forbidden", 14, id="clock"),
        pytest.param("case when", "sql-broken", 14, id="syntax"),
        pytest.param("result + 1", "sql-refused", 14, id="types"),
        pytest.param("content from read_text('x'), (select 1", "sql-broken", 22, id="way out"),
    ],
)
def test_a_derived_column_that_cannot_be_is_told(
    check: Check, sql: str, rule: str, column: int
) -> None:
    ledger = check({SCHEMA: TEXT.replace(DERIVED, f"    derived: {sql}\n")})
    problems = [problem for problem in ledger.problems if problem.place.file == SCHEMA]
    assert [problem.rule for problem in problems] == [rule]
    line = TEXT[: TEXT.index(DERIVED)].count("\n") + 1
    assert problems[0].place.line == line
    if rule != "sql-broken":
        assert problems[0].place == Place(SCHEMA, line, column)
    assert "walks" in ledger.checked.records.faulty
