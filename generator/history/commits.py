"""The commit at hand and when each file last changed, from one `git log`.

A folder that is no repository, a missing git or a shallow clone gives unknown, never a guess.
"""

import dataclasses
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

_SETTINGS = ("-c", "core.quotePath=false", "-c", "log.showSignature=false", "-c", "color.ui=false")
_OF_A_HOOK = {
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH",
}  # fmt: skip
"""What git sets for a hook; with it another repository would be read than the folder's own."""

_HEAD = 3
"""Name, kind and size stand before the bytes of a blob."""


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One commit as far as readers may see it: identifier, day and first line."""

    commit: str
    day: str
    summary: str


@dataclasses.dataclass(frozen=True, slots=True)
class History:
    """What git knows; everything is empty when it knows nothing.

    `changed` maps a path relative to the project root to its last change.
    """

    commit: str = ""
    shallow: bool = False
    changed: dict[str, Change] = dataclasses.field(default_factory=dict)
    recent: tuple[Change, ...] = ()

    @property
    def known(self) -> bool:
        """Tell whether first and last changes can be told."""
        return bool(self.commit) and not self.shallow


def read_history(root: Path, count: int = 30) -> History:
    """Read the history of the project folder.

    Args:
        root: the project root, which must itself be the top of the repository.
        count: how many recent changes are kept.
    """
    if not (root / ".git").exists():
        return History()
    commit = run_git(root, "rev-parse", "HEAD").strip()
    if not commit:
        return History()
    shallow = run_git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
    changed: dict[str, Change] = {}
    changes: list[Change] = []
    log = run_git(root, "log", "--no-renames", "--name-only", "--format=%x00%H%x09%cs%x09%s")
    for block in log.split("\0")[1:]:
        head, _, files = block.partition("\n")
        identifier, day, summary = head.split("\t", 2)
        change = Change(identifier, day, summary)
        changes.append(change)
        for file in files.split("\n"):
            if file:
                changed.setdefault(file, change)
    return History(commit, shallow, changed, tuple(changes[:count]))


def run_git(root: Path, *arguments: str, text: str = "") -> str:
    """What git prints for a command in `root`; nothing when it fails or is not there.

    `text` is what git reads from its standard input.
    """
    return _run(root, arguments, text.encode()).decode("utf-8", "replace")


def git_blobs(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The bytes of blobs by name, from one process; a name that git does not know is left out."""
    asked = "".join(f"{name}\n" for name in dict.fromkeys(names))
    answer = _run(root, ("cat-file", "--batch"), asked.encode()) if asked else b""
    found: dict[str, bytes] = {}
    start = 0
    while start < len(answer):
        end = answer.index(b"\n", start)
        words = answer[start:end].decode().split(" ")
        size = int(words[2]) if len(words) == _HEAD else -1
        if size >= 0:
            found[words[0]] = answer[end + 1 : end + 1 + size]
        start = end + 1 + (size + 1)
    return found


def _run(root: Path, arguments: tuple[str, ...], text: bytes) -> bytes:
    command = ["git", "-C", str(root), *_SETTINGS, *arguments]
    environment = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    try:
        result = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            command, capture_output=True, check=True, input=text, env=environment
        )
    except (OSError, subprocess.CalledProcessError):
        return b""
    return result.stdout
