"""The records room as a whole: what is known on a day, and what a fault takes with it."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from generator.problems.problem import Place
from generator.project import read_project
from generator.records.loading import Loader
from generator.records.package import read_package
from generator.records.records import rows_of
from generator.records.suspects import suspected
from generator.records.tables import read_raw_tables
from generator.records.typing import type_tables
from tests.conftest import GOOD, NOW, Check

ROOT = Path(__file__).resolve().parents[1]
WALKS = "records/tables/walks.csv"
SCHEMA = "records/schemas/walks.yaml"


def good(path: str) -> str:
    return (GOOD / path).read_text(encoding="utf-8")


def test_a_record_is_found_again_by_its_number(check: Check) -> None:
    records = check().checked.records
    last = records.raw.tables["walks"].base + 2
    assert records.place(last, "remark") == Place(WALKS, 5, 67)
    assert records.place(last) == Place(WALKS, 5, 1)
    assert records.table_of(last).name == "walks"
    assert records.written(last, "remark") == "灯坏了"


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        pytest.param(dt.date(2026, 11, 20), ["W-003", "W-002", "W-001"], id="today"),
        pytest.param(dt.date(2026, 9, 11), ["W-002", "W-001"], id="later rows are hidden"),
        pytest.param(dt.date(2026, 1, 1), [], id="before all"),
    ],
)
def test_rows_come_in_the_declared_order_as_known_on_a_day(
    check: Check, day: dt.date, rows: list[str]
) -> None:
    checked = check().checked
    checked.database.count_on(day)
    found = rows_of(checked.database, checked.records.package.tables["walks"])
    assert [record.cells["walk"] for record in found] == rows


def test_later_dates_are_blanked_and_the_rest_is_derived(check: Check) -> None:
    checked = check().checked
    walks = checked.records.package.tables["walks"]
    seen = {}
    for day in (dt.date(2026, 9, 11), dt.date(2026, 9, 12)):
        checked.database.count_on(day)
        record = rows_of(checked.database, walks)[0]
        seen[day.day] = (record.cells["mended_on"], record.cells["result"])
        assert record.cells["again_on"] == dt.date(2026, 10, 1)
    assert seen == {11: (None, "open"), 12: (dt.date(2026, 9, 12), "mended")}


def test_values_are_typed(check: Check) -> None:
    database = check().checked.database
    names, rows = database.ask("select * from walks where walk = 'W-001'")
    cells = dict(zip(names, rows[0], strict=True))
    assert (cells["indoors"], cells["minutes"], str(cells["metres"])) == (False, 25, "820.500000")
    assert (cells["at"], cells["billed"], cells["mended_on"]) == (dt.time(8, 30), "2026-03", None)


def test_a_row_that_only_frictionless_can_read_is_kept(check: Check) -> None:
    text = good(WALKS).replace(",25,820.5,", ",025,8.2e2,")
    ledger = check({WALKS: text})
    assert ledger.problems == ()
    rows = ledger.checked.database.ask("select minutes, metres from walks where walk = 'W-001'")[1]
    assert [str(cell) for cell in rows[0]] == ["25", "820.000000"]


def test_an_integer_that_the_engine_cannot_keep_is_refused(check: Check) -> None:
    schema = good(SCHEMA).replace("minimum: 1, maximum: 240", "minimum: 1")
    text = good(WALKS).replace(",25,", f",{10**30},")
    assert [p.rule for p in check({WALKS: text, SCHEMA: schema}).problems] == ["cell-precision"]


def test_a_type_without_an_exact_one_in_the_engine_is_kept_as_text(check: Check) -> None:
    schema = good(SCHEMA).replace("title: 计入月份, type: yearmonth", "title: 计入月份, type: year")
    text = good(WALKS).replace("2026-03,fine", "2026,fine").replace("2026-09,mended", ",mended")
    ledger = check({WALKS: text, SCHEMA: schema})
    assert ledger.problems == ()
    assert ledger.checked.database.ask("select billed from walks where walk = 'W-001'")[1] == [
        ("2026",)
    ]


def test_references_into_a_table_that_could_not_be_read_are_not_reported(check: Check) -> None:
    files = {"records/tables/duties.csv": "duty\n", WALKS: good(WALKS).replace(",25,", ",x,")}
    rules = {problem.rule for problem in check(files).problems}
    assert rules == {"header-missing", "cell-type"}


def test_a_fault_in_a_declaration_leaves_the_cells_unjudged(check: Check) -> None:
    files = {SCHEMA: good(SCHEMA) + "odd: x\n", WALKS: good(WALKS).replace(",25,", ",x,")}
    ledger = check(files)
    assert [problem.rule for problem in ledger.problems] == ["unknown-key"]
    assert ledger.checked.records.faulty >= {"walks", "duties"}


def test_an_error_in_a_row_makes_its_table_faulty(check: Check) -> None:
    ledger = check({WALKS: good(WALKS).replace(",25,", ",x,")})
    assert ledger.checked.records.faulty == {"walks"}


@pytest.mark.parametrize("root", [ROOT, GOOD], ids=["the product's sample", "the good project"])
def test_the_screen_clears_every_row_of_sound_tables(root: Path) -> None:
    read, _ = read_project(root, NOW)
    raw, problems = read_raw_tables(root, read_package(read)[0])
    loader = Loader()
    problems += type_tables(loader, raw, dt.date(2100, 1, 1))
    sent = {name: suspected(loader, table, raw) for name, table in raw.tables.items()}
    loader.close()
    assert problems == []
    assert {name: rows for name, rows in sent.items() if rows} == {}


def test_a_project_without_faults_is_checked_without_frictionless() -> None:
    code = (
        "import sys, pathlib, datetime as dt\n"
        "from generator.project import read_project\n"
        "from generator.ledger import read_ledger\n"
        f"root = pathlib.Path({str(GOOD)!r})\n"
        "ledger = read_ledger(*read_project(root, dt.datetime(2026, 11, 20, tzinfo=dt.UTC)))\n"
        "ledger.checked.database.close()\n"
        "sys.exit('frictionless' in sys.modules or bool(ledger.problems))\n"
    )
    result = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT)
    assert result.returncode == 0
