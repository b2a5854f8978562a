"""Workbooks to sheets: openpyxl for `.xlsx`, calamine for everything else.

Openpyxl knows what the value alone does not tell: that 0.985 is shown as 98.5 %, that a formula
was never computed. Where it fails, calamine reads the values, and `marks` the errors.
"""

import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from generator.exchange.marks import Marks, read_marks
from generator.exchange.sheets import BLANK, Cell, Kind, Sheet, as_cell, shown_number

_FORMULA = re.compile(rb"<f[ >/]")
_SHEET_FILE = re.compile(r"xl/worksheets/[^/]+\.xml")
_UNMARKED = Marks()
_MAC = re.compile(rb"date1904=[\"'](1|true)")


class WorkbookError(Exception):
    """The file is no workbook, or it is broken or locked."""


def load_workbook(path: Path, *, values: bool) -> Any:  # noqa: ANN401 - openpyxl's own type is loose
    """Open an `.xlsx`; `values` gives what formulas showed last instead of the formulas.

    Raises:
        WorkbookError: openpyxl cannot read it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(path, data_only=values)
        except Exception as error:
            raise WorkbookError(str(error)) from error


def read_workbook(path: Path) -> list[Sheet]:
    """Every sheet of a workbook.

    Raises:
        WorkbookError: no library can read it.
    """
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        try:
            return _read_openpyxl(path)
        except WorkbookError:
            return _read_calamine(path)
    return _read_calamine(path)


def _read_openpyxl(path: Path) -> list[Sheet]:
    book = load_workbook(path, values=True)
    formulas = load_workbook(path, values=False) if _has_formulas(path) else None
    mac = book.epoch == CALENDAR_MAC_1904
    sheets = []
    for sheet in book.worksheets:
        twin = formulas[sheet.title] if formulas else None
        rows = [[_cell(cell, twin) for cell in row] for row in sheet.iter_rows()]
        hidden = sheet.sheet_state != "visible"
        folded = frozenset(n - 1 for n, row in sheet.row_dimensions.items() if row.hidden)
        sheets.append(Sheet(path.name, sheet.title, rows, hidden, mac, folded))
    return sheets


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if _SHEET_FILE.fullmatch(name)]
        return any(_FORMULA.search(archive.read(name)) for name in names)


def _cell(cell: Any, twin: Any) -> Cell:  # noqa: ANN401 - as above
    value = cell.value
    if value is None:
        formula = twin is not None and twin[cell.coordinate].data_type == "f"
        return Cell(str(twin[cell.coordinate].value), Kind.FORMULA) if formula else BLANK
    if cell.data_type == "e":
        return Cell(str(value), Kind.ERROR)
    if isinstance(value, (int, float)) and "%" in cell.number_format and value is not True:
        return Cell(f"{shown_number(round(value * 100, 10))}%", Kind.TEXT)
    return as_cell(value)


def _read_calamine(path: Path) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_path(path)
        marks = read_marks(path)
        return [
            Sheet(
                path.name,
                meta.name,
                _marked(_values(book, meta.name), marks.get(meta.name, _UNMARKED)),
                meta.visible is not SheetVisibleEnum.Visible,
                _is_1904(path),
                frozenset(marks.get(meta.name, _UNMARKED).hidden_rows),
            )
            for meta in book.sheets_metadata
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise WorkbookError(str(error)) from error


def _marked(values: list[list[Any]], marks: Marks) -> list[list[Cell]]:
    """The cells of a sheet; those that hold an error come from calamine as empty ones."""
    rows = [[as_cell(value) for value in row] for row in values]
    for (row, column), error in marks.errors.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [BLANK] * (column + 1 - len(rows[row]))
        rows[row][column] = Cell(error, Kind.ERROR)
    return rows


def _values(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _is_1904(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(_MAC.search(archive.read("xl/workbook.xml")))
    except (zipfile.BadZipFile, KeyError):
        return False
