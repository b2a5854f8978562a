"""Figures as readers see them, and the page of an indicator with its evidence."""

from fractions import Fraction
from pathlib import Path

import pytest

from generator.compliance.figures import Assessment
from generator.compliance.status import Status
from generator.site.pages import plan_pages
from generator.site.views.evidence import SHOWN_ROWS
from generator.site.views.figures import (
    figure_text,
    history_views,
    matrix_of,
    numerator_text,
    pending_text,
    reason_text,
    rest_text,
    subject_views,
    target_text,
)
from tests.conftest import GOOD, Check
from tests.sample_site import page_of, sample_ledger, sample_tree
from tests.small_school import MEASURE, SmallSchool, small_school

RATIO = """\
id: Q1
title: 按期完成
statement: 按期完成率不低于 {target}
source: {house: 本校自定}
unit: 次
kind: ratio
target: {at_least: 90%}
period: calendar_month
owner: head
evidence: |
  select _row, held_on as happened_on, fine as counts from talks
"""
BY_GROUP = """
select _row, group_id as subject,
held_on as happened_on, amount as value
from talks
"""
COUNT = (
    RATIO.replace("kind: ratio", "kind: count")
    .replace("at_least: 90%", "at_most: 0")
    .replace(", fine as counts", "")
)


@pytest.fixture(name="school")
def make_school(tmp_path: Path) -> SmallSchool:
    return small_school(tmp_path)


def texts(assessment: Assessment) -> tuple[str, str, str, str]:
    indicator, figure = assessment.indicator, assessment.headline
    return (
        figure_text(indicator, figure),
        numerator_text(indicator, figure),
        rest_text(indicator, figure),
        target_text(indicator, indicator.target),
    )


def test_a_ratio_has_a_denominator_and_a_share_that_is_cut_off(school: SmallSchool) -> None:
    rows = [f"t{n},a,2026-10-05,1,{'true' if n else 'false'},," for n in range(12)]
    school.rows("talks", "\n".join(rows))
    school.indicator(RATIO)
    assessment = school.assessment("2026-10-31")
    assert texts(assessment) == ("11/12（91.6 %）", "11", "/ 12 · 91.6 %", "不少于 90 %")


def test_a_ratio_over_nothing_is_no_percentage(school: SmallSchool) -> None:
    school.indicator(RATIO)
    assert texts(school.assessment("2026-10-31"))[:3] == ("0/0", "0", "/ 0")


def test_a_count_has_a_unit(school: SmallSchool) -> None:
    school.rows("talks", "t1,a,2026-10-05,1,true,,")
    school.indicator(COUNT)
    assert texts(school.assessment("2026-10-31")) == ("1 次", "1", "次", "不超过 0 次")


def test_a_measure_of_the_whole_school_is_an_amount(school: SmallSchool) -> None:
    school.rows("talks", "t1,a,2026-10-05,1.5,true,,")
    school.indicator()
    assert texts(school.assessment("2026-10-31")) == ("1.5 课时", "1.5", "课时", "不少于 2 课时")


def test_a_measure_of_subjects_counts_those_that_reach_it(school: SmallSchool) -> None:
    rows = ("t0,a,2026-09-05,2,true,,", "t1,a,2026-10-05,2,true,,", "t2,b,2026-10-06,1,true,,")
    school.rows("talks", "\n".join(rows))
    school.indicator(
        MEASURE,
        subjects="{table: groups}",
        evidence=BY_GROUP,
    )
    assessment = school.assessment("2026-10-31")
    assert texts(assessment)[:3] == ("1/2", "1", "/ 2")
    views = subject_views(assessment.indicator, assessment.headline)
    assert [(v.title, v.value, v.target) for v in views] == [("乙班", "1", "2"), ("甲班", "2", "2")]
    assert views[1].state is Status.MET
    matrix = matrix_of(assessment.indicator, assessment)
    assert matrix is not None
    assert matrix.periods[0].startswith("2026")
    assert {row.title for row in matrix.rows} == {"甲班", "乙班"}
    assert len(history_views(assessment.indicator, assessment)) == len(assessment.history)
    figure = next(f for f in assessment.history if f.status is Status.MISSED)
    assert reason_text(assessment.indicator, figure).endswith("。")


def test_a_subject_that_was_not_there_leaves_its_cell_empty(school: SmallSchool) -> None:
    school.rows("groups", "a,甲班,2025-09-01,2027-08-31\nb,乙班,2026-10-01,2027-08-31")
    school.rows("talks", "t1,a,2026-09-05,2,true,,")
    school.indicator(
        MEASURE,
        subjects="{table: groups}",
        evidence=BY_GROUP,
    )
    assessment = school.assessment("2026-11-20")
    matrix = matrix_of(assessment.indicator, assessment)
    assert matrix is not None
    second = next(row for row in matrix.rows if row.title == "乙班")
    assert second.cells[-1] is None
    assert second.cells[0] is not None


def test_the_period_in_progress_is_told_apart(school: SmallSchool) -> None:
    school.indicator()
    assessment = school.assessment("2026-10-05")
    pending = assessment.open_period or assessment.headline
    assert pending_text(assessment.indicator, pending).startswith("2026")


def test_an_indicator_that_does_not_apply_has_no_figure(school: SmallSchool) -> None:
    school.indicator(MEASURE, applies="has_boarders")
    assessment = school.assessment("2026-10-31")
    assert figure_text(assessment.indicator, assessment.headline) == "—"
    assert assessment.headline.value == Fraction(0)
    assert matrix_of(assessment.indicator, assessment) is None
    assert history_views(assessment.indicator, assessment) == []
    assert subject_views(assessment.indicator, assessment.headline) == []
    assert reason_text(assessment.indicator, assessment.headline)


def test_every_figure_leads_to_its_rows() -> None:
    for name, assessment in sample_ledger().assessments.items():
        markdown = page_of(sample_tree(), f"indicators/{name}.md").markdown
        assert f'data-indicator="{name}"' in markdown
        assert "{ #evidence }" in markdown
        shown = 0 if assessment.hidden else min(len(assessment.evidence), SHOWN_ROWS)
        assert markdown.count('<td data-label="内容">') == shown
        counted = f"共 {len(assessment.evidence)} 条记录" in markdown
        assert counted == (shown > 0)


def test_an_indicator_without_rows_says_so(check: Check) -> None:
    text = (GOOD / "records/indicators/Q1-walks.yaml").read_text(encoding="utf-8")
    text = text.replace("from walks", "from walks where minutes > 200")
    ledger = check({"records/indicators/Q1-walks.yaml": text})
    pages = {page.path: page for page in plan_pages(ledger)}
    assert "没有一条符合的记录。" in pages["indicators/Q1.md"].markdown


def test_planned_indicators_are_named(check: Check) -> None:
    pages = {page.path: page.markdown for page in plan_pages(check())}
    assert "待建的指标" in pages["indicators/index.md"]
    assert '<span class="sc-planned">Q9</span>' in pages["indicators/index.md"]
    markdown = page_of(sample_tree(), "indicators/index.md").markdown
    assert "待建的指标" not in markdown
    assert markdown.count("data-indicator=") == len(sample_ledger().assessments)
