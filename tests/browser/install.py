"""Finds the browser that the browser tests drive, or installs it where that is ours to do.

Exit codes: 0 a browser is there, 4 there is none and that is allowed, 1 there is none in CI.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "chrome",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
)
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")
FOUND, MISSING_IN_CI, MISSING = 0, 1, 4


def find_browser() -> Path | None:
    """Chromium, Chrome or Edge; `SAFECAMPUS_BROWSER` names another."""
    named = os.environ.get("SAFECAMPUS_BROWSER")
    if named:
        return Path(named) if Path(named).is_file() else None
    on_path = (shutil.which(name) for name in NAMES)
    known = (os.path.expandvars(place) for place in PLACES)
    found = (Path(place) for place in (*on_path, *known) if place)
    return next((path for path in found if path.is_file()), None)


def launch_arguments() -> list[str]:
    """Chromium refuses to run as root inside its own sandbox."""
    return ["--no-sandbox"] if may_install() else []


def may_install() -> bool:
    """True for root; only root installs, and only root must leave the sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_chinese_font() -> bool:
    """True where fontconfig knows a font for Chinese, or where there is no fontconfig."""
    command = shutil.which("fc-list")
    if command is None:
        return sys.platform != "linux"
    listed = subprocess.run([command, ":lang=zh"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def install() -> None:
    """Debian's packages of a browser and of a Chinese font; a failure shows in what is found."""
    print(f"正在安装 · installing {' '.join(DEBIAN_PACKAGES)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES]):
        subprocess.run(
            ["apt-get", "-qq", *command],
            env=environment,
            stdout=subprocess.DEVNULL,
            check=False,
        )


def main() -> int:
    """Returns the exit code."""
    if not (find_browser() and has_chinese_font()) and may_install() and shutil.which("apt-get"):
        install()
    if find_browser():
        return FOUND
    print(
        "没有找到 Chromium、Chrome 或 Edge，浏览器测试不运行。"
        "装上其中一个，或用 SAFECAMPUS_BROWSER 指明程序位置。\n"
        "No Chromium, Chrome or Edge found: the browser tests do not run. "
        "Install one, or name it in SAFECAMPUS_BROWSER.",
        file=sys.stderr,
    )
    return MISSING_IN_CI if os.environ.get("CI") else MISSING


if __name__ == "__main__":
    raise SystemExit(main())
