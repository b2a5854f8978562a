"""Cells of a workbook: text stays text, whatever it begins with."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter


def put(cell: Any, text: str) -> None:  # noqa: ANN401 - openpyxl is loosely typed
    """Write text that no program takes for a formula."""
    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        cell.data_type = "s"


def widths(sheet: Any, sizes: Sequence[int]) -> None:  # noqa: ANN401 - as above
    """Set the widths of the first columns."""
    for number, size in enumerate(sizes, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = size


def put_value(cell: Any, text: str, kind: str) -> None:  # noqa: ANN401 - as above
    """Write a recorded value as what it is, so that the spreadsheet can sort and check it."""
    try:
        if kind == "date":
            cell.value = dt.date.fromisoformat(text)
        elif kind == "time":
            cell.value = dt.time.fromisoformat(text)
        elif kind in {"integer", "number"}:
            cell.value = int(text) if text.lstrip("-").isdigit() else float(text)
        else:
            put(cell, text)
    except ValueError:
        put(cell, text)
