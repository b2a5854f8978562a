"""What the files around the generator promise each other."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

import bootstrap
from generator import __version__

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)( ; .+)? \\$")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def pins(lock: str) -> set[str]:
    found = (PIN.match(line) for line in read(lock).splitlines())
    return {f"{match['name']}=={match['version']}" for match in found if match}


def files_at(source: str) -> list[str]:
    path = ROOT / source
    below = [path] if path.is_file() else path.rglob("*")
    files = [file for file in below if file.is_file() and "__pycache__" not in file.parts]
    return [file.relative_to(ROOT).as_posix() for file in files if file.name != ".DS_Store"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_and_hashes_and_no_address(lock: str) -> None:
    lines = read(lock).splitlines()
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line))] == []
    unhashed = [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if PIN.match(line) and not HASH.match(after)
    ]
    assert unhashed == []


def test_the_development_lock_holds_the_runtime_lock() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_the_locks_hold_what_the_project_declares() -> None:
    declared = project()
    groups = declared["dependency-groups"]
    runtime = {*declared["project"]["dependencies"], *declared["build-system"]["requires"]}
    development = {entry for entry in groups["dev"] if isinstance(entry, str)}
    assert runtime | set(groups["build"]) <= pins("requirements.lock")
    assert development <= pins("requirements-dev.lock")


def test_the_change_log_has_a_section_for_this_version() -> None:
    assert f"\n## {__version__}\n" in read("CHANGELOG.md")


def test_the_makefile_and_bootstrap_know_the_same_tasks() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == {"help", *bootstrap.TASKS}


def test_the_architecture_names_every_room_and_decision() -> None:
    text = read("ARCHITECTURE.md")
    rooms = [
        f"{path.name}/" if path.is_dir() else path.name
        for path in sorted((ROOT / "generator").iterdir())
        if not path.name.startswith("__")
    ]
    assert [room for room in rooms if f"| `{room}` |" not in text] == []
    decisions = sorted(path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md"))
    assert re.findall(r"\b(\d{4}) [A-Za-z`]", text.split("## Decisions")[1]) == decisions
    assert len(text.splitlines()) <= 150


def test_the_wheel_carries_the_product_and_no_happenings(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    carried = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]["product"]
    expected = {
        f"generator/product/{target}{file.removeprefix(source)}"
        for source, target in carried.items()
        for file in files_at(source)
    }
    assert expected
    assert expected <= names
    tables = {Path(name).stem for name in names if "records/tables/" in name}
    assert tables == {"documents", "roles"}
