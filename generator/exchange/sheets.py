"""A file from a spreadsheet program to sheets of cells as an officer sees them.

`.xlsx` is read with formats, so that a percentage stays one and an error is seen; `.xls`,
`.ods` and `.et` by their values and errors; CSV in UTF-8, GB18030 or UTF-16. Hidden sheets are kept
apart: only our own lists are there.
"""

import csv
import dataclasses
import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from generator.exchange.decoding import decode_any, ungarbled
from generator.problems.catalogue.exchange import MOJIBAKE, SHEET_UNREADABLE, TEXT_ENCODING
from generator.problems.masking import shown, told_path
from generator.problems.problem import Place, Problem, Words
from generator.records.formulas import meant
from generator.records.hints import ERROR_VALUES

META_SHEET = "_safecampus"
FAULTS_SHEET = "问题清单"
_LIMIT = 64 * 2**20
_UNPACKED = 512 * 2**20
_TEXT = {".csv", ".txt", ".tsv"}
_BINARY = {".xlsx", ".xlsm", ".xls", ".et", ".ods"}


class Kind(StrEnum):
    """What a cell holds, as the program that wrote it says."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    FLAG = "flag"
    ERROR = "error"
    FORMULA = "formula"


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it shows, and what it is."""

    text: str = ""
    kind: Kind = Kind.BLANK


BLANK = Cell()


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; rows and columns count from 0."""

    file: str
    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    from_1904: bool = False
    hidden_rows: frozenset[int] = frozenset()

    def cell(self, row: int, column: int) -> Cell:
        """The cell, blank beyond the end of its row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else BLANK

    def place(self, row: int, column: int) -> Place:
        """The place of a cell."""
        return Place(
            told_path(self.file), row + 1, column + 1, f"{self.name}!{address(row, column)}"
        )


def address(row: int, column: int) -> str:
    """`C7` for row 6 and column 2."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def read_sheets(path: Path) -> tuple[list[Sheet], list[Problem]]:
    """Every sheet of a file, or the problem that keeps it from being read."""
    place = Place(told_path(path.name))
    suffix = path.suffix.lower()
    if suffix not in _TEXT | _BINARY:
        words = Words(f"不收 {suffix or path.name} 这种文件", f"{suffix or path.name} is not read")
        return [], [_unreadable(place, words)]
    if path.stat().st_size > _LIMIT or _unpacked(path) > _UNPACKED:
        return [], [_unreadable(place, Words("文件太大", "it is too large"))]
    if suffix in _TEXT:
        return _read_text(path, place)
    from generator.exchange.workbooks import WorkbookError, read_workbook  # noqa: PLC0415 - slow

    try:
        return read_workbook(path), []
    except WorkbookError:
        words = Words("不是表格文件，或者已经损坏、加了密码", "it is broken or has a password")
        return [], [_unreadable(place, words)]


def _unpacked(path: Path) -> int:
    """How large a zipped workbook is when unpacked; 0 for anything else."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        return 0


def _unreadable(place: Place, why: Words) -> Problem:
    return SHEET_UNREADABLE.at(place, why_zh=why.zh, why_en=why.en)


def _read_text(path: Path, place: Place) -> tuple[list[Sheet], list[Problem]]:
    text = decode_any(path.read_bytes())
    if text is None:
        return [], [TEXT_ENCODING.at(place)]
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter, strict=True))
    except csv.Error:
        return [], [_unreadable(place, Words("引号没有配对", "a quote is not closed"))]
    cells = [[as_cell(value) for value in row] for row in rows]
    sheet = Sheet(path.name, path.stem, cells)
    return [sheet], _garbled(sheet)


def _garbled(sheet: Sheet) -> list[Problem]:
    """The first cell that was saved through the wrong encoding."""
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            sound = ungarbled(cell.text)
            if sound:
                place = sheet.place(row, column)
                return [MOJIBAKE.at(place, value=shown(cell.text), meant=shown(sound))]
    return []


def shown_number(number: float) -> str:
    """A number as a spreadsheet shows it: 45.0 is 45, fifteen digits at most."""
    return format(number, ".15g")


def as_cell(value: object) -> Cell:
    """A value of a spreadsheet library to a cell."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, bool):
        return Cell("true" if value else "false", Kind.FLAG)
    if isinstance(value, (int, float)):
        return Cell(shown_number(value), Kind.NUMBER)
    return _as_moment(value)


def _as_moment(value: object) -> Cell:
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        text = value.date().isoformat() if midnight else value.isoformat(sep=" ")
        return Cell(text, Kind.DATE)
    if isinstance(value, dt.date):
        return Cell(value.isoformat(), Kind.DATE)
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        hours, rest = divmod(seconds, 3600)
        return Cell(f"{hours:02}:{rest // 60:02}:{rest % 60:02}", Kind.TIME)
    if isinstance(value, dt.time):
        return Cell(value.replace(microsecond=0).isoformat(), Kind.TIME)
    text = meant(str(value))
    return Cell(text, Kind.ERROR if text.strip() in ERROR_VALUES else Kind.TEXT)


def visible(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets that hold something and that an officer sees."""
    return [
        sheet
        for sheet in sheets
        if not sheet.hidden
        and sheet.name != FAULTS_SHEET
        and any(cell.text.strip() for row in sheet.rows for cell in row)
    ]
