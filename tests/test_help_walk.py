"""The walk through one change in the help shows the reports that the program really writes."""

import re
from pathlib import Path

import pytest

from generator.cli import FAULTS, FINE, main
from tests.git_repository import start
from tests.sample_copy import sample_copy
from tests.sample_site import ROOT

PAGE = ROOT / "content/pages/help/one-change.md"
HAZARD = "HZ-2026-142"
DONE = {"verified_on": "2026-11-20", "verifier_role": "safety_office", "status": "closed"}


def reports(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the program says first of the slip, then of the change put right."""
    copy = sample_copy(folder / "school")
    start(copy.root)
    command = ["report", "HEAD", "--root", str(copy.root), "--format", "text"]
    told = []
    for day, code in (("2026-11-18", FAULTS), ("2026-11-20", FINE)):
        copy.change("hazards", HAZARD, rectified_on=day, **DONE)
        assert main(command) == code
        told.append(capsys.readouterr().out.strip())
    return told


def test_the_walk_shows_the_reports_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = re.findall(r"```text\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown == reports(tmp_path, capsys)
