"""Plant words and values that occur nowhere else in everything that an edition may not show."""

import csv
import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path

from generator.project import read_project
from generator.records.package import Table, read_package
from generator.records.schema import Field
from tests.conftest import NOW

WORD = "鼢鼹zqxjk"
MARKS = ("鼢鼹", "zqxjk")
"""Every one of them gives a leak away: the search cuts words into pairs."""
_STRONG = {"public": ("staff", "restricted"), "staff": ("restricted",)}


@dataclass
class Planted:
    """What was planted: the marks, and values of typed cells."""

    words: set[str] = field(default_factory=lambda: set(MARKS))
    cells: int = 0
    columns: set[tuple[str, str]] = field(default_factory=set)


def plant_cells(root: Path, edition: str) -> Planted:
    """A canary in every free cell the edition may not show, and a row of canaries a table."""
    planted = Planted()
    package, problems = read_package(read_project(root, NOW)[0])
    assert problems == []
    every = "".join(
        file.read_text(encoding="utf-8") for file in sorted(root.rglob("*.csv")) if file.is_file()
    )
    for table in package.tables.values():
        hidden = [
            f
            for f in table.schema.fields
            if {table.sensitivity, f.sensitivity} & set(_STRONG[edition])
        ]
        if hidden:
            _plant_table(root, table, hidden, planted, every)
    return planted


def plant_line(file: Path, key: str) -> int:
    """Put the word behind every plain value of a key; give how many."""
    text = file.read_text(encoding="utf-8")
    pattern = re.compile(rf"^(\s*(?:- )?{key}: )([^\s\[{{|>\"'&*#][^\n]*?)$", re.MULTILINE)
    planted, count = pattern.subn(rf"\1\2{WORD}", text)
    file.write_text(planted, encoding="utf-8")
    return count


def plant_body(file: Path) -> None:
    """Put a paragraph of its own at the end of a page."""
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\n\n{WORD}\n", encoding="utf-8")


def _plant_table(
    root: Path, table: Table, hidden: list[Field], planted: Planted, every: str
) -> None:
    path = root / table.paths[-1]
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    named = {name for reference in table.schema.references for name in reference.fields}
    free = [f for f in hidden if _is_free(f, named) and f.name not in table.schema.primary_key]
    old, row = rows[-1], list(rows[-1])
    for entry in hidden:
        place = header.index(entry.name)
        value = _typed(entry, row[place], named, len(planted.columns))
        if value and value not in every:
            row[place] = value
            planted.words.add(value)
            planted.columns.add((table.name, entry.name))
    for entry in free:
        place = header.index(entry.name)
        row[place] = WORD
        planted.columns.add((table.name, entry.name))
        for cells in rows:
            longest = entry.constraints.max_length or 999
            cells[place] = f"{cells[place]}{WORD}"[-longest:]
            planted.cells += 1
    keys = [header.index(name) for name in table.schema.primary_key]
    if all(row[place] == old[place] for place in keys):
        rows.pop()
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows, row])


def _is_free(entry: Field, named: set[str]) -> bool:
    limits = entry.constraints
    plain = entry.type == "string" and not limits.enum and not limits.pattern
    return plain and entry.list_of is None and entry.name not in named and not limits.unique


def _typed(entry: Field, old: str, named: set[str], number: int) -> str:
    """A value of the type of a column that occurs nowhere else; empty where none can be made."""
    limits = entry.constraints
    if limits.enum or entry.name in named or entry.list_of is not None:
        return ""
    made = {
        "integer": "" if limits.maximum else str(8675309 + number),
        "number": "" if limits.maximum else str(8675309 + number),
        "date": str(dt.date(2015, 1, 2) + dt.timedelta(days=number)),
        "yearmonth": "2015-02",
    }
    if limits.pattern:
        value = re.sub(r"[0-9](?=[0-9]{2})|[0-9]$", "9", old)
        return value if re.fullmatch(limits.pattern, value) else ""
    return made.get(entry.type, "")
