"""What Table Schema cannot say of a cell: lists of keys, and dates that must have come."""

import datetime as dt
from collections.abc import Iterator

from generator.problems.catalogue.tables import DATE_FUTURE, KEY_REFERENCE, LIST_DUPLICATE
from generator.problems.problem import Problem
from generator.problems.rule import near_names
from generator.records.database import Loader, quoted
from generator.records.schema import Field
from generator.records.tables import RawTable, RawTables


def check_lists(loader: Loader, raw: RawTable, all_raw: RawTables) -> Iterator[Problem]:
    """Every entry of a `;` list exists in its table and stands once."""
    for field in raw.table.schema.fields:
        if field.list_of is None or field.list_of.table in all_raw.broken:
            continue
        target = all_raw.tables[field.list_of.table]
        known = target.values(field.list_of.field)
        for row, text in _filled(loader, raw, field, "true"):
            yield from _check_list(raw, row, field, text, (target.table.label, known))


def check_dates(loader: Loader, raw: RawTable, today: dt.date) -> Iterator[Problem]:
    """A date of a past event must not lie after the day of the check."""
    for field in raw.table.schema.fields:
        if field.type == "date" and not field.future:
            late = f"{quoted(field.name)} > date '{today}'"
            for row, text in _filled(loader, raw, field, late):
                place, value = raw.place(row, field.name), raw.table.told(field.name, text)
                yield DATE_FUTURE.at(place, title=field.title, field=field.name, value=value)


def _filled(
    loader: Loader, raw: RawTable, field: Field, condition: str
) -> Iterator[tuple[int, str]]:
    name = quoted(field.name)
    query = (
        f"select _row, {name}::varchar from recorded.{quoted(raw.table.name)}"  # noqa: S608
        f" where {name} is not null and {condition} order by _row"
    )
    for row, text in loader.run(query):
        yield int(str(row)), str(text)


def _check_list(
    raw: RawTable, row: int, field: Field, text: str, target: tuple[str, frozenset[str]]
) -> Iterator[Problem]:
    label, known = target
    offset = 0
    entries = text.split(";")
    for number, entry in enumerate(entries):
        place, value = raw.inside(row, field.name, offset), raw.table.told(field.name, entry)
        offset += len(entry) + 1
        if entry not in known:
            near = () if field.name in raw.table.hidden else near_names(entry, known)
            yield KEY_REFERENCE.at(
                place, near, title=field.title, field=field.name, value=value, target=label
            )
        elif entry in entries[:number]:
            yield LIST_DUPLICATE.at(place, title=field.title, field=field.name, value=value)
