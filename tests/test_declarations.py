"""What an indicator file declares, and what is wrong with it."""

from fractions import Fraction
from pathlib import Path

import pytest

from generator.compliance.declarations import Indicator, quota
from tests.small_school import MEASURE, SCHOOL, small_school

FILE = "records/indicators/Q1.yaml"


def declared(root: Path, **changed: str) -> Indicator:
    school = small_school(root)
    school.indicator(**changed)
    with school.checked() as checked:
        assert checked.problems == ()
        (indicator,) = checked.indicators
        return indicator


def problems(root: Path, text: str = MEASURE, **changed: str) -> list[tuple[str, str]]:
    school = small_school(root)
    school.indicator(text, **changed)
    return [(rule, place.removeprefix(f"{FILE}:")) for rule, place in school.problems()]


def test_defaults_are_said_nowhere(tmp_path: Path) -> None:
    indicator = declared(tmp_path)
    assert (indicator.at_risk.after, indicator.at_risk.lead_days, indicator.at_risk.within) == (
        Fraction(2, 3), 30, Fraction(0),
    )  # fmt: skip
    assert (indicator.applies, indicator.condition) == (True, "always")
    assert (indicator.empty[0].value, indicator.empty[1]) == ("no_data", "本期没有记录")
    assert (indicator.looked, indicator.looked_within) == (None, 0)
    assert (indicator.basis.kind, indicator.basis.name) == ("house", "本校自定")
    assert str(indicator.place) == f"{FILE}:1:1"


def test_the_headline_and_the_target_carry_the_number(tmp_path: Path) -> None:
    measure = declared(tmp_path / "a", target="{at_least: 1.5}")
    assert (measure.headline, measure.target_text) == ("每班不少于 1.5", "1.5 课时")
    ratio = declared(
        tmp_path / "b",
        kind="ratio",
        target="{at_least: 90%}",
        evidence="select _row, held_on as happened_on, fine as counts from talks",
    )
    assert (ratio.headline, ratio.target_text) == ("每班不少于 90 %", "90 %")
    assert declared(tmp_path / "c", unit='""').target_text == "2"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        pytest.param("always", True, id="always"),
        pytest.param("has_lifts", True, id="a-fact"),
        pytest.param("has_boarders", False, id="a-fact-that-is-false"),
        pytest.param("not has_boarders", True, id="not-a-fact"),
        pytest.param("not has_lifts", False, id="not-a-true-fact"),
        pytest.param("stage = primary", True, id="a-value"),
        pytest.param("stage = junior", False, id="another-value"),
        pytest.param("not stage = junior", True, id="not-another-value"),
        pytest.param("stage", False, id="a-text-is-not-true"),
    ],
)
def test_a_condition_asks_the_profile(tmp_path: Path, condition: str, *, holds: bool) -> None:
    assert declared(tmp_path, applies=condition).applies is holds


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param("has_pool", id="no-such-fact"),
        pytest.param("has_lifts and has_boarders", id="two-facts"),
        pytest.param('"has_lifts;"', id="a-stray-sign"),
    ],
)
def test_a_condition_that_cannot_be_read_has_its_place(tmp_path: Path, condition: str) -> None:
    found = problems(tmp_path, applies=condition)
    assert [rule for rule, _ in found] == ["condition"]
    assert found[0][1].endswith(":10")


def test_a_subject_has_the_target_of_the_indicator_unless_it_has_its_own(tmp_path: Path) -> None:
    values = "{values: [{id: a, title: 甲, target: {at_least: 3}}, {id: b, title: 乙}]}"
    indicator = declared(
        tmp_path,
        subjects=values,
        evidence="select _row, group_id as subject, held_on as happened_on from talks",
    )
    assert quota(indicator, "a").number == 3
    assert quota(indicator, "b").number == 2
    assert quota(indicator, "c").number == 2


