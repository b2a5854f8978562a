"""The rows of a table as files: a sheet that says what there is, parts of rows, the whole as CSV.

A page asks for the sheet first and for a part when somebody pages, filters, sorts or downloads.
A part holds columns, and a text that repeats within a column stands once. All names carry the
hash of the content, so that an open page finds the rows it was made with.
"""

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Sequence

from generator.records.formulas import harmless
from generator.site.assets import hashed

PART_ROWS = 4_000
_FOLDER = "assets/records"


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One record as readers see it, and where it is written."""

    anchor: str
    cells: list[str]
    file: str
    line: int
    changed: str
    """The day it was changed last, as far as git was asked."""


@dataclasses.dataclass(frozen=True, slots=True)
class RowFiles:
    """The files of one table by path; `sheet` is asked for first, `csv` is all of it."""

    files: dict[str, bytes]
    sheet: str
    csv: str


def write_rows(
    name: str, head: dict[str, object], titles: Sequence[str], rows: Sequence[Row]
) -> RowFiles:
    """Write all rows of a table.

    Args:
        name: the name of the table, for the names of its files.
        head: what the sheet says beside the list of its parts.
        titles: the words over the columns.
        rows: in the order they are shown in.
    """
    files: dict[str, bytes] = {}

    def put(path: str, data: bytes) -> str:
        files[hashed(f"{_FOLDER}/{path}", data)] = data
        return hashed(path, data)

    paths = sorted({row.file for row in rows})
    parts = [
        put(f"{name}-{first // PART_ROWS + 1}.json", _part(rows[first : first + PART_ROWS], paths))
        for first in range(0, len(rows), PART_ROWS)
    ]
    sheet = head | {"count": len(rows), "size": PART_ROWS, "files": paths, "parts": parts}
    whole = put(f"{name}.csv", csv_bytes(titles, (row.cells for row in rows)))
    first = put(f"{name}.json", _json(sheet))
    return RowFiles(files, f"{_FOLDER}/{first}", f"{_FOLDER}/{whole}")


def csv_bytes(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that spreadsheets open as text in UTF-8 and in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in cells] for cells in (titles, *rows))
    return out.getvalue().encode("utf-8-sig")


def _part(rows: Sequence[Row], paths: list[str]) -> bytes:
    part: dict[str, object] = {
        "columns": [_column(texts) for texts in zip(*(row.cells for row in rows), strict=True)],
        "lines": [row.line for row in rows],
    }
    if len(paths) > 1:
        part["files"] = [paths.index(row.file) for row in rows]
    own = {str(i): row.anchor for i, row in enumerate(rows) if row.anchor != f"r-{row.cells[0]}"}
    changed = {str(i): row.changed for i, row in enumerate(rows) if row.changed}
    part |= {"anchors": own} if own else {}
    return _json(part | ({"changed": changed} if changed else {}))


def _column(texts: tuple[str, ...]) -> list[object]:
    """The texts themselves, or each text once and its place for every row."""
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    if len(places) * 2 > len(texts):
        return [list(texts), None]
    return [list(places), [places[text] for text in texts]]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
