"""Files to raw tables: headers, several files, and the way back from a row to its place."""

import pytest

from generator.problems.problem import Place
from generator.records.package import read_package
from generator.records.tables import RawTables, read_raw_tables
from tests.conftest import GOOD, MakeProject

DUTIES = "records/tables/duties.csv"
PACKAGE = "records/datapackage.yaml"
HEADER = "duty,label,above\n"


def raw_of(
    project: MakeProject, files: dict[str, str | bytes | None]
) -> tuple[RawTables, list[str]]:
    read, _ = project(files)
    package, _ = read_package(read)
    raw, problems = read_raw_tables(read.root, package)
    return raw, [f"{problem.place} {problem.rule}" for problem in problems]


def test_rows_are_numbered_over_all_tables(project: MakeProject) -> None:
    raw, problems = raw_of(project, {DUTIES: HEADER})
    assert problems == []
    assert {name: (table.base, table.size) for name, table in raw.tables.items()} == {
        "spans": (1, 3),
        "duties": (10_001, 0),
        "papers": (10_001, 1),
        "walks": (20_001, 3),
    }
    assert [raw.owner(row).table.name for row in (1, 3, 10_001, 20_001, 20_003)] == [
        "spans", "spans", "papers", "walks", "walks",
    ]  # fmt: skip
    for row in (0, -1, 4, 10_002, 20_004):
        with pytest.raises(LookupError):
            raw.owner(row)


def test_a_row_of_the_second_file_has_its_place_there(project: MakeProject) -> None:
    package = (GOOD / PACKAGE).read_text(encoding="utf-8")
    files: dict[str, str | bytes | None] = {
        PACKAGE: package.replace("tables/duties.csv", "[tables/duties.csv, tables/more.csv]"),
        "records/tables/more.csv": HEADER + "cook,厨师,head\n",
    }
    raw, problems = raw_of(project, files)
    assert problems == []
    duties = raw.tables["duties"]
    last = duties.base + 3
    assert duties.place(last, "label") == Place("records/tables/more.csv", 2, 6)
    assert duties.place(last) == Place("records/tables/more.csv", 2, 1)
    assert duties.inside(last, "label", 1) == Place("records/tables/more.csv", 2, 7)
    assert duties.written(last, "label") == "厨师"
    assert duties.values("above") == {"", "head"}
    with pytest.raises(LookupError, match="duties has no row"):
        duties.place(last + 1)
    with pytest.raises(LookupError):
        duties.place(duties.base - 1)


def test_a_second_file_with_swapped_headers_is_refused(project: MakeProject) -> None:
    package = (GOOD / PACKAGE).read_text(encoding="utf-8")
    files: dict[str, str | bytes | None] = {
        PACKAGE: package.replace("tables/duties.csv", "[tables/duties.csv, tables/more.csv]"),
        "records/tables/more.csv": "label,duty,above\n厨师,cook,head\n",
    }
    raw, problems = raw_of(project, files)
    assert problems == ["records/tables/more.csv:1:1 header-order"]
    assert raw.broken == {"duties"}
    assert raw.tables["duties"].size == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [f"{DUTIES} table-empty"], id="empty"),
        pytest.param("\n \n", [f"{DUTIES} table-empty"], id="blank"),
        pytest.param(None, [f"{DUTIES} file-missing"], id="missing"),
        pytest.param(b"\xff", [f"{DUTIES}:1:1 encoding"], id="encoding"),
        pytest.param("duty,label\n", [f"{DUTIES}:1:1 header-missing"], id="missing column"),
        pytest.param(
            "duty,lable,above\n",
            [f"{DUTIES}:1:6 header-unknown", f"{DUTIES}:1:1 header-missing"],
            id="misspelt column",
        ),
        pytest.param(HEADER.replace("\n", ",duty\n"), [f"{DUTIES}:1:18 header-duplicate"], id="2"),
        pytest.param(HEADER.replace("\n", ",\n"), [f"{DUTIES}:1:18 header-blank"], id="no name"),
        pytest.param("label,duty,above\n", [f"{DUTIES}:1:1 header-order"], id="order"),
        pytest.param(HEADER + "a,b\n", [f"{DUTIES}:2:3 row-short"], id="ragged"),
        pytest.param('"duty","label","above"\n', [], id="quoted header"),
        pytest.param("\ufeff" + HEADER.replace("\n", "\r\n"), [], id="from a spreadsheet"),
    ],
)
def test_the_structure_of_a_file(
    project: MakeProject, text: str | bytes | None, found: list[str]
) -> None:
    assert raw_of(project, {DUTIES: text})[1] == found
