"""The spine: what is found in one room is not said again in the next."""

from pathlib import Path

import pytest

from generator.ledger import read_ledger
from generator.project import read_project
from tests.small_school import NOW, SCHOOL, SmallSchool, small_school

SECTION = """\
---
section: "1"
title: 安全教育
---

## 1.1 课时

```clause
addressee: school
role: head
evidence: {indicators: [Q1], tables: [talks]}
```

见 [[Q1.target]] 和 [[119]]。
"""
CONTACTS = '- {key: "119", title: 火警, number: "119"}\n'
RULE = """\
- id: K1
  table: talks
  level: {level}
  query: {query}
  fields: [held_on]
  wrong: {{zh: "{{held_on}} 不是上课日", en: "{{held_on}} is no day of lessons"}}
  fix: {{zh: 核对, en: check}}
"""
IN_TERM = (
    "select t._row from talks t left join calendar_days c on c.day = t.held_on"
    " where not coalesce(c.in_term, false)"
)
KNOWN = "select _row from talks where talk_id not in (select clause_id from plan_clauses)"


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    school = small_school(tmp_path, talks="t1,a,2026-10-05,2,true,,")
    school.indicator(source="{clause: 1.1}")
    school.write("content/plan/1.md", SECTION)
    school.write("content/contacts.yml", CONTACTS)
    school.write("records/rules/talks.yaml", RULE.format(level="error", query=IN_TERM))
    return school


def rules(school: SmallSchool) -> list[str]:
    return [rule for rule, _ in school.problems()]


def test_a_whole_small_school_is_without_problems(school: SmallSchool) -> None:
    ledger = school.ledger("2026-11-20")
    assert ledger.problems == ()
    assert ledger.errors == 0
    (state,) = ledger.clauses
    assert (state.clause.id, state.status.value) == ("1.1", "met")


def test_read_ledger_counts_on_the_day_of_the_project_and_shows_the_lines(
    school: SmallSchool,
) -> None:
    school.rows("talks", "t1,a,2026-10-05,2,true,,\nt2,a,2026-02-05,2,true,,")
    project, problems = read_project(school.root, NOW)
    ledger = read_ledger(project, problems)
    ledger.checked.database.close()
    assert ledger.as_of == project.as_of == NOW.date()
    (problem,) = ledger.problems
    assert (problem.rule, problem.source) == ("K1", "t2,a,2026-02-05,2,true,,")
    assert ledger.errors == 1


def test_a_reminder_is_no_error(school: SmallSchool) -> None:
    school.rows("talks", "t2,a,2026-02-05,2,true,,")
    school.write("records/rules/talks.yaml", RULE.format(level="reminder", query=IN_TERM))
    ledger = school.ledger("2026-11-20")
    assert ([problem.rule for problem in ledger.problems], ledger.errors) == (["K1"], 0)


def test_problems_of_the_profile_come_along(school: SmallSchool) -> None:
    school.write("records/school.yaml", SCHOOL + "colour: red\n")
    assert rules(school) == ["unknown-key"]


def test_a_faulty_table_is_not_judged_further(school: SmallSchool) -> None:
    school.rows("talks", "t1,a,2026-02-30,2,true,,\nt2,x,2026-02-05,2,true,,")
    ledger = school.ledger("2026-11-20")
    assert {str(p.place) for p in ledger.problems} == {"records/tables/talks.csv:2:6"}
    assert ledger.assessments == {}
    assert ledger.clauses[0].judgement.reason.zh == "指标这次没有算出来"


def test_a_faulty_table_of_subjects_does_not_make_strangers(school: SmallSchool) -> None:
    school.rows("groups", "a,甲班,2025-09-01,\nb,乙班,2025-13-01,")
    school.rows("talks", "t1,b,2026-10-05,2,true,,")
    school.indicator(
        subjects="{table: groups}",
        evidence="select _row, group_id as subject, held_on as happened_on from talks",
    )
    assert {place for _, place in school.problems()} == {"records/tables/groups.csv:3:6"}


def test_a_faulty_calendar_does_not_make_every_day_strange(school: SmallSchool) -> None:
    school.rows("dates", "2026-09-01,2027-01-15,lessons,2026-2027-1,秋\n2026-09-01,x,free,,假")
    ledger = school.ledger("2026-11-20")
    assert {p.place.file for p in ledger.problems} == {"records/tables/dates.csv"}
    assert ledger.assessments == {}


def test_a_calendar_whose_binding_is_wrong_does_not_either(school: SmallSchool) -> None:
    school.write("records/school.yaml", SCHOOL.replace("    end: last_day\n", ""))
    assert rules(school) == ["missing-key"]


def test_a_page_that_cannot_be_read_does_not_make_its_clauses_unknown(
    school: SmallSchool,
) -> None:
    school.write("records/rules/talks.yaml", RULE.format(level="error", query=KNOWN))
    school.write("content/plan/1.md", "没有说明")
    assert rules(school) == ["front-matter"]


def test_an_indicator_that_cannot_be_read_does_not_make_its_name_unknown(
    school: SmallSchool,
) -> None:
    school.indicator(kind="mean")
    assert rules(school) == ["unknown-name"]


def test_contacts_that_cannot_be_read_do_not_make_their_numbers_unknown(
    school: SmallSchool,
) -> None:
    school.write("content/contacts.yml", "- {key: [\n")
    assert rules(school) == ["yaml-broken"]


def test_without_contacts_a_number_is_unknown(school: SmallSchool) -> None:
    school.write("content/contacts.yml", "")
    assert school.problems() == [("reference-unknown", "content/plan/1.md:14:19")]


def test_a_faulty_table_of_posts_does_not_make_posts_unknown(school: SmallSchool) -> None:
    school.rows("posts", "head,校长\nhead,校长")
    assert set(rules(school)) == {"key-duplicate"}


def test_one_name_for_two_things_is_found(school: SmallSchool) -> None:
    school.rows("posts", "head,校长\nQ1,某岗")
    assert rules(school) == ["name-collision"]


def test_late_reviews_are_reminders_of_the_day(school: SmallSchool) -> None:
    from tests.test_procedures import GOOD  # noqa: PLC0415 - one whole procedure is enough

    school.write("content/procedures/EP01.md", GOOD)
    before = school.ledger("2027-08-31")
    after = school.ledger("2027-09-01")
    assert "review-late" not in [problem.rule for problem in before.problems]
    late = [problem for problem in after.problems if problem.rule == "review-late"]
    assert [(p.severity.value, p.wrong.zh) for p in late] == [
        ("reminder", "评审日 2027-08-31 已过 1 天")
    ]