def test_what_demands_it_is_looked_up(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    school.write("content/sources.yml", "- {id: R1, title: 法, fixes: 二, level: law}\n")
    school.indicator(source="{regulation: R1, floor: [R9], verified: true, checked_on: 2026-11-01}")
    with school.checked() as checked:
        (indicator,) = checked.indicators
        assert [problem.wrong.zh for problem in checked.problems] == [
            'source 写的 "R9" 不在法规依据之中'
        ]
    assert (indicator.basis.kind, indicator.basis.floors) == ("regulation", ("R9",))
    assert (indicator.basis.verified, indicator.basis.checked_on) == (True, "2026-11-01")


def test_floors_and_verification_may_stand_beside_the_source(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    school.write("content/sources.yml", "- {id: R1, title: 法, fixes: 二, level: law}\n")
    school.indicator(floor="[R1]", verified="true", checked_on="2026-11-01")
    with school.checked() as checked:
        assert checked.problems == ()
        assert checked.indicators[0].basis.floors == ("R1",)
        assert checked.indicators[0].basis.verified


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        pytest.param({"kind": "mean"}, ["unknown-name"], id="kind"),
        pytest.param({"period": "week"}, ["unknown-name"], id="period"),
        pytest.param({"target": "{}"}, ["missing-key"], id="no-target"),
        pytest.param({"target": "{at_least: 1, at_most: 2}"}, ["missing-key"], id="two-targets"),
        pytest.param(
            {"target": "{at_least: viel}"}, ["wrong-shape", "missing-key"], id="no-number"
        ),
        pytest.param(
            {"kind": "count", "target": "{at_least: 1}"},
            ["unknown-key", "missing-key"],
            id="a-count-with-a-floor",
        ),
        pytest.param({"looked": "select 1"}, ["unknown-key"], id="a-measure-that-looks"),
        pytest.param({"source": "{clause: 9.9}"}, ["unknown-name"], id="no-such-clause"),
        pytest.param(
            {"source": "{house: 自定, clause: 1}"},
            ["unknown-key", "unknown-name"],
            id="two-sources",
        ),
        pytest.param({"source": "{}"}, ["missing-key"], id="no-source"),
        pytest.param({"source": '""'}, ["wrong-shape", "missing-key"], id="a-text-as-source"),
        pytest.param({"owner": "nobody"}, ["unknown-name"], id="owner"),
        pytest.param({"subjects": "{table: nowhere}"}, ["unknown-name"], id="subjects-table"),
        pytest.param(
            {"subjects": "{table: groups, values: [{id: a, title: 甲}]}"},
            ["unknown-key"],
            id="a-table-and-values",
        ),
        pytest.param(
            {"subjects": "{values: [{id: a, title: 甲}, {id: a, title: 乙}]}"},
            ["duplicate-id"],
            id="a-value-twice",
        ),
        pytest.param(
            {"subjects": "{values: [{id: a}]}"}, ["missing-key"], id="a-value-without-title"
        ),
        pytest.param({"at_risk": "{befor: 1/2}"}, ["unknown-key"], id="at-risk"),
        pytest.param({"empty": "{status: met}"}, ["unknown-name"], id="empty-is-never-met"),
        pytest.param({"colour": "red"}, ["unknown-key"], id="unknown-key"),
        pytest.param({"id": ""}, ["missing-key"], id="no-id"),
    ],
)
def test_a_fault_of_a_declaration_is_a_problem(
    tmp_path: Path, changed: dict[str, str], rules: list[str]
) -> None:
    assert sorted(rule for rule, _ in problems(tmp_path, **changed)) == sorted(rules)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("id: [", "yaml-broken", id="broken"),
        pytest.param("- a", "wrong-shape", id="a-list"),
        pytest.param(MEASURE.split("evidence:", maxsplit=1)[0], "missing-key", id="no-evidence"),
        pytest.param(
            MEASURE.replace("source: {house: 本校自定}\n", ""), "missing-key", id="no-source"
        ),
    ],
)
def test_a_file_that_declares_nothing_usable_is_a_problem(
    tmp_path: Path, text: str, rule: str
) -> None:
    school = small_school(tmp_path)
    school.write(FILE, text)
    assert rule in [found for found, _ in school.problems()]
    assert school.ledger("2026-11-20").assessments == {}


def test_a_file_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    school.write(FILE, "")
    (tmp_path / FILE).write_bytes(MEASURE.encode("gb18030"))
    assert [rule for rule, _ in school.problems()] == ["encoding"]


def test_an_id_is_declared_once(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    school.indicator()
    school.write("records/indicators/Q2.yaml", MEASURE)
    assert school.problems() == [("duplicate-id", "records/indicators/Q2.yaml:1:1")]


def test_a_share_of_zero_is_not_the_default(tmp_path: Path) -> None:
    assert declared(tmp_path, at_risk="{after: 0}").at_risk.after == 0


def test_a_school_without_a_profile_knows_no_condition(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    school.write("records/school.yaml", SCHOOL.replace("profile:", "# profile:"))
    school.indicator(applies="has_lifts")
    assert [rule for rule, _ in school.problems()] == ["condition"]
