"""The records of the sample school are what the builder writes, byte by byte, and look real."""

import csv
from pathlib import Path

import pytest
import yaml

from tests.sample.dice import below
from tests.sample.make_sample import build
from tests.sample.rows import AS_OF

RECORDS = Path(__file__).parents[2] / "records"
TABLES = RECORDS / "tables"
LEAST = {
    "safety_lessons": 2000, "asset_checks": 3000, "canteen_days": 1000, "assets": 240,
    "hazards": 190, "activities": 50, "staffing": 40, "monthly_ops": 14, "dispute_cases": 15,
}  # fmt: skip


def rows_of(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def schema_of(table: str) -> dict[str, list[dict[str, str]]]:
    text = (RECORDS / f"schemas/{table}.yaml").read_text(encoding="utf-8")
    found: dict[str, list[dict[str, str]]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506, TID251 - scalars stay text
    return found


def test_built_again_the_sample_has_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert built == {path.name: path.read_bytes() for path in TABLES.glob("*.csv")}


def test_a_choice_depends_on_its_key_alone() -> None:
    assert [below(1000, "a", 1), below(1000, "a", 2)] == [below(1000, "a", n) for n in (1, 2)]


@pytest.mark.parametrize("table", sorted(path.stem for path in TABLES.glob("*.csv")))
def test_the_columns_are_those_of_the_schema_and_rows_stand_in_the_order_of_their_key(
    table: str,
) -> None:
    schema, rows = schema_of(table), rows_of(table)
    assert list(rows[0]) == [field["name"] for field in schema["fields"]]
    keys = [[row[str(name)] for name in schema["primaryKey"]] for row in rows]
    assert keys == sorted(keys)


@pytest.mark.parametrize(("table", "least"), LEAST.items())
def test_the_sample_is_as_large_as_a_school(table: str, least: int) -> None:
    assert len(rows_of(table)) >= least


@pytest.mark.parametrize("table", sorted(path.stem for path in TABLES.glob("*.csv")))
def test_nothing_that_happened_lies_after_the_last_day(table: str) -> None:
    for field in schema_of(table)["fields"]:
        if field["type"] == "date" and field.get("future") != "true":
            assert max(row[field["name"]] for row in rows_of(table)) <= AS_OF.isoformat()


def test_a_month_was_missed_and_a_unit_is_past_its_life() -> None:
    checks = [row for row in rows_of("asset_checks") if row["asset_id"].startswith("AS-FE-")]
    months = {row["checked_on"][:7] for row in checks if row["kind"] == "monthly_check"}
    assert "2026-02" not in months
    assert {"2026-01", "2026-03"} <= months
    assert [row for row in rows_of("assets") if row["made_on"].startswith("2016")]


def test_lifts_were_given_the_kind_of_check_due_in_each_year() -> None:
    found = {
        (row["asset_id"][-1], row["checked_on"][:4]): row["kind"]
        for row in rows_of("asset_checks")
        if row["kind"] in {"periodic_inspection", "self_test"} and "LIFT" in row["asset_id"]
    }
    assert found[("1", "2026")] == "self_test"
    assert found[("2", "2026")] == "periodic_inspection"
    assert found[("3", "2024")] == "periodic_inspection"


def test_the_liability_cover_has_no_gap() -> None:
    policies = [row for row in rows_of("insurance_policies") if row["kind"] == "school_liability"]
    spans = sorted((row["starts_on"], row["ends_on"]) for row in policies)
    assert spans == [("2025-09-01", "2026-08-31"), ("2026-09-01", "2027-08-31")]


def test_most_disputes_of_the_last_school_year_were_settled_in_time() -> None:
    rows = [row for row in rows_of("dispute_cases") if "2025-09" <= row["opened_on"] < "2026-09"]
    in_time = [row for row in rows if row["resolved_on"] and row["resolved_on"] <= row["due_on"]]
    assert 0.9 <= len(in_time) / len(rows) < 1


def test_small_numbers_are_there_to_be_hidden() -> None:
    referrals = {row["referrals"] for row in rows_of("counselling_months")}
    assert "1" in referrals
