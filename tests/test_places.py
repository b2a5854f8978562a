"""Where a cell stands, and what is wrong with the structure of a CSV text."""

import csv

import pytest
from hypothesis import given

from generator.problems.problem import Place
from generator.records.places import RawFile, cell_starts, read_rows
from tests.strategies import CSV_LIKE, written_tables


def raw_rows(text: str) -> list[tuple[int, str, int]]:
    """First line, raw text and number of cells of every row that Python reads."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, strict=True)
    rows, read = [], 0
    for cells in reader:
        rows.append((read + 1, "".join(lines[read : reader.line_num]), len(cells)))
        read = reader.line_num
    return rows


@given(written_tables())
def test_the_text_at_a_place_begins_with_the_cell(written: tuple[list[list[str]], str]) -> None:
    rows, text = written
    lines = text.split("\n")
    for (first, raw, count), cells in zip(raw_rows(text), rows, strict=True):
        starts = cell_starts(raw, first)
        assert len(starts) == count
        for (line, column), cell in zip(starts, cells, strict=True):
            found = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
            quoted = '"' + cell.replace('"', '""') + '"'
            assert found.startswith((cell, quoted))


@given(CSV_LIKE)
def test_there_are_as_many_places_as_cells(text: str) -> None:
    try:
        rows = raw_rows(text)
    except csv.Error:
        return
    for first, raw, count in rows:
        if count:
            assert len(cell_starts(raw, first)) == count


@given(CSV_LIKE)
def test_reading_never_raises_and_gives_rows_or_problems(text: str) -> None:
    raw, problems = read_rows(text, "t.csv")
    assert (raw is None) == bool(problems)
    lines = text.count("\n") + 1
    assert all(1 <= problem.place.line <= lines for problem in problems)


@given(written_tables())
def test_a_whole_file_keeps_the_place_of_every_cell(
    written: tuple[list[list[str]], str],
) -> None:
    rows, text = written
    raw, problems = read_rows(text, "t.csv")
    if raw is None:
        assert {problem.rule for problem in problems} <= {"row-short", "row-long", "row-blank"}
        return
    assert [raw.header, *raw.rows] == rows
    lines = text.split("\n")
    for index, cells in enumerate(raw.rows):
        for column, cell in enumerate(cells):
            place = raw.place(index, column)
            assert lines[place.line - 1][place.column - 1 :].startswith((cell.split("\n")[0], '"'))


def test_a_quoted_cell_over_two_lines_keeps_its_line() -> None:
    raw, _ = read_rows('a,b\n"x\ny",1\nz,2\n', "t.csv")
    assert raw is not None
    assert raw.place(0, 1) == Place("t.csv", 3, 4)
    assert raw.place(1, 1) == Place("t.csv", 4, 3)
    assert raw.place(1, 9) == Place("t.csv", 4, 3)
    assert raw.header_place(1) == Place("t.csv", 1, 3)


def read_good(text: str) -> RawFile:
    raw, problems = read_rows(text, "t.csv")
    assert problems == []
    assert raw is not None
    return raw


def test_a_header_alone_is_a_table_without_rows() -> None:
    raw = read_good("甲,乙\n")
    assert raw.header_place(1) == Place("t.csv", 1, 3)
    assert raw.rows == []


@pytest.mark.parametrize(
    ("text", "offset", "column"),
    [
        pytest.param("a\nx;y\n", 2, 3, id="plain"),
        pytest.param('a\n"x;y"\n', 2, 4, id="quoted"),
        pytest.param('a\n"x""y;z"\n', 4, 1, id="a doubled quote blurs it"),
    ],
)
def test_the_place_inside_a_cell(text: str, offset: int, column: int) -> None:
    assert read_good(text).inside(0, 0, offset) == Place("t.csv", 2, column)


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        pytest.param('a,b\n1,"x\n2,y\n', "quote-open", 2, 3, id="never closed"),
        pytest.param('a,b\n1,"x""\n', "quote-open", 2, 3, id="closed twice is not closed"),
        pytest.param('a,b\n1,"x"y\n', "quote-stray", 2, 6, id="text behind the quote"),
        pytest.param('a,b\n1,"x\n2,"y"\n', "quote-stray", 3, 4, id="closed rows later"),
        pytest.param('a,b\n5" pipe,"x\n', "quote-open", 2, 9, id="a quote inside a plain cell"),
        pytest.param("a,b\n1\n", "row-short", 2, 1, id="too few cells"),
        pytest.param("a,b\n1,2,3\n", "row-long", 2, 5, id="too many cells"),
        pytest.param("a,b\n\n1,2\n", "row-blank", 2, 0, id="empty row"),
        pytest.param("\na,b\n1,2\n", "row-blank", 1, 0, id="empty row before the header"),
        pytest.param("a,b\n1,2", "final-newline", 2, 0, id="last line without end"),
    ],
)
def test_a_fault_of_structure_is_found_at_its_place(
    text: str, rule: str, line: int, column: int
) -> None:
    raw, problems = read_rows(text, "t.csv")
    assert raw is None
    assert [(p.rule, p.place) for p in problems] == [(rule, Place("t.csv", line, column))]


def test_a_stray_quote_says_where_it_opened() -> None:
    _, problems = read_rows('a,b\n1,"x\n2,"y"\n', "t.csv")
    assert "t.csv:2:3" in problems[0].wrong.zh
    assert "t.csv:2:3" in problems[0].wrong.en


def test_a_very_long_cell_is_read() -> None:
    assert len(read_good("a\n" + "x" * 3_000_000 + "\n").rows[0][0]) == 3_000_000
