"""A finished build becomes the site by one rename of a link; the previous one stays until then.

Builds stand in `.build/sites/<number>`; `site` is a link to the one readers see. The hashed
assets of the build before are carried over, so a page opened before the switch still works.
"""

import os
import shutil
from pathlib import Path

from generator.project import UsageError

BUILDS = ".build/sites"
LINK = "site"
_KEPT = 3


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
    if link.is_symlink() and link.exists():
        _carry_assets(link.resolve(), folder)
    fresh = root / f".{LINK}-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(folder.relative_to(root), target_is_directory=True)
    fresh.replace(link)
    _prune(root, folder)
    return link


def _carry_assets(before: Path, folder: Path) -> None:
    for file in (before / "assets").rglob("*"):
        target = folder / file.relative_to(before)
        if file.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target)


def _prune(root: Path, current: Path) -> None:
    builds = sorted(entry for entry in (root / BUILDS).iterdir() if entry.is_dir())
    for old in builds[:-_KEPT]:
        if old != current:
            shutil.rmtree(old, ignore_errors=True)
