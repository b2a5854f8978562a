"""Fixtures shared by all tests: small projects on disk, and the moment they are read at."""

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, settings

from generator.ledger import Ledger, read_ledger
from generator.problems.problem import Problem
from generator.project import Project, read_project

GOOD = Path(__file__).parent / "good"
NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 20)

settings.register_profile(
    "quick",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
if settings.get_current_profile_name() != "soak":
    settings.load_profile("quick")


class MakeProject(Protocol):
    """Writes a project and reads its profile."""

    def __call__(
        self, files: Mapping[str, str | bytes | None] | None = None
    ) -> tuple[Project, list[Problem]]:
        """Lay `files` over the good project (None deletes) and read it."""
        ...


class Check(Protocol):
    """Writes a project and checks it whole."""

    def __call__(self, files: Mapping[str, str | bytes | None] | None = None) -> Ledger:
        """Lay `files` over the good project (None deletes) and count its ledger."""
        ...


def lay_over(root: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write files into a project; None deletes one."""
    for name, content in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            target.unlink()
        elif isinstance(content, bytes):
            target.write_bytes(content)
        else:
            target.write_text(content, encoding="utf-8", newline="")


@pytest.fixture
def project(tmp_path: Path) -> MakeProject:
    """A function that writes a project: the good one with some files laid over it."""

    def make(
        files: Mapping[str, str | bytes | None] | None = None,
    ) -> tuple[Project, list[Problem]]:
        root = tmp_path / "project"
        shutil.copytree(GOOD, root, dirs_exist_ok=True)
        lay_over(root, files or {})
        return read_project(root, NOW)

    return make


@pytest.fixture
def check(project: MakeProject) -> Iterator[Check]:
    """A function that writes a project and returns its ledger."""
    ledgers: list[Ledger] = []

    def run(files: Mapping[str, str | bytes | None] | None = None) -> Ledger:
        ledgers.append(read_ledger(*project(files)))
        return ledgers[-1]

    yield run
    for ledger in ledgers:
        ledger.checked.database.close()
