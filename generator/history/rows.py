"""Git to changes of single records: which cell of which row changed when, by primary key.

`git blame` would say little: adding a column moves every line to one commit. So the versions
of a file are compared row by row, by key, in the columns that both versions have.
"""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.history.commits import History
from generator.history.versions import LARGEST, Version, differing_rows, read_versions, versions_of


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
    for path, versions in sorted(versions_of(root, keys).items()):
        changes.extend(_compare(root, path, keys[path], versions, today))
    return tuple(changes)


def _compare(
    root: Path, path: str, key: tuple[str, ...], versions: list[Version], today: dt.date
) -> Iterator[CellChange]:
    now = (root / path).read_bytes() if (root / path).is_file() else b""
    last = versions[-1].blob == _blob(now)
    if last and len(versions) == 1:
        return
    before = ""
    for version, text in read_versions(root, versions):
        after = text if len(text) <= LARGEST else ""
        if before:  # else every row is a new one
            yield from _changes(path, *differing_rows(before, after, key), version)
        before = after
    if not last and len(now) <= LARGEST:
        rows = differing_rows(before, now.decode("utf-8", "replace"), key)
        yield from _changes(path, *rows, Version("", today, ""))


def _blob(data: bytes) -> str:
    """The name git gives to a file of these bytes; a digest for telling, not for safety."""
    head = f"blob {len(data)}\0".encode()
    return hashlib.sha1(head + data, usedforsecurity=False).hexdigest()


def _changes(
    path: str,
    before: dict[tuple[str, ...], dict[str, str]],
    after: dict[tuple[str, ...], dict[str, str]],
    version: Version,
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
