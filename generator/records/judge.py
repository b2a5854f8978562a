"""Frictionless decides: every row that the screen could not clear is judged here.

The only module that sees Frictionless. Its errors become problems of our catalogue at this
border; a row it accepts is returned typed.
"""

import copy
import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from frictionless import Package, Schema
from frictionless import errors as foreign
from frictionless.resources import TableResource

from generator.records.lookups import Lookup
from generator.records.schema import TableSchema

_LOOKUP = "lookup"


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """One error of Frictionless: its type, the field and details.

    The row counts the judged rows from 0; -1 means that the error is about no row.
    """

    row: int
    type: str
    field: str
    constraint: str
    detail: str


def judge(
    schema: TableSchema, rows: Sequence[Sequence[str]], lookups: Sequence[Lookup]
) -> tuple[list[Verdict], dict[int, dict[str, Any]]]:
    """Judge rows of one table.

    Args:
        schema: the schema of the table.
        rows: cells as written, in schema order.
        lookups: one per foreign key of the schema, in the same order.

    Returns:
        The verdicts, and the typed values of every row without one, by row number from 0.
    """
    package = _package(schema, rows, lookups)
    resource = package.get_table_resource("table")
    report = package.validate(limit_errors=10**9)
    task = next(task for task in report.tasks if task.name == "table")
    verdicts = [_verdict(error) for error in [*report.errors, *task.errors]]
    faulty = {verdict.row for verdict in verdicts}
    typed: dict[int, dict[str, Any]] = {}
    with resource:
        for number, row in enumerate(resource.row_stream):
            if number not in faulty:
                typed[number] = {name: _plain(value) for name, value in row.to_dict().items()}
    return verdicts, typed


def _package(
    schema: TableSchema, rows: Sequence[Sequence[str]], lookups: Sequence[Lookup]
) -> Package:
    descriptor: dict[str, Any] = copy.deepcopy(schema.descriptor)
    keys = []
    resources = []
    for number, (reference, lookup) in enumerate(zip(schema.references, lookups, strict=True)):
        name = f"{_LOOKUP}{number}"
        columns = [field["name"] for field in lookup.fields]
        target = {"resource": name, "fields": columns}
        keys.append({"fields": list(reference.fields), "reference": target})
        text: Any = {"fields": list(lookup.fields)}
        data = [columns, *[list(row) for row in lookup.rows]]
        read = Schema.from_descriptor(text)
        resources.append(TableResource(name=name, data=data, schema=read))
    descriptor["foreignKeys"] = keys
    names = [field.name for field in schema.fields]
    own = TableResource(
        name="table",
        data=[names, *[list(row) for row in rows]],
        schema=Schema.from_descriptor(descriptor),
    )
    return Package(name="judged", resources=[own, *resources])


def _verdict(error: Any) -> Verdict:  # noqa: ANN401 - Frictionless types its errors loosely
    number = getattr(error, "row_number", None)
    constraint = re.match(r'constraint "(\w+)"', error.note)
    field = getattr(error, "field_name", "") or ""
    if isinstance(error, foreign.ForeignKeyError):
        field = ",".join(error.field_names)
    return Verdict(
        row=-1 if number is None else number - 2,
        type=error.type,
        field=field,
        constraint=constraint.group(1) if constraint else "",
        detail=error.note,
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - any typed cell
    if isinstance(value, (str, int, bool, Decimal, dt.date, dt.time)) or value is None:
        return value
    if hasattr(value, "year") and hasattr(value, "month"):
        return f"{value.year:04}-{value.month:02}"
    return str(value)
