"""Setting up: what a newcomer on another machine is told."""

import importlib.util
import json
from pathlib import Path

import pytest

import bootstrap
from tests.browser import install


def test_help_lists_every_task(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main([]) == 0
    shown = capsys.readouterr().out
    assert [task for task in bootstrap.TASKS if f"  {task} " not in shown] == []


def test_an_unknown_task_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["sit"]) == 2
    assert "sit" in capsys.readouterr().err


def test_a_python_without_venv_is_told_which_package_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "absent.json")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert bootstrap.main(["site"]) == bootstrap.CANNOT_SET_UP
    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    monkeypatch.setattr(bootstrap, "NEWER_NAMES", ())
    with pytest.raises(bootstrap.SetupError, match=r"3\.11"):
        bootstrap.require_python()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="cut off"),
        pytest.param(json.dumps({"root": "/elsewhere", "dev": "1"}), id="moved"),
    ],
)
def test_a_stamp_that_cannot_be_right_is_not_believed(
    text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamp = tmp_path / "stamp.json"
    stamp.write_text(text, encoding="utf-8")
    monkeypatch.setattr(bootstrap, "STAMP", stamp)
    assert bootstrap.read_stamp() == {}


def test_line_ends_do_not_change_a_digest(tmp_path: Path) -> None:
    (tmp_path / "unix").write_bytes(b"a==1\nb==2\n")
    (tmp_path / "windows").write_bytes(b"a==1\r\nb==2\r\n")
    assert bootstrap.digest(tmp_path / "unix") == bootstrap.digest(tmp_path / "windows")


@pytest.mark.parametrize(("ci", "code"), [("true", install.MISSING_IN_CI), ("", install.MISSING)])
def test_a_missing_browser_is_a_failure_in_ci_only(
    ci: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAFECAMPUS_BROWSER", "/nowhere/chromium")
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(install, "may_install", lambda: False)
    assert install.main() == code
    assert "SAFECAMPUS_BROWSER" in capsys.readouterr().err


def test_bootstrap_knows_the_code_of_a_missing_browser() -> None:
    assert bootstrap.NO_BROWSER == install.MISSING
