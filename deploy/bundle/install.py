"""Installs the program from this folder, without a network: `sh install.sh`, `install.cmd`.

Every file is compared with its SHA-256 first. A version is installed beside the earlier ones and
becomes the one in use only when it has started once; whatever fails, the earlier one stays.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
FINE, WRONG_USE, BROKEN = 0, 2, 3
MACHINES = {"x86_64", "amd64"}


class Refused(Exception):  # noqa: N818 - a refusal, told in one line
    """The program cannot be installed here; the text says why and what to do."""


def check_files(folder: Path) -> None:
    """Compare every file with the list that came with it."""
    listed = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    for line in listed:
        digest, _, name = line.partition("  ")
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise Refused(
                f"文件不完整：{name}；请重新复制安装包 · damaged, copy the archive again: {name}"
            )


def check_machine(known: list[str]) -> None:
    """Refuse a Python or a machine that the archive has no wheels for."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    if here not in known:
        wanted = "、".join(known)
        raise Refused(f"这里的 Python 是 {here}；安装包适用于 {wanted} · for Python {wanted}")
    if platform.machine().lower() not in MACHINES or sys.platform not in {"linux", "win32"}:
        raise Refused(
            f"安装包适用于 64 位的 Linux 和 Windows，这里是 {platform.platform()} · "
            "for Linux and Windows on x86_64"
        )


def run(python: Path, *arguments: str) -> None:
    """Run a Python away from every setting of the machine that could reach for a network."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    settings |= {"PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1"}
    done = subprocess.run([str(python), *arguments], check=False, env=settings)
    if done.returncode != FINE:
        raise Refused("没有装好，原因见上；原来的版本不变 · not installed, see above")


def install(folder: Path, target: Path) -> Path:
    """Install from a folder into a target; returns the command."""
    check_files(folder)
    facts = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    check_machine(facts["pythons"])
    home = target / str(facts["version"])
    if home.exists():
        shutil.rmtree(home)
    run(Path(sys.executable), "-m", "venv", str(home))
    python = home / ("Scripts/python.exe" if WINDOWS else "bin/python")
    wheels = folder / "wheels"
    pip = ("-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-index", "--no-deps")
    lock = str(folder / "requirements.lock")
    run(python, *pip, "--require-hashes", "--find-links", str(wheels), "-r", lock)
    run(python, *pip, str(wheels / str(facts["wheel"])))
    command = home / ("Scripts/safecampus.exe" if WINDOWS else "bin/safecampus")
    if subprocess.run([str(command), "--help"], check=False, stdout=subprocess.DEVNULL).returncode:
        raise Refused("装好以后不能启动；原来的版本不变 · it does not start")
    return show(command, target)


def show(command: Path, target: Path) -> Path:
    """Make this version the one in use, at once."""
    if WINDOWS:
        shown = target / "safecampus.cmd"
        fresh = target / "safecampus.new"
        fresh.write_text(f'@"{command}" %*\r\n', encoding="utf-8", newline="")
    else:
        shown = target / "bin" / "safecampus"
        fresh = shown.with_name(".safecampus.new")
        shown.parent.mkdir(exist_ok=True)
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.path.relpath(command, shown.parent))
    return fresh.replace(shown)


def usual_target() -> Path:
    """Where the program goes when nobody says otherwise."""
    if WINDOWS:
        return Path(os.environ["LOCALAPPDATA"]) / "safecampus"
    if os.access("/opt", os.W_OK):
        return Path("/opt/safecampus")
    return Path.home() / ".local" / "share" / "safecampus"


def main(arguments: list[str]) -> int:
    """0 fine, 2 wrong use, 3 not installed."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        sys.stderr.write("install.sh [文件夹]  ·  install.cmd [folder]\n")
        return WRONG_USE
    target = Path(arguments[0]).resolve() if arguments else usual_target()
    try:
        target.mkdir(parents=True, exist_ok=True)
        shown = install(HERE, target)
    except (Refused, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return BROKEN
    sys.stdout.write(f"装好了 · installed: {shown}\n")
    return FINE


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    raise SystemExit(main(sys.argv[1:]))
