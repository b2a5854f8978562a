"""The archive that installs without a network: made, unpacked, installed and run."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from deploy.bundle.make import pack
from generator import __version__
from tests.new_school import NAME, fill_in
from tests.sample_site import ROOT

MAKE = ROOT / "deploy/bundle/make.py"
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
NO_NETWORK = ("unshare", "--net", "--map-root-user")
APART = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="install.sh is for Unix")


def write_wheel(folder: Path, name: str, tag: str, files: dict[str, str]) -> str:
    """A tiny wheel; gives the lines that lock it."""
    facts = f"{name}-1.0.dist-info"
    held = files | {
        f"{facts}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{facts}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    rows = []
    for path, text in held.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
        rows.append(f"{path},sha256={digest.decode()},{len(text.encode())}\n")
    held[f"{facts}/RECORD"] = "".join([*rows, f"{facts}/RECORD,,\n"])
    file = folder / f"{name}-1.0-{tag}.whl"
    with zipfile.ZipFile(file, "w") as packed:
        for path, text in held.items():
            packed.writestr(zipfile.ZipInfo(path), text)
    return f" --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"


PROGRAM = """\
import lamp
import wick_low
def main():
    print(f"lit by {lamp.NAME} on {wick_low.SYSTEM}")
"""
PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "safe-campus"
version = "9.9"
requires-python = ">=3.11"
[project.scripts]
safecampus = "burner:main"
[tool.hatch.build.targets.wheel]
packages = ["burner.py"]
"""


