"""Large files: DuckDB's reader gives the same rows, places and problems as the exact way."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems.problem import Place
from generator.project import Project, School
from generator.records.answers import Row
from generator.records.bulk import BulkFile
from generator.records.database import QueryError
from generator.records.loading import Loader
from generator.records.package import read_package
from generator.records.places import TableFile
from generator.records.tables import RawTables, read_raw_tables
from generator.records.typing import type_tables
from tests.conftest import TODAY

HEADER = "id,n,day,note\n"
FIELDS = "id:string n:integer day:date note:string"
NEVER = 2**40
PIECES = st.sampled_from(
    [
        *("a", "7", "2026-03-01", "中文", "", ",", ",", ",", '"', '""', '"x,y"', '"x\ny"'),
        *(" ", "\t", "\n", "\n", "\r\n", "\r", "#", "'", "\\", "NULL", "\ufeff", "\x00", "=1"),
    ]
)
CELLS = st.sampled_from(
    [
        "a",
        "b",
        "7",
        "01",
        "2026-03-01",
        "2026-3-1",
        "",
        "中文",
        '"x,y"',
        '"x\ny"',
        '"q""q"',
        ' "',
        '""',
    ]
)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4).map(",".join), max_size=6)


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """Text that is nearly always a table: good rows, odd rows, other line ends."""
    rows = "".join(f"{row}\n" for row in draw(ROWS))
    noise = "".join(draw(st.lists(PIECES, max_size=draw(st.sampled_from([0, 0, 8])))))
    tail = draw(st.sampled_from(["", "", "\n", "c,1,2026-01-01,x\n"]))
    text = HEADER + rows + noise + tail
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\n", "\r\n"])))
    return (draw(st.sampled_from(["", "", "\ufeff"])) + text).encode()


@dataclasses.dataclass(frozen=True)
class Outcome:
    raw: RawTables
    problems: list[str]
    rows: list[Row]

    @property
    def files(self) -> tuple[TableFile, ...]:
        return self.raw.tables["rows"].files


def write(root: Path, parts: list[bytes], fields: str = FIELDS) -> Project:
    records = root / "records"
    records.mkdir(parents=True, exist_ok=True)
    paths = [f"part{number}.csv" for number in range(len(parts))]
    for path, data in zip(paths, parts, strict=True):
        (records / path).write_bytes(data)
    (records / "datapackage.yaml").write_text(
        "name: t\nresources:\n  - {name: rows, title: 行, type: table, schema: rows.yaml,"
        f" sensitivity: public, path: [{', '.join(paths)}]}}\n",
        encoding="utf-8",
    )
    pairs = [field.split(":") for field in fields.split()]
    declared = "".join(
        f"  - {{name: {name}, title: {name}, type: {kind}, sensitivity: public, future: true}}\n"
        for name, kind in pairs
    )
    schema = f"primaryKey: [{pairs[0][0]}]\nfields:\n{declared}"
    (records / "rows.yaml").write_text(schema, encoding="utf-8")
    return Project(root, School(), TODAY, TODAY)


def outcome(project: Project, bulk_from: int) -> Outcome:
    loader = Loader(bulk_from)
    package, problems = read_package(project)
    assert problems == []
    raw, problems = read_raw_tables(project.root, package, loader)
    problems += type_tables(loader, raw, dt.date(2100, 1, 1))
    rows = loader.run("select * from recorded.rows order by _row")
    loader.close()
    told = [f"{p.place} {p.rule} {p.wrong} {p.fix} {p.near} {p.ground}" for p in sorted(problems)]
    return Outcome(raw, told, rows)


def described(file: TableFile) -> list[object]:
    """Everything a file can be asked."""
    rows = range(file.size)
    lines = range(1, 30)
    return [
        file.path, file.header, file.size, file.rows, list(file.lines),
        [file.cells(row) for row in rows],
        [file.span(row) for row in (-1, *rows)],
        [file.starts(row) for row in (-1, *rows)],
        [file.inside(row, 3, 0) for row in rows],
        [file.values(column) for column in range(4)],
        [(line, file.row_at(line), file.column_at(Place(file.path, line, 3))) for line in lines],
    ]  # fmt: skip


@given(st.lists(texts(), min_size=1, max_size=2))
def test_both_ways_give_the_same_problems_rows_and_places(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]
) -> None:
    project = write(tmp_path_factory.mktemp("bulk"), parts)
    fast, exact = outcome(project, 0), outcome(project, NEVER)
    assert fast.problems == exact.problems
    assert fast.rows == exact.rows
    assert fast.raw.broken == exact.raw.broken
    for mine, theirs in zip(fast.files, exact.files, strict=True):
        assert described(mine) == described(theirs)
        assert not isinstance(theirs, BulkFile)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a,1,2026-01-01,x\n", id="plain"),
        pytest.param('a,1,2026-01-01,"x, y"\nb,,,\n', id="a comma in quotes"),
        pytest.param('a,1,2026-01-01,"x\ny"\nb,,,"""q"""\n', id="a line end in quotes"),
        pytest.param('a,"1,000",,"x,y"\n', id="a comma in a cell that is no number"),
        pytest.param("a,1,2026-01-01,x y\n", id="blanks"),
        pytest.param("", id="no rows"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "marked"])
def test_well_formed_files_are_read_by_duckdb(
    tmp_path: Path, text: str, end: str, mark: str
) -> None:
    data = (mark + (HEADER + text).replace("\n", end)).encode()
    (file,) = outcome(write(tmp_path, [data]), 0).files
    assert isinstance(file, BulkFile)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('a,1,2026-01-01, "x"\n', id="a blank before a quote"),
        pytest.param("a,1,2026-01-01,x\r\r\n", id="a carriage return too many"),
        pytest.param("a,1,2026-01-01,x", id="no final line end"),
        pytest.param("a,1,2026-01-01,x,\n", id="a comma too many"),
        pytest.param('"a",1,2026-01-01,x,\n', id="a comma too many and quotes"),
        pytest.param("a,1,2026-01-01,x\n\n", id="an empty row"),
        pytest.param("a,1,2026-01-01,\x00\n", id="a control character"),
    ],
)
def test_on_any_doubt_the_exact_way_is_taken(tmp_path: Path, text: str) -> None:
    found = outcome(write(tmp_path, [(HEADER + text).encode()]), 0)
    assert not any(isinstance(file, BulkFile) for file in found.files)


@pytest.mark.parametrize(
    ("folder", "fields"),
    [
        pytest.param("plain", "id:string rowid:string", id="a column called as DuckDB's own"),
        pytest.param("plain", "id:string", id="one column alone"),
        pytest.param("odd[1]", FIELDS, id="a path that looks like a pattern"),
    ],
)
def test_names_that_duckdb_takes_otherwise_go_the_exact_way(
    tmp_path: Path, folder: str, fields: str
) -> None:
    header = ",".join(field.split(":")[0] for field in fields.split())
    cells = ",".join("a" if field.endswith("string") else "" for field in fields.split())
    found = outcome(write(tmp_path / folder, [f"{header}\n{cells}\n".encode()], fields), 0)
    assert found.problems == []
    assert [isinstance(file, BulkFile) for file in found.files] == [False]


def test_a_million_cells_keep_their_order(tmp_path: Path) -> None:
    lines = (f"k{number},{number},2026-01-01,中\n" for number in range(250_000))
    project = write(tmp_path, [(HEADER + "".join(lines)).encode()])
    schema = project.root / "records/rows.yaml"
    kinds = [f"k{number}" for number in range(30)] + ["中"]
    text = schema.read_text(encoding="utf-8")
    labels = ", ".join(f"{kind}: {kind}" for kind in kinds)
    choices = f"constraints: {{enum: [{', '.join(kinds)}]}}, labels: {{{labels}}}"
    last = "name: note, title: note,"
    schema.write_text(text.replace(last, f"{last} {choices},"), encoding="utf-8")
    found = outcome(project, 0)
    assert isinstance(found.files[0], BulkFile)
    assert [row[:2] for row in found.rows] == [(n + 1, f"k{n}") for n in range(250_000)]


def test_files_are_read_before_anything_else_is_run(tmp_path: Path) -> None:
    loader = Loader(0)
    loader.run("select 1")
    with pytest.raises(QueryError, match="before anything else"):
        loader.load_file("select * from read_text('/etc/hostname')")
    project = write(tmp_path, [(HEADER + "a,1,2026-01-01,x\n").encode()])
    raw, problems = read_raw_tables(project.root, read_package(project)[0], loader)
    loader.close()
    assert problems == []
    assert not isinstance(raw.tables["rows"].files[0], BulkFile)


def test_a_query_that_would_mix_up_the_rows_is_refused() -> None:
    loader = Loader()
    with pytest.raises(QueryError, match="order"):
        loader.load_in_order("t", "select a.range from range(3) a join range(3) b using (range)")
    loader.close()
