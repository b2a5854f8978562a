"""A sign of life, only where somebody looks."""

import io
import sys
import time

import pytest

from generator.records.progress import steps


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(patience: float, work: float) -> str:
    with steps("读取记录", 2, patience) as begin:
        for name in ("隐患", "演练"):
            begin(name)
            time.sleep(work)
    return sys.stderr.getvalue() if isinstance(sys.stderr, io.StringIO) else ""


def look_at(terminal: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only inside a test: between its phases pytest sets the stream back."""
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)


def test_long_work_tells_which_step_it_is_at(monkeypatch: pytest.MonkeyPatch) -> None:
    look_at(Terminal(), monkeypatch)
    assert "读取记录 2/2 演练" in shown(0.01, 0.3)


def test_short_work_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    look_at(Terminal(), monkeypatch)
    assert shown(5, 0) == ""


def test_in_ci_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    look_at(Terminal(), monkeypatch)
    monkeypatch.setenv("CI", "true")
    assert shown(0.01, 0.1) == ""


def test_in_a_pipe_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    look_at(io.StringIO(), monkeypatch)
    assert shown(0.01, 0.1) == ""
