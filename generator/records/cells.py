"""What Table Schema cannot say: lists of keys, dates that must have come, rows written twice."""

import datetime as dt
from collections.abc import Iterator

from generator.problems.catalogue.tables import (
    DATE_FUTURE,
    KEY_REFERENCE,
    LIST_DUPLICATE,
    ROW_DUPLICATE,
)
from generator.problems.problem import Problem
from generator.problems.rule import near_names
from generator.records.database import quoted
from generator.records.loading import Loader
from generator.records.schema import Field, ListReference
from generator.records.tables import RawTable, RawTables


def check_lists(loader: Loader, raw: RawTable, all_raw: RawTables) -> Iterator[Problem]:
    """Every entry of a `;` list exists in its table and stands once."""
    for field in raw.table.schema.fields:
        if field.list_of is None or field.list_of.table in all_raw.broken:
            continue
        target = all_raw.tables[field.list_of.table]
        doubtful = _doubtful_lists(loader, raw, field, field.list_of)
        known = target.values(field.list_of.field) if doubtful else frozenset()
        for row, text in doubtful:
            yield from _check_list(raw, row, field, text, (target.table.label, known))


def check_dates(loader: Loader, raw: RawTable, today: dt.date) -> Iterator[Problem]:
    """A date of a past event must not lie after the day of the check."""
    fields = [f for f in raw.table.schema.fields if f.type == "date" and not f.future]
    late = [f"{quoted(field.name)} > date '{today}'" for field in fields]
    if not fields:
        return
    query = (
        f"select _row, {', '.join(late)} from recorded.{quoted(raw.table.name)}"  # noqa: S608
        f" where {' or '.join(late)} order by _row"
    )
    for row, *answers in loader.run(query):
        for field, is_late in zip(fields, answers, strict=True):
            if is_late:
                number = int(str(row))
                place, value = raw.place(number, field.name), raw.told(number, field.name)
                yield DATE_FUTURE.at(place, title=field.title, field=field.name, value=value)


def check_rows(loader: Loader, raw: RawTable) -> Iterator[Problem]:
    """A table without a key must not have the same row twice."""
    if raw.table.schema.primary_key:
        return
    names = ", ".join(quoted(field.name) for field in raw.table.schema.fields)
    query = (
        f"select _row, min(_row) over (partition by {names}) as first"  # noqa: S608
        f" from recorded.{quoted(raw.table.name)} qualify _row > first order by _row"
    )
    for row, first in loader.run(query):
        yield ROW_DUPLICATE.at(raw.place(int(str(row))), first=str(raw.place(int(str(first)))))


def _doubtful_lists(
    loader: Loader, raw: RawTable, field: Field, reference: ListReference
) -> list[tuple[int, str]]:
    """The lists that name something unknown or something twice, or may do so."""
    loader.make(reference.table)
    name = quoted(field.name)
    entries = f"string_split({name}, ';')"
    query = (
        f"with lists as (select _row, {name} as text, {entries} as entries"  # noqa: S608
        f" from recorded.{quoted(raw.table.name)} where {name} is not null),"
        " entries as (select _row, unnest(entries) as entry from lists),"
        f" known as (select {quoted(reference.field)}::varchar as entry"
        f" from loaded.{quoted(reference.table)})"
        " select _row, text from lists where len(list_distinct(entries)) < len(entries)"
        " or _row in (select _row from entries anti join known using (entry)) order by _row"
    )
    return [(int(str(row)), str(text)) for row, text in loader.run(query)]


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
