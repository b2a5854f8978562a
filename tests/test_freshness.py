"""How fresh things are: last drills, reviews, when records came in, closed figures on pages."""

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from generator.changes.close import plan_closing, write_closing
from generator.compliance.practice import Practice
from generator.ledger import count_ledger
from generator.site.book import Book, Desk
from generator.site.pages import plan_pages
from generator.site.shelves import open_book
from generator.site.views.freshness import drill_facts, review_note
from tests.git_repository import save, start
from tests.sample_site import sample_ledger
from tests.small_school import SmallSchool, small_school
from tests.test_procedures import GOOD

DAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module", name="book")
def sample_book() -> Book:
    return open_book(sample_ledger())[0]


@pytest.mark.parametrize(
    ("due", "words", "kind"),
    [
        pytest.param("2026-12-21", "", "", id="far"),
        pytest.param("2026-12-20", "复审将在 30 天后到期。", "at_risk", id="thirty days"),
        pytest.param("2026-11-20", "今天是复审的最后一天。", "at_risk", id="today"),
        pytest.param("2026-11-19", "复审已逾期 1 天，内容可能已经过时。", "missed", id="late"),
    ],
)
def test_a_review_that_is_near_or_late_has_a_banner(
    book: Book, due: str, words: str, kind: str
) -> None:
    desk = Desk(book, "index.md")
    assert desk.ledger.as_of == DAY
    assert review_note(dt.date.fromisoformat(due), desk) == (words, kind)
    assert review_note(None, desk) == ("", "")


def test_when_a_review_is_near_is_a_rule_of_the_house(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    profile = (tmp_path / "records/school.yaml").read_text(encoding="utf-8")
    school.write("records/school.yaml", f"{profile}house_rules: {{review_notice_days: 90}}\n")
    with school.checked() as checked:
        desk = Desk(open_book(count_ledger(checked, DAY))[0], "index.md")
        assert review_note(dt.date(2027, 1, 20), desk) == ("复审将在 61 天后到期。", "at_risk")


def test_the_sample_school_knows_the_last_drill_of_a_procedure(book: Book) -> None:
    practice = book.past.practices["EP01"]
    assert practice.day <= book.ledger.as_of
    assert practice.seconds is not None
    assert practice.next_due is not None
    assert practice.next_due > practice.day


@pytest.mark.parametrize(
    ("change", "facts"),
    [
        pytest.param({}, (), id="nothing recorded"),
        pytest.param({"seconds": 104}, (("用时", "104 秒"),), id="time"),
        pytest.param({"problems": 0}, (("发现问题", "没有"),), id="none"),
        pytest.param({"problems": 2}, (("发现问题", "2 个，还没有复盘"),), id="open"),
        pytest.param(
            {"problems": 2, "reviewed_on": DAY},
            (("发现问题", "2 个，2026-11-20 已复盘"),),
            id="reviewed",
        ),
        pytest.param(
            {"problems": 2, "rectified_on": DAY},
            (("发现问题", "2 个，2026-11-20 整改完"),),
            id="mended",
        ),
        pytest.param(
            {"next_due": dt.date(2027, 5, 9)}, (("下次演练", "不迟于 2027-05-09"),), id="due"
        ),
        pytest.param(
            {"next_due": dt.date(2026, 11, 10)},
            (("下次演练", "不迟于 2026-11-10，已过 10 天"),),
            id="overdue",
        ),
    ],
)  # fmt: skip
def test_a_drill_is_told_as_far_as_it_is_known(
    book: Book, change: dict[str, Any], facts: tuple[tuple[str, str], ...]
) -> None:
    practice = Practice(DAY, None, None, None, None, None, 1)
    practice = dataclasses.replace(practice, **change)
    past = dataclasses.replace(book.past, practices={"EP01": practice})
    desk = Desk(dataclasses.replace(book, past=past), "procedures/EP01.md")
    assert drill_facts(desk, "EP01") == facts
    assert drill_facts(desk, "EP99") == ()


SECTION = """\
---
section: "3.2"
title: 安全教育
---

## 3.2a 课时

```clause
addressee: school
evidence: {indicators: [Q1]}
```

上满课。
"""


@pytest.fixture(name="school")
def small(tmp_path: Path) -> SmallSchool:
    school = small_school(tmp_path / "school", talks="t1,a,2026-10-05,2,true,,")
    school.indicator(source="{clause: 3.2a}")
    school.write("content/plan/1.md", SECTION)
    school.write("content/reviewed.yml", 'Q1: {"3.2a": abc}\nEP01: {"3.2a": abc}\n')
    start(school.root, "2026-10-20")
    return school


def markdown(school: SmallSchool) -> dict[str, str]:
    now = dt.datetime(2026, 12, 31, 4, 0, tzinfo=dt.UTC)
    with school.checked(now) as checked:
        ledger = count_ledger(checked, dt.date(2026, 12, 31))
        return {page.path: page.markdown for page in plan_pages(ledger)}


def test_an_indicator_shows_what_was_published_and_the_rows_between(school: SmallSchool) -> None:
    with school.checked() as checked:
        closing = plan_closing(count_ledger(checked, dt.date(2026, 12, 31)), "2026-10")
    write_closing(school.root, closing)
    save(school.root, "2026-11-01")
    assert "一致</td>" in markdown(school)["indicators/Q1.md"]
    school.rows("talks", "t1,a,2026-10-05,1,true,,\nt2,a,2026-10-06,0.5,true,,")
    page = markdown(school)["indicators/Q1.md"]
    assert "## 月度结账" in page
    assert "2 课时" in page
    assert "1.5 课时" in page
    assert "不一致；结账后变动的记录：" in page
    assert "修改 t1</a>" in page
    assert "新增 t2</a>" in page


def test_a_changed_clause_leaves_a_chip_on_what_rests_on_it(school: SmallSchool) -> None:
    page = markdown(school)["indicators/Q1.md"]
    assert "待复核</span> 依据的条款<a" in page
    assert ">3.2a</a>改过，还没有对照通读、确认。" in page
    school.write("content/reviewed.yml", "")
    assert "待复核" not in markdown(school)["indicators/Q1.md"]


def test_the_quality_page_counts_late_records_by_table(school: SmallSchool) -> None:
    school.rows("talks", "t1,a,2026-10-05,2,true,,\nt2,a,2026-10-06,2,true,,")
    save(school.root, "2026-12-20")
    page = markdown(school)["quality.md"]
    assert "## 什么时候登记的" in page
    numbers = '<td class="sc-num">1</td><td class="sc-num">1</td><td class="sc-num">0</td>'
    assert f">talks</a></th>{numbers}" in page


def test_a_procedure_without_a_bound_document_column_has_no_practice(school: SmallSchool) -> None:
    school.write("content/procedures/EP01.md", GOOD)
    with school.checked() as checked:
        book, _ = open_book(count_ledger(checked, DAY))
    assert book.past.practices == {}
