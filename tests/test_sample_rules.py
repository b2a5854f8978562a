"""Rules of the sample school that count days: what they say just before and just after."""

from pathlib import Path

import pytest

from tests.sample_breaks import asset, check
from tests.sample_copy import SampleCopy, sample_copy

# number, base month, kind of the last check, its day, whether the rule speaks
LIFTS = (
    ("9101", "2019-03", "self_test", "2026-03-10", True),
    ("9102", "2019-03", "periodic_inspection", "2026-01-20", False),
    ("9103", "2019-03", "periodic_inspection", "2025-12-31", True),
    ("9104", "2024-10", "self_test", "2026-09-05", False),
    ("9105", "2024-10", "self_test", "2026-08-31", True),
    ("9106", "2024-10", "periodic_inspection", "2026-10-13", False),
    ("9107", "2025-11", "maintenance", "2026-11-02", False),
    ("9108", "2009-05", "self_test", "2026-05-10", True),
    ("9109", "2009-05", "periodic_inspection", "2026-05-10", False),
)
# number, agent, day it was made, whether the rule speaks
EXTINGUISHERS = (
    ("9201", "powder", "2016-11-20", False),
    ("9202", "powder", "2016-11-19", True),
    ("9203", "clean_gas", "2016-11-19", True),
    ("9204", "co2", "2016-11-19", False),
    ("9205", "water", "2020-11-20", False),
    ("9206", "water", "2020-11-19", True),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The equipment of which the rules of age speak."""
    school = sample_copy(tmp_path_factory.mktemp("ages"))
    for number, month, kind, day, _ in LIFTS:
        asset(f"AS-LIFT-{number}", "lift", base_month=month)(school)
        check(f"AS-LIFT-{number}", kind=kind, checked_on=day)(school)
    for number, agent, made, _ in EXTINGUISHERS:
        cells = {"subtype": agent, "made_on": made, "valid_from": "2020-12-01"}
        asset(f"AS-FE-{number}", "extinguisher", **cells)(school)
    with school.checked() as checked:
        words = [p.wrong.zh for p in checked.problems if p.rule in {"X12a", "X14a"}]
    return {word.split('"')[1] for word in words}


def test_a_lift_is_due_for_the_kind_of_its_year(told: set[str]) -> None:
    expected = {f"AS-LIFT-{number}" for number, *_, speaks in LIFTS if speaks}
    assert {name for name in told if "-91" in name} == expected


def test_an_extinguisher_lives_as_long_as_its_agent_allows(told: set[str]) -> None:
    expected = {f"AS-FE-{number}" for number, *_, speaks in EXTINGUISHERS if speaks}
    assert {name for name in told if "-92" in name} == expected


def gaps(school: SampleCopy) -> list[str]:
    with school.checked() as checked:
        return [p.wrong.en for p in checked.problems if p.rule == "X17a"]


def test_a_gap_in_the_vacation_is_no_gap(tmp_path: Path) -> None:
    school = sample_copy(tmp_path)
    school.change("insurance_policies", "INSUR-2025-01", ends_on="2026-07-10")
    assert gaps(school) == []


def test_a_gap_of_two_teaching_days_is_counted(tmp_path: Path) -> None:
    school = sample_copy(tmp_path)
    school.change("insurance_policies", "INSUR-2026-02", starts_on="2026-09-03")
    (words,) = gaps(school)
    assert '"2" teaching days from "2026-09-01" are not covered' in words
