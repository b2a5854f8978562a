"""Pages of an earlier build: what comes back is what was kept, and only while nothing moved."""

import dataclasses
import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from generator.cache.runs import Runs
from generator.cache.store import FILE, Store, forget_at_hand
from generator.ledger import read_ledger
from generator.project import read_project
from generator.site.page import Page
from generator.site.pages import book_pages
from generator.site.remembered import inputs_of, written_alike
from generator.site.shelves import open_book
from tests.conftest import GOOD, NOW

WALKS, PAPERS = "records/walks.md", "records/papers.md"
INDICATOR = {"indicators/Q1.md", "indicators/Q1/sheet.md"}


class Counting(Store):
    """A store that notes which pages were made anew."""

    def __init__(self, file: Path) -> None:
        """Begin with none."""
        super().__init__(file)
        self.made: set[str] = set()

    def keep(self, key: bytes, value: bytes) -> bytes:
        """Keep an answer; pages are noted."""
        if value.startswith(b'[{"path":'):
            self.made |= {page["path"] for page in json.loads(value)}
        return super().keep(key, value)


@pytest.fixture(name="root")
def small_root(tmp_path: Path) -> Path:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root, ignore=shutil.ignore_patterns(".build"))
    (root.parent / "product/theme").mkdir(parents=True)
    return root


def planned(root: Path, store: Store, *, while_at_work: str = "") -> tuple[Page, ...]:
    runs = Runs(root, root.parent / "product", NOW, [], "")
    project, problems = read_project(root, NOW)
    ledger = read_ledger(dataclasses.replace(project, store=store), problems)
    with ledger.checked:
        if while_at_work:
            add(root, while_at_work)
        return book_pages(*open_book(ledger, inputs=inputs_of(runs, ledger)))


def made(root: Path) -> set[str]:
    """The paths of the remembered pages that a new process plans anew."""
    forget_at_hand()
    store = Counting(root / FILE)
    planned(root, store)
    return store.made


def add(root: Path, path: str) -> None:
    file = root / path
    text = file.read_text(encoding="utf-8")
    again = text.replace("灯坏了", "灯还是坏的").replace("门岗", "大门岗")
    file.write_text(again if path.endswith(".csv") else f"{text}\n", encoding="utf-8")


def test_pages_come_back_as_they_were(root: Path) -> None:
    first = planned(root, Store(root / FILE))
    assert planned(root, Store(root / FILE)) == first, "in the same process"
    forget_at_hand()
    assert planned(root, Store(root / FILE)) == first, "in another one"
    assert planned(root, Store()) == first, "made anew"


def test_an_edit_makes_the_pages_anew_that_may_show_it(root: Path) -> None:
    every = made(root)
    assert {WALKS, PAPERS, "index.md", "plan/4.md", *INDICATOR} <= every
    assert made(root) == set()
    add(root, "content/pages/privacy.md")
    assert made(root) == set(), "a text has a page of its own"
    add(root, "content/plan/4-walks.md")
    assert (
        made(root) == every - {WALKS, PAPERS, "records/duties.md", "records/spans.md"} - INDICATOR
    )
    plan = root / "content/plan/4-walks.md"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("duty: 每半年至少", "duty: 半年里至少"), encoding="utf-8")
    anew = made(root)
    assert anew >= INDICATOR, "the pages of an indicator show the duty that it rests on"
    add(root, "records/tables/walks.csv")
    assert {WALKS, "index.md", *INDICATOR} <= made(root)
    add(root, "records/tables/duties.csv")
    assert {WALKS, "records/duties.md"} <= made(root), "a row of walks shows the title of a duty"
    add(root, "records/school.yaml")
    assert made(root) == every


def test_equal_values_are_written_alike() -> None:
    """Whether read from a store or computed, whether parts are one object or several."""
    day = dt.date(2026, 3, 2)
    words = f"{day.year} 年"
    apart = [(dt.date(2026, 3, 2), f"{day.year} 年") for _ in range(2)]
    assert written_alike([(day, words), (day, words)]) == written_alike(apart)
    assert written_alike([(day, words)]) != written_alike([(day, "年")])


def test_other_tables_keep_their_pages(root: Path) -> None:
    made(root)
    add(root, "records/tables/walks.csv")
    assert PAPERS not in made(root)


def test_nothing_is_kept_of_what_was_edited_meanwhile(root: Path) -> None:
    store = Counting(root / FILE)
    planned(root, store, while_at_work="content/plan/4-walks.md")
    assert store.made == set()
