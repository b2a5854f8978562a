"""A finished build becomes the site by one rename of a link; the previous one stays until then.

Builds stand in `.build/sites/<number>`; `site` is a link to the one readers see. The hashed
assets of the build before are carried over, so a page opened before the switch still works.
"""

import json
import shutil
from pathlib import Path

from generator.cache.runs import listing
from generator.disk import copy_file, write_file
from generator.site.assets import is_hashed
from generator.usage import UsageError

BUILDS = ".build/sites"
LINK = "site"
_KEPT = 3
_FACTS = "api/build.json"
_CARRIED = ".carried"


def next_folder(root: Path) -> Path:
    """An unused folder for the next build.

    Raises:
        UsageError: `site` is something else than the link this program makes.
    """
    link = root / LINK
    if link.exists() and not link.is_symlink():
        message = f"{link} 不是本程序建的链接；请先移走它"
        raise UsageError(message)
    builds = root / BUILDS
    builds.mkdir(parents=True, exist_ok=True)
    numbers = [int(entry.name) for entry in builds.iterdir() if entry.name.isdigit()]
    return builds / f"{max(numbers, default=0) + 1:06d}"


def switch(root: Path, folder: Path) -> Path:
    """Make `folder` the site that readers see and remove builds that nobody needs.

    Args:
        root: the project root.
        folder: a finished, verified build below `.build/sites`.

    Returns:
        The link.
    """
    link = root / LINK
    if link.is_symlink() and link.exists() and _edition(link) == _edition(folder):
        _carry_assets(link.resolve(), folder)
    fresh = root / BUILDS / f".{LINK}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(folder.relative_to(root), target_is_directory=True)
    fresh.replace(link)
    _prune(root, folder)
    return link


def is_shown(root: Path, folder: Path) -> bool:
    """Tell whether a build is the one that readers see."""
    return (root / LINK).resolve() == folder.resolve()


def shown_state(root: Path) -> str:
    """Which build readers see, and whether it still stands as it was left; empty without one."""
    link = root / LINK
    if not link.is_symlink() or not link.is_dir():
        return ""
    return f"{link.readlink()} {listing(link.resolve())}"


def _edition(folder: Path) -> object:
    """Which edition a build is of; nothing of one edition is carried into another."""
    facts = folder / _FACTS
    return json.loads(facts.read_bytes())["edition"] if facts.is_file() else None


def _carry_assets(before: Path, folder: Path) -> None:
    """Copy what the build before made itself, so that nothing is carried for ever."""
    listed = before / _CARRIED
    passed = set(listed.read_text(encoding="utf-8").split("\n")) if listed.is_file() else set()
    carried = []
    for file in sorted(before.rglob("*")):
        path = file.relative_to(before).as_posix()
        own = is_hashed(path) and path not in passed and file.is_file()
        if own and not (folder / path).exists():
            copy_file(file, folder / path)
            carried.append(path)
    if carried:
        write_file(folder / _CARRIED, "\n".join(carried).encode())


def _prune(root: Path, current: Path) -> None:
    builds = sorted(entry for entry in (root / BUILDS).iterdir() if entry.is_dir())
    for old in builds[:-_KEPT]:
        if old != current:
            shutil.rmtree(old, ignore_errors=True)
