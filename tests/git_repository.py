"""Real git repositories for tests: commits with set dates, nothing of the machine's settings."""

import os
import subprocess
from pathlib import Path


def git(root: Path, *arguments: str, day: str = "2026-10-01") -> str:
    """Run git in a folder; commits are made on the day."""
    stamp = f"{day}T12:00:00+08:00"
    settings = ("-c", "user.name=Office", "-c", "user.email=office@school.example")
    result = subprocess.run(
        ["git", "-C", str(root), *settings, *arguments],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp},
    )
    return result.stdout.strip()


def start(root: Path, day: str = "2026-10-01") -> str:
    """Make a repository of a folder with one commit; give the commit."""
    git(root, "init", "-q", "-b", "main")
    return save(root, day)


def save(root: Path, day: str = "2026-10-01", words: str = "change") -> str:
    """Commit everything on a day; give the commit."""
    git(root, "add", "-A", day=day)
    git(root, "commit", "-qm", words, "--allow-empty", day=day)
    return git(root, "rev-parse", "HEAD")


def clone(root: Path, target: Path, *, depth: int = 0) -> Path:
    """Clone a repository, with only its last commits when a depth is given."""
    shallow = ("--depth", str(depth)) if depth else ()
    git(root.parent, "clone", "-q", *shallow, f"file://{root}", str(target))
    return target
