"""Raw tables to typed tables: DuckDB screens, Frictionless judges what is left."""

import datetime as dt
from decimal import Decimal
from functools import partial

from generator.problems.catalogue.tables import CELL_PRECISION
from generator.problems.problem import Problem
from generator.records.answers import Cell
from generator.records.cells import check_dates, check_lists, check_rows
from generator.records.database import quoted
from generator.records.hints import odd_form
from generator.records.loading import Loader
from generator.records.lookups import lookup
from generator.records.package import Table
from generator.records.progress import steps
from generator.records.schema import Field
from generator.records.screen import column_kind
from generator.records.soundness import Soundness
from generator.records.staging import load_table
from generator.records.suspects import suspected
from generator.records.tables import RawTable, RawTables
from generator.records.verdicts import Explainer, told_form
from generator.records.views import create_view

_LARGEST = 10**12
_FINEST = -6


def type_tables(loader: Loader, raw: RawTables, today: dt.date) -> list[Problem]:
    """Fill `recorded.<table>` with the rows that are sound and report those that are not.

    Args:
        loader: the database being filled.
        raw: the tables as read.
        today: the day of the check; no date of a past event may lie after it.
    """
    sound = Soundness(loader, raw)
    doubtful: list[RawTable] = []
    for table in raw.tables.values():
        if sound.was_found(table.table.name, today):
            sound.know(table.table.name)
            loader.later(table.table.name, partial(_load, loader, table))
        else:
            load_table(loader, table)
            doubtful.append(table)
    problems: list[Problem] = []
    with steps("核对记录", len(doubtful)) as begin:
        for table in doubtful:
            begin(table.table.title)
            found = [
                *_type_table(loader, table, raw, sound),
                *check_lists(loader, table, raw),
                *check_dates(loader, table, today),
                *check_rows(loader, table),
                *create_view(loader, table.table),
            ]
            if not found:
                sound.found(table.table.name, today)
            problems += found
    return list(dict.fromkeys(problems))


def _load(loader: Loader, table: RawTable) -> None:
    """Load a table that is known to be sound."""
    load_table(loader, table)
    _record(loader, table.table, [], {})
    create_view(loader, table.table)


def _type_table(
    loader: Loader, raw: RawTable, all_raw: RawTables, sound: Soundness
) -> list[Problem]:
    table = raw.table
    suspects = suspected(loader, raw, all_raw)
    if not suspects:
        _record(loader, table, [], {})
        sound.know(table.name)
        return []
    from generator.records.judge import judge  # noqa: PLC0415 - Frictionless takes 0.3 s to import

    rows = [[raw.written(row, field.name) for field in table.schema.fields] for row in suspects]
    keys = [(reference, suspects) for reference in table.schema.references]
    lookups = [lookup(loader, raw, all_raw, key) for key in keys]
    verdicts, typed = judge(table.schema, rows, lookups)
    explain = Explainer(raw, suspects, all_raw)
    found = [explain.problem_of(verdict) for verdict in verdicts]
    problems = [problem for problem in found if problem is not None]
    accepted = {suspects[index]: values for index, values in typed.items()}
    problems += [*_odd_forms(raw, accepted), *_too_precise(raw, accepted)]
    _record(loader, table, suspects, accepted)
    return problems


def _odd_forms(raw: RawTable, accepted: dict[int, dict[str, Cell]]) -> list[Problem]:
    """Cells that Frictionless reads, but hardly as they were meant; their rows are dropped."""
    problems = []
    for row in list(accepted):
        for field in raw.table.schema.fields:
            hint = odd_form(field, raw.written(row, field.name))
            if hint:
                accepted.pop(row, None)
                problems.append(told_form(raw, row, field, hint))
    return problems


def _too_precise(raw: RawTable, accepted: dict[int, dict[str, Cell]]) -> list[Problem]:
    """Numbers that Frictionless reads but that DECIMAL cannot hold; their rows are dropped."""
    problems = []
    for row, values in list(accepted.items()):
        for field in raw.table.schema.fields:
            if _fits(values[field.name]):
                continue
            accepted.pop(row, None)
            place, value = raw.place(row, field.name), raw.told(row, field.name)
            problems.append(
                CELL_PRECISION.at(place, title=field.title, field=field.name, value=value)
            )
    return problems


def _fits(value: Cell) -> bool:
    if isinstance(value, Decimal):
        exponent = value.normalize().as_tuple().exponent if value.is_finite() else "none"
        return isinstance(exponent, int) and abs(value) < _LARGEST and exponent >= _FINEST
    return not isinstance(value, int) or abs(value) < _LARGEST * 10**3


def _record(
    loader: Loader,
    table: Table,
    judged: list[int],
    accepted: dict[int, dict[str, Cell]],
) -> None:
    """Make `recorded.<table>`: the rows that were cleared, and those that the judge accepted."""
    fields = table.schema.fields
    names = ", ".join(["_row", *(quoted(field.name) for field in fields)])
    query = f"select {names} from loaded.{quoted(table.name)}"  # noqa: S608
    if judged:
        out, added = (f"loaded.{quoted(f'{table.name} {loader.next_number()}')}" for _ in range(2))
        loader.fill(out, {"_row": "bigint"}, ((row,) for row in judged))
        columns = {"_row": "bigint"} | {field.name: column_kind(field) for field in fields}
        rows = (
            (row, *(_stored(values[field.name], field) for field in fields))
            for row, values in accepted.items()
        )
        loader.fill(added, columns, rows)
        query += f" where _row not in (from {out}) union all from {added}"
    loader.run(f"create view recorded.{quoted(table.name)} as {query}")


def _stored(value: Cell, field: Field) -> Cell:
    return str(value) if value is not None and column_kind(field) == "varchar" else value
