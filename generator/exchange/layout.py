"""Where the header of a sheet is, and which column of the table each of its columns is.

Title lines above are passed over. A header may take two rows: `整改情况` merged over `时限` is
the path `整改情况/时限`. Names are compared exactly after folding; unknown ones are faults.
"""

import dataclasses

from generator.exchange.sheets import Sheet
from generator.exchange.values import fold
from generator.problems.catalogue.exchange import SHEET_COLUMN, SHEET_COLUMN_TWICE, SHEET_HEADER
from generator.problems.masking import shown, told_path
from generator.problems.problem import Place, Problem
from generator.problems.rule import near_names
from generator.records.import_maps import ImportMap
from generator.records.package import Table

_DEEPEST = 30
_ENOUGH = 2
_SHOWN = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """Which sheet column holds each field, and the first row of the body."""

    columns: dict[str, int]
    body: int


def find_layout(
    sheet: Sheet, table: Table, header_map: ImportMap
) -> tuple[Layout | None, list[Problem]]:
    """Find the header and map its columns; None with problems when that cannot be done."""
    known = _known_headers(table, header_map)
    best: tuple[int, int, list[str]] | None = None
    score = 0
    for row in range(min(len(sheet.rows), _DEEPEST)):
        for depth in (1, 2):
            headers = _headers(sheet, row, depth)
            found = len({known[fold(h)] for h in headers if fold(h) in known})
            if found > score:
                best, score = (row, depth, headers), found
    if best is None or score < min(_ENOUGH, len(table.schema.fields)):
        titles = "、".join(field.title for field in table.schema.fields[:_SHOWN])
        place = Place(told_path(sheet.file), 0, 0, sheet.name)
        return None, [SHEET_HEADER.at(place, titles=titles, map=header_map.path)]
    row, depth, headers = best
    layout = Layout({}, row + depth)
    problems = []
    for column, header in enumerate(headers):
        name = known.get(fold(header), "")
        problem = _map_column(sheet, layout, (column, header, name), table, header_map)
        problems += [problem] if problem else []
    return (None if problems else layout), problems


def _known_headers(table: Table, header_map: ImportMap) -> dict[str, str]:
    """Every folded header to its column: declared names win over titles, titles over ids."""
    known: dict[str, str] = {}
    for field in table.schema.fields:
        spellings = (field.name, f"{field.title}{field.name}", f"{field.title}{field.unit}")
        known |= {fold(text): field.name for text in spellings}
    known |= {fold(field.title): field.name for field in table.schema.fields}
    for name, column in header_map.columns.items():
        known |= {fold(header): name for header in column.headers}
    return known


def _headers(sheet: Sheet, row: int, depth: int) -> list[str]:
    """The header texts of one row, or the paths of two."""
    upper = [cell.text.strip() for cell in sheet.rows[row]]
    if depth == 1 or row + 1 >= len(sheet.rows):
        return upper
    lower = [cell.text.strip() for cell in sheet.rows[row + 1]]
    paths: list[str] = []
    parent = ""
    for column in range(max(len(upper), len(lower))):
        over = upper[column] if column < len(upper) else ""
        under = lower[column] if column < len(lower) else ""
        parent = over or (parent if under else "")
        paths.append(f"{parent}/{under}" if parent and under else parent or under)
        parent = parent if under else ""
    return paths


def _map_column(
    sheet: Sheet, layout: Layout, found: tuple[int, str, str], table: Table, header_map: ImportMap
) -> Problem | None:
    column, header, name = found
    place = sheet.place(layout.body - 1, column)
    if name in layout.columns:
        first, field = sheet.place(layout.body - 1, layout.columns[name]), table.field(name)
        title = field.title if field else name
        return SHEET_COLUMN_TWICE.at(place, first=first.cell, title=title)
    if name:
        layout.columns[name] = column
        return None
    ignored = fold(header) in {fold(word) for word in header_map.ignore}
    used = any(sheet.cell(row, column).text.strip() for row in range(layout.body, len(sheet.rows)))
    if ignored or not used:
        return None
    titles = {field.title for field in table.schema.fields}
    titles |= {word for entry in header_map.columns.values() for word in entry.headers}
    near = near_names(header, titles)
    return SHEET_COLUMN.at(place, near, column=shown(header), map=header_map.path)