def make(home: Path) -> zipfile.ZipFile:
    """A bundle of a small program that needs two packages, one of them for one system only."""
    wheels, source = home / "index", home / "source"
    wheels.mkdir()
    source.mkdir()
    (source / "burner.py").write_text(PROGRAM, encoding="utf-8")
    (source / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    lamp = write_wheel(wheels, "lamp", "py3-none-any", {"lamp.py": "NAME = 'lamp'\n"})
    wicks = [
        write_wheel(
            wheels, "wick_low", f"py3-none-{tag}", {"wick_low.py": f"SYSTEM = '{tag[:3]}'\n"}
        )
        for tag in ("manylinux_2_17_x86_64", "win_amd64")
    ]
    lock = home / "requirements.lock"
    lock.write_text(f"lamp==1.0{lamp}\nwick-low==1.0{''.join(wicks)}\n", encoding="utf-8")
    command = [sys.executable, str(MAKE), "--to", str(home / "out"), "--source", str(source)]
    done = subprocess.run(
        [*command, "--lock", str(lock), "--python", HERE],
        check=False, capture_output=True, encoding="utf-8",
        env=os.environ | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{home}/out/safe-campus-9.9.zip  ")
    assert [entry.name for entry in (home / "out").iterdir()] == ["safe-campus-9.9.zip"]
    return zipfile.ZipFile(home / "out/safe-campus-9.9.zip")


@pytest.fixture(name="bundle", scope="module")
def small_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("bundle")
    with make(home) as packed:
        packed.extractall(home)
    return home / "safe-campus-9.9"


def _plain_environment() -> dict[str, str]:
    """Without what the suite asks of Python for our own code: pip would warn about its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHONWARN")}


def install(bundle: Path, target: Path, code: int = 0) -> str:
    done = subprocess.run(
        [*NO_NETWORK, "sh", str(bundle / "install.sh"), str(target)],
        check=False, capture_output=True, encoding="utf-8",
        env=_plain_environment() | {"PYTHON": sys.executable, "PIP_INDEX_URL": "http://127.0.0.1:9/"},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(name="program", scope="module")
def installed_program(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("program")
    assert install(bundle, target) == f"装好了 · installed: {target}/bin/safecampus\n"
    return target


def test_the_archive_has_the_wheels_of_both_systems_and_lists_every_file(bundle: Path) -> None:
    names = sorted(f.relative_to(bundle).as_posix() for f in bundle.rglob("*") if f.is_file())
    assert names == [
        "README.txt", "SHA256SUMS", "bundle.json", "install.cmd", "install.py", "install.sh",
        "requirements.lock", "wheels/lamp-1.0-py3-none-any.whl",
        "wheels/safe_campus-9.9-py3-none-any.whl",
        "wheels/wick_low-1.0-py3-none-manylinux_2_17_x86_64.whl",
        "wheels/wick_low-1.0-py3-none-win_amd64.whl",
    ]  # fmt: skip
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=bundle, check=False)
    assert done.returncode == 0
    assert len((bundle / "SHA256SUMS").read_text("utf-8").splitlines()) == len(names) - 1
    assert b"\r\n" in (bundle / "install.cmd").read_bytes()
    assert json.loads((bundle / "bundle.json").read_text("utf-8"))["pythons"] == [HERE]


def test_it_installs_and_runs_without_a_network(program: Path) -> None:
    cut_off = subprocess.run(
        [*NO_NETWORK, sys.executable, "-c", APART],
        check=False, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert "Network is unreachable" in cut_off.stderr
    command = [str(program / "bin/safecampus")]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == "lit by lamp on man\n"


def test_what_fails_leaves_the_earlier_version_in_use(
    bundle: Path, program: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(bundle, broken)
    lamp = broken / "wheels/lamp-1.0-py3-none-any.whl"
    lamp.write_bytes(lamp.read_bytes() + b"x")
    told = install(broken, program, code=3)
    assert told.startswith("文件不完整：wheels/lamp-1.0-py3-none-any.whl；")
    facts = broken / "bundle.json"
    facts.write_text(facts.read_text("utf-8").replace('"9.9"', '"10.0"'), encoding="utf-8")
    sums = broken / "SHA256SUMS"
    lines = sums.read_text("utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if "wheels" not in line and "json" not in line)
    sums.write_text(kept, encoding="utf-8")
    assert "原来的版本不变" in install(broken, program, code=3), "the lock's own hash holds"
    assert (program / "bin/safecampus").readlink() == Path("../9.9/bin/safecampus")


def test_another_python_is_told_before_anything_is_written(bundle: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(bundle, other)
    facts, sums = other / "bundle.json", other / "SHA256SUMS"
    facts.write_text(facts.read_text("utf-8").replace(f'"{HERE}"', '"3.9"'), encoding="utf-8")
    lines = sums.read_text("utf-8").splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if "json" not in line), encoding="utf-8")
    assert f"这里的 Python 是 {HERE}；安装包适用于 3.9" in install(other, tmp_path / "x", code=3)
    assert list((tmp_path / "x").iterdir()) == []


def test_equal_content_is_an_equal_archive(bundle: Path, tmp_path: Path) -> None:
    again = tmp_path / bundle.name
    shutil.copytree(bundle, again)
    for number, folder in enumerate((bundle, again)):
        pack(folder, tmp_path / f"{number}.zip")
    first, second = ((tmp_path / f"{number}.zip").read_bytes() for number in (0, 1))
    assert first == second
    with zipfile.ZipFile(tmp_path / "0.zip") as packed:
        script = packed.getinfo(f"{bundle.name}/install.sh")
    assert script.external_attr >> 16 == 0o100755


@pytest.mark.soak
def test_the_real_bundle_starts_a_school_without_a_network(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(MAKE), "--to", str(tmp_path)], check=True)
    bundle = tmp_path / f"safe-campus-{__version__}"
    with zipfile.ZipFile(bundle.with_name(f"{bundle.name}.zip")) as packed:
        packed.extractall(tmp_path)
    install(bundle, tmp_path / "program")
    school, command = tmp_path / "school", str(tmp_path / "program/bin/safecampus")

    def run(*arguments: str) -> None:
        done = subprocess.run([*NO_NETWORK, command, *arguments], check=False, cwd=tmp_path,
                              capture_output=True, encoding="utf-8")  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    run("new", str(school), "--name", NAME)
    fill_in(school)
    for step in (("check",), ("build",), ("publish", "--to", str(tmp_path / "www"))):
        run(*step, "--root", str(school))
    assert (tmp_path / "www/current/index.html").is_file()
    for python in ("3.11", "3.12", "3.13", "3.14"):
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--no-index", "--no-deps",
             "--require-hashes", "--only-binary=:all:", "--platform", "win_amd64",
             "--python-version", python, "--target", str(tmp_path / python),
             "--find-links", str(bundle / "wheels"), "-r", str(bundle / "requirements.lock")],
            check=True,
        )  # fmt: skip
