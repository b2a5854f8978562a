"""Calendar feeds, read back: what is due on its day, the same identity when it moves."""

import datetime as dt
import re
from typing import Any

import icalendar
import pytest

from generator.ledger import Ledger, count_ledger
from generator.site.book import Desk
from generator.site.feeds import feed_files
from generator.site.shelves import open_book
from generator.site.views.agenda import agenda
from generator.site.views.due import due_items
from tests.conftest import GOOD, Check
from tests.sample_site import sample_ledger, sample_tree
from tests.test_views_restricted import CODE, restricted_walks


def good(path: str) -> str:
    return (GOOD / path).read_text(encoding="utf-8")


def events(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def feeds_of(ledger: Ledger) -> dict[str, bytes]:
    return feed_files(open_book(ledger)[0])


def sample(role: str = "all") -> list[Any]:
    return events(sample_tree().files[f"feeds/{role}.ics"])


def test_every_entry_is_an_all_day_event_in_chinese() -> None:
    desk = Desk(open_book(sample_ledger())[0], "calendar.md")
    found = sample()
    assert len(found) == len(agenda(desk)) > 100
    for event in found:
        start, end = event["dtstart"].dt, event["dtend"].dt
        assert not isinstance(start, dt.datetime)
        assert end > start
        assert re.search(r"^(逾期|到期|演练|活动|主题日|放假|调休上课)：", str(event["summary"]))
        assert event["dtstamp"].dt == dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def test_a_holiday_ends_on_the_day_after_its_last() -> None:
    (holiday,) = [e for e in sample() if str(e["uid"]).startswith("calendar-2026-10-01@")]
    assert str(holiday["summary"]) == "放假：国庆节"
    assert (holiday["dtstart"].dt, holiday["dtend"].dt) == (
        dt.date(2026, 10, 1), dt.date(2026, 10, 8),
    )  # fmt: skip


def test_every_post_has_a_feed_with_exactly_what_it_owes() -> None:
    desk = Desk(open_book(sample_ledger())[0], "calendar.md")
    for role in sample_ledger().checked.bound.posts:
        owed = [item for item in due_items(desk) if item.owner_id == role]
        due = [e for e in sample(role) if str(e["summary"])[:2] in {"逾期", "到期"}]
        assert [e["dtstart"].dt for e in due] == sorted(item.day for item in owed)


def test_identities_are_unique_and_safe() -> None:
    for path, data in sample_tree().files.items():
        if path.endswith(".ics"):
            names = [str(event["uid"]) for event in events(data)]
            assert len(set(names)) == len(names)
            assert all(re.fullmatch(r"[\w.-]+@[0-9a-f]{12}\.safecampus", name) for name in names)
            assert data.endswith(b"END:VCALENDAR\r\n")
            assert max(map(len, data.split(b"\r\n"))) <= 75


def test_a_thing_that_moves_keeps_its_identity(check: Check) -> None:
    text = good("records/indicators/Q1-walks.yaml").replace(
        "walked_on as happened_on", "walked_on as happened_on, again_on as due_on, remark as label"
    )
    seen = []
    for day in ("2026-12-01", "2026-12-05"):
        rows = good("records/tables/walks.csv").replace("2026-12-01", day)
        ledger = check({"records/indicators/Q1-walks.yaml": text, "records/tables/walks.csv": rows})
        (event,) = [e for e in events(feeds_of(ledger)["feeds/all.ics"]) if "灯" in e["summary"]]
        assert event["dtstart"].dt.isoformat() == day
        seen.append(str(event["uid"]))
    assert seen[0] == seen[1]
    assert seen[0].startswith("walks-W-003-Q1@")


def test_the_same_day_gives_the_same_bytes_and_another_day_another_stamp() -> None:
    first = feeds_of(sample_ledger())
    assert first == {p: d for p, d in sample_tree().files.items() if p.endswith(".ics")}
    later = count_ledger(sample_ledger().checked, dt.date(2026, 11, 21))
    try:
        data = feeds_of(later)["feeds/all.ics"]
    finally:
        count_ledger(sample_ledger().checked, sample_ledger().as_of)
    assert b"DTSTAMP:20261121T000000Z" in data


def test_no_record_of_a_restricted_table_is_in_a_feed(check: Check) -> None:
    feeds = feeds_of(check(restricted_walks()))
    text = feeds["feeds/all.ics"].decode()
    assert CODE not in text
    assert "W-90" not in text
    assert events(feeds["feeds/all.ics"])


@pytest.mark.parametrize("word", ["计划", "交通安全日广播宣讲"])
def test_what_is_planned_is_in_the_feed_before_it_is_held(word: str) -> None:
    assert any(word in str(e.get("description", "")) + str(e["summary"]) for e in sample())
