"""Forms: an answer is made again when something it depends on changes, and only then."""

import dataclasses
import datetime as dt
import enum
import sqlite3
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from generator.cache import store as cache
from generator.cache.remembered import Form
from generator.cache.store import FILE, Store
from generator.problems.problem import Place


class Colour(enum.StrEnum):
    RED = "red"


@dataclasses.dataclass(frozen=True, slots=True)
class Thing:
    place: Place
    colour: Colour
    day: dt.date | None
    share: Fraction
    parts: tuple["Thing", ...] = ()
    labels: dict[str, str] = dataclasses.field(default_factory=dict)


PLACE = Place("内容/甲.md", 3, 0)
THING = Thing(PLACE, Colour.RED, dt.date(2026, 11, 20), Fraction(2, 3), labels={"": "\ud800"})
FORM = Form[Thing]("thing", Thing, Place, Colour)


@pytest.fixture(autouse=True)
def _another_process() -> Iterator[None]:
    cache.forget_at_hand()
    yield
    cache.forget_at_hand()


def made(file: Path | None, *parts: str, form: Form[Thing] = FORM) -> tuple[Thing, bool]:
    """What is answered in a run of its own, and whether it was made for that."""
    calls: list[Thing] = []

    def make() -> Thing:
        calls.append(THING)
        return THING

    store = Store(file)
    answer = form.of(store, parts, make)
    store.close()
    return answer, bool(calls)


def test_what_is_read_is_what_was_written() -> None:
    whole = dataclasses.replace(THING, day=None, parts=(THING, THING))
    assert FORM.read(FORM.write(whole)) == whole
    assert FORM.read(FORM.write(whole)).colour is Colour.RED


def test_only_the_kinds_that_were_named_are_written() -> None:
    with pytest.raises(TypeError, match="thing holds <class 'float'>"):
        FORM.write(dataclasses.replace(THING, share=0.5))  # type: ignore[arg-type] # as said


def test_an_answer_is_made_once_for_the_same_parts(tmp_path: Path) -> None:
    file = tmp_path / FILE
    assert made(file, "a", "b") == (THING, True)
    assert made(file, "a", "b") == (THING, False), "at hand in this process"
    cache.forget_at_hand()
    assert made(file, "a", "b") == (THING, False), "from the store in the next"
    for parts in (("ab",), ("b", "a"), ("a", "b", "")):
        assert made(file, *parts) == (THING, True)
    assert made(file, "a", "b", form=Form[Thing]("other", Thing, Place, Colour))[1]


def test_another_program_makes_its_own_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / FILE, "a")
    monkeypatch.setattr(cache, "_product", lambda: b"another")
    assert made(tmp_path / FILE, "a")[1]


def test_without_a_file_every_answer_is_made() -> None:
    assert made(None, "a")[1]
    assert made(None, "a")[1]


def test_what_is_at_hand_grows_no_older_and_the_rest_is_let_go(tmp_path: Path) -> None:
    file = tmp_path / FILE
    made(file, "a")
    for _ in range(25):
        assert not made(file, "a")[1]
    cache.forget_at_hand()
    assert not made(file, "a")[1]
    made(file, "b")
    with sqlite3.connect(file) as kept:
        kept.execute("delete from kept")
    assert made(file, "a")[1], "a run that did not ask let it go"


def test_what_is_at_hand_is_kept_anew_when_the_file_was_deleted(tmp_path: Path) -> None:
    file = tmp_path / FILE
    made(file, "a")
    file.unlink()
    store = Store(file)
    assert store.recall(b"something") is None
    assert FORM.of(store, ("a",), lambda: THING) == THING
    store.close()
    cache.forget_at_hand()
    assert not made(file, "a")[1]
