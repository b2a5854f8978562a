"""Texts converted ahead are the answers that are asked for later; without them nothing is lost."""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import aside
from generator.cache.store import FILE, Store
from generator.site import spread
from generator.site.ahead import prose_ahead
from generator.site.letters import letters_aside, letters_of
from generator.site.prose import converted, split_sections
from generator.site.spread import Later

BODY = "一句话，见 [[hazards]]。\n\n## 二\n\n- **甲**：[乙](b.md)\n"
pytestmark = pytest.mark.skipif(aside.processes() < 2, reason="there is one processor")


def workers() -> set[str]:
    """The processes that this one has started; servers and browsers of other tests among them."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            told = status.read_text(encoding="utf-8")
            found |= {status.parent.name} if f"\nPPid:\t{os.getpid()}\n" in told else set()
    return found


@pytest.fixture(name="nobody_works")
def nobody_more_than_before() -> Callable[[], None]:
    """Look whether all processes have ended that were started since the test began."""
    before = workers()

    def look() -> None:
        assert workers() <= before

    return look


def test_texts_of_a_first_build_are_converted_ahead(
    tmp_path: Path, nobody_works: Callable[[], None]
) -> None:
    pages = tmp_path / "content/pages"
    pages.mkdir(parents=True)
    for number in range(100):
        text = f"---\ntitle: 第{number}页\n---\n{number}{BODY}"
        (pages / f"p{number}.md").write_text(text, encoding="utf-8")
    store = Store(tmp_path / FILE)
    with prose_ahead(tmp_path) as ahead:
        ahead.give(store)
    for _, part in split_sections(f"99{BODY}"):
        key, answer = converted(part, 0)
        assert store.recall(key) == answer
    store.close()
    with prose_ahead(tmp_path):
        nobody_works()


def test_an_answer_comes_from_another_process() -> None:
    with Later(os.getpid) as later:
        assert later.answer() not in {None, os.getpid()}
        assert later.answer() is None


def test_work_that_fails_gives_no_answer() -> None:
    with Later(lambda: os.kill(os.getpid(), 9)) as later:
        assert later.answer() is None


def test_nobody_waits_for_an_answer_that_is_not_wanted(nobody_works: Callable[[], None]) -> None:
    with Later(lambda: time.sleep(600)):
        pass
    nobody_works()


def test_with_one_processor_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "processes", lambda: 1)
    with Later(os.getpid) as later:
        assert later.answer() is None


def test_how_names_are_read_is_found_out_aside(
    tmp_path: Path, nobody_works: Callable[[], None]
) -> None:
    store, alone = Store(tmp_path / FILE), Store()
    names = {"重庆路", "安全"}
    with letters_aside([names], store):
        pass
    nobody_works()
    with letters_aside([names], store), letters_aside([names], alone):
        nobody_works()
    assert letters_of(names, store) == letters_of(names, alone)
