"""Lists people work from: clause by evidence, by post, the calendar, evidence sheets."""

import dataclasses
import datetime as dt
import re

import pytest

from generator.compliance.status import Status
from generator.history.commits import Change, History
from generator.ledger import Ledger, count_ledger
from generator.site.book import Desk
from generator.site.pages import plan_pages
from generator.site.shelves import open_book
from generator.site.views.agenda import agenda
from generator.site.views.due import due_items
from generator.site.views.evidence import evidence_view
from tests.conftest import GOOD, Check
from tests.sample_site import page_of, sample_ledger, sample_tree


def good(path: str) -> str:
    return (GOOD / path).read_text(encoding="utf-8")


def pages_of(ledger: Ledger) -> dict[str, str]:
    return {page.path: page.markdown for page in plan_pages(ledger)}


def matrix() -> str:
    return page_of(sample_tree(), "indicators/clauses.md").markdown


def test_every_clause_is_a_row_of_the_matrix_with_its_status() -> None:
    rows = re.findall(r'data-clause="([^"]+)" data-row data-f-status="(\w+)"', matrix())
    assert rows == [(s.clause.id, s.status.value) for s in sample_ledger().clauses]


def test_the_counts_of_the_filters_are_those_of_the_rows() -> None:
    text = matrix()
    for name in ("status", "section", "role", "addressee"):
        select = text.partition(f'<select name="{name}">')[2].partition("</select>")[0]
        found = re.findall(r'<option value="([^"]+)">[^<]+（(\d+)）', select)
        assert found
        for value, count in found:
            assert text.count(f'data-f-{name}="{value}"') == int(count)
    holes = text.count('data-f-hole="true"')
    assert f"只看空缺（{holes}）" in text
    assert (f"<b>{holes} 条有空缺</b>" in text) == bool(holes)


def test_a_hole_is_an_empty_slot_that_says_what_is_missing(check: Check) -> None:
    plan = good("content/plan/4-walks.md")
    holed = re.sub(r"evidence:\n(  .*\n)+planned: .*\n", "", plan)
    planned = pages_of(check())["indicators/clauses.md"]
    assert "待建 Q9" in planned
    assert "1 条有空缺" in planned
    text = pages_of(check({"content/plan/4-walks.md": holed}))["indicators/clauses.md"]
    assert "缺：没有写明证据，也没有免于记录的理由" in text
    assert 'data-f-hole="true"' in text
    assert "条有空缺</b>" in text


def test_a_district_is_not_scored_and_has_no_hole() -> None:
    for state in sample_ledger().clauses:
        if state.clause.addressee == "district":
            row = matrix().partition(f'data-clause="{state.clause.id}"')[2].partition("</tr>")[0]
            assert 'data-f-hole="false"' in row
            assert 'data-status="not_applicable"' in row


def test_every_post_has_a_page_with_what_it_owes_and_answers_for() -> None:
    ledger = sample_ledger()
    desk = Desk(open_book(ledger)[0], "index.md")
    items = due_items(desk)
    for name, post in ledger.checked.bound.posts.items():
        text = page_of(sample_tree(), f"roles/{name}.md").markdown
        assert post.duties in text
        owed = [item for item in items if item.owner_id == name]
        overdue = sum(item.days < 0 for item in owed)
        assert (f"## 逾期（{overdue}）" in text) == bool(overdue)
        clauses = sum(state.clause.role == name for state in ledger.clauses)
        assert (f"## 负责的条款（{clauses}）" in text) == bool(clauses)
        assert f"feeds/{name}.ics" in text
        for item in owed:
            assert item.word in text


def test_a_post_sees_its_month_apart_from_the_later_ones() -> None:
    text = page_of(sample_tree(), "roles/general_affairs.md").markdown
    month, _, later = text.partition("## 下月起")
    assert "2026-12" not in month.partition("## 本月要做")[2]
    assert "2026-12-31" in later


