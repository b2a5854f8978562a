"""What calamine does not tell of a sheet: which cells hold an error, which rows are hidden.

`.xls` and WPS's `.et` are BIFF records in a compound file, `.ods` is XML in a zip. Only those few
records are looked at; where a file is put together in another way, nothing is told.
"""

import dataclasses
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from generator.exchange.compound import CompoundError, read_stream

_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_SHEET, _BOF, _EOF, _ROW, _BOOL_OR_ERROR, _FORMULA = 0x85, 0x809, 0x0A, 0x208, 0x205, 0x06
_HIDDEN = 0x20
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_MOST = 2**20
_SHOWN_ERROR = re.compile(r"#[A-Z/0]+[!?]?|Err:[0-9]+")


@dataclasses.dataclass(slots=True)
class Marks:
    """The errors of a sheet by row and column, and its hidden rows; both count from 0."""

    errors: dict[tuple[int, int], str] = dataclasses.field(default_factory=dict)
    hidden_rows: set[int] = dataclasses.field(default_factory=set)


def read_marks(path: Path) -> dict[str, Marks]:
    """The marks of every sheet by its name; nothing for a file of another make."""
    try:
        if zipfile.is_zipfile(path):
            return _of_open_document(path)
        return _of_biff(read_stream(path.read_bytes(), ("Workbook", "Book")))
    except (CompoundError, struct.error, IndexError, KeyError, ET.ParseError, zipfile.BadZipFile):
        return {}


def _of_biff(data: bytes) -> dict[str, Marks]:
    found: dict[str, Marks] = {}
    for kind, body in _records(data, 0):
        if kind == _SHEET:
            length, wide = body[6], body[7] & 1
            text = body[8 : 8 + length * (1 + wide)]
            name = text.decode("utf-16-le" if wide else "latin-1")
            found[name] = _of_biff_sheet(data, struct.unpack_from("<I", body)[0])
    return found


def _of_biff_sheet(data: bytes, start: int) -> Marks:
    marks = Marks()
    for kind, body in _records(data, start):
        if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _HIDDEN:
            marks.hidden_rows.add(struct.unpack_from("<H", body)[0])
        code = None
        if kind == _BOOL_OR_ERROR and body[7]:
            code = body[6]
        if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:  # noqa: PLR2004 - an error
            code = body[8]
        if code is not None:
            marks.errors[struct.unpack_from("<HH", body)] = _ERRORS.get(code, "#ERR")
    return marks


def _records(data: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from one beginning to its end; those of a chart within are passed over."""
    depth = 0
    while start + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, start)
        depth += (kind == _BOF) - (kind == _EOF)
        if not depth:
            return
        if depth == 1:
            yield kind, data[start + 4 : start + 4 + length]
        start += 4 + length


def _of_open_document(path: Path) -> dict[str, Marks]:
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        found: dict[str, Marks] = {}
        for _, element in ET.iterparse(stream):  # noqa: S314 - expat bounds what entities may grow to
            if element.tag == f"{_TABLE}table":
                found[element.get(f"{_TABLE}name", "")] = _of_open_sheet(element)
                element.clear()
        return found


def _of_open_sheet(sheet: ET.Element) -> Marks:
    marks = Marks()
    number = 0
    for row in sheet.iter(f"{_TABLE}table-row"):
        repeated = min(_MOST, int(row.get(f"{_TABLE}number-rows-repeated", "1")))
        cells = [cell for cell in row if cell.tag in _CELLS]
        if row.get(f"{_TABLE}visibility", "visible") != "visible" and any(map(_says, cells)):
            marks.hidden_rows |= set(range(number, number + repeated))
        column = 0
        for cell in cells:
            said = _says(cell)
            if _is_error(cell, said):
                marks.errors |= {(number + more, column): said for more in range(repeated)}
            column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        number += repeated
    return marks


def _says(cell: ET.Element) -> str:
    return "".join(cell.itertext()).strip()


def _is_error(cell: ET.Element, said: str) -> bool:
    if cell.get(f"{_CALC}value-type") == "error":
        return True
    formula = cell.get(f"{_TABLE}formula") is not None
    return (
        formula
        and cell.get(f"{_OFFICE}value-type") == "string"
        and bool(_SHOWN_ERROR.fullmatch(said))
    )
