"""Restricted tables may live outside the repository; without them everything else works."""

import shutil
from pathlib import Path

import pytest

from generator.ledger import Ledger, read_ledger
from generator.project import read_project
from generator.site.tree import page_text, plan_tree
from tests.conftest import GOOD, NOW
from tests.test_views_restricted import restricted_walks

WALKS = "records/tables/walks.csv"


def school(target: Path, folder: str) -> Path:
    """The good project with its walks restricted and kept in a folder of their own."""
    shutil.copytree(GOOD, target)
    for path, content in restricted_walks().items():
        (target / path).write_text(str(content), encoding="utf-8")
    profile = target / "records/school.yaml"
    profile.write_text(
        f"{profile.read_text(encoding='utf-8')}restricted: {folder}\n", encoding="utf-8"
    )
    return target


def move(root: Path, home: Path) -> None:
    (home / WALKS).parent.mkdir(parents=True)
    (root / WALKS).rename(home / WALKS)


def ledger_of(root: Path) -> Ledger:
    return read_ledger(*read_project(root, NOW))


def test_records_in_the_private_folder_are_counted_and_not_shown(tmp_path: Path) -> None:
    root = school(tmp_path / "school", "../private")
    move(root, tmp_path / "private")
    ledger = ledger_of(root)
    with ledger.checked:
        assert ledger.errors == 0
        assert ledger.checked.records.raw.tables["walks"].size == 3
        assert not ledger.assessments["Q1"].headline.judgement.not_started
        tree = plan_tree(ledger)
    texts = [page_text(page).encode() for page in tree.pages] + list(tree.files.values())
    assert not [text for text in texts if b"lark-777" in text or b"W-90" in text]


def test_without_the_folder_the_rest_is_checked_and_built(tmp_path: Path) -> None:
    root = school(tmp_path / "school", "../private")
    (root / WALKS).unlink()
    ledger = ledger_of(root)
    with ledger.checked:
        assert ledger.errors == 0
        (reminder,) = [p for p in ledger.problems if p.rule == "restricted-absent"]
        assert reminder.place.file == "records/school.yaml"
        assert reminder.wrong.zh == ('放受限台账的文件夹 "../private" 不在这里，巡查 没有统计')
        assert ledger.assessments["Q1"].headline.judgement.not_started
        assert plan_tree(ledger).pages


def test_a_restricted_file_left_in_the_repository_is_an_error(tmp_path: Path) -> None:
    root = school(tmp_path / "school", "../private")
    (tmp_path / "private/records/tables").mkdir(parents=True)
    shutil.copyfile(root / WALKS, tmp_path / "private" / WALKS)
    ledger = ledger_of(root)
    with ledger.checked:
        assert [(p.rule, str(p.place)) for p in ledger.problems if p.severity == "error"] == [
            ("restricted-here", WALKS)
        ]


@pytest.mark.parametrize("row", ["W-9", "W-901,2026-13-01,08:30,guard,head,25,820.5,false"])
def test_a_fault_in_the_private_folder_quotes_nothing(tmp_path: Path, row: str) -> None:
    root = school(tmp_path / "school", "../private")
    move(root, tmp_path / "private")
    with (tmp_path / "private" / WALKS).open("a", encoding="utf-8") as stream:
        stream.write(f"{row}\n")
    ledger = ledger_of(root)
    with ledger.checked:
        assert ledger.errors
        told = repr(ledger.problems)
    assert "W-9" not in told
    assert "lark" not in told
