"""The store of earlier answers: what it gives back is what was kept under exactly that key."""

import os
import sqlite3
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache.program import LIBRARIES, program_digest
from generator.cache.store import FILE, Store, key_of
from tests.sample_site import ROOT

KEY = key_of("a query", b"a table")


def _kept(file: Path, value: bytes = b"42") -> None:
    store = Store(file)
    store.keep(KEY, value)
    store.close()


def test_an_answer_is_there_in_the_next_run(tmp_path: Path) -> None:
    _kept(tmp_path / FILE)
    assert Store(tmp_path / FILE).recall(KEY) == b"42"
    assert Store(tmp_path / FILE).recall(key_of("another query")) is None


def test_an_answer_depends_on_the_version_of_every_library() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {pin.partition("==")[0] for pin in project["dependencies"]} <= set(LIBRARIES)


def test_an_answer_is_there_before_the_store_is_closed(tmp_path: Path) -> None:
    store = Store(tmp_path / FILE)
    assert store.keep(KEY, b"42") == b"42"
    assert store.recall(KEY) == b"42"


def test_without_a_file_nothing_is_kept() -> None:
    store = Store()
    store.keep(KEY, b"42")
    store.close()
    assert store.recall(KEY) is None


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_other_parts_have_another_key(one: list[str], other: list[str]) -> None:
    assert (key_of(*one) == key_of(*other)) == (one == other)


@pytest.mark.parametrize("cut", [0, 1, 100, 4096, 5000, 8191])
def test_a_truncated_file_is_as_good_as_none(tmp_path: Path, cut: int) -> None:
    file = tmp_path / FILE
    _kept(file)
    file.write_bytes(file.read_bytes()[:cut])
    assert Store(file).recall(KEY) in {None, b"42"}
    _kept(file, b"43")
    _kept(file, b"43")
    assert Store(file).recall(KEY) == b"43"


def test_what_was_changed_from_outside_was_never_kept(tmp_path: Path) -> None:
    file = tmp_path / FILE
    _kept(file)
    with sqlite3.connect(file) as connection:
        connection.execute("update kept set value = ?", [b"666"])
    connection.close()
    assert Store(file).recall(KEY) is None


def test_a_file_of_something_else_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "answers"
    file.write_bytes(b"no database" * 1000)
    _kept(file)
    _kept(file)
    assert Store(file).recall(KEY) == b"42"


def test_a_table_of_another_shape_is_as_good_as_none(tmp_path: Path) -> None:
    file = tmp_path / "answers"
    with sqlite3.connect(file) as connection:
        connection.execute("create table kept (key text)")
    connection.close()
    _kept(file)
    assert Store(file).recall(KEY) is None


def test_a_folder_that_cannot_be_made_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    _kept(tmp_path / "taken" / "answers")
    assert Store(tmp_path / "taken" / "answers").recall(KEY) is None


def test_while_another_process_writes_nothing_is_found_and_nothing_waits(tmp_path: Path) -> None:
    file = tmp_path / FILE
    _kept(file)
    other = sqlite3.connect(file)
    other.execute("begin exclusive")
    assert Store(file).recall(KEY) is None
    _kept(file, b"43")
    other.rollback()
    other.close()
    assert Store(file).recall(KEY) == b"42"


def test_an_answer_nobody_asks_for_is_dropped_after_twenty_runs(tmp_path: Path) -> None:
    file = tmp_path / FILE
    asked = key_of("asked for")
    _kept(file)
    for run in range(20):
        store = Store(file)
        store.recall(asked)
        store.keep(asked if run == 0 else key_of(str(run)), b"1")
        store.close()
    assert Store(file).recall(KEY) is None
    assert Store(file).recall(asked) == b"1"


def test_a_forked_process_reads_and_keeps_nothing(tmp_path: Path) -> None:
    file = tmp_path / FILE
    _kept(file)
    store = Store(file)
    assert store.recall(KEY) == b"42"
    child = os.fork()
    if child == 0:
        store.keep(key_of("child"), b"1")
        fine = store.recall(KEY) == b"42" and store.recall(key_of("child")) is None
        os._exit(0 if fine else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_many_new_answers_are_written_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cache.store._MOST_HELD", 30)
    store = Store(tmp_path / FILE)
    for number in range(4):
        store.keep(bytes([number]), b"answer %d, which is long" % number)
    assert Store(tmp_path / FILE).recall(bytes([1])) == b"answer 1, which is long"
    assert store.recall(bytes([1])) == b"answer 1, which is long"
    store.close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        assert connection.execute("select run, count(*) from asked group by run").fetchall() == [
            (1, 4)
        ]
    connection.close()


def test_the_version_of_a_library_is_what_its_folder_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = program_digest()
    (tmp_path / "DuckDB-0.1.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    assert program_digest() == before, "what is found first is loaded"
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert program_digest() != before