def test_an_indicator_links_to_its_owner_and_names_its_duty() -> None:
    text = page_of(sample_tree(), "indicators/I08.md").markdown
    assert '<a href="../../roles/safety_office/">安全办公室主任</a>' in text
    assert 'class="sc-demand" data-level="plan"' in text
    assert "41" in text.partition('class="sc-figure__value')[2][:80]
    assert "<b>底线</b>" in text
    assert "待核实" in page_of(sample_tree(), "indicators/I04.md").markdown


def test_a_house_rule_is_drawn_differently(check: Check) -> None:
    text = good("records/indicators/Q1-walks.yaml")
    text = re.sub(r"^source: .*$", "source: {house: 本所自定的次数}", text, flags=re.MULTILINE)
    page = pages_of(check({"records/indicators/Q1-walks.yaml": text}))
    assert 'class="sc-demand" data-level="house"' in page["indicators/Q1.md"]
    assert "<b>校规</b>" in page["indicators/Q1.md"]
    assert '<span class="sc-chip" data-kind="house">自定</span>' in page["indicators/Q1.md"]
    assert 'data-level="house">校规' in page["indicators/index.md"]


def test_the_calendar_starts_with_this_month_and_folds_the_past_ones() -> None:
    text = page_of(sample_tree(), "calendar.md").markdown
    months = re.findall(r"^## (\S+)", text, re.MULTILINE)
    assert (months[0], months[-1], len(months)) == ("2026年11月", "2027年10月", 12)
    assert re.findall(r"<h3>(\S+)</h3>", text) == ["2026年9月", "2026年10月"]
    assert text.count('aria-current="date"') == 1
    assert "全国消防日" in text


def test_the_calendar_marks_holidays_and_makeup_workdays() -> None:
    text = page_of(sample_tree(), "calendar.md").markdown
    october = text.partition("<h3>2026年10月</h3>")[2].partition("</table>")[0]
    assert october.count('data-mark="休"') == 7
    assert october.count('data-mark="班"') == 1


def test_a_holiday_over_two_months_stands_in_both() -> None:
    text = page_of(sample_tree(), "calendar.md").markdown
    assert text.count("01-30 至 02-28") == 2


def test_what_is_cancelled_or_restricted_is_in_no_calendar() -> None:
    book, _ = open_book(sample_ledger())
    checked = sample_ledger().checked
    shown = {entry.key for entry in agenda(Desk(book, "calendar.md"))}
    keys = {event.row for event in checked.bound.events if event.meaning == "events"}
    table = next(e.table for e in checked.bound.events if e.meaning == "events")
    raw = checked.records.raw.tables[table]
    assert len(keys) < raw.size
    assert all(not key.startswith("None") for key in shown)


def test_there_is_one_sheet_an_indicator_and_one_with_all() -> None:
    ledger = sample_ledger()
    every = page_of(sample_tree(), "indicators/sheets.md").markdown
    for name in ledger.assessments:
        one = page_of(sample_tree(), f"indicators/{name}/sheet.md").markdown
        for text in (one, every):
            sheet = text.partition(f'<section class="sc-sheet" data-indicator="{name}"')[2]
            sheet = sheet.partition("</section>")[0]
            assert "<dd>2026-11-20</dd>" in sheet
            assert "学校盖章" in sheet
            assert sheet.count('<td data-label="内容">') <= 30
    assert every.count('class="sc-sheet"') == len(ledger.assessments)


def test_a_sheet_names_the_last_commit_of_its_own_files(check: Check) -> None:
    ledger = check()
    changes = {
        "content/plan/4-walks.md": Change("e" * 40, "2026-11-19", "plan"),
        "records/tables/walks.csv": Change("a" * 40, "2026-11-18", "rows"),
        "records/indicators/Q1-walks.yaml": Change("b" * 40, "2026-11-01", "rule"),
    }
    known = History("f" * 40, shallow=False, changed=changes)
    told = dataclasses.replace(ledger, checked=dataclasses.replace(ledger.checked, history=known))
    pages = pages_of(told)
    assert "aaaaaaaaaaaa（2026-11-18 提交）" in pages["indicators/Q1/sheet.md"]
    assert "records/tables/walks.csv 2026-11-18（aaaaaaaa）" in pages["indicators/Q1.md"]
    shallow = dataclasses.replace(known, shallow=True)
    told = dataclasses.replace(ledger, checked=dataclasses.replace(ledger.checked, history=shallow))
    assert "没有版本记录，无法判断" in pages_of(told)["indicators/Q1/sheet.md"]


