"""Sets up `.venv` and runs one task in it: `python bootstrap.py site`, `test`, `check` and so on.

The Makefile calls this file; on Windows it is called directly. It uses the standard library only,
and its syntax stays readable for older Pythons, so that they can be told what is missing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "safecampus.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")

LOCKS = {"runtime": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}

FINE, CANNOT_SET_UP, INTERRUPTED = 0, 3, 130
NO_BROWSER = 4  # what tests/browser/install.py returns where a browser may be missing

TASKS = {
    "site": "检查内容，生成网站到 site/  ·  check everything, build the site into site/",
    "setup": "只准备运行环境  ·  set up .venv only",
    "serve": "在本机预览，边改边看  ·  preview on this machine while editing",
    "test": "全部自动测试与覆盖率  ·  all tests, with coverage",
    "check": "代码与内容的全部检查  ·  lint, format, types, layers, content",
    "fix": "自动整理代码格式  ·  repair what the linter and the formatter can",
    "bench": "并排测量速度  ·  side-by-side measurements",
    "soak": "长时间的性质测试  ·  property tests at length",
    "bundle": "离线安装包到 build/bundle/  ·  an archive that installs without a network",
    "screenshots": "网页截图到 build/screenshots/  ·  screenshots of the built site",
}


class SetupError(Exception):
    """The environment cannot be made ready; the text says what to do."""


# Finding a Python and filling .venv


def require_python() -> None:
    """Goes on under a newer Python if this one is too old and a newer one is on the path."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_NAMES:
        newer = shutil.which(name)
        if newer:
            command = [newer, str(Path(__file__).resolve()), *sys.argv[1:]]
            raise SystemExit(subprocess.call(command))
    have = ".".join(str(part) for part in sys.version_info[:3])
    raise SetupError(
        f"这里的 Python 是 {have}，需要 3.11 或更新的版本。\n"
        f"This is Python {have}; 3.11 or newer is needed. Install one and run again."
    )


def digest(path: Path) -> str:
    """The SHA-256 of a file, whatever line ends the checkout gave it."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def read_stamp() -> dict[str, str]:
    """What `.venv` was filled from; empty when it is absent, broken or was moved."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if stamp.get("root") != str(ROOT) or not VENV_PYTHON.exists():
        return {}
    return {str(key): str(value) for key, value in stamp.items()}


def write_stamp(stamp: dict[str, str]) -> None:
    """Written after each finished step, so that an interrupted one is done again."""
    STAMP.write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")


