"""Cells of a workbook: text stays text, whatever it begins with."""

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
