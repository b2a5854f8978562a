"""Figures of further kinds: last rows, shares, samples, variants, quarters, rolling windows."""

from fractions import Fraction
from pathlib import Path

import pytest

from generator.compliance.figures import Assessment
from generator.compliance.periods import rolling
from generator.compliance.status import Status
from tests.small_school import small_school
from tests.test_figures import counted, facts, statuses
from tests.test_periods import day

LAST = {"take": "last", "target": "{at_most: 120}", "period": "term", "at_risk": "{up_to: 180}"}
SHARE = "select _row, held_on as happened_on, amount as part, 1000 as whole from talks"


@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        pytest.param("119", "met", id="below"),
        pytest.param("120", "met", id="on-the-line"),
        pytest.param("121", "at_risk", id="just-beyond"),
        pytest.param("180", "at_risk", id="end-of-the-band"),
        pytest.param("181", "missed", id="beyond-the-band"),
    ],
)
def test_the_last_row_decides_and_a_band_beyond_the_limit_is_at_risk(
    tmp_path: Path, seconds: str, status: str
) -> None:
    talks = f"t1,a,2026-09-05,400,true,,\nt2,a,2026-10-05,{seconds},true,,"
    assert counted(tmp_path, talks, "2026-11-20", **LAST).status.value == status


def test_of_two_rows_on_the_last_day_the_worse_one_decides(tmp_path: Path) -> None:
    talks = "t1,a,2026-10-05,90,true,,\nt2,a,2026-10-05,130,true,,"
    assert counted(tmp_path, talks, "2026-11-20", **LAST).headline.value == 130


def test_a_period_without_a_last_row_is_no_data_and_not_a_zero(tmp_path: Path) -> None:
    talks = "t1,a,2025-10-05,90,true,,\nt2,a,2026-10-05,90,true,,"
    assessment = counted(tmp_path, talks, "2026-11-20", **LAST)
    assert statuses(assessment) == {
        "2025-2026-1": "met", "2025-2026-2": "no_data", "2026-2027-1": "met",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("part", "status", "shown"),
    [
        pytest.param("899", "missed", Fraction(899, 1000), id="below"),
        pytest.param("900", "at_risk", Fraction(9, 10), id="exactly-the-target"),
        pytest.param("919", "at_risk", Fraction(919, 1000), id="inside-the-margin"),
        pytest.param("920", "met", Fraction(23, 25), id="the-margin-itself"),
    ],
)
def test_parts_and_wholes_are_added_and_compared_as_integers(
    tmp_path: Path, part: str, status: str, shown: Fraction
) -> None:
    changed = {
        "kind": "ratio", "target": "{at_least: 90%}", "at_risk": "{within: 2%}",
        "evidence": SHARE,
    }  # fmt: skip
    figure = counted(tmp_path, f"t1,a,2026-10-05,{part},true,,", "2026-11-20", **changed).headline
    assert (figure.status.value, figure.value) == (status, shown)


def test_eighty_nine_point_nine_six_is_below_ninety(tmp_path: Path) -> None:
    changed = {
        "kind": "ratio", "target": "{at_least: 90%}",
        "evidence": SHARE.replace("1000", "10000"),
    }  # fmt: skip
    figure = counted(tmp_path, "t1,a,2026-10-05,8996,true,,", "2026-11-20", **changed).headline
    assert (figure.status.value, figure.numerator, figure.denominator) == ("missed", 8996, 10000)


WAITING = {
    "kind": "ratio",
    "target": "{at_least: 100%}",
    "period": "school_year",
    "evidence": (
        "select _row, held_on as happened_on, done_on is not null as counts,"
        " done_on is null and due_on >= as_of() as waits,"
        " case when done_on is null then held_on + 30 end as warn_on from talks"
    ),
}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-10-20", (1, 1, "met", 1), id="not-yet-due"),
        pytest.param("2026-11-04", (1, 1, "at_risk", 1), id="open-for-too-long"),
        pytest.param("2026-11-10", (1, 1, "at_risk", 1), id="on-the-due-day"),
        pytest.param("2026-11-11", (1, 2, "missed", 0), id="the-day-after"),
    ],
)
def test_what_is_not_yet_due_is_in_neither_number(
    tmp_path: Path, as_of: str, expected: tuple[int, int, str, int]
) -> None:
    talks = "t1,a,2026-10-01,1,true,2026-10-10,2026-10-08\nt2,a,2026-10-05,1,true,2026-11-10,"
    figure = counted(tmp_path, talks, as_of, **WAITING).headline
    found = (figure.numerator, figure.denominator, figure.status.value, figure.waiting)
    assert found == expected


