"""The tables of a project: bytes to checked, typed rows that know their places.

`read_raw_tables` reads the files and checks their headers; what stands in the cells is judged
later.
"""

import dataclasses
from bisect import bisect_right
from pathlib import Path

from generator.cache.store import key_of
from generator.files import decode, read_bytes
from generator.problems.catalogue.tables import TABLE_EMPTY
from generator.problems.masking import HIDDEN, shown
from generator.problems.problem import Place, Problem
from generator.records.bulk import read_bulk
from generator.records.headers import check_header, check_separator
from generator.records.loading import Loader
from generator.records.package import Package, Table
from generator.records.places import TableFile, read_rows
from generator.records.progress import steps

_ROOM = 10_000
"""Tables are numbered from multiples of this on, so that one that grows moves no other."""


@dataclasses.dataclass(frozen=True, slots=True)
class RawTable:
    """The files of one table; rows are numbered over all files, from `base`."""

    table: Table
    files: tuple[TableFile, ...]
    base: int
    digest: bytes = b""
    """Of the bytes of the files; empty when they were not all read."""

    @property
    def size(self) -> int:
        """How many rows the files hold."""
        return sum(file.size for file in self.files)

    def cells(self) -> list[list[str]]:
        """All rows as written, in the order of the files."""
        return [row for file in self.files for row in file.rows]

    def values(self, field: str) -> frozenset[str]:
        """All values of a column as written."""
        position = [entry.name for entry in self.table.schema.fields].index(field)
        return frozenset().union(*(file.values(position) for file in self.files))

    def locate(self, row: int) -> tuple[TableFile, int]:
        """The file and the row within it of a row identifier `_row`."""
        index = row - self.base
        for file in self.files:
            if 0 <= index < file.size:
                return file, index
            index -= file.size
        message = f"{self.table.name} has no row {row}"
        raise LookupError(message)

    def line(self, row: int) -> tuple[str, int]:
        """The file and line that a row begins on."""
        file, index = self.locate(row)
        return file.path, file.first_line(index)

    def place(self, row: int, field: str = "") -> Place:
        """The place of a cell, or of the row when no field is named."""
        file, index = self.locate(row)
        return file.place(index, file.header.index(field) if field else 0)

    def inside(self, row: int, field: str, offset: int) -> Place:
        """The place of a character of a cell."""
        file, index = self.locate(row)
        return file.inside(index, file.header.index(field), offset)

    def written(self, row: int, field: str) -> str:
        """The cell as written."""
        file, index = self.locate(row)
        return file.cells(index)[file.header.index(field)]

    def told(self, row: int, *fields: str) -> str:
        """Cells, parted by commas, as a message may quote them."""
        if self.table.hidden.intersection(fields):
            return HIDDEN
        return shown(",".join(self.written(row, field) for field in fields))


@dataclasses.dataclass(frozen=True, slots=True)
class RawTables:
    """All tables as read; `broken` names those whose structure could not be read."""

    tables: dict[str, RawTable]
    broken: frozenset[str]
    nonempty: tuple[tuple[RawTable, ...], tuple[int, ...]] = dataclasses.field(
        init=False, repr=False, compare=False
    )
    """The tables that hold rows, and where each begins."""

    def __post_init__(self) -> None:
        """Pages ask for the owner of a row by the ten thousand."""
        tables = tuple(table for table in self.tables.values() if table.size)
        object.__setattr__(self, "nonempty", (tables, tuple(table.base for table in tables)))

    @property
    def spans(self) -> dict[str, range]:
        """The row identifiers of every table."""
        return {n: range(table.base, table.base + table.size) for n, table in self.tables.items()}

    def owner(self, row: int) -> RawTable:
        """The table that a row identifier belongs to.

        Raises:
            LookupError: no table has the row.
        """
        tables, starts = self.nonempty
        index = bisect_right(starts, row) - 1
        if index < 0 or row >= tables[index].base + tables[index].size:
            message = f"no table has row {row}"
            raise LookupError(message)
        return tables[index]


def read_raw_tables(
    root: Path, package: Package, loader: Loader | None = None
) -> tuple[RawTables, list[Problem]]:
    """Read the files of every table and check their structure and headers.

    Args:
        root: the project root.
        package: the declared tables.
        loader: where large files are loaded at once; without one, every file is split here.
    """
    problems: list[Problem] = []
    tables: dict[str, RawTable] = {}
    broken: set[str] = set()
    base = 1
    with steps("读取记录", len(package.tables)) as begin:
        for table in package.tables.values():
            begin(table.title)
            files, digest, found = _read_files(table.home or root, table, loader)
            problems.extend(found)
            broken |= {table.name} if found else set()
            tables[table.name] = RawTable(table, files, base, digest)
            base = next_base(tables[table.name])
    return RawTables(tables, frozenset(broken)), problems


def next_base(table: RawTable) -> int:
    """The number of the first row of the table behind this one."""
    return (table.base + table.size + _ROOM - 2) // _ROOM * _ROOM + 1


def _read_files(
    root: Path, table: Table, loader: Loader | None
) -> tuple[tuple[TableFile, ...], bytes, list[Problem]]:
    """The files of a table and the digest of their bytes; none of them when one has a fault."""
    files: list[TableFile] = []
    digests: list[bytes] = []
    problems: list[Problem] = []
    for path in table.paths:
        if not table.enabled and not (root / path).exists():
            continue
        data, found = read_bytes(root, path, wanted_by=str(table.place))
        file = None
        if data is not None:
            file, found = _read_file(root, path, table, (data, loader))
            digests.append(key_of(data))
        problems.extend(found)
        files += [file] if file is not None else []
    if problems:
        return (), b"", problems
    return tuple(files), key_of(*digests), []


def _read_file(
    root: Path, path: str, table: Table, source: tuple[bytes, Loader | None]
) -> tuple[TableFile | None, list[Problem]]:
    data, loader = source
    bulk = read_bulk(loader, table, path, (root / path, data)) if loader else None
    if bulk is not None:
        return bulk, []
    text, problems = decode(data, path)
    if text is None:
        return None, problems
    if not text.strip():
        header = ",".join(field.name for field in table.schema.fields)
        return None, [TABLE_EMPTY.at(Place(path), header=header)]
    separated = check_separator(text, path, table)
    if separated:
        return None, separated
    raw, problems = read_rows(text, path)
    return raw, problems or (check_header(raw, table) if raw else [])
