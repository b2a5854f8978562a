"""The tables as known on a day: what came later is hidden or blank, status is derived."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.ledger import Checked
from tests.sample_copy import SampleCopy, sample_copy
from tests.small_school import SmallSchool, small_school

HAZARD = "select status, rectified_on, verified_on, due_on from hazards where hazard_id = '{key}'"
DUE = dt.date(2026, 10, 30)


@pytest.fixture(scope="module", name="sample")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checked]:
    copy: SampleCopy = sample_copy(tmp_path_factory.mktemp("sample"))
    cells = {
        "found_on": "2026-10-08", "found_by": "patrol", "location_id": "LOC-HALL",
        "category": "crowd", "severity": "minor", "description": "过道变窄",
        "responsible_role": "general_affairs", "due_on": DUE.isoformat(),
        "rectified_on": "2026-10-20", "verified_on": "2026-10-22",
        "verifier_role": "safety_office", "status": "closed", "extension_count": "0",
    }  # fmt: skip
    copy.change("hazards", "HZ-2026-990", **cells)
    with copy.checked() as checked:
        yield checked


@pytest.mark.parametrize(
    ("day", "known"),
    [
        pytest.param("2026-10-07", None, id="not found yet"),
        pytest.param("2026-10-08", ("open", None, None, DUE), id="found"),
        pytest.param("2026-10-19", ("open", None, None, DUE), id="a day before it was mended"),
        pytest.param("2026-10-20", ("rectified", dt.date(2026, 10, 20), None, DUE), id="mended"),
        pytest.param(
            "2026-10-22",
            ("closed", dt.date(2026, 10, 20), dt.date(2026, 10, 22), DUE),
            id="verified",
        ),
    ],
)
def test_a_hazard_is_shown_as_it_stood(
    sample: Checked, day: str, known: tuple[object, ...] | None
) -> None:
    sample.database.count_on(dt.date.fromisoformat(day))
    rows = sample.database.ask(HAZARD.format(key="HZ-2026-990"))[1]
    assert rows == ([known] if known else [])


@pytest.mark.parametrize("there", [False, True])
def test_an_asset_is_there_from_its_first_day(sample: Checked, *, there: bool) -> None:
    recorded = "select asset_id, valid_from from recorded.assets order by valid_from desc limit 1"
    with sample.database.as_recorded():
        ((key, first),) = sample.database.ask(recorded)[1]
    assert isinstance(first, dt.date)
    sample.database.count_on(first - dt.timedelta(days=0 if there else 1))
    rows = sample.database.ask("select asset_id from assets")[1]
    assert ((key,) in rows) == there


@pytest.mark.parametrize(
    ("row", "day", "known"),
    [
        pytest.param("t1,a,,2,true,,", "2020-01-01", ("t1", None, None, None), id="no day"),
        pytest.param(
            "t1,a,2026-10-05,2,true,2027-03-01,2026-11-01", "2026-10-31",
            ("t1", dt.date(2026, 10, 5), dt.date(2027, 3, 1), None), id="a due date may lie ahead",
        ),
        pytest.param(
            "t1,a,2026-10-05,2,true,,2026-11-01", "2026-11-01",
            ("t1", dt.date(2026, 10, 5), None, dt.date(2026, 11, 1)), id="on the very day",
        ),
        pytest.param("t1,a,2026-10-05,2,true,,", "2026-10-04", None, id="later row"),
    ],
)  # fmt: skip
def test_later_rows_are_hidden_and_later_dates_blank(
    tmp_path: Path, row: str, day: str, known: tuple[object, ...] | None
) -> None:
    school: SmallSchool = small_school(tmp_path, talks=row)
    with school.checked() as checked:
        checked.database.count_on(dt.date.fromisoformat(day))
        rows = checked.database.ask("select talk_id, held_on, due_on, done_on from talks")[1]
    assert rows == ([known] if known else [])


@pytest.mark.parametrize(
    ("day", "months"),
    [
        pytest.param("2026-09-30", ["2026-09"], id="the month before"),
        pytest.param("2026-10-01", ["2026-09", "2026-10"], id="its first day"),
        pytest.param("2027-01-01", ["2026-09", "2026-10"], id="another year"),
    ],
)
def test_a_month_is_known_from_its_first_day(tmp_path: Path, day: str, months: list[str]) -> None:
    school = small_school(tmp_path, talks="t1,a,2026-09,2,true,,\nt2,a,2026-10,2,true,,")
    schema = tmp_path / "records/schemas/talks.yaml"
    text = schema.read_text(encoding="utf-8")
    old = "description: held_on, type: date"
    assert old in text
    schema.write_text(text.replace(old, old.replace("date", "yearmonth")), encoding="utf-8")
    with school.checked() as checked:
        checked.database.count_on(dt.date.fromisoformat(day))
        rows = checked.database.ask("select held_on from talks order by 1")[1]
    assert [row[0] for row in rows] == months
