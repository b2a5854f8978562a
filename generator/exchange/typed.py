"""One cell of a sheet by the type of its column."""

import dataclasses

from generator.exchange.dates import read_date, read_month, read_time
from generator.exchange.sheets import Cell, Kind
from generator.exchange.values import Reading, read_choice, read_code, read_number
from generator.problems.problem import Words
from generator.records.import_maps import ColumnMap
from generator.records.package import Table
from generator.records.schema import Field

_NUMBERS = {"integer", "number", "year"}


def is_free(field: Field, table: Table) -> bool:
    """Whether a column holds free text: no choice, no fixed form, no key."""
    fixed = bool(field.constraints.enum or field.constraints.pattern)
    return field.type == "string" and not fixed and field.name not in table.schema.primary_key


def read_typed(cell: Cell, field: Field, column: ColumnMap, *, from_1904: bool = False) -> Reading:
    """A cell by the type of its column."""
    reading = _by_type(cell, field, column, from_1904=from_1904)
    if reading.how is None and cell.kind is Kind.TEXT and reading.value != cell.text:
        told = {"是", "否"} if field.type == "boolean" else set(field.labels.values())
        if cell.text not in told:
            return dataclasses.replace(reading, how=Words("写法", "style"))
    return reading


def _by_type(cell: Cell, field: Field, column: ColumnMap, *, from_1904: bool) -> Reading:
    if field.constraints.enum or field.type == "boolean":
        return read_choice(cell, field, column)
    if field.type == "date":
        return read_date(cell, field, from_1904=from_1904)
    if field.type in _NUMBERS:
        return read_number(cell, field, column)
    reader = {"yearmonth": read_month, "time": read_time}.get(field.type)
    return reader(cell, field) if reader else read_code(cell)
