"""Workbooks to fill in: Chinese headers, drop-downs, date formats, notes from the schema.

Choices and titles of other tables stand on a hidden sheet, which drop-downs refer to; another
hidden sheet says which sheet belongs to which table, so that the file can be imported as it is.
"""

import dataclasses
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from generator.disk import write_whole
from generator.exchange.drawing import put, put_value, widths
from generator.exchange.names import KeyNames, target_of
from generator.exchange.report import Titles
from generator.exchange.sheets import META_SHEET
from generator.ledger import Checked
from generator.records.import_maps import ImportMap
from generator.records.package import Table
from generator.records.schema import Field

LISTS_SHEET = "_lists"
_SPARE = 500
_WIDTHS = {"date": 13, "time": 10, "yearmonth": 11, "boolean": 9, "integer": 10, "number": 10}
_FORMATS = {"date": "yyyy-mm-dd", "time": "hh:mm", "integer": "0", "number": "General"}
_REQUIRED = PatternFill("solid", start_color="DDEBF7", end_color="DDEBF7")
_OPTIONAL = PatternFill("solid", start_color="F2F2F2", end_color="F2F2F2")
_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclasses.dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet to write: its table and the rows filled in beforehand, as recorded."""

    table: Table
    header_map: ImportMap
    rows: tuple[dict[str, str], ...] = ()
    prefilled: tuple[str, ...] = ()


class _Lists:
    """The hidden sheet of choices; each list is written once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - openpyxl is loosely typed
        self._page = book.create_sheet(LISTS_SHEET)
        self._page.sheet_state = "hidden"
        self._known: dict[tuple[str, ...], str] = {}

    def range_of(self, choices: tuple[str, ...]) -> str:
        """The cells that hold the choices, as a drop-down names them."""
        if choices not in self._known:
            column = len(self._known) + 1
            for row, choice in enumerate(choices, start=1):
                put(self._page.cell(row, column), choice)
            letter = get_column_letter(column)
            self._known[choices] = f"'{LISTS_SHEET}'!${letter}$1:${letter}${len(choices)}"
        return self._known[choices]


def write_template(checked: Checked, pages: Sequence[SheetPlan], target: Path) -> None:
    """Write one workbook with a sheet for every page."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    sheets = [book.create_sheet(sheet_title(page.table)) for page in pages]
    lists = _Lists(book)
    meta = book.create_sheet(META_SHEET)
    meta.sheet_state = "hidden"
    titles = Titles(checked)
    for number, (sheet, page) in enumerate(zip(sheets, pages, strict=True), start=1):
        _write_sheet(sheet, page, checked, (lists, titles))
        for column, text in enumerate(
            (sheet.title, page.table.name, ";".join(page.prefilled)), start=1
        ):
            put(meta.cell(number, column), text)
    written = io.BytesIO()
    book.save(written)
    write_whole([(target, written.getvalue())])


def sheet_title(table: Table) -> str:
    """The title of a table as a spreadsheet allows it."""
    return _TITLE.sub(" ", table.title)[:31]


def _write_sheet(
    sheet: Any,  # noqa: ANN401 - as above
    page: SheetPlan,
    checked: Checked,
    shared: tuple[_Lists, Titles],
) -> None:
    lists, titles = shared
    last = len(page.rows) + 1 + _SPARE
    fields = page.table.schema.fields
    for column, field in enumerate(fields, start=1):
        _write_header(sheet.cell(1, column), field, page)
        letter = get_column_letter(column)
        cells = f"{letter}2:{letter}{last}"
        choices = _choices(checked, page.table, field)
        if choices:
            _add_choices(sheet, cells, lists.range_of(choices), field)
        for row in range(2, last + 1):
            sheet.cell(row, column).number_format = _format(field)
    for number, values in enumerate(page.rows, start=2):
        for column, field in enumerate(fields, start=1):
            shown = titles.shown(page.table, field, values.get(field.name, ""))
            put_value(sheet.cell(number, column), shown, field.type)
    widths(sheet, [_width(field) for field in fields])
    sheet.freeze_panes = "A2"


def _write_header(cell: Any, field: Field, page: SheetPlan) -> None:  # noqa: ANN401 - as above
    put(cell, field.title)
    cell.font = Font(bold=True)
    cell.fill = _REQUIRED if field.constraints.required else _OPTIONAL
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.comment = Comment(_note(field, page), "safecampus", height=130, width=280)


def _note(field: Field, page: SheetPlan) -> str:
    """What is to be known of a column, from its schema."""
    key = field.name in page.table.schema.primary_key
    lines = [field.description or field.title]
    if key and page.header_map.new_id:
        lines.append("新的一行空着，收表时编号。")
    elif field.constraints.required:
        lines.append("必填。")
    if field.unit:
        lines.append(f"单位：{field.unit}。")
    if field.list_of is not None:
        lines.append("可写几个，用分号隔开。")
    if field.labels:
        lines.append("可选：" + "、".join(field.labels.values()) + "。")
    return "\n".join(lines)


def _choices(checked: Checked, table: Table, field: Field) -> tuple[str, ...]:
    """What a drop-down offers; nothing for cells that list several."""
    if field.type == "boolean":
        return ("是", "否")
    if field.constraints.enum:
        return tuple(field.labels.get(value, value) for value in field.constraints.enum)
    target = target_of(checked.records.package, table, field)
    if target is None or field.list_of is not None:
        return ()
    names = KeyNames(checked, *target)
    day = checked.project.as_of.isoformat()
    return tuple(names.written(key, day) for key in names.in_force(day))


def _add_choices(sheet: Any, cells: str, source: str, field: Field) -> None:  # noqa: ANN401 - as above
    rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorTitle = field.title
    rule.error = "从下拉列表里选一个。"
    sheet.add_data_validation(rule)
    rule.add(cells)


def _format(field: Field) -> str:
    """Text for ids and words, so that no program turns them into numbers or dates."""
    return _FORMATS.get(field.type, "@")


def _width(field: Field) -> int:
    if field.type in _WIDTHS:
        return max(_WIDTHS[field.type], 2 * len(field.title) + 2)
    longest = max((2 * len(label) for label in field.labels.values()), default=0)
    wide = 36 if (field.constraints.max_length or 0) > 60 else 18  # noqa: PLR2004 - a long text
    return max(longest + 4 if longest else wide, 2 * len(field.title) + 2)
