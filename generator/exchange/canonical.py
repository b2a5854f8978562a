"""The one way to write a table file: UTF-8, LF, minimal quotes, schema order, sorted by key.

Values never change; only a date that is written another way becomes the same date in ISO
form. Files that cannot be read are left alone and their problems returned.
"""

import csv
import dataclasses
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from generator.files import read_text
from generator.problems.catalogue.tables import HEADER_ORDER, TABLE_EMPTY
from generator.problems.problem import Place, Problem
from generator.records.headers import check_header
from generator.records.package import Package, Table
from generator.records.places import read_rows
from generator.records.schema import Field, TableSchema

_DATE = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
)
_NUMBERS = {"integer", "number", "year"}


@dataclasses.dataclass(frozen=True, slots=True)
class Rewrite:
    """A table file and its canonical text."""

    path: str
    text: str


def canonical_text(schema: TableSchema, header: Sequence[str], rows: Iterable[list[str]]) -> str:
    """The canonical text of rows whose cells follow `header`."""
    names = [field.name for field in schema.fields]
    order = [list(header).index(name) for name in names]
    cells = [
        [_canonical(row[index], field) for index, field in zip(order, schema.fields, strict=True)]
        for row in rows
    ]
    key = [names.index(name) for name in schema.primary_key]
    kinds = [schema.fields[index].type for index in key]
    cells.sort(key=lambda row: [_rank(row[i], kind) for i, kind in zip(key, kinds, strict=True)])
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(cells)
    return target.getvalue()


def _canonical(value: str, field: Field) -> str:
    """A date in another common form becomes ISO; everything else stays."""
    if field.type != "date" or field.format != "default":
        return value
    match = _DATE.fullmatch(value)
    if not match:
        return value
    year, month, day = (int(part) for part in match.groups() if part and part.isdigit())
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return value


def _rank(value: str, kind: str) -> tuple[int, Decimal, str]:
    """Numbers by size, everything else by its characters; what is no number comes last."""
    if kind not in _NUMBERS:
        return 0, Decimal(0), value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return 1, Decimal(0), value
    return (0, number, value) if number.is_finite() else (1, Decimal(0), value)


def plan_rewrites(root: Path, package: Package) -> tuple[list[Rewrite], list[Problem]]:
    """The files whose text would change, and the problems of those that cannot be read."""
    rewrites: list[Rewrite] = []
    problems: list[Problem] = []
    for table in package.tables.values():
        for path in table.paths if table.home is None else ():
            text, found = _canonical_file(root, path, table)
            problems.extend(found)
            if text is not None and text.encode() != (root / path).read_bytes():
                rewrites.append(Rewrite(path, text))
    return rewrites, problems


def _canonical_file(root: Path, path: str, table: Table) -> tuple[str | None, list[Problem]]:
    text, problems = read_text(root, path, wanted_by=str(table.place))
    if text is None:
        return None, problems
    if not text.strip():
        header = ",".join(field.name for field in table.schema.fields)
        return None, [TABLE_EMPTY.at(Place(path), header=header)]
    raw, problems = read_rows(text if text.endswith("\n") else text + "\n", path)
    if raw is None:
        return None, problems
    problems = [p for p in check_header(raw, table) if p.rule != HEADER_ORDER.name]
    if problems:
        return None, problems
    return canonical_text(table.schema, raw.header, raw.rows), []
