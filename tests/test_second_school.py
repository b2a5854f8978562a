"""A kindergarten in which everything has another name, under the same engine."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import frictionless
import pytest

from generator.ledger import Checked, Ledger, check_project, count_ledger
from generator.project import read_project
from tests.test_architecture import declared_names

SCHOOL = Path(__file__).parent / "second_school"
NOW = dt.datetime(2026, 11, 18, 4, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def checked() -> Iterator[Checked]:
    project, problems = read_project(SCHOOL, NOW)
    with check_project(project, problems) as checked:
        yield checked


@pytest.fixture(scope="module")
def ledger(checked: Checked) -> Ledger:
    return count_ledger(checked, checked.project.as_of)


def test_the_engine_takes_it_as_it_is(ledger: Ledger) -> None:
    assert ledger.problems == ()


def test_frictionless_takes_its_package_as_it_stands() -> None:
    report = frictionless.validate(str(SCHOOL / "records/datapackage.yaml"))
    assert report.flatten(["type", "message"]) == []


def test_it_shares_no_name_with_the_sample_school(checked: Checked) -> None:
    names = {table.name for table in checked.records.package.tables.values()}
    for table in checked.records.package.tables.values():
        names |= {field.name for field in table.schema.fields}
    names |= {rule.id for rule in checked.rules}
    names |= {indicator.id for indicator in checked.indicators}
    names |= {name for kind in checked.registry.titles.values() for name in kind}
    assert len(names) > 40
    assert names & declared_names() == set()


def test_its_indicators_are_counted(ledger: Ledger) -> None:
    rounds, papers = ledger.assessments["ZB-1"], ledger.assessments["ZB-2"]
    assert [(f.period.id, f.numerator, f.denominator) for f in rounds.history] == [
        ("2026-09", 3, 3),
        ("2026-10", 2, 3),
        ("2026-11", 2, 3),
    ]
    assert (rounds.headline.period.id, rounds.status.value) == ("2026-10", "missed")
    assert (papers.headline.numerator, papers.headline.denominator) == (3, 3)
    assert papers.status.value == "at_risk"
    assert [(row.label, str(row.due_on)) for row in papers.due] == [("厨房安全制度", "2026-12-01")]


def test_its_clauses_have_their_statuses(ledger: Ledger) -> None:
    assert {state.clause.id: state.status.value for state in ledger.clauses} == {
        "A1.1": "missed",
        "A1.2": "no_data",
        "A2.1": "met",
        "B1.1": "at_risk",
        "B1.2": "not_applicable",
        "B1.3": "no_data",
    }


def test_its_terms_have_its_own_titles(checked: Checked) -> None:
    assert [period.title for period in checked.periods["term"]] == [
        "2026—2027 学年上学期",
        "2026—2027 学年下学期",
    ]


def test_its_rules_fire(tmp_path: Path) -> None:
    written = (file for top in ("content", "records") for file in (SCHOOL / top).rglob("*"))
    for file in written:
        target = tmp_path / file.relative_to(SCHOOL)
        if file.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            text = file.read_text(encoding="utf-8")
            text = re.sub(
                "XJ0005,2026-10-15(.*)2026-10-30", r"XJ0005,2026-10-04\g<1>2026-10-02", text
            )
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    project, problems = read_project(tmp_path, NOW)
    with check_project(project, problems) as checked:
        assert sorted((p.rule, str(p.place)) for p in checked.problems) == [
            ("GZ-1", "records/tables/xunjian.csv:6:36"),
            ("GZ-2", "records/tables/xunjian.csv:6:8"),
        ]