def prepare(kind: str) -> None:
    """Makes `.venv` hold the `runtime` or the `dev` lock and this project, if it does not yet."""
    stamp = read_stamp()
    wanted = {name: digest(path) for name, path in LOCKS.items()}
    if any(stamp.get(name, wanted[name]) != wanted[name] for name in LOCKS):
        stamp = {}
    project = digest(ROOT / "pyproject.toml")
    if (kind in stamp or "dev" in stamp) and stamp.get("project") == project:
        return
    say("正在准备运行环境 .venv，需要几分钟 · setting up .venv, this takes some minutes …")
    if not stamp:
        create_venv()
        stamp = {"root": str(ROOT)}
    if kind not in stamp and "dev" not in stamp:
        # The lock names every package, so nothing is resolved: pip would ask for the newest of one
        # that is named with an extra, and refuse it for want of a hash.
        pip("--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(LOCKS[kind]))
        stamp[kind] = wanted[kind]
        write_stamp(stamp)
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamp["project"] = project
    write_stamp(stamp)


def create_venv() -> None:
    """A fresh `.venv`; whatever stood there is removed."""
    if importlib.util.find_spec("ensurepip") is None:
        major, minor = sys.version_info[:2]
        raise SetupError(
            f"缺少 Python 的 venv 组件。Debian、Ubuntu：sudo apt-get install python3-venv\n"
            f"Python has no venv here. On Debian or Ubuntu: "
            f"sudo apt-get install python3-venv (or python{major}.{minor}-venv)"
        )
    done = subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if done != FINE:
        raise SetupError(f"无法建立 {VENV} · cannot create {VENV}")


def pip(*arguments: str) -> None:
    """Runs `pip install` inside `.venv`."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "-qq", "--no-input"]
    done = subprocess.call([*command, "--disable-pip-version-check", *arguments], cwd=ROOT)
    if done != FINE:
        raise SetupError(
            "依赖没有装好，原因见上。没有外网时，用 PIP_INDEX_URL 指向校内镜像，"
            "或用 PIP_NO_INDEX=1 与 PIP_FIND_LINKS=<离线包目录>。\n"
            "Installing failed, see above. Without internet, point PIP_INDEX_URL to a mirror, "
            "or set PIP_NO_INDEX=1 and PIP_FIND_LINKS=<folder of wheels>."
        )


# The tasks


def run(*command: str, **environment: str) -> int:
    """Runs a program of `.venv` at the root; returns its exit code."""
    program = shutil.which(command[0], path=str(BIN)) or command[0]
    inherited = {**os.environ, **environment}
    inherited["PATH"] = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    if os.name == "nt":
        inherited["PYTHONUTF8"] = "1"
    return subprocess.call([program, *command[1:]], cwd=ROOT, env=inherited)


def pytest(*arguments: str) -> int:
    """Pytest on two processes; an `open` without an encoding is a fault."""
    return run("python", "-m", "pytest", "-n", "2", *arguments, PYTHONWARNDEFAULTENCODING="1")


def test(rest: list[str]) -> int:
    """The whole suite under coverage; without a browser, where that is allowed, less its part."""
    browser = run("python", "tests/browser/install.py")
    if browser not in {FINE, NO_BROWSER}:
        return browser
    without = ["--ignore=tests/browser"] if browser == NO_BROWSER else []
    return pytest("--cov", "--cov-report=term-missing:skip-covered", *without, *rest)


def check(rest: list[str]) -> int:
    """Every check, also after one has failed; the first failing exit code."""
    results = [
        run("ruff", "check"),
        run("ruff", "format", "--check"),
        run("mypy"),
        run("lint-imports", "--no-logo"),
        run("safecampus", "check", *rest),
    ]
    return next((code for code in results if code != FINE), FINE)


def fix(rest: list[str]) -> int:
    """Repairs the code's form."""
    return run("ruff", "check", "--fix", *rest) or run("ruff", "format", *rest)


def soak(rest: list[str]) -> int:
    """Tests marked `soak`, and every property test with many more examples."""
    return pytest("-p", "tests.soak_profile", "-m", "soak or hypothesis", *rest)


def screenshots(rest: list[str]) -> int:
    """Pictures of the built site; they need a browser."""
    browser = run("python", "tests/browser/install.py")
    return browser or run("python", "-m", "tests.browser.screenshots", *rest)


def perform(task: str, rest: list[str]) -> int:
    """Prepares what the task needs and runs it."""
    if task in {"setup", "site", "serve"}:
        prepare("runtime")
        if task == "setup":
            return FINE
        return run("safecampus", "build" if task == "site" else "serve", *rest)
    if task == "bundle":
        prepare("runtime")
        return run("python", "deploy/bundle/make.py", *rest)
    prepare("dev")
    if task == "bench":
        return run("python", "benchmarks/run.py", *rest)
    return {"test": test, "check": check, "fix": fix, "soak": soak, "screenshots": screenshots}[
        task
    ](rest)


def show_help() -> None:
    """One line per task."""
    print("make <任务>，或 python bootstrap.py <任务> [选项]\n")
    for name, text in TASKS.items():
        print(f"  {name:<12} {text}")


def say(text: str) -> None:
    """A line on standard error, so that a task's own output stays whole."""
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Returns the exit code of the task."""
    task = arguments[0] if arguments else "help"
    if task in {"help", "-h", "--help"}:
        show_help()
        return FINE
    if task not in TASKS:
        show_help()
        say(f"\n没有这个任务 · no such task: {task}")
        return 2
    try:
        require_python()
        return perform(task, arguments[1:])
    except SetupError as error:
        say(str(error))
        return CANNOT_SET_UP
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    raise SystemExit(main(sys.argv[1:]))
