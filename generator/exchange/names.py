"""Keys of other tables by their Chinese titles, and titles for keys.

A key may be written as itself, as the title of its record, as `title（key）`, or as one of the
aliases that a declared query gives. Of several records with one title, those in force on the
day of the row count.
"""

import dataclasses
import datetime as dt
import re
from collections import defaultdict

from generator.exchange.values import UnfitError, fold, plain
from generator.ledger import Checked
from generator.problems.catalogue.exchange import KEY_AMBIGUOUS, KEY_ZEROS
from generator.problems.catalogue.tables import KEY_REFERENCE
from generator.problems.masking import shown
from generator.problems.problem import Problem
from generator.problems.rule import near_names
from generator.records.database import QueryError
from generator.records.import_maps import ImportMap
from generator.records.package import Package, Table
from generator.records.refusals import refused
from generator.records.schema import Field
from generator.strict_yaml import Node

_WITH_KEY = re.compile(r".*[（(]\s*([^（()）]+?)\s*[)）]$", re.DOTALL)
_LISTED = re.compile(r"[;；、\n]")
_SHOWN = 8


@dataclasses.dataclass(frozen=True, slots=True)
class _Life:
    """From when to when a record is in force; empty ends are open."""

    start: str = ""
    end: str = ""

    def covers(self, day: str) -> bool:
        return (not self.start or self.start <= day) and (not self.end or day <= self.end)


class KeyNames:
    """The names of one referred column: what people write, and what is recorded."""

    def __init__(self, checked: Checked, table: Table, column: str) -> None:
        raw = checked.records.raw.tables[table.name]
        names = [field.name for field in table.schema.fields]
        self.table = table
        self.lives: dict[str, _Life] = {}
        self.titles: dict[str, str] = {}
        self._words: dict[str, list[tuple[str, _Life]]] = defaultdict(list)
        title = title_field(table)
        for cells in raw.cells():
            row = dict(zip(names, cells, strict=True))
            key, schema = row[column], table.schema
            life = _Life(row.get(schema.valid_from, ""), row.get(schema.valid_to, ""))
            self.lives[key] = life
            self.titles[key] = row[title] if title else key
            self.add(self.titles[key], key, life)

    def add(self, written: str, key: str, life: _Life) -> None:
        """Let a word mean a key during a life."""
        if (key, life) not in self._words[fold(written)]:
            self._words[fold(written)].append((key, life))

    def in_force(self, day: str) -> list[str]:
        """The keys in force on a day, in order."""
        return sorted(key for key, life in self.lives.items() if life.covers(day))

    def written(self, key: str, day: str) -> str:
        """How a key is written for people: its title, with the key where that is not unique."""
        title = self.titles.get(key, key)
        try:
            alone = self.key(title, day, "") == key
        except UnfitError:
            alone = False
        return title if alone else f"{title}（{key}）"

    def key(self, written: str, day: str, label: str) -> str:
        """The key that a word means on a day.

        Raises:
            UnfitError: no record or several have that name.
        """
        text = plain(written)
        tail = _WITH_KEY.fullmatch(text)
        for candidate in (text, tail.group(1) if tail else ""):
            if candidate in self.lives:
                return candidate
        found = self._words.get(fold(written), [])
        keys = sorted({key for key, _ in found})
        if len(keys) > 1:
            keys = sorted({key for key, life in found if not day or life.covers(day)}) or keys
        if len(keys) == 1:
            return keys[0]
        if keys:
            choices = "、".join(f"{self.titles[key]}（{key}）" for key in keys[:_SHOWN])
            raise UnfitError(KEY_AMBIGUOUS, value=shown(written), choices=choices)
        raise self._unknown(text, label)

    def _unknown(self, text: str, label: str) -> UnfitError:
        bare = text.lstrip("0")
        zeros = tuple(key for key in self.lives if bare and bare != key and key.lstrip("0") == bare)
        if zeros:
            return UnfitError(KEY_ZEROS, zeros[:3], value=shown(text))
        titles = [title for title in self.titles.values() if title]
        near = near_names(text, titles, 0.5) or near_names(text, self.lives, 0.5)
        return UnfitError(KEY_REFERENCE, near, value=shown(text), target=label)


def title_field(table: Table) -> str:
    """The column whose text names a record for people; empty when none does."""
    field = table.field(table.schema.row_title) if table.schema.row_title else None
    named = field is not None and field.type == "string" and not field.constraints.enum
    return table.schema.row_title if named else ""


def target_of(package: Package, table: Table, field: Field) -> tuple[Table, str] | None:
    """The table and column that a field refers to, alone or as a list."""
    if field.list_of is not None:
        return package.tables[field.list_of.table], field.list_of.field
    for reference in table.schema.references:
        if reference.fields == (field.name,):
            return package.tables[reference.table or table.name], reference.target_fields[0]
    return None


def split_list(text: str) -> list[str]:
    """The entries of a cell that lists several."""
    return [entry.strip() for entry in _LISTED.split(text) if entry.strip()]


def names_of(
    checked: Checked, table: Table, header_map: ImportMap
) -> tuple[dict[str, KeyNames], list[Problem]]:
    """The names of every referring column of a table, aliases included."""
    package = checked.records.package
    result: dict[str, KeyNames] = {}
    problems: list[Problem] = []
    for field in table.schema.fields:
        target = target_of(package, table, field)
        if target is None:
            continue
        result[field.name] = KeyNames(checked, *target)
        aliases = header_map.column(field.name).aliases
        if aliases is not None:
            problems += _add_aliases(checked, result[field.name], aliases)
    return result, problems


def _add_aliases(checked: Checked, names: KeyNames, query: Node) -> list[Problem]:
    """Run the declared query: `written` and `key`, perhaps `since` and `until`."""
    try:
        with checked.database.as_recorded():
            columns, rows = checked.database.ask(
                f"select * from (\n{query.value}\n) where written is not null and key is not null"  # noqa: S608 - checked before
            )
    except QueryError as error:
        return [refused(error, query)]
    for row in rows:
        entry = dict(zip(columns, row, strict=True))
        life = _Life(_iso(entry.get("since")), _iso(entry.get("until")))
        if str(entry["key"]) in names.lives:
            names.add(str(entry["written"]), str(entry["key"]), life)
    return []


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else ""
