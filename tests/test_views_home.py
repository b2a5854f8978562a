"""The home page and the page of everything due: emergencies first, then what is owed."""

import dataclasses
import re

import pytest

from generator.site.book import Desk
from generator.site.pages import plan_pages
from generator.site.shelves import open_book
from generator.site.views.due import due_items
from generator.site.views.home import home_page, national, tiles
from generator.site.views.items import basis_view, contacts_by_key, source_view
from tests.conftest import GOOD, Check
from tests.sample_site import page_of, sample_ledger, sample_tree


def good(path: str) -> str:
    return (GOOD / path).read_text(encoding="utf-8")


def sample_desk() -> Desk:
    book, _ = open_book(sample_ledger())
    return Desk(book, "index.md")


def test_calls_and_tiles_come_before_any_figure() -> None:
    markdown = page_of(sample_tree(), "index.md").markdown
    assert re.findall(r'href="tel:(\d+)"', markdown) == ["110", "119", "120"]
    assert markdown.count('class="sc-tile"') == 7
    assert "全部 20" in markdown
    places = [markdown.index(part) for part in ("tel:110", "sc-tile", "sc-statusbar", "逾期")]
    assert places == sorted(places)


def test_procedures_with_a_page_come_first() -> None:
    found = tiles(sample_desk())
    assert [tile.address for tile in found[:3]] == [
        "procedures/EP01/", "procedures/EP02/", "procedures/EP03/",
    ]  # fmt: skip
    assert "procedures/#all" not in {tile.address for tile in found}
    assert len(found) == 20


def test_only_national_numbers_are_on_the_home_page() -> None:
    found = national(sample_desk())
    assert [contact.number for contact in found[:3]] == ["110", "119", "120"]
    assert not any(contact.local for contact in found)
    assert contacts_by_key(sample_desk(), ["119", "unknown", "110"])[0].number == "119"


def test_everything_due_is_sorted_and_says_its_days() -> None:
    items = due_items(sample_desk())
    assert [item.days for item in items] == sorted(item.days for item in items)
    first = items[0]
    assert first.word == f"逾期 {-first.days} 天"
    words = {re.sub(r"\d+", "N", item.word) for item in items}
    assert words <= {"逾期 N 天", "今天到期", "还有 N 天"}
    page = page_of(sample_tree(), "due.md").markdown
    assert page.count('class="sc-list__item"') == len(items)


@pytest.mark.parametrize(
    ("day", "word"),
    [
        pytest.param("2026-11-19", "逾期 1 天", id="overdue"),
        pytest.param("2026-11-20", "今天到期", id="today"),
        pytest.param("2026-11-21", "还有 1 天", id="tomorrow"),
    ],
)
def test_the_days_of_a_due_row(check: Check, day: str, word: str) -> None:
    text = good("records/indicators/Q1-walks.yaml").replace(
        "walked_on as happened_on", "walked_on as happened_on, again_on as due_on, remark as label"
    )
    rows = good("records/tables/walks.csv").replace("2026-12-01", day)
    ledger = check({"records/indicators/Q1-walks.yaml": text, "records/tables/walks.csv": rows})
    desk = Desk(open_book(ledger)[0], "index.md")
    found = {item.title: item for item in due_items(desk)}
    assert found["灯坏了"].word == word
    assert found["灯坏了"].address == "records/walks/#r-W-003"
    assert "总管" in found["灯坏了"].meta


def test_a_quota_in_progress_is_due_at_the_end_of_its_period(check: Check) -> None:
    text = good("records/indicators/Q1-walks.yaml").replace("at_least: 1", "at_least: 9")
    ledger = check({"records/indicators/Q1-walks.yaml": text})
    items = due_items(Desk(open_book(ledger)[0], "index.md"))
    assert [(item.address, item.days) for item in items] == [("indicators/Q1/", 41)]


def test_a_school_with_nothing_due_says_so(check: Check) -> None:
    pages = {page.path: page for page in plan_pages(check())}
    assert "没有逾期的事项。" in pages["index.md"].markdown
    assert "30 天内没有到期的事项。" in pages["index.md"].markdown
    assert "60 天内没有到期的事项。" in pages["due.md"].markdown
    assert "最近的变化" not in pages["index.md"].markdown


def test_the_first_day_list_stays_until_it_is_done(check: Check) -> None:
    school = good("records/school.yaml")
    done = school + "first_day:\n  - {title: 写明规模, fact: size}\n"
    open_task = f"{done}  - {{title: 再看, fact: no}}\n"
    shown = home_page(open_book(check({"records/school.yaml": open_task}))[0]).markdown
    assert "完成 1 / 2 项" in shown
    assert '<progress max="2" value="1"' in shown
    assert shown.count("待完成") == shown.count("已完成") == 1
    assert (
        shown.index("首日清单")
        < shown.index("记录还少，清单办完再看")
        < shown.index("sc-statusbar")
    )
    assert "首日清单" not in home_page(open_book(check({"records/school.yaml": done}))[0]).markdown


def test_a_task_of_the_first_day_leads_to_where_it_is_done(check: Check) -> None:
    school = good("records/school.yaml")
    task = "first_day:\n  - {title: 登记, table: walks}\n  - {title: 写明, fact: no}\n"
    plain = home_page(open_book(check({"records/school.yaml": school + task}))[0]).markdown
    assert '<a class="sc-list__title" href="records/walks/">登记</a>' in plain
    forge = "https://git.test/edit/{path}"
    known = school.replace('edit: ""', f'edit: "{forge}"') + task
    linked = home_page(open_book(check({"records/school.yaml": known}))[0]).markdown
    assert 'href="https://git.test/edit/records/school.yaml">写明</a>' in linked


def test_the_last_changes_are_listed_when_the_history_is_known() -> None:
    ledger = sample_ledger()
    markdown = page_of(sample_tree(), "index.md").markdown
    assert ("最近的变化" in markdown) == ledger.checked.history.known


def test_a_basis_says_what_kind_of_demand_it_is() -> None:
    desk = sample_desk()
    words = {
        indicator.id: basis_view(desk, indicator.basis)
        for indicator in sample_ledger().checked.indicators
    }
    assert (words["I01"].level_word, words["I01"].level) == ("方案", "plan")
    assert words["I01"].address == "plan/3-2/#c-3-2-1d"
    assert words["I04"].address == "sources/#src-r01"
    assert words["I04"].name.startswith("R01《")
    house = dataclasses.replace(
        sample_ledger().checked.indicators[0].basis, kind="house", name="本校自定"
    )
    assert basis_view(desk, house).level_word == "校规"
    assert source_view(desk, "R999").verified is False
