"""Lines of tables as messages may quote them: values that nobody may see are left out."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from generator.problems.masking import mask
from generator.problems.problem import Place
from generator.records.facts import facts_of
from generator.records.fields import RESTRICTED
from generator.records.package import Package
from generator.records.places import TableFile
from generator.records.tables import RawTables

Veil: TypeAlias = Callable[[Place, str], tuple[str, int]]
"""Takes a place and its line; gives what may be quoted and where the caret stands in it."""
_HIDDEN = "***"
PAST = "row_changes"
"""The engine's relation of what cells were before."""
_CHANGED = frozenset({"before", "after"})


def veil_of(package: Package, raw: RawTables) -> Veil:
    """A veil over the columns of a package that are restricted.

    Where the structure of such a file could not be read, no cell can be told from another, and
    its lines are not quoted at all.
    """
    hidden = {path: t.hidden for t in package.tables.values() if t.hidden for path in t.paths}
    files = {file.path: file for table in raw.tables.values() for file in table.files}

    def quote(place: Place, line: str) -> tuple[str, int]:
        if place.file not in hidden:
            return mask(line), place.column
        file = files.get(place.file)
        if file is None:
            return _HIDDEN, min(place.column, 1)
        return _quoted(file, hidden[place.file], place, line)

    return quote


def reads_hidden(query: str, package: Package) -> bool:
    """Tell whether a checked query may give a value that nobody may see.

    It does when it mentions such a column, all columns or whole rows of such a table, or reads
    a table that is restricted as a whole.
    """
    facts = facts_of(query)
    for alias, name in facts.aliases.items():
        table = package.tables.get(name)
        hidden = table.hidden if table else _past(package) if name == PAST else frozenset()
        whole = table is not None and table.sensitivity == RESTRICTED
        if whole or (hidden and facts.columns & {*hidden, alias, "*"}):
            return True
    return False


def _past(package: Package) -> frozenset[str]:
    """What the engine's relation of changes may tell of hidden columns."""
    return _CHANGED if any(table.hidden for table in package.tables.values()) else frozenset()


def _quoted(file: TableFile, hidden: frozenset[str], place: Place, line: str) -> tuple[str, int]:
    text = ""
    caret = place.column
    for first, last, name in _pieces(file, place.line, len(line)):
        piece = _HIDDEN if name in hidden else line[first - 1 : last - 1]
        if first <= place.column < last or (first == last == place.column):
            caret = len(text) + 1 + (0 if name in hidden else place.column - first)
        text += piece + line[last - 1 : last]
    return mask(text) if text else mask(line), caret


def _pieces(file: TableFile, line: int, width: int) -> Iterator[tuple[int, int, str]]:
    """The cells on a physical line: first column, the column behind the last, and their name."""
    row = file.row_at(line)
    starts = file.starts(row) if row is not None else []
    for index, (cell_line, column) in enumerate(starts):
        after = starts[index + 1] if index + 1 < len(starts) else (line + 1, 0)
        if cell_line <= line <= after[0]:
            first = column if cell_line == line else 1
            last = after[1] - 1 if after[0] == line else width + 1
            yield first, last, file.header[index]
