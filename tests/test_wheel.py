"""The wheel alone, away from the checkout: a school starts, fills in, checks and builds."""

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from generator.product import FINGERPRINTS, TABLES, table_fingerprints
from tests.new_school import NAME, OPEN, SHORT, fill_in

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(name="wheel", scope="module")
def built_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    subprocess.run([*command, str(target), str(ROOT)], check=True, capture_output=True)
    (wheel,) = target.glob("*.whl")
    return wheel


@pytest.fixture(name="installed", scope="module")
def installed_wheel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target"]
    subprocess.run([*command, str(target), str(wheel)], check=True, capture_output=True)
    return target


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env=environment, check=False, capture_output=True, encoding="utf-8",
    )  # fmt: skip


def product_files() -> dict[str, Path]:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hooks = pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]
    files: dict[str, Path] = {}
    for source, target in hooks["custom"]["product"].items():
        path = ROOT / source
        for file in path.rglob("*") if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                files[f"{target}{file.relative_to(ROOT).as_posix().removeprefix(source)}"] = file
    return files


def test_the_product_files_are_those_of_the_checkout(wheel: Path) -> None:
    prefix = "generator/product/"
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith(prefix)]
        packed = {name.removeprefix(prefix): archive.read(name) for name in names}
    fingerprints = packed.pop(FINGERPRINTS).decode("ascii").split()
    assert packed == {name: file.read_bytes() for name, file in product_files().items()}
    assert fingerprints == table_fingerprints(ROOT / TABLES)


def test_the_same_checkout_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(ROOT)], check=True, capture_output=True)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_code_that_runs_is_the_installed_one(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "-c", "import generator; print(generator.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(installed), done.stderr


def test_a_school_starts_fills_in_and_builds_its_site(installed: Path, tmp_path: Path) -> None:
    command = ("-m", "generator")
    names = ("--name", NAME, "--short", SHORT)
    started = run(installed, tmp_path, *command, "new", "our-school", *names)
    assert started.returncode == 0, started.stderr
    school = tmp_path / "our-school"

    checked = run(installed, school, *command, "check", "--format", "json")
    assert checked.returncode == 1, checked.stderr
    found = json.loads(checked.stdout)["problems"]
    problems = [problem for problem in found if problem["rule"] != "category-open"]
    assert Counter(problem["file"] for problem in problems) == OPEN
    assert {problem["rule"] for problem in problems} == {"sample-left"}
    refused = run(installed, school, *command, "build")
    assert refused.returncode == 1, refused.stderr
    assert not (school / "site").exists()

    fill_in(school)
    checked = run(installed, school, *command, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    built = run(installed, school, *command, "build")
    assert built.returncode == 0, built.stdout + built.stderr
    home = (school / "site" / "index.html").read_text(encoding="utf-8")
    assert SHORT in home
    assert "示例" not in home
    again = run(installed, tmp_path, *command, "new", "our-school", *names)
    assert again.returncode == 2