def test_much_evidence_shows_what_falls_short_first_then_the_newest(check: Check) -> None:
    header, first, *_ = good("records/tables/walks.csv").splitlines()
    rows = [re.sub(r"^W-\d+", f"W-{n:03d}", first) for n in range(1, 260)]
    text = good("records/indicators/Q1-walks.yaml")
    text = re.sub(r"^kind: .*$", "kind: ratio", text, flags=re.MULTILINE)
    text = re.sub(r"^target: .*$", "target: {at_least: 50%}", text, flags=re.MULTILINE)
    text = re.sub(r"^subjects: .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(
        r"evidence: \|\n(  .*\n)+",
        "evidence: |\n  select _row, walked_on as happened_on,\n"
        "    walk <> 'W-007' as counts\n  from walks\n",
        text,
    )
    ledger = check(
        {
            "records/tables/walks.csv": "\n".join([header, *rows, ""]),
            "records/indicators/Q1-walks.yaml": text,
        }
    )
    assert ledger.errors == 0
    page = pages_of(ledger)["indicators/Q1.md"]
    assert "共 259 条记录，1 条没有计入，排在前面；这里列出 200 条，日期近的在前，" in page
    assert page.count('<td data-label="内容">') == 200
    first_row = page.partition("<tbody>")[2] if "{ #data }" not in page else page
    evidence = first_row.partition("{ #evidence }")[2]
    assert re.findall(r">(W-\d+)<", evidence)[0] == "W-007"


@pytest.mark.parametrize(("day", "months"), [(dt.date(2027, 1, 31), "2027年1月")])
def test_the_calendar_of_another_day_starts_with_its_month(day: dt.date, months: str) -> None:
    ledger = count_ledger(sample_ledger().checked, day)
    try:
        text = pages_of(ledger)["calendar.md"]
    finally:
        count_ledger(sample_ledger().checked, sample_ledger().as_of)
    assert re.findall(r"^## (\S+)", text, re.MULTILINE)[0] == months


def test_a_veto_stands_above_every_figure_and_only_when_it_is_triggered() -> None:
    ledger = sample_ledger()
    found = next(a for a in ledger.assessments.values() if a.indicator.veto)
    assert not any("sc-veto" in page.markdown for page in sample_tree().pages)
    missed = dataclasses.replace(found.headline.judgement, status=Status.MISSED)
    headline = dataclasses.replace(found.headline, judgement=missed)
    fallen = dataclasses.replace(found, headline=headline)
    name = found.indicator.id
    vetoed = dataclasses.replace(ledger, assessments={**ledger.assessments, name: fallen})
    pages = pages_of(vetoed)
    shown = {path for path, text in pages.items() if "sc-veto" in text}
    assert shown == {"index.md", "plan/index.md", "indicators/index.md", "indicators/clauses.md"}
    home = pages["index.md"]
    assert home.index("sc-tiles") < home.index("sc-veto") < home.index("sc-statusbar")
    assert f'indicators/{name}/">{name} ' in home.partition("sc-veto")[2][:900]


def test_a_day_is_no_period_in_which_something_is_still_to_be_done() -> None:
    desk = Desk(open_book(sample_ledger())[0], "index.md")
    assert not any("当日" in item.title for item in due_items(desk))


def test_what_has_lapsed_is_told_apart_from_what_still_counts() -> None:
    ledger = sample_ledger()
    desk = Desk(open_book(ledger)[0], "index.md")
    for assessment in ledger.assessments.values():
        indicator, headline = assessment.indicator, assessment.headline
        if (indicator.period, indicator.kind) != ("as_of", "ratio") or assessment.hidden:
            continue
        view = evidence_view(desk, assessment, 10_000)
        if headline.denominator == view.count:
            assert sum(row.value == "是" for row in view.rows) == headline.numerator
            assert view.short == headline.denominator - headline.numerator
        assert [row.short for row in view.rows] == sorted(
            (row.short for row in view.rows), reverse=True
        )
