"""The sample school: every rule answers to a change of its records."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from generator.compliance.figures import Assessment
from generator.ledger import Checked, Ledger, check_project, count_ledger
from generator.project import read_project
from generator.strict_yaml import read_yaml
from tests.sample_breaks import BREAKS, LESSON, row
from tests.sample_copy import AS_OF, NOW, ROOT, sample_copy

ASKS_GIT = "history.yaml"
"""Its rules need commits to break them; tests/test_row_changes.py makes them."""

LATER_ROW = row("safety_lessons", "SL-202611-998", **LESSON, taught_on="2026-11-20", topic="fire")


@pytest.fixture(scope="module")
def sample() -> Iterator[Checked]:
    project, problems = read_project(ROOT, NOW)
    with check_project(project, problems) as checked:
        yield checked


@pytest.fixture(scope="module")
def ledger(sample: Checked) -> Ledger:
    return count_ledger(sample, AS_OF)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, int], Ledger]:
    """All rules broken in one copy, each by another row."""
    school = sample_copy(tmp_path_factory.mktemp("broken"))
    LATER_ROW(school)
    lines = {rule: change(school) for rule, change in BREAKS.items()}
    with school.checked() as checked:
        return lines, count_ledger(checked, AS_OF)


def declared(folder: str) -> list[str]:
    """The ids that the files of a folder declare."""
    found: list[str] = []
    for file in sorted((ROOT / "records" / folder).glob("*.yaml")):
        if file.name == ASKS_GIT:
            continue
        node, _ = read_yaml(file.read_text(encoding="utf-8"), file.name)
        assert node is not None
        entries = node.value if isinstance(node.value, list) else [node]
        for entry in entries:
            assert isinstance(entry.value, dict)
            found.append(str(entry.value["id"].value))
    return sorted(found)


def test_the_sample_is_without_errors(ledger: Ledger) -> None:
    assert [problem for problem in ledger.problems if problem.severity.value == "error"] == []


def test_every_rule_has_a_change_that_breaks_it() -> None:
    assert declared("rules") == sorted(BREAKS)


@pytest.mark.parametrize("rule", declared("rules"))
def test_a_rule_fires_at_the_row_that_breaks_it(
    rule: str, broken: tuple[dict[str, int], Ledger], sample: Checked
) -> None:
    lines, ledger = broken
    table = next(entry.table for entry in sample.rules if entry.id == rule)
    place = (sample.records.package.tables[table].paths[0], lines[rule])
    assert place in {(p.place.file, p.place.line) for p in ledger.problems if p.rule == rule}
    assert place not in {(p.place.file, p.place.line) for p in sample.problems if p.rule == rule}


def test_a_rule_speaks_of_the_value_it_found(broken: tuple[dict[str, int], Ledger]) -> None:
    words = {problem.rule: problem.wrong for problem in broken[1].problems}
    assert words["X02a"].zh == '整改日期 "2025-09-01" 早于发现日期 "2025-09-02"'
    assert words["X08"].en == '"4" hazards are stated, the ledger holds "3" for this inspection'
    assert all("{" not in text and "?" not in text for w in words.values() for text in (w.zh, w.en))


def figure(assessment: Assessment) -> tuple[object, ...]:
    headline = assessment.headline
    return (
        headline.period.id, headline.numerator, headline.denominator, headline.value,
        headline.status.value,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        pytest.param("I01", ("2026-10", 22, 24, Fraction(61), "missed"), id="I01"),
        pytest.param("I04", ("2026-11", 1, 1, Fraction(2), "met"), id="I04"),
        pytest.param("I05", ("2025-2026", 5, 5, Fraction(11), "met"), id="I05"),
        pytest.param("I08", ("2026-2027", 34, 41, Fraction(34, 41), "missed"), id="I08"),
        pytest.param("I09", ("2026-11-20", 1, 0, Fraction(1), "missed"), id="I09"),
        pytest.param("I29", ("2026-11-20", 12, 14, Fraction(12), "missed"), id="I29"),
        pytest.param("I30", ("2026-11-20", 7, 8, Fraction(7), "missed"), id="I30"),
    ],
)
def test_the_figures_of_the_sample_are_these(
    indicator: str, expected: tuple[object, ...], ledger: Ledger
) -> None:
    assert figure(ledger.assessments[indicator]) == expected


def test_four_hundred_days_later_no_error_has_come_by_itself(sample: Checked) -> None:
    days = [AS_OF + dt.timedelta(days=number) for number in (*range(1, 401, 13), 400)]
    assert [str(day) for day in days if count_ledger(sample, day).errors] == []


def test_checked_a_year_later_the_records_are_still_right(tmp_path: Path) -> None:
    later = NOW + dt.timedelta(days=400)
    with sample_copy(tmp_path).checked(later) as checked:
        assert count_ledger(checked, later.date()).errors == 0


def test_counted_twice_the_ledger_is_the_same(sample: Checked, ledger: Ledger) -> None:
    count_ledger(sample, AS_OF - dt.timedelta(days=300))
    again = count_ledger(sample, AS_OF)
    assert again.assessments == ledger.assessments
    assert (again.clauses, again.problems) == (ledger.clauses, ledger.problems)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        pytest.param("2026-11-05", None, id="before-it-was-found"),
        pytest.param("2026-11-06", "open", id="found"),
        pytest.param("2026-11-16", "open", id="the-day-before-it-was-rectified"),
        pytest.param("2026-11-17", "rectified", id="rectified"),
        pytest.param("2026-11-20", "closed", id="verified"),
    ],
)
def test_on_an_earlier_day_a_status_is_what_was_known_then(
    day: str, status: str | None, sample: Checked
) -> None:
    sample.database.count_on(dt.date.fromisoformat(day))
    query = "select status from hazards where hazard_id = 'HZ-2026-132'"
    _, rows = sample.database.ask(query)
    assert [row[0] for row in rows] == ([status] if status else [])


@pytest.mark.parametrize(
    ("query", "known"),
    [
        pytest.param("select max(month) from monthly_ops", "2026-03", id="a-month-has-begun"),
        pytest.param(
            "select outcome from dispute_cases where case_no = 'DC-2026-002'",
            "ongoing",
            id="a-case-was-open",
        ),
        pytest.param(
            "select max(checked_on)::varchar <= '2026-03-10' from asset_checks",
            True,
            id="a-check-was-made",
        ),
    ],
)
def test_on_an_earlier_day_the_other_tables_know_no_more(
    query: str, known: object, sample: Checked
) -> None:
    sample.database.count_on(dt.date(2026, 3, 10))
    assert sample.database.ask(query)[1][0][0] == known


def test_a_fixed_day_has_the_same_reminders_whenever_it_is_checked(
    sample: Checked, tmp_path: Path
) -> None:
    with sample_copy(tmp_path).checked(NOW + dt.timedelta(days=200)) as checked:
        assert checked.problems == sample.problems


def test_no_clause_of_the_plan_is_a_hole(ledger: Ledger) -> None:
    assert [state.clause.id for state in ledger.clauses if state.hole] == []