def test_when_nothing_is_due_yet_nothing_is_judged(tmp_path: Path) -> None:
    talks = "t1,a,2026-10-05,1,true,2026-11-10,"
    headline = counted(tmp_path, talks, "2026-10-20", **WAITING).headline
    assert headline.judgement.pending
    assert headline.judgement.reason.en == "none is due yet"


TWO = {
    "kind": "ratio",
    "target": "{at_least: 95%}",
    "enough": "30",
    "period": "school_year",
    "subjects": "{values: [{id: a, title: 甲}, {id: b, title: 乙}]}",
    "evidence": (
        "select _row, group_id as subject, held_on as happened_on, amount as part,"
        " cast(date_diff('day', held_on, due_on) as bigint) as whole from talks"
    ),
}


@pytest.mark.parametrize(
    ("rows", "status", "states"),
    [
        pytest.param("a 96 100|b 29 29", "met", ["met", "no_data"], id="one-sample-too-small"),
        pytest.param("a 96 100|b 27 30", "missed", ["met", "missed"], id="just-enough"),
        pytest.param("a 29 29|b 9 9", "no_data", ["no_data", "no_data"], id="both-too-small"),
        pytest.param("a 96 100", "no_data", ["met", "no_data"], id="one-not-asked"),
        pytest.param("a 96 100|b 40 40", "met", ["met", "met"], id="both"),
    ],
)
def test_every_subject_of_a_ratio_is_judged_and_a_small_sample_is_flagged(
    tmp_path: Path, rows: str, status: str, states: list[str]
) -> None:
    lines = []
    for number, entry in enumerate(rows.split("|")):
        group, part, whole = entry.split()
        due = day("2025-10-06").fromordinal(day("2025-10-06").toordinal() + int(whole))
        lines.append(f"t{number},{group},2025-10-06,{part},true,{due},")
    figure = counted(tmp_path, "\n".join(lines), "2026-09-30", **TWO).headline
    assert figure.period.id == "2025-2026"
    assert figure.status.value == status
    assert [s.state.value for s in figure.subjects if s.state] == states


@pytest.mark.parametrize(
    ("stage", "period", "number"),
    [
        pytest.param("primary", "2026-Q4", 3, id="its-variant"),
        pytest.param("senior", "2026-11", 2, id="no-variant"),
    ],
)
def test_a_variant_changes_period_and_target(
    tmp_path: Path, stage: str, period: str, number: int
) -> None:
    school = small_school(tmp_path, talks="t1,a,2026-11-05,5,true,,")
    school.write("records/school.yaml", (tmp_path / "records/school.yaml").read_text(
        encoding="utf-8").replace("stage: primary", f"stage: {stage}"))  # fmt: skip
    school.indicator(variants="[{when: stage = primary, period: quarter, target: {at_least: 3}}]")
    assessment = school.assessment("2026-11-20")
    assert assessment.headline.period.id == period
    assert assessment.indicator.target.number == number


def test_a_quarter_needs_ten_teaching_days(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks="t1,a,2026-05-05,2,true,,")
    with school.checked() as checked:
        quarters = {p.id: (str(p.start), str(p.end), p.applies) for p in checked.periods["quarter"]}
    assert quarters["2026-Q1"] == ("2026-01-01", "2026-03-31", True)
    assert quarters["2026-Q3"] == ("2026-07-01", "2026-09-30", True)
    assert quarters["2027-Q1"] == ("2027-01-01", "2027-03-31", True)


