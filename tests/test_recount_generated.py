"""Nineteen indicators counted twice: by the engine, and by hand in plain Python."""

import csv
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.ledger import Checked, check_project, count_ledger
from generator.project import read_project
from tests.recounting import EVENTS, Counted, Pair, Tables, recount
from tests.sample_copy import NOW, ROOT, sample_copy

DAYS = [dt.date(2026, 11, 20), dt.date(2026, 9, 30), dt.date(2026, 3, 1), dt.date(2026, 8, 31)]
THINNED = (
    "safety_lessons", "drills", "asset_checks", "canteen_days", "staffing", "surveys",
    "activities", "monthly_ops", "insurance_policies",
)  # fmt: skip
CELLS: dict[str, dict[str, tuple[str, ...]]] = {
    "drills": {"review_on": ("", "2026-10-30")},
    "hazards": {"verifier_role": ("principal", "general_affairs")},
    "asset_checks": {"result": ("fail", "conditional")},
    "canteen_days": {"min_sample_g": ("90", "124"), "accompanied": ("false",)},
    "activities": {"approval_required": ("true", "false")},
    "insurance_policies": {"ends_on": ("2026-06-30", "2027-09-15")},
    "staffing": {"earliest_cert_expiry": ("2026-01-01", "")},
}


def tables_of(root: Path) -> Tables:
    found = {}
    for file in sorted((root / "records/tables").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            found[file.stem] = list(csv.DictReader(stream))
    return found


@pytest.fixture(scope="module")
def sample() -> Iterator[Checked]:
    with check_project(*read_project(ROOT, NOW)) as checked:
        yield checked


def differences(checked: Checked, tables: Tables, day: dt.date) -> list[tuple[str, object, object]]:
    """Indicators of which engine and hand say different things."""
    ledger = count_ledger(checked, day)
    wrong: list[tuple[str, object, object]] = []
    for name, expected in recount(tables, day).items():
        assessment = ledger.assessments[name]
        if isinstance(expected, tuple):
            found: Pair | Counted = (
                assessment.headline.numerator, assessment.headline.denominator,
            )  # fmt: skip
        else:
            found = {
                figure.period.id: (figure.numerator, figure.denominator)
                for figure in assessment.history
                if figure.denominator
            }
        wanted = _from_first(expected, found)
        if found != wanted:
            wrong.append((name, found, wanted))
    return wrong


def _from_first(expected: Pair | Counted, found: Pair | Counted) -> Pair | Counted:
    """The engine shows no period before the first record."""
    if isinstance(expected, tuple) or isinstance(found, tuple) or not found:
        return expected
    return {period: pair for period, pair in expected.items() if period >= min(found)}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_engine_and_hand_agree_on_the_sample(day: dt.date, sample: Checked) -> None:
    assert differences(sample, tables_of(ROOT), day) == []
    assert len(recount(tables_of(ROOT), day)) >= 15


@given(seed=st.integers(0, 2**32), share=st.integers(10, 95))
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_engine_and_hand_agree_on_other_records(
    seed: int, share: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("recount")
    sample_copy(root)
    tables = disturbed(tables_of(root), random.Random(seed), share)  # noqa: S311 - no secret
    for name, rows in tables.items():
        file = root / "records/tables" / f"{name}.csv"
        header = file.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    with check_project(*read_project(root, NOW)) as checked:
        assert not checked.records.faulty
        for day in DAYS[:2]:
            assert differences(checked, tables, day) == []


def disturbed(tables: Tables, dice: random.Random, share: int) -> Tables:
    """Fewer rows, some cells changed, some days moved back."""
    for name in THINNED:
        tables[name] = [row for row in tables[name] if dice.randrange(100) < share]
    for name, columns in CELLS.items():
        for row in tables[name]:
            for column, values in columns.items():
                if row[column] and dice.randrange(8) == 0:
                    row[column] = dice.choice(values)
    _moved(tables, dice)
    return tables


def _moved(tables: Tables, dice: random.Random) -> None:
    for name in ("asset_checks", "hazards"):
        keys = {tuple(row.values())[:3] for row in tables[name]}
        for row in tables[name]:
            moved = dt.date.fromisoformat(row[EVENTS[name]]) - dt.timedelta(dice.randrange(40))
            changed = row | {EVENTS[name]: moved.isoformat()}
            if dice.randrange(6) == 0 and tuple(changed.values())[:3] not in keys:
                keys.add(tuple(changed.values())[:3])
                row.update(changed)
