"""The faults of an import as a copy of the workbook: cells coloured, each with its remedy."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from generator.exchange.drawing import put, widths
from generator.exchange.sheets import FAULTS_SHEET, Sheet
from generator.exchange.workbooks import WorkbookError, load_workbook
from generator.problems.problem import Language, Problem, Severity

AUTHOR = "safecampus"
_COLOURS = {Severity.ERROR: "FFC7CE", Severity.REMINDER: "FFEB9C"}
_SUFFIX = "-faults"


def faults_path(file: Path) -> Path:
    """Where the copy goes: beside the file, `<name>-faults.xlsx`."""
    return file.with_name(f"{file.stem.removesuffix(_SUFFIX)}{_SUFFIX}.xlsx")


def write_faults(
    file: Path, sheets: Sequence[Sheet], problems: Sequence[Problem], language: Language
) -> Path:
    """Write the copy and return its path."""
    book = _copy(file, sheets)
    _unmark(book)
    by_cell: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        sheet, _, cell = problem.place.cell.rpartition("!")
        by_cell[sheet, cell].append(problem)
    for (sheet, cell), found in by_cell.items():
        if sheet in book.sheetnames:
            _mark(book[sheet][cell], found, language)
    _list(book, problems, language)
    target = faults_path(file)
    book.save(target)
    return target


def _copy(file: Path, sheets: Sequence[Sheet]) -> Any:  # noqa: ANN401 - openpyxl is loosely typed
    """The workbook itself where openpyxl can keep it, else a new one with the same cells."""
    if file.suffix.lower() == ".xlsx":
        try:
            return load_workbook(file, values=False)
        except WorkbookError:
            pass
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        for row, cells in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                put(page.cell(row, column), cell.text)
    return book


def _unmark(book: Any) -> None:  # noqa: ANN401 - as above
    """Take away what an earlier run marked."""
    if FAULTS_SHEET in book.sheetnames:
        book.remove(book[FAULTS_SHEET])
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill()


def _mark(cell: Any, problems: Sequence[Problem], language: Language) -> None:  # noqa: ANN401 - as above
    colour = _COLOURS[min(problem.severity for problem in problems)]
    cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
    comment = Comment("\n\n".join(_words(problem, language) for problem in problems), AUTHOR)
    comment.width, comment.height = 360, 60 + 60 * len(problems)
    cell.comment = comment


def _words(problem: Problem, language: Language) -> str:
    near = f"\n{'、'.join(problem.near)}?" if problem.near else ""
    return f"{problem.wrong.in_language(language)}\n{problem.fix.in_language(language)}{near}"


def _list(book: Any, problems: Sequence[Problem], language: Language) -> None:  # noqa: ANN401 - as above
    page = book.create_sheet(FAULTS_SHEET)
    rows = [("位置", "级别", "哪里不对", "改法", "规则")]
    levels = {Severity.ERROR: "错误", Severity.REMINDER: "提醒"}
    rows += [
        (
            problem.place.cell or str(problem.place), levels[problem.severity],
            problem.wrong.in_language(language), problem.fix.in_language(language), problem.rule,
        )
        for problem in problems
    ]  # fmt: skip
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            put(page.cell(number, column), text)
    for cell in page[1]:
        cell.font = Font(bold=True)
    widths(page, (22, 8, 60, 60, 22))
    page.freeze_panes = "A2"
