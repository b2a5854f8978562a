"""Indicators over small schools: each kind, each period, each way to name subjects."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from generator.compliance.figures import Assessment, Figure
from tests.small_school import small_school

BY_GROUP = "select _row, group_id as subject, held_on as happened_on, amount as value from talks"
RATIO = "select _row, held_on as happened_on, fine as counts, due_on from talks"
PERIODS = ("calendar_month", "teaching_month", "term", "school_year", "calendar_year", "as_of")


def counted(root: Path, talks: str, as_of: str, **changed: str) -> Assessment:
    school = small_school(root, talks=talks)
    school.indicator(**changed)
    return school.assessment(as_of)


def facts(figure: Figure) -> tuple[Any, ...]:
    """Period, n, d, amount, status."""
    return (
        figure.period.id,
        figure.numerator,
        figure.denominator,
        figure.value,
        figure.status.value,
    )


def statuses(assessment: Assessment) -> dict[str, str]:
    return {figure.period.id: figure.status.value for figure in assessment.history}


@pytest.mark.parametrize(
    ("period", "headline"),
    [
        pytest.param("calendar_month", "2026-10", id="month"),
        pytest.param("teaching_month", "2026-10", id="teaching-month"),
        pytest.param("term", "2026-2027-1", id="term"),
        pytest.param("school_year", "2026-2027", id="school-year"),
        pytest.param("calendar_year", "2026", id="calendar-year"),
        pytest.param("as_of", "2026-11-20", id="on-the-day"),
    ],
)
def test_a_measure_sums_the_values_of_a_period(tmp_path: Path, period: str, headline: str) -> None:
    talks = "t1,a,2026-10-05,1.5,true,,\nt2,a,2026-10-06,0.5,true,,"
    figure = counted(tmp_path, talks, "2026-11-20", period=period).headline
    assert facts(figure) == (headline, 1, 1, Fraction(2), "met")
    assert figure.rows == 2


@pytest.mark.parametrize("period", PERIODS)
def test_a_ratio_divides_the_rows_that_count_by_the_rows(tmp_path: Path, period: str) -> None:
    talks = "t1,a,2026-10-05,1,true,,\nt2,a,2026-10-06,1,false,,\nt3,a,2026-10-07,1,,,"
    changed = {"kind": "ratio", "target": "{at_least: 30%}", "period": period, "evidence": RATIO}
    figure = counted(tmp_path, talks, "2026-11-20", **changed).headline
    assert facts(figure)[1:] == (1, 3, Fraction(1, 3), "met")


@pytest.mark.parametrize("period", PERIODS)
def test_a_count_counts_rows(tmp_path: Path, period: str) -> None:
    talks = "t1,a,2026-10-05,1,true,,\nt2,a,2026-10-06,1,false,,"
    changed = {"kind": "count", "target": "{at_most: 1}", "period": period}
    history = counted(tmp_path, talks, "2026-10-20", **changed).history
    assert facts(history[-1])[1:] == (2, 0, Fraction(2), "missed")


def test_what_is_overdue_is_still_counted(tmp_path: Path) -> None:
    talks = "t1,a,2026-10-05,1,true,2026-10-10,\nt2,a,2026-10-06,1,true,2026-12-01,"
    evidence = "select _row, due_on from talks"
    changed = {"kind": "count", "target": "{at_most: 0}", "period": "as_of", "evidence": evidence}
    assert facts(counted(tmp_path, talks, "2026-11-20", **changed).headline)[1:] == (
        2,
        0,
        Fraction(2),
        "missed",
    )


def test_sums_are_decimal_and_exact(tmp_path: Path) -> None:
    talks = "\n".join(f"t{n},a,2026-10-05,0.1,true,," for n in range(20))
    figure = counted(tmp_path, talks, "2026-11-01").headline
    assert (figure.value, figure.numerator) == (Fraction(2), 1)


def test_every_subject_of_a_table_counts_also_one_without_a_row(tmp_path: Path) -> None:
    talks = "t1,a,2026-10-05,2,true,,"
    subjects = {"subjects": "{table: groups}", "evidence": BY_GROUP}
    figure = counted(tmp_path, talks, "2026-11-20", **subjects).headline
    assert facts(figure) == ("2026-10", 1, 2, Fraction(2), "missed")
    assert [(s.subject, s.title, s.value, s.reached) for s in figure.subjects] == [
        ("a", "甲班", Fraction(2), True),
        ("b", "乙班", Fraction(0), False),
    ]


def test_declared_values_have_their_own_targets_and_conditions(tmp_path: Path) -> None:
    talks = "t1,a,2026-10-05,2,true,,\nt2,b,2026-10-06,1,true,,\nt3,c,2026-10-06,9,true,,"
    subjects = """{values: [
        {id: a, title: 甲, target: {at_least: 3}},
        {id: b, title: 乙, target: {at_least: 1}},
        {id: c, title: 丙, applies: has_boarders}]}"""
    changed = {"subjects": " ".join(subjects.split()), "evidence": BY_GROUP}
    figure = counted(tmp_path, talks, "2026-11-20", **changed).headline
    assert facts(figure) == ("2026-10", 1, 2, Fraction(3), "missed")
    assert [(s.subject, s.target.number, s.reached) for s in figure.subjects] == [
        ("a", Fraction(3), False),
        ("b", Fraction(1), True),
    ]


def test_a_subject_counts_only_while_it_is_in_force(tmp_path: Path) -> None:
    groups = "a,甲班,2025-09-01,2026-08-31\nb,乙班,2026-09-01,2027-08-31"
    talks = "t1,a,2026-05-05,2,true,,\nt2,b,2026-09-06,2,true,,"
    school = small_school(tmp_path, groups=groups, talks=talks)
    school.indicator(subjects="{table: groups}", evidence=BY_GROUP)
    history = {f.period.id: f for f in school.assessment("2026-10-05").history}
    assert [s.subject for s in history["2026-08"].subjects] == ["a"]
    assert [s.subject for s in history["2026-09"].subjects] == ["b"]
    assert history["2026-09"].status.value == "met"


def test_a_period_without_any_subject_in_force_is_not_applicable(tmp_path: Path) -> None:
    school = small_school(tmp_path, groups="a,甲班,2026-09-01,", talks="t1,a,2026-09-06,2,true,,")
    school.indicator(subjects="{table: groups}", evidence=BY_GROUP, period="school_year")
    assert statuses(school.assessment("2026-10-05")) == {"2026-2027": "met"}


def test_a_month_with_too_few_lessons_asks_for_nothing(tmp_path: Path) -> None:
    talks = "t1,a,2026-01-05,2,true,,\nt2,a,2026-02-06,1,true,,"
    assessment = counted(tmp_path, talks, "2026-02-25", period="teaching_month")
    assert statuses(assessment) == {"2026-01": "met", "2026-02": "not_applicable"}
    assert assessment.headline.period.id == "2026-01"
    assert assessment.history[-1].rows == 1


def test_the_open_period_waits_until_it_is_decided(tmp_path: Path) -> None:
    talks = "t1,a,2026-10-05,2,true,,"
    early = counted(tmp_path / "early", talks, "2026-11-20")
    late = counted(tmp_path / "late", talks, "2026-11-21")
    over = counted(tmp_path / "over", talks, "2026-12-01")
    assert (early.headline.period.id, early.status.value) == ("2026-10", "met")
    assert early.open_period is not None
    assert early.open_period.period.id == "2026-11"
    assert (late.headline.period.id, late.status.value) == ("2026-11", "at_risk")
    assert late.open_period is None
    assert (over.headline.period.id, over.status.value) == ("2026-11", "missed")


def test_a_first_open_period_is_the_headline_itself(tmp_path: Path) -> None:
    assessment = counted(tmp_path, "t1,a,2025-09-02,1,true,,", "2025-09-05")
    assert assessment.headline.judgement.pending
    assert assessment.open_period is None


def test_before_the_first_day_of_the_calendar_no_period_has_begun(tmp_path: Path) -> None:
    assessment = counted(tmp_path, "", "2025-08-20")
    assert facts(assessment.headline) == ("2025-08-20", 0, 0, Fraction(0), "no_data")
    assert assessment.headline.judgement.reason.en == "no period of the calendar has begun"
    assert assessment.history == ()
    assert assessment.open_period is None


def test_periods_before_the_first_record_are_not_shown_and_never_missed(tmp_path: Path) -> None:
    talks = "t1,a,2026-05-05,1,true,,"
    assessment = counted(tmp_path, talks, "2026-07-20", period="teaching_month")
    assert statuses(assessment) == {
        "2026-05": "missed",
        "2026-06": "missed",
        "2026-07": "not_applicable",
    }


def test_without_any_record_there_is_no_data(tmp_path: Path) -> None:
    assessment = counted(tmp_path, "", "2026-10-01", period="school_year")
    assert assessment.status.value == "no_data"
    assert len(assessment.history) == 1


def test_a_gap_between_records_is_missed(tmp_path: Path) -> None:
    talks = "t1,a,2026-09-05,2,true,,\nt2,a,2026-11-05,2,true,,"
    assert statuses(counted(tmp_path, talks, "2026-11-10")) == {
        "2026-09": "met",
        "2026-10": "missed",
        "2026-11": "met",
    }


def test_a_limit_is_missed_as_soon_as_it_is_passed(tmp_path: Path) -> None:
    talks = "t1,a,2026-11-02,3,true,,"
    assessment = counted(tmp_path, talks, "2026-11-03", target="{at_most: 2}")
    assert (assessment.headline.period.id, assessment.status.value) == ("2026-11", "missed")


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        pytest.param("2026-10-01", "met", id="more-than-the-lead-before"),
        pytest.param("2026-10-02", "at_risk", id="exactly-the-lead-before"),
        pytest.param("2026-11-01", "at_risk", id="on-the-day-itself"),
        pytest.param("2026-11-02", "missed", id="the-day-after"),
    ],
)
def test_a_thing_that_stands_until_a_day_lapses_after_it(
    tmp_path: Path, as_of: str, status: str
) -> None:
    changed = {
        "period": "as_of",
        "target": "{at_least: 1}",
        "evidence": "select _row, due_on from talks",
    }
    talks = "t1,a,2026-05-05,1,true,2026-11-01,"
    assert counted(tmp_path, talks, as_of, **changed).status.value == status


def test_a_lead_is_declared(tmp_path: Path) -> None:
    changed = {
        "period": "as_of",
        "target": "{at_least: 1}",
        "at_risk": "{lead_days: 60}",
        "evidence": "select _row, due_on from talks",
    }
    talks = "t1,a,2026-05-05,1,true,2026-11-01,"
    headline = counted(tmp_path, talks, "2026-09-02", **changed).headline
    assert headline.judgement.reason.zh == "1 项将在 60 天内到期"


def test_only_subjects_in_force_can_lapse(tmp_path: Path) -> None:
    groups = "a,甲班,2025-09-01,\nb,乙班,2024-09-01,2025-06-30"
    school = small_school(tmp_path, groups=groups, talks="t1,a,2026-05-05,1,true,2027-11-01,")
    school.indicator(
        period="as_of",
        target="{at_least: 1}",
        subjects="{table: groups}",
        evidence="select _row, group_id as subject, due_on from talks",
    )
    figure = school.assessment("2026-11-20").headline
    assert facts(figure) == ("2026-11-20", 1, 1, Fraction(1), "met")


def test_nobody_in_force_on_the_day_is_not_applicable(tmp_path: Path) -> None:
    school = small_school(tmp_path, groups="a,甲班,2027-01-01,")
    school.indicator(
        period="as_of",
        subjects="{table: groups}",
        evidence="select _row, group_id as subject from talks",
    )
    assert school.assessment("2026-11-20").status.value == "not_applicable"


def test_no_record_at_all_on_the_day_is_no_data_and_not_missed(tmp_path: Path) -> None:
    headline = counted(tmp_path, "", "2026-11-20", period="as_of").headline
    assert facts(headline)[1:] == (0, 1, Fraction(0), "no_data")
    assert headline.judgement.reason.en == "no record yet"


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        pytest.param("2026-05-10", "met", id="due-later-than-the-lead"),
        pytest.param("2026-05-11", "at_risk", id="due-within-the-lead"),
        pytest.param("2026-06-10", "at_risk", id="due-on-the-day"),
        pytest.param("2026-06-11", "missed", id="lapsed"),
    ],
)
def test_a_ratio_on_the_day_counts_what_still_stands(
    tmp_path: Path, as_of: str, status: str
) -> None:
    changed = {
        "kind": "ratio",
        "target": "{at_least: 100%}",
        "period": "as_of",
        "evidence": "select _row, fine as counts, due_on from talks",
    }
    talks = "t1,a,2026-05-05,1,true,2026-06-10,\nt2,a,2026-05-06,1,true,,"
    assert counted(tmp_path, talks, as_of, **changed).status.value == status


@pytest.mark.parametrize(
    ("empty", "status", "reason"),
    [
        pytest.param("", "no_data", "本期没有记录", id="by-default"),
        pytest.param(
            "{status: not_applicable, reason: 没有纠纷}",
            "not_applicable",
            "没有纠纷",
            id="declared",
        ),
    ],
)
def test_zero_over_zero_is_what_is_declared_and_never_all(
    tmp_path: Path, empty: str, status: str, reason: str
) -> None:
    changed = {"kind": "ratio", "target": "{at_least: 90%}", "period": "as_of", "evidence": RATIO}
    changed |= {"empty": empty} if empty else {}
    headline = counted(tmp_path, "", "2026-11-20", **changed).headline
    assert facts(headline)[1:] == (0, 0, Fraction(0), status)
    assert headline.judgement.reason.zh == reason


def test_an_open_ratio_without_rows_lets_the_last_period_stand(tmp_path: Path) -> None:
    changed = {
        "kind": "ratio",
        "target": "{at_least: 90%}",
        "period": "school_year",
        "evidence": RATIO,
    }
    assessment = counted(tmp_path, "t1,a,2026-05-05,1,true,,", "2026-11-20", **changed)
    assert (assessment.headline.period.id, assessment.status.value) == ("2025-2026", "met")
    assert assessment.open_period is not None


def test_a_ratio_close_to_its_target_is_at_risk_when_a_margin_is_declared(tmp_path: Path) -> None:
    talks = "\n".join(f"t{n},a,2026-10-05,1,{'true' if n else 'false'},," for n in range(10))
    changed = {
        "kind": "ratio",
        "target": "{at_least: 89%}",
        "period": "as_of",
        "at_risk": "{within: 2%}",
        "evidence": RATIO,
    }
    assert counted(tmp_path, talks, "2026-11-20", **changed).status.value == "at_risk"


LOOKED = {
    "kind": "count",
    "target": "{at_most: 0}",
    "looked": "select _row, held_on as happened_on from talks",
    "looked_within_days": "31",
    "evidence": "select _row, held_on as happened_on from talks where not fine",
}


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        pytest.param("2026-10-05", "met", id="looked-on-the-day"),
        pytest.param("2026-11-05", "met", id="looked-as-long-ago-as-allowed"),
        pytest.param("2026-11-06", "no_data", id="looked-a-day-too-long-ago"),
        pytest.param("2026-10-04", "no_data", id="looked-only-later"),
    ],
)
def test_none_found_counts_only_when_somebody_looked(
    tmp_path: Path, as_of: str, status: str
) -> None:
    talks = "t1,a,2026-10-05,1,true,,"
    assert counted(tmp_path, talks, as_of, period="as_of", **LOOKED).status.value == status


def test_each_past_period_asks_whether_somebody_looked_then(tmp_path: Path) -> None:
    talks = "t1,a,2026-10-05,1,true,,\nt2,a,2026-10-06,1,false,,"
    changed = LOOKED | {"looked_within_days": "27"}
    assessment = counted(tmp_path, talks, "2026-12-20", period="calendar_month", **changed)
    assert statuses(assessment) == {
        "2026-10": "missed",
        "2026-11": "no_data",
        "2026-12": "no_data",
    }


def test_a_profile_decides_what_applies(tmp_path: Path) -> None:
    assessment = counted(tmp_path, "", "2026-11-20", applies="has_boarders")
    assert assessment.status.value == "not_applicable"
    assert assessment.headline.judgement.reason.zh == "学校概况：has_boarders 不成立"
    assert (assessment.history, assessment.evidence, assessment.due) == ((), (), ())


def test_the_rows_of_the_headline_are_its_evidence_oldest_first(tmp_path: Path) -> None:
    talks = """
        t1,b,2026-10-06,2,true,,
        t2,a,2026-10-06,2,true,,
        t3,a,2026-10-05,1,true,,
        t4,a,2026-09-30,1,true,,
        """
    changed = {"subjects": "{table: groups}", "evidence": BY_GROUP}
    rows = counted(tmp_path, talks, "2026-11-20", **changed).evidence
    assert [(str(row.happened_on), row.subject) for row in rows] == [
        ("2026-10-05", "a"),
        ("2026-10-06", "a"),
        ("2026-10-06", "b"),
    ]


def test_what_is_open_and_due_within_sixty_days_is_listed_earliest_first(tmp_path: Path) -> None:
    talks = """
        t1,a,2026-10-05,1,true,2027-01-19,
        t2,a,2026-10-05,1,true,2027-01-20,
        t3,a,2026-10-05,1,true,2026-11-01,
        t4,a,2026-10-05,1,true,2026-12-01,2026-11-02
        t5,a,2026-10-05,1,true,,
        """
    evidence = (
        "select _row, held_on as happened_on, due_on, done_on is null as open,"
        " 'head' as owner, talk_id as label from talks"
    )
    due = counted(tmp_path, talks, "2026-11-20", evidence=evidence).due
    assert [(row.label, row.owner, row.open) for row in due] == [
        ("t3", "head", True),
        ("t1", "head", True),
    ]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param("due_on", ["t1", "t2"], id="open-unless-said-otherwise"),
        pytest.param("due_on, fine as counts", ["t2"], id="what-counts-is-done"),
        pytest.param("due_on, fine as counts, true as open", ["t1", "t2"], id="said-to-be-open"),
    ],
)
def test_a_row_with_a_due_day_is_open_unless_it_counts(
    tmp_path: Path, columns: str, expected: list[str]
) -> None:
    talks = "t1,a,2026-10-05,1,true,2026-12-01,\nt2,a,2026-10-05,1,,2026-12-02,"
    changed = {
        "kind": "ratio" if "counts" in columns else "measure",
        "period": "as_of",
        "evidence": f"select _row, talk_id as label, {columns} from talks",  # noqa: S608 - our words
    }
    assert [row.label for row in counted(tmp_path, talks, "2026-11-20", **changed).due] == expected


def test_what_does_not_apply_is_not_due(tmp_path: Path) -> None:
    talks = "t1,a,2026-10-05,1,true,2026-12-01,\nt2,b,2026-10-05,1,true,2026-12-02,"
    changed = {
        "period": "as_of",
        "subjects": ("{values: [{id: a, title: 甲}, {id: b, title: 乙, applies: has_boarders}]}"),
        "evidence": "select _row, group_id as subject, due_on from talks",
    }
    assert [row.subject for row in counted(tmp_path, talks, "2026-11-20", **changed).due] == ["a"]


def test_later_rows_are_hidden_and_later_dates_blanked_on_an_earlier_day(tmp_path: Path) -> None:
    talks = "t1,a,2026-10-05,1,true,2026-10-20,2026-11-05\nt2,a,2026-11-10,1,true,2026-11-25,"
    changed = {
        "kind": "ratio",
        "period": "as_of",
        "target": "{at_least: 100%}",
        "evidence": "select _row, done_on is not null as counts from talks",
    }
    school = small_school(tmp_path, talks=talks)
    school.indicator(**changed)
    figures = {day: school.assessment(day).headline for day in ("2026-11-04", "2026-11-05")}
    assert facts(figures["2026-11-04"])[1:3] == (0, 1)
    assert facts(figures["2026-11-05"])[1:3] == (1, 1)
    assert facts(school.assessment("2026-11-10").headline)[1:3] == (1, 2)