def rolled(root: Path, as_of: str) -> Assessment:
    changed = {"period": "rolling_12_months", "target": "{at_least: 1}"}
    return counted(root, "t1,a,2025-11-20,1,true,,", as_of, **changed)


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        pytest.param("2026-10-20", "met", id="more-than-the-lead-left"),
        pytest.param("2026-10-21", "at_risk", id="falls-out-within-the-lead"),
        pytest.param("2026-11-19", "at_risk", id="last-day-inside"),
        pytest.param("2026-11-20", "no_data", id="fallen-out"),
    ],
)
def test_a_rolling_window_ends_on_the_day_counted_on(
    tmp_path: Path, as_of: str, status: str
) -> None:
    assert rolled(tmp_path, as_of).status.value == status


@pytest.mark.parametrize(
    ("first", "as_of", "spans"),
    [
        pytest.param("2026-01-01", "2026-11-20", ["2025-11-21 2026-11-20"], id="one"),
        pytest.param("2025-01-01", "2026-02-28", ["2025-03-01 2026-02-28"], id="no-half-window"),
        pytest.param(
            "2023-01-01", "2025-02-28",
            ["2023-03-01 2024-02-28", "2024-02-29 2025-02-28"], id="over-a-leap-day",
        ),
    ],
)  # fmt: skip
def test_rolling_windows_follow_each_other_without_a_gap(
    first: str, as_of: str, spans: list[str]
) -> None:
    found = rolling("rolling_12_months", day(first), day(as_of))
    assert [f"{period.start} {period.end}" for period in found] == spans


PRO_RATA = {
    "period": "school_year", "target": "{at_least: 4}", "at_risk": "{after: 1/2, pro_rata: true}",
}  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "as_of", "pending", "status"),
    [
        pytest.param("1", "2026-02-01", True, "no_data", id="before-half"),
        pytest.param("2", "2026-03-03", False, "at_risk", id="just-behind-after-half"),
        pytest.param("3", "2026-03-03", True, "no_data", id="ahead-after-half"),
        pytest.param("3", "2026-08-01", False, "at_risk", id="behind-near-the-end"),
        pytest.param("3", "2026-09-02", False, "missed", id="over"),
    ],
)
def test_pro_rata_only_what_is_behind_its_share_is_at_risk(
    tmp_path: Path, amount: str, as_of: str, *, pending: bool, status: str
) -> None:
    history = counted(tmp_path, f"t1,a,2025-10-05,{amount},true,,", as_of, **PRO_RATA).history
    year = next(figure for figure in history if figure.period.id == "2025-2026")
    assert (year.status.value, year.judgement.pending) == (status, pending)


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        pytest.param("2026-09-30", "met", id="before-the-warning"),
        pytest.param("2026-10-01", "at_risk", id="from-the-warning-on"),
        pytest.param("2026-11-01", "at_risk", id="on-the-due-day"),
        pytest.param("2026-11-02", "missed", id="the-day-after"),
    ],
)
def test_a_row_may_say_itself_from_when_it_warns(tmp_path: Path, as_of: str, status: str) -> None:
    changed = {
        "period": "as_of", "target": "{at_least: 1}",
        "evidence": "select _row, due_on, date '2026-10-01' as warn_on from talks",
    }  # fmt: skip
    talks = "t1,a,2026-05-05,1,true,2026-11-01,"
    assert counted(tmp_path, talks, as_of, **changed).status.value == status


def test_only_some_rows_of_a_table_are_subjects(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks="t1,a,2026-10-05,2,true,,")
    school.indicator(
        subjects="{table: groups, where: group_name = '甲班'}",
        evidence="select _row, group_id as subject, held_on as happened_on, amount as value"
        " from talks",
    )
    assert facts(school.assessment("2026-11-10").headline)[:3] == ("2026-10", 1, 1)


def test_a_look_counts_for_its_period_when_no_days_are_declared(tmp_path: Path) -> None:
    changed = {
        "kind": "count", "target": "{at_most: 0}", "period": "calendar_month",
        "looked": "select _row, held_on as happened_on from talks",
        "evidence": "select _row, held_on as happened_on from talks where not fine",
    }  # fmt: skip
    talks = "t1,a,2026-09-01,1,true,,\nt2,a,2026-10-01,1,false,,"
    found = counted(tmp_path, talks, "2026-11-20", **changed)
    assert statuses(found) == {"2026-09": "met", "2026-10": "missed", "2026-11": "no_data"}
    assert found.headline.status is Status.NO_DATA
