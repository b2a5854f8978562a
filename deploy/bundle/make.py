"""Makes the archive that installs the program where there is no network: `make bundle`.

It holds the locked wheels for Linux (manylinux, x86_64) and Windows (win_amd64) and every Python
asked for, the program's own wheel, and an installer for each system. Every file is listed with its
SHA-256, and the lock's own hashes are checked again when the archive is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
OLDEST_GLIBC, NEWEST_GLIBC = 5, 28
LINUX = [f"manylinux_2_{minor}_x86_64" for minor in range(NEWEST_GLIBC, OLDEST_GLIBC - 1, -1)]
PLATFORMS = {
    "linux": [*LINUX, "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"],
    "windows": ["win_amd64"],
}
INSTALLERS = ("install.py", "install.sh", "install.cmd", "README.txt")
RUN_BY_HAND = ("install.sh",)
SUMS = "SHA256SUMS"
FACTS = "bundle.json"
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def download(lock: Path, pythons: list[str], target: Path) -> None:
    """Fetch the locked wheels for every system and Python; the hashes of the lock hold."""
    for platforms in PLATFORMS.values():
        for python in pythons:
            command = [
                sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check",
                "--no-deps", "--only-binary=:all:", "--require-hashes", "--implementation", "cp",
                "--python-version", python, "--dest", str(target), "-r", str(lock),
            ]  # fmt: skip
            for platform in platforms:
                command += ["--platform", platform]
            subprocess.run(command, check=True)


def build_wheel(source: Path, target: Path) -> Path:
    """The program's own wheel, from a checkout."""
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-build-isolation", "-w", str(target), str(source)]
    subprocess.run(command, check=True)
    (wheel,) = target.glob("*.whl")
    return wheel


def pack(folder: Path, archive: Path) -> None:
    """One archive of a folder: sorted, without times, so that equal content is equal bytes."""
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{folder.name}/{file.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, LONG_AGO)
            mode = 0o755 if file.name in RUN_BY_HAND else 0o644
            entry.external_attr = (0o100000 | mode) << 16
            entry.create_system = 3
            method = zipfile.ZIP_STORED if file.suffix == ".whl" else zipfile.ZIP_DEFLATED
            packed.writestr(entry, file.read_bytes(), method)


def write_sums(folder: Path) -> None:
    """List every file with its SHA-256, in the form `sha256sum -c` reads."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n"
        for file in files
    ]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def make(source: Path, lock: Path, pythons: list[str], target: Path) -> Path:
    """Make the archive and return its path.

    Args:
        source: a checkout of the program.
        lock: the locked requirements, with hashes.
        pythons: versions of Python to carry wheels for.
        target: the folder to write the archive into.
    """
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as made:
        own = build_wheel(source, Path(made, "own"))
        name, version = re.match(r"(\w+)-([^-]+)-", own.name).groups()  # type: ignore[union-attr]  # wheels are named so
        folder = Path(made, f"{name.replace('_', '-')}-{version}")
        wheels = folder / "wheels"
        wheels.mkdir(parents=True)
        download(lock, pythons, wheels)
        shutil.copy(own, wheels)
        shutil.copy(lock, folder / "requirements.lock")
        for installer in INSTALLERS:
            shutil.copy(HERE / installer, folder)
        script = (folder / "install.cmd").read_bytes()
        (folder / "install.cmd").write_bytes(script.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        facts = {"name": name, "version": version, "pythons": pythons, "wheel": own.name}
        (folder / FACTS).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
        write_sums(folder)
        archive = Path(made, f"{folder.name}.zip")
        pack(folder, archive)
        return archive.replace(target / archive.name)


def main(arguments: list[str]) -> int:
    """0 fine, 3 when something could not be fetched or written."""
    parser = argparse.ArgumentParser(description="离线安装包 · an archive that installs offline")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "bundle")
    parser.add_argument("--source", type=Path, default=ROOT)
    parser.add_argument("--lock", type=Path, default=ROOT / "requirements.lock")
    parser.add_argument("--python", nargs="+", default=list(PYTHONS))
    given = parser.parse_args(arguments)
    try:
        archive = make(given.source, given.lock, given.python, given.to)
    except (subprocess.CalledProcessError, OSError) as error:
        sys.stderr.write(f"没有做成安装包 · no bundle was made: {error}\n")
        return 3
    size = archive.stat().st_size / 2**20
    sys.stdout.write(f"{archive}  {size:.0f} MB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
