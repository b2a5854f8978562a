"""Git to changes of single records: which cell of which row changed when, by primary key.

`git blame` would say little: adding a column moves every line to one commit. So the versions
of a file are compared row by row, by key, in the columns that both versions have.
"""

import csv
import dataclasses
import datetime as dt
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.history.commits import History, run_git

_LARGEST = 16 * 2**20
"""Versions of more bytes are not compared; their changes stay unknown."""


@dataclasses.dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of one record before and after a change; `commit` is empty while uncommitted."""

    path: str
    key: tuple[str, ...]
    field: str
    before: str
    after: str
    day: dt.date
    commit: str


@dataclasses.dataclass(frozen=True, slots=True)
class _Version:
    commit: str
    day: dt.date
    blob: str


def read_cell_changes(
    root: Path, history: History, keys: Mapping[str, tuple[str, ...]], today: dt.date
) -> tuple[CellChange, ...]:
    """Every change of a cell that git knows, oldest first; nothing when history is unknown.

    Args:
        root: the project root.
        history: what is known of the repository.
        keys: primary key columns by path of the table file.
        today: the day of changes that are not committed yet.
    """
    if not history.known:
        return ()
    changes: list[CellChange] = []
    for path, versions in sorted(_versions(root, keys).items()):
        changes.extend(_compare(root, path, keys[path], versions, today))
    return tuple(changes)


def _versions(root: Path, paths: Iterable[str]) -> dict[str, list[_Version]]:
    """The versions of each file, oldest first, along the first parents."""
    log = run_git(
        root, "log", "--first-parent", "-m", "--raw", "--no-renames", "--abbrev=40",
        "--reverse", "--format=%x00%H%x09%cs", "--", *paths,
    )  # fmt: skip
    found: dict[str, list[_Version]] = defaultdict(list)
    for block in log.split("\0")[1:]:
        head, _, lines = block.partition("\n")
        commit, day = head.split("\t")
        for line in lines.split("\n"):
            facts, _, path = line.partition("\t")
            if path:
                blob = facts.split(" ")[3]
                found[path].append(_Version(commit, dt.date.fromisoformat(day), blob))
    return found


def _compare(
    root: Path, path: str, key: tuple[str, ...], versions: list[_Version], today: dt.date
) -> Iterator[CellChange]:
    now = (root / path).read_bytes() if (root / path).is_file() else b""
    last = versions[-1].blob == _blob(now)
    if last and len(versions) == 1:
        return
    before: dict[tuple[str, ...], dict[str, str]] = {}
    sizes = _sizes(root, versions)
    for version in versions:
        readable = sizes.get(version.blob, _LARGEST + 1) <= _LARGEST
        text = run_git(root, "cat-file", "blob", version.blob) if readable else ""
        rows = _rows(text, key)
        yield from _changes(path, before, rows, version)
        before = rows
    if not last and len(now) <= _LARGEST:
        rows = _rows(now.decode("utf-8", "replace"), key)
        yield from _changes(path, before, rows, _Version("", today, ""))


def _blob(data: bytes) -> str:
    """The name git gives to a file of these bytes; a digest for telling, not for safety."""
    head = f"blob {len(data)}\0".encode()
    return hashlib.sha1(head + data, usedforsecurity=False).hexdigest()


def _sizes(root: Path, versions: list[_Version]) -> dict[str, int]:
    """The size of every version that is there; a deleted file has none."""
    asked = "\n".join(version.blob for version in versions)
    answers = run_git(root, "cat-file", "--batch-check", text=f"{asked}\n")
    found = [line.split(" ") for line in answers.splitlines()]
    return {words[0]: int(words[2]) for words in found if len(words) == 3}  # noqa: PLR2004 - name, kind, size


def _rows(text: str, key: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows by key; a version that cannot be read by its key has none."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
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


def _changes(
    path: str,
    before: dict[tuple[str, ...], dict[str, str]],
    after: dict[tuple[str, ...], dict[str, str]],
    version: _Version,
) -> Iterator[CellChange]:
    for key, cells in after.items():
        earlier = before.get(key)
        if earlier is None or earlier == cells:
            continue
        for field, value in cells.items():
            if field in earlier and earlier[field] != value:
                yield CellChange(
                    path, key, field, earlier[field], value, version.day, version.commit
                )
