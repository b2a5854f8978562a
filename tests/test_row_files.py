"""The rows of a table as files: every row once, nothing a spreadsheet would run, stable names."""

import csv
import io
import json
import re
from pathlib import PurePosixPath
from typing import Any

import pytest

from generator.records.formulas import harmless, meant
from generator.site.assets import hashed
from generator.site.row_files import PART_ROWS, Row, RowFiles, csv_bytes, write_rows
from tests.sample_site import known_sizes, open_sizes, page_of, sample_ledger, sample_tree

TITLES = ["编号", "说明"]


def row(number: int, text: str = "一", file: str = "a.csv", **told: str) -> Row:
    anchor = told.get("anchor", f"r-N{number}")
    return Row(anchor, [f"N{number}", text], file, number + 2, told.get("changed", ""))


def sheet_of(files: RowFiles) -> dict[str, Any]:
    return dict(json.loads(files.files[files.sheet]))


def parts_of(files: RowFiles) -> list[dict[str, Any]]:
    folder = PurePosixPath(files.sheet).parent
    return [json.loads(files.files[str(folder / name)]) for name in sheet_of(files)["parts"]]


def rows_of(files: RowFiles) -> list[list[str]]:
    """All rows put together again, as a browser does."""
    found = []
    for part in parts_of(files):
        columns = [
            texts if places is None else [texts[place] for place in places]
            for texts, places in part["columns"]
        ]
        found += [list(cells) for cells in zip(*columns, strict=True)]
    return found


def test_all_rows_come_back_from_the_parts_in_order() -> None:
    rows = [row(n, "同样" if n % 3 else f"第{n}") for n in range(2 * PART_ROWS + 1)]
    files = write_rows("t", {"title": "表"}, TITLES, rows)
    assert [len(part["lines"]) for part in parts_of(files)] == [PART_ROWS, PART_ROWS, 1]
    assert rows_of(files) == [one.cells for one in rows]
    assert sheet_of(files)["count"] == len(rows)
    assert sheet_of(files)["title"] == "表"


def test_a_text_that_repeats_stands_once() -> None:
    part = parts_of(write_rows("t", {}, TITLES, [row(n) for n in range(9)]))[0]
    assert part["columns"][1] == [["一"], [0] * 9]
    assert part["columns"][0] == [[f"N{n}" for n in range(9)], None]


def test_only_what_is_out_of_the_way_is_told_of_a_row() -> None:
    plain = parts_of(write_rows("t", {}, TITLES, [row(1)]))[0]
    assert set(plain) == {"columns", "lines"}
    rows = [row(1), row(2, file="b.csv", anchor="r-二-7", changed="2026-11-02")]
    files = write_rows("t", {}, TITLES, rows)
    part = parts_of(files)[0]
    assert sheet_of(files)["files"] == ["a.csv", "b.csv"]
    assert part["files"] == [0, 1]
    assert part["anchors"] == {"1": "r-二-7"}
    assert part["changed"] == {"1": "2026-11-02"}


def test_names_carry_the_hash_of_the_content() -> None:
    first, again = (write_rows("t", {}, TITLES, [row(1)]) for _ in range(2))
    other = write_rows("t", {}, TITLES, [row(1, "二")])
    assert first.files == again.files
    assert first.sheet != other.sheet
    for path, data in first.files.items():
        assert path == hashed(re.sub(r"\.[0-9a-f]{8}\.", ".", path), data)
        assert path.startswith("assets/")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("-5+cmd", "'-5+cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\uff1d1", "'\uff1d1"),
        ("1=1", "1=1"),
        ("'=1", "''=1"),
        ("'-5", "''-5"),
        ("'无'", "'无'"),
        ("无", "无"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    assert harmless(cell) == written
    assert meant(written) == cell


def test_a_csv_file_opens_in_a_spreadsheet_with_every_character() -> None:
    cells = ['引号"，逗号,', "两行\n文字"]
    data = csv_bytes(TITLES, [cells, ["=A1", "b"]])
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read == [TITLES, cells, ["'=A1", "b"]]


def test_every_open_table_of_the_sample_has_all_its_rows_in_files() -> None:
    tables = sample_ledger().checked.records.package.tables
    for name, table in tables.items():
        page = page_of(sample_tree(), f"records/{name}.md")
        assert bool(page.files) == (name in open_sizes()), name
        for path, data in page.files.items():
            assert sample_tree().files[path] == data
            if path.endswith(".csv"):
                read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
                assert read[0] == [
                    f.title for f in table.schema.fields if f.name not in table.hidden
                ]
                assert len(read) == known_sizes()[name] + 1
