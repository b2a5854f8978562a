"""CSV text to rows of cells whose places can be told: file, physical line, column.

Quoted newlines count as lines; columns count characters of the line. Structure faults (open
or stray quotes, blank rows, wrong number of cells, no final newline) are found here, because
Frictionless glues or accepts them.
"""

import csv
import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from generator.problems.catalogue.tables import (
    FINAL_NEWLINE,
    QUOTE_OPEN,
    QUOTE_STRAY,
    ROW_BLANK,
    ROW_LONG,
    ROW_SHORT,
)
from generator.problems.problem import Place, Problem

csv.field_size_limit(2**28)
_MOST = 500
"""Faults of one kind in the structure of a file; what follows says nothing new."""


class TableFile(ABC):
    """The rows of one file, and where each cell of them stands."""

    __slots__ = ()
    path: str
    header: list[str]

    @property
    @abstractmethod
    def size(self) -> int:
        """How many rows there are."""

    @property
    @abstractmethod
    def rows(self) -> list[list[str]]:
        """All rows as written."""

    @property
    @abstractmethod
    def lines(self) -> Sequence[int]:
        """The first physical line of each row; rows may span several."""

    @abstractmethod
    def first_line(self, row: int) -> int:
        """The first physical line of one row."""

    @abstractmethod
    def cells(self, row: int) -> list[str]:
        """One row as written; rows count from 0."""

    @abstractmethod
    def values(self, column: int) -> frozenset[str]:
        """All values of a column as written."""

    @abstractmethod
    def span(self, row: int) -> tuple[int, str]:
        """The first physical line of a row and its raw text; -1 is the header."""

    @abstractmethod
    def row_at(self, line: int) -> int | None:
        """The row that stands on a physical line; None for the header."""

    def place(self, row: int, column: int = 0) -> Place:
        """The place of a cell: `row` counts from 0, `column` from 0."""
        starts = self.starts(row)
        return Place(self.path, *starts[min(column, len(starts) - 1)])

    def header_place(self, column: int) -> Place:
        """The place of a column name."""
        return self.place(-1, column)

    def inside(self, row: int, column: int, offset: int) -> Place:
        """The place of a character of a cell; of the cell when quotes or lines blur it."""
        place = self.place(row, column)
        if set('"\n') & set(self.cells(row)[column]):
            return place
        first, raw = self.span(row)
        quote = raw.split("\n")[place.line - first].startswith('"', place.column - 1)
        return Place(place.file, place.line, place.column + offset + quote)

    def starts(self, row: int) -> list[tuple[int, int]]:
        """The (line, column) of every cell of a row."""
        first, raw = self.span(row)
        return cell_starts(raw, first)

    def column_at(self, place: Place) -> str | None:
        """The name of the column at a place; None in the header."""
        row = self.row_at(place.line)
        if row is None:
            return None
        return self.header[bisect_right(self.starts(row), (place.line, place.column)) - 1]


@dataclass(frozen=True, slots=True)
class RawFile(TableFile):
    """A file whose rows were split by Python: cells as text, and where each row starts."""

    path: str
    header: list[str]
    rows: list[list[str]] = field()
    lines: list[int] = field()
    """The first physical line of each row; rows may span several."""
    text_lines: list[str] = field(repr=False)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def first_line(self, row: int) -> int:
        """The first physical line of one row."""
        return self.lines[row]

    def cells(self, row: int) -> list[str]:
        """One row as written."""
        return self.rows[row]

    def values(self, column: int) -> frozenset[str]:
        """All values of a column as written."""
        return frozenset(row[column] for row in self.rows)

    def span(self, row: int) -> tuple[int, str]:
        """The first line of a row and its raw text."""
        first = self.lines[row] if row >= 0 else 1
        following = row + 1
        more = following < len(self.lines)
        end = self.lines[following] if more else len(self.text_lines) + 1
        return first, "".join(self.text_lines[first - 1 : end - 1])

    def row_at(self, line: int) -> int | None:
        """The row that stands on a physical line; None for the header."""
        row = bisect_right(self.lines, line) - 1
        return row if row >= 0 else None


def read_rows(text: str, path: str) -> tuple[RawFile | None, list[Problem]]:
    """Split the text of a CSV file; None when its structure is broken."""
    lines = re.findall(r"[^\n]*\n|[^\n]+$", text)
    problems: list[Problem] = []
    header: list[str] = []
    rows: list[list[str]] = []
    starts: list[int] = []
    try:
        for first, cells in _raw_rows(lines):
            if not cells:
                problems += [ROW_BLANK.at(Place(path, first))] if len(problems) < _MOST else []
            elif not header:
                header = cells
            else:
                rows.append(cells)
                starts.append(first)
    except csv.Error:
        return None, [_quote_fault(text, path)]
    if text and not text.endswith("\n"):
        problems.append(FINAL_NEWLINE.at(Place(path, len(lines))))
    raw = RawFile(path, header, rows, starts, lines)
    problems.extend(islice(_ragged(raw), _MOST))
    return (None if problems else raw), problems


def _raw_rows(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, strict=True)
    read = 0
    for cells in reader:
        yield read + 1, cells
        read = reader.line_num


def _ragged(raw: RawFile) -> Iterator[Problem]:
    wanted = len(raw.header)
    for index, cells in enumerate(raw.rows):
        found = len(cells)
        if found < wanted:
            yield ROW_SHORT.at(raw.place(index, found - 1), found=found, wanted=wanted)
        elif found > wanted:
            yield ROW_LONG.at(raw.place(index, wanted), found=found, wanted=wanted)


def cell_starts(raw_row: str, first_line: int) -> list[tuple[int, int]]:
    """The (line, column) of every cell of a raw row that begins on `first_line`."""
    starts = [(first_line, 1)]
    line, column = first_line, 1
    at_start, opened_by_quote, inside_quotes = True, False, False
    for character in raw_row:
        column += 1
        if character == '"' and (at_start or opened_by_quote):
            opened_by_quote, inside_quotes = True, not inside_quotes
        elif character == "\n":
            line, column = line + 1, 1
        at_start = character == "," and not inside_quotes
        if at_start:
            opened_by_quote = False
            starts.append((line, column))
    return starts


def _quote_fault(text: str, path: str) -> Problem:
    """Where the quote that breaks the file opened, or where text follows a closing quote."""
    token = re.compile(r'"[^"]*(?:""[^"]*)*("?)|[^,\n"][^,\n]*|[,\n]')
    opened = 0
    for match in token.finditer(text):
        if match.group(1) is None or text[match.start()] != '"':
            continue
        opened = match.start()
        after = text[match.end() : match.end() + 1]
        if match.group(1) and after not in {",", "\n", ""}:
            place = str(_place(text, opened, path))
            return QUOTE_STRAY.at(_place(text, match.end(), path), opened=place)
    return QUOTE_OPEN.at(_place(text, opened, path))


def _place(text: str, index: int, path: str) -> Place:
    before = text[:index]
    return Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
