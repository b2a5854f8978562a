"""Large CSV files, read by DuckDB's own reader; the same rows and places as `places` gives.

A file is read this way only when arithmetic shows that DuckDB saw the same cells as Python's
`csv` would: as many line ends and commas as its rows need. On any doubt the answer is None, and
the exact way, which also finds the words for a fault, is taken instead.
"""

import csv
import io
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from generator.files import is_clean
from generator.problems.lines import Lines
from generator.records.database import QueryError, literal, quoted
from generator.records.loading import Loader
from generator.records.package import Table
from generator.records.places import TableFile, read_rows
from generator.records.staging import staged

_GLOB = frozenset("*?[]{}")
"""Signs in a path that DuckDB takes for a pattern."""
_PARALLEL = 2**20
"""Bytes from which on several threads may read; DuckDB's parts are many times larger."""
_BLANK_QUOTE = (b' "', b'" ')
"""A quote beside a blank, which DuckDB takes for the edge of a quoted cell."""


class BulkFile(TableFile):
    """A file that stands in DuckDB; of its text only what is asked for is cut up."""

    def __init__(
        self, path: str, header: Sequence[str], data: bytes, staging: tuple[str, int]
    ) -> None:
        """Take a clean file and where it was loaded.

        Args:
            path: relative path of the file.
            header: its column names.
            data: its bytes, with plain line ends.
            staging: the relation that holds its rows, and how many there are.
        """
        self.path = path
        self.header = list(header)
        self.relation, self._size = staging
        self._data = data
        self._lines = Lines(data)
        self._last: tuple[int, list[str]] = (-2, [])

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self._size

    @property
    def lines(self) -> Sequence[int]:
        """The first physical line of each row."""
        return self._starts[:-1] or range(2, self.size + 2)

    def first_line(self, row: int) -> int:
        """The first physical line of one row."""
        return self._starts[row] if self._starts else row + 2

    @cached_property
    def rows(self) -> list[list[str]]:
        """All rows as written, for those who need every one as text."""
        raw, _ = read_rows(self._text(), self.path)
        return raw.rows if raw else []

    def values(self, column: int) -> frozenset[str]:
        """All values of a column as written."""
        return frozenset(cells[column] for cells in self._split())

    def cells(self, row: int) -> list[str]:
        """One row as written; the last one asked for is kept."""
        if self._last[0] != row:
            _, raw = self.span(row)
            self._last = row, next(csv.reader(io.StringIO(raw), strict=True))
        return self._last[1]

    def span(self, row: int) -> tuple[int, str]:
        """The first line of a row and its raw text."""
        if row < 0 or not self._starts:
            return row + 2, self._lines.text(row + 2)
        first, end = self._starts[row], self._starts[row + 1]
        return first, "".join(self._lines.text(line) for line in range(first, end))

    def row_at(self, line: int) -> int | None:
        """The row that stands on a physical line; None for the header."""
        row = bisect_right(self._starts, line) - 1 if self._starts else line - 2
        return min(row, self.size - 1) if row >= 0 and self.size else None

    @cached_property
    def _starts(self) -> "array[int]":
        """The first line of every row and the line behind the last; empty when each is a line."""
        if self._lines.ends == self.size + 1:
            return array("L")
        reader = csv.reader(io.StringIO(self._text()), strict=True)
        return array("L", (reader.line_num + 1 for _ in reader))

    def _split(self) -> Iterator[list[str]]:
        rows = csv.reader(io.StringIO(self._text()), strict=True)
        next(rows)
        yield from rows

    def _text(self) -> str:
        return self._data.decode("utf-8-sig")


def read_bulk(
    loader: Loader, table: Table, path: str, source: tuple[Path, bytes]
) -> BulkFile | None:
    """Load a large file into the database; None when it is small or in doubt.

    Args:
        loader: the database being filled.
        table: the declared table.
        path: relative path of the file.
        source: where the file stands, and its bytes.
    """
    file, data = source
    names = [field.name for field in table.schema.fields]
    if len(data) < loader.bulk_from or not _is_plain(file, data, names):
        return None
    written = data
    if b"\r" in data:
        written = data.replace(b"\r\n", b"\n")
        file = loader.put_aside(written)
    reader = _reader(file, names)
    relation = f"loaded.{quoted(f'{table.name} {loader.next_number()}')}"
    with ThreadPoolExecutor(1) as aside:
        query = staged(table.schema, reader)
        parallel = len(data) > _PARALLEL
        loading = aside.submit(loader.load_in_order, relation, query, parallel=parallel)
        clean, ends, commas = is_clean(data), written.count(b"\n"), written.count(b",")
    try:
        size = loading.result()
    except QueryError:
        return None
    inside = ends - size - 1, commas - (size + 1) * (len(names) - 1)
    if clean and _accounts_for(loader, (relation, reader), table, (inside, b'"' in data)):
        return BulkFile(path, names, written, (relation, size))
    loader.load_file(f"drop table {relation}")
    return None


def _is_plain(file: Path, data: bytes, names: list[str]) -> bool:
    """Nothing in the path, the header or the quotes that the two readers may take differently."""
    if _GLOB & set(str(file)) or len(names) < 2 or "rowid" in names:  # noqa: PLR2004 - one column alone
        return False
    first = data[: data.find(b"\n")].decode("utf-8-sig", "replace").removesuffix("\r")
    if first.split(",") != names or not data.endswith(b"\n"):
        return False
    blank_at_quote = b'"' in data and b" " in data and any(sign in data for sign in _BLANK_QUOTE)
    return not blank_at_quote


def _reader(file: Path, names: list[str]) -> str:
    """The call of DuckDB's reader: everything said, nothing guessed, nothing mended."""
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({literal(str(file.absolute()))}, columns={{{columns}}}, allow_quoted_nulls=true,"
        " nullstr='', delim=',', quote='\"', escape='\"', header=false, skip=1, auto_detect=false,"
        r" new_line='\n', null_padding=false, strict_mode=true, ignore_errors=false,"
        " comment='', compression='none', encoding='utf-8', hive_partitioning=false)"
    )


def _accounts_for(
    loader: Loader,
    relations: tuple[str, str],
    table: Table,
    marks: tuple[tuple[int, int], bool],
) -> bool:
    """Tell whether the cells hold the line ends and commas that the rows do not need.

    Args:
        loader: the database being filled.
        relations: what was loaded, and the reader, which is slower and has every cell as text.
        table: the declared table.
        marks: how many line ends and commas are to be found, and whether any cell is quoted.
    """
    wanted, is_quoted = marks
    if not is_quoted:
        return wanted == (0, 0)
    loaded, reader = relations
    fields = table.schema.fields
    texts = [field for field in fields if field.type == "string"]
    free = [f.name for f in texts if not f.constraints.enum and not f.constraints.pattern]
    if wanted == _marks(loader, loaded, free):
        return True
    return wanted == _marks(loader, reader, [field.name for field in fields])


def _marks(loader: Loader, relation: str, names: list[str]) -> tuple[int, int]:
    """How many line ends and commas stand inside the cells of a relation."""
    sums = [
        " + ".join(["0", *(f"coalesce(sum({_count(quoted(name), sign)}), 0)" for name in names)])
        for sign in ("chr(10)", "','")
    ]
    ends, commas = loader.load_file(f"select {sums[0]}, {sums[1]} from {relation}")[0]  # noqa: S608
    return int(str(ends)), int(str(commas))


def _count(cell: str, sign: str) -> str:
    without = f"strlen({cell}) - strlen(replace({cell}, {sign}, ''))"
    return f"case when contains({cell}, {sign}) then {without} end"
