"""The answers are the same and in order, however many processes work."""

import os

import pytest

from generator.aside import processes
from generator.site.spread import spread


def test_answers_keep_the_order_of_the_things() -> None:
    things = list(range(100))
    expected = [thing * thing for thing in things]
    for count in (1, 2, 3):
        assert spread(lambda thing: thing * thing, things, count) == expected
    assert spread(lambda thing: thing, []) == []
    assert processes() >= 1


def test_other_processes_take_part() -> None:
    found = set(spread(lambda _: os.getpid(), range(100), 2))
    assert os.getpid() in found
    assert len(found) == (2 if hasattr(os, "fork") else 1)


def test_the_share_of_a_process_that_dies_is_done_here() -> None:
    here = os.getpid()

    def work(thing: int) -> int:
        if os.getpid() != here:
            os._exit(9)
        return thing

    assert spread(work, range(60), 2) == list(range(60))


def test_a_fault_in_the_work_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        spread(lambda thing: 1 // (thing - 59), range(60), 2)
