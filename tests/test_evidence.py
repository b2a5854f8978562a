"""What is wrong with the queries of an indicator, and where it is said."""

from pathlib import Path

import pytest

from generator.compliance.queries import translated
from generator.problems.problem import Place
from generator.records.database import QueryTimeoutError
from generator.strict_yaml import Node
from tests.small_school import small_school

TALK = "t1,a,2026-10-05,1,true,,"
FIRST = "records/indicators/Q1.yaml:11:3"


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        pytest.param({"evidence": "select _row from talks"}, "happened_on", id="no-date"),
        pytest.param(
            {"evidence": "select held_on as happened_on from talks"}, "_row", id="no-record"
        ),
        pytest.param(
            {"kind": "ratio", "evidence": "select _row, held_on as happened_on from talks"},
            "counts",
            id="a-ratio-without-counts",
        ),
        pytest.param(
            {
                "subjects": "{table: groups}",
                "evidence": "select _row, held_on as happened_on from talks",
            },
            "subject",
            id="subjects-without-a-subject",
        ),
        pytest.param(
            {"evidence": "select _row, held_on as happened_on, fine, amount from talks"},
            "amount、fine",
            id="columns-nobody-knows",
        ),
    ],
)
def test_wrong_columns_are_said_where_the_query_begins(
    tmp_path: Path, changed: dict[str, str], names: str
) -> None:
    school = small_school(tmp_path, talks=TALK)
    school.indicator(**{key: f"{value}\n" for key, value in changed.items()})
    (problem,) = school.ledger("2026-11-20").problems
    assert problem.rule == "evidence-columns"
    assert problem.wrong.zh.endswith(f"：{names}")
    assert problem.place.file == "records/indicators/Q1.yaml"


@pytest.mark.parametrize(
    ("evidence", "rule"),
    [
        pytest.param(
            "select _row, held as happened_on from talks", "sql-unknown-column", id="column"
        ),
        pytest.param(
            "select _row, held_on as happened_on from talk", "sql-unknown-relation", id="table"
        ),
        pytest.param("select _row, 'soon' as happened_on from talks", "sql-refused", id="no-date"),
        pytest.param(
            "select _row, held_on as happened_on, talk_id as value from talks",
            "sql-refused",
            id="no-number",
        ),
        pytest.param(
            "select 99 as _row, held_on as happened_on from talks", "evidence-value", id="no-record"
        ),
        pytest.param(
            "select null as _row, held_on as happened_on from talks",
            "evidence-value",
            id="no-row-number",
        ),
        pytest.param(
            "select _row, current_date as happened_on from talks", "sql-forbidden", id="clock"
        ),
    ],
)
def test_a_query_that_cannot_be_used_is_one_problem_with_a_place(
    tmp_path: Path, evidence: str, rule: str
) -> None:
    school = small_school(tmp_path, talks=TALK)
    school.indicator(evidence=evidence)
    (problem,) = school.ledger("2026-11-20").problems
    assert problem.rule == rule
    assert (problem.place.file, problem.place.line) == ("records/indicators/Q1.yaml", 10)
    assert school.ledger("2026-11-20").assessments == {}


def test_a_value_that_fails_on_another_day_is_a_problem_of_that_day(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks=TALK)
    late = "case when as_of() >= '2027-01-01' then 'x' else '1' end as value"
    school.indicator(evidence=f"select _row, held_on as happened_on, {late} from talks")  # noqa: S608 - our words
    assert school.problems("2026-11-20") == []
    assert [rule for rule, _ in school.problems("2027-01-01")] == ["sql-refused"]


def test_a_subject_that_is_not_declared_is_said_with_its_name(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks=f"{TALK}\nt2,x,2026-10-05,1,true,,")
    evidence = "select _row, group_id as subject, held_on as happened_on from talks"
    school.indicator(subjects="{table: groups}", evidence=f"{evidence}\nwhere true")
    (problem,) = school.ledger("2026-11-20").problems
    assert (problem.rule, problem.wrong.zh) == (
        "evidence-value",
        '证据的 subject 列有值 "x"，不是声明过的对象',
    )
    assert str(problem.place) == FIRST.replace(":11:", ":12:")


def test_a_subject_of_an_empty_table_is_not_counted_in_silence(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks=TALK, groups="")
    evidence = "select _row, group_id as subject, held_on as happened_on from talks"
    school.indicator(subjects="{table: groups}", evidence=evidence)
    assert [rule for rule, _ in school.problems()] == ["evidence-value"]


def test_a_subject_column_without_subjects_is_not_declared(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks=TALK)
    school.indicator(evidence="select _row, group_id as subject, held_on as happened_on from talks")
    assert [rule for rule, _ in school.problems()] == ["evidence-value"]


def test_a_row_without_a_date_is_an_error(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks=TALK)
    school.indicator(evidence="select _row, done_on as happened_on from talks")
    ledger = school.ledger("2026-11-20")
    assert [problem.wrong.en for problem in ledger.problems] == [
        'the column happened_on of the evidence holds "": it is empty'
    ]
    assert ledger.errors == 1


def test_a_day_that_the_calendar_does_not_have_is_a_reminder(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks=f"{TALK}\nt2,a,2024-10-05,1,true,,")
    school.indicator()
    ledger = school.ledger("2026-11-20")
    assert [(p.rule, p.severity.value) for p in ledger.problems] == [("evidence-value", "reminder")]
    assert ledger.assessments["Q1"].headline.period.id == "2026-10"


def test_a_due_day_after_the_calendar_ends_waits_in_silence(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks="t1,a,2026-10-05,1,true,2028-01-05,")
    school.indicator(evidence="select _row, due_on as happened_on from talks")
    assert school.problems("2026-11-20") == []
    assert [rule for rule, _ in school.problems("2028-01-05")] == ["evidence-value"]


@pytest.mark.parametrize(
    ("looked", "rule"),
    [
        pytest.param("select _row from talks", "evidence-columns", id="no-date"),
        pytest.param(
            "select _row, when_ as happened_on from talks", "sql-unknown-column", id="column"
        ),
        pytest.param("select held_on from nowhere", "sql-unknown-relation", id="table"),
    ],
)
def test_a_looked_query_is_checked_like_the_evidence(
    tmp_path: Path, looked: str, rule: str
) -> None:
    school = small_school(tmp_path, talks=TALK)
    school.indicator(kind="count", target="{at_most: 0}", looked=looked)
    assert [found for found, _ in school.problems()] == [rule]


def test_a_query_that_takes_too_long_is_said_in_our_words() -> None:
    place = Place(FIRST)
    node = Node("select 1", place, place, place)
    assert translated(QueryTimeoutError("60"), node).rule == "sql-too-long"


def test_a_query_may_end_with_a_semicolon_and_hold_remarks(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks=TALK)
    school.indicator(
        evidence="select _row, held_on as happened_on -- the day\nfrom talks -- all of them\n;"
    )
    assert school.problems() == []


def test_braces_in_a_query_are_only_text(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks=TALK)
    school.indicator(
        period="as_of", evidence="select _row, '{as_of}' || talk_id as label from talks"
    )
    assert school.assessment("2026-11-20").evidence[0].label == "{as_of}t1"
