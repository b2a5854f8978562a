"""Git to the commit that first held a record, by primary key over the versions of its table.

Only lines that a version adds are split, so that a long history of a long table stays cheap.
"""

import csv
import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from generator.cache.store import Store, key_of
from generator.history.commits import History
from generator.history.versions import Key, Version, read_versions, versions_of


@dataclasses.dataclass(frozen=True, slots=True)
class FirstSeen:
    """When git first held each record of a table, and which came with its first import."""

    days: dict[Key, dt.date]
    imported: frozenset[Key]


def read_first_seen(
    root: Path, history: History, keys: Mapping[str, Key], store: Store
) -> FirstSeen | None:
    """First sights of all records of one table; None when the history cannot tell.

    Args:
        root: the project root.
        history: what is known of the repository.
        keys: primary key columns by path of the files of the table.
        store: answers of earlier runs; what a commit holds never changes.
    """
    if not history.known:
        return None
    name = key_of("first seen", history.commit, json.dumps(sorted(keys.items())))
    if kept := store.recall(name):
        return _read(kept)
    seen = _first_seen(root, keys)
    store.keep(name, _written(seen))
    return seen


def _written(seen: FirstSeen) -> bytes:
    rows = [[day.isoformat(), key in seen.imported, *key] for key, day in seen.days.items()]
    return json.dumps(rows, ensure_ascii=False).encode()


def _read(kept: bytes) -> FirstSeen:
    days: dict[Key, dt.date] = {}
    imported = []
    for day, founding, *cells in json.loads(kept):
        days[tuple(cells)] = dt.date.fromisoformat(day)
        imported += [tuple(cells)] if founding else []
    return FirstSeen(days, frozenset(imported))


def _first_seen(root: Path, keys: Mapping[str, Key]) -> FirstSeen:
    days: dict[Key, dt.date] = {}
    first: tuple[dt.date, str] | None = None
    imported: set[Key] = set()
    for path, versions in sorted(versions_of(root, keys).items()):
        for version, found in _new_keys(root, versions, keys[path]):
            born = (version.day, version.commit)
            if found and (first is None or born[0] < first[0]):
                first, imported = born, set()
            if first == born:
                imported |= {key for key in found if key not in days}
            for key in found:
                days[key] = min(version.day, days.get(key, version.day))
    return FirstSeen(days, frozenset(imported))


def _new_keys(root: Path, versions: list[Version], key: Key) -> list[tuple[Version, list[Key]]]:
    """The keys on the lines that each version adds."""
    seen: set[str] = set()
    result = []
    for version, text in read_versions(root, versions):
        lines = text.removeprefix("\ufeff").splitlines(keepends=True)
        header = next(csv.reader(lines[:1]), [])
        added = lines[1:] if _spans(text) else [line for line in lines[1:] if line not in seen]
        seen.update(lines)
        if set(key) <= set(header):
            places = [header.index(name) for name in key]
            result.append((version, _keys(added, places)))
    return result


def _spans(text: str) -> bool:
    """A quoted cell may run over lines; then no line can be read alone."""
    return any(line.count('"') % 2 for line in text.splitlines() if '"' in line)


def _keys(lines: list[str], places: list[int]) -> list[Key]:
    try:
        rows = [row for row in csv.reader(lines) if len(row) > max(places)]
    except csv.Error:
        return []
    return [tuple(row[place] for place in places) for row in rows]
