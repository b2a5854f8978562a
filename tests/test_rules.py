"""Declared rules: what they must look like, and the problems their rows become."""

import pytest

from generator.problems.problem import Place, Severity, Words
from generator.records.breaches import check_rules
from generator.records.database import Database
from tests.conftest import Check, MakeProject

RULES = "records/rules/walks.yaml"
RULE = """- id: K1
  table: walks
  level: error
  {test}
  fields: [{fields}]
  wrong: {{zh: "{zh}", en: "{en}"}}
  fix: {{zh: 改, en: mend}}
"""


def rule(**parts: str) -> dict[str, str]:
    defaults = {"test": "when: minutes > 30", "fields": "minutes", "zh": "甲", "en": "a"}
    return {RULES: RULE.format(**(defaults | parts))}


def test_a_rule_points_at_the_first_field_and_fills_in_values(check: Check) -> None:
    ledger = check(rule(zh="{walk} 用了 {minutes} 分钟", en="{walk} took {minutes}"))
    (problem,) = ledger.problems
    assert problem.place == Place("records/tables/walks.csv", 3, 26)
    assert problem.wrong == Words('"W-002" 用了 "40" 分钟', '"W-002" took "40"')
    assert (problem.rule, problem.severity) == ("K1", Severity.ERROR)
    assert problem.ground.zh == "records/rules/walks.yaml:1:3"


def test_a_query_may_give_further_values_and_they_are_masked(check: Check) -> None:
    query = (
        "query: select _row, '13800138000' as mobile, null as none from walks where minutes = 40"
    )
    ledger = check(rule(test=query, zh="{mobile} {none}", en="{mobile}"))
    (problem,) = (problem for problem in ledger.problems if problem.rule == "K1")
    assert problem.wrong == Words('"138******00" ""', '"138******00"')


def test_rows_come_in_the_order_of_the_file_and_none_is_lost(check: Check) -> None:
    query = "query: select _row, n from walks, range(2) r(n) order by _row desc"
    ledger = check(rule(test=query, zh="{n}", en="{n}"))
    assert [problem.place.line for problem in ledger.problems] == [2, 2, 3, 3, 5, 5]


def test_rules_judge_all_rows_as_they_are_recorded(check: Check) -> None:
    ledger = check(rule(test="when: result = 'mended'", zh="甲", en="a"))
    assert len(ledger.problems) == 1


def test_a_null_is_not_broken(check: Check) -> None:
    assert check(rule(test="when: metres < 0")).problems == ()


@pytest.mark.parametrize(
    ("parts", "found", "words"),
    [
        pytest.param({"test": "whn: x"}, ["rule-declaration", "unknown-key"], "when", id="no test"),
        pytest.param({"fields": ""}, ["rule-declaration"], "fields", id="no field"),
        pytest.param({"fields": "minuts"}, ["unknown-name"], "minuts", id="unknown field"),
        pytest.param({"zh": "{minuts}"}, ["rule-declaration"], "minuts", id="unknown fact"),
        pytest.param({"zh": "{minutes.x}"}, ["rule-declaration"], "花括号", id="attribute"),
        pytest.param({"zh": "{minutes:9999999999}"}, ["rule-declaration"], "花括号", id="format"),
        pytest.param({"en": "{ minutes"}, ["rule-declaration"], "花括号", id="open brace"),
        pytest.param({"test": "when: minutes = now()"}, ["sql-forbidden"], "now", id="clock"),
        pytest.param({"test": "query: select 1 as _row"}, ["sql-refused"], "_row", id="other row"),
        pytest.param({"test": "query: select walk from walks"}, ["sql-refused"], "_row", id="none"),
        pytest.param(
            {"test": "query: select null as _row from walks"}, ["sql-refused"], "_row", id="null"
        ),
        pytest.param({"test": "when: remark + 1 > 2"}, ["sql-refused"], "+", id="types"),
        pytest.param({"test": "when: w.minutes > 2"}, ["sql-unknown-relation"], "w", id="alias"),
    ],
)
def test_a_rule_that_is_not_well_formed_is_told(
    check: Check, parts: dict[str, str], found: list[str], words: str
) -> None:
    problems = check(rule(**parts)).problems
    assert sorted({problem.rule for problem in problems}) == found
    assert any(words in problem.wrong.zh for problem in problems)
    assert all(problem.place.file == RULES for problem in problems)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="empty file"),
        pytest.param("# nothing yet\n", [], id="comment"),
        pytest.param("a: b\n", ["wrong-shape"], id="no list"),
        pytest.param("- text\n", ["wrong-shape"], id="no mapping"),
        pytest.param("- [\n", ["yaml-broken"], id="broken"),
        pytest.param(
            "- {id: K, table: none, level: error, when: x, fields: [x]}\n",
            ["missing-key", "missing-key", "unknown-name"],
            id="unknown table",
        ),
        pytest.param(
            "- {id: K, table: walks, level: fatal, when: minutes > 1, fields: [minutes],"
            " wrong: {zh: a, en: b}, fix: {zh: a, en: b}}\n",
            ["unknown-name"],
            id="unknown level",
        ),
    ],
)
def test_a_file_of_rules_that_cannot_be_used_is_told(
    check: Check, text: str, found: list[str]
) -> None:
    problems = check({RULES: text}).problems
    rules_found = sorted(problem.rule for problem in problems if problem.place.file == RULES)
    assert set(found) <= set(rules_found)
    assert bool(found) == bool(rules_found)


def test_a_file_of_rules_in_another_encoding_is_told(check: Check) -> None:
    problems = check({RULES: "- 规则".encode("gb18030")}).problems
    assert [problem.rule for problem in problems] == ["encoding"]


def test_a_rule_that_takes_too_long_is_told(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    query = (
        "query: select count(*) as _row from walks w, range(100000) a, range(100000) b"
        " where a.range < b.range"
    )
    monkeypatch.setattr(Database.ask, "__defaults__", (0.3, None))
    problems = check(rule(test=query)).problems
    assert [problem.rule for problem in problems if problem.place.file == RULES] == ["sql-too-long"]


def test_a_table_with_faults_of_its_own_is_left_to_them(check: Check) -> None:
    walks = "records/tables/walks.csv"
    problems = check({walks: "walk\n", **rule()}).problems
    assert "K1" not in {problem.rule for problem in problems}


def test_rules_of_faulty_tables_are_not_run(project: MakeProject, check: Check) -> None:
    ledger = check(rule())
    checked = ledger.checked
    assert project()[1] == []
    none = check_rules(checked.rules, checked.database, checked.records.raw, frozenset({"walks"}))
    assert none == []
