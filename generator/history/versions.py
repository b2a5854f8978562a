"""The versions of table files and what a key says of them; blobs are read once."""

import csv
import dataclasses
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from generator.history.commits import git_blobs, run_git

Key: TypeAlias = tuple[str, ...]
LARGEST = 16 * 2**20
"""Versions of more bytes are not compared; their changes stay unknown."""
_BATCH = 8
"""Versions held in memory at a time."""


@dataclasses.dataclass(frozen=True, slots=True)
class Version:
    """A file as a commit of a day left it."""

    commit: str
    day: dt.date
    blob: str


def versions_of(root: Path, paths: Iterable[str]) -> dict[str, list[Version]]:
    """The versions of each file, oldest first, along the first parents."""
    log = run_git(
        root, "log", "--first-parent", "-m", "--raw", "--no-renames", "--abbrev=40",
        "--reverse", "--format=%x00%H%x09%cs", "--", *paths,
    )  # fmt: skip
    found: dict[str, list[Version]] = defaultdict(list)
    for block in log.split("\0")[1:]:
        head, _, lines = block.partition("\n")
        commit, day = head.split("\t")
        for line in lines.split("\n"):
            facts, _, path = line.partition("\t")
            if path:
                blob = facts.split(" ")[3]
                found[path].append(Version(commit, dt.date.fromisoformat(day), blob))
    return found


def read_versions(root: Path, versions: list[Version]) -> Iterator[tuple[Version, str]]:
    """Each version with its text, a few at a time; a deleted file has none."""
    for start in range(0, len(versions), _BATCH):
        part = versions[start : start + _BATCH]
        blobs = git_blobs(root, [version.blob for version in part])
        for version in part:
            yield version, blobs.get(version.blob, b"").decode("utf-8", "replace")


def file_at(root: Path, commit: str, path: str) -> str | None:
    """The text of a file in a commit; None when git knows neither."""
    name = run_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{path}")
    blob = name.strip()
    found = git_blobs(root, [blob]) if blob else {}
    return found[blob].decode("utf-8", "replace") if blob in found else None


def differing_rows(
    before: str, after: str, key: Key
) -> tuple[dict[Key, dict[str, str]], dict[Key, dict[str, str]]]:
    """The rows of two versions by key, without those that stand first and last in both."""
    old, new = before.split("\n"), after.split("\n")
    if old[0] != new[0] or '"' in before or '"' in after:  # a quoted cell may span lines
        return rows_by_key(before, key), rows_by_key(after, key)
    first = _alike(old, new)
    last = _alike(old[: first - 1 : -1], new[: first - 1 : -1])
    return (
        rows_by_key("\n".join([old[0], *old[first : len(old) - last]]), key),
        rows_by_key("\n".join([new[0], *new[first : len(new) - last]]), key),
    )


def _alike(some: Sequence[str], others: Sequence[str]) -> int:
    """How many lines are the same from the beginning on."""
    pairs = enumerate(zip(some, others, strict=False))
    return next(
        (number for number, pair in pairs if pair[0] != pair[1]), min(len(some), len(others))
    )


def rows_by_key(text: str, key: Key) -> dict[Key, dict[str, str]]:
    """Rows by key; a version that cannot be read by its key has none."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    if not set(key) <= set(reader.fieldnames or ()):
        return {}
    try:
        return {
            tuple(str(row[name]) for name in key): {
                name: value for name, value in row.items() if isinstance(value, str)
            }
            for row in reader
        }
    except csv.Error:
        return {}
