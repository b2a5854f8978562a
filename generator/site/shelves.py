"""Lay out the book: the address of every named thing and the rows of every table."""

import dataclasses
import datetime as dt
from typing import cast

from generator.cache.runs import Inputs
from generator.cache.store import key_of
from generator.cards.deck import Deck, plan_deck
from generator.compliance.first_day import first_day_progress
from generator.compliance.relations import ROW_CHANGES
from generator.ledger import Ledger
from generator.past import look_back
from generator.plan.clauses import Group, anchor
from generator.plan.procedures import Procedure
from generator.project import Binding
from generator.records.fields import RESTRICTED
from generator.records.package import Table
from generator.records.records import count_of, keys_of, rows_of
from generator.site.assets import picture_name
from generator.site.book import (
    Book,
    document_path,
    page_path,
    section_path,
    table_path,
)
from generator.site.compiled import Compiled
from generator.site.environment import environment, theme_digest
from generator.site.lazily import Lazily
from generator.site.views.roles import role_path
from generator.site.views.rows import RowAddresses, Rows, row_titles

_MANY = 10_000
"""A table with so many rows is a large one."""


def open_book(
    ledger: Ledger, listed: frozenset[str] | None = None, inputs: Inputs | None = None
) -> tuple[Book, Rows]:
    """The book and the rows of every table as known on the day counted on.

    Args:
        ledger: a ledger without errors; for the public the one of `public_ledger`.
        listed: the pages of the public edition, which has no cards; None where staff see all.
        inputs: what the ledger was made of, where that is known.
    """
    ledger = _without_days_of_cases(ledger)
    checked = ledger.checked
    environment().bytecode_cache = Compiled("own", checked.project.store)
    tables = checked.records.package.tables
    keys = Lazily(tables, lambda name: _keys(ledger, tables[name]))
    records: Rows = Lazily(tables, lambda name: rows_of(checked.database, tables[name]))
    steps = first_day_progress(checked.project, checked.records)
    book = Book(
        ledger=ledger,
        addresses=_addresses(ledger),
        rows=RowAddresses(checked.records.raw, keys),
        category_labels=_labels(ledger, "documents", "category"),
        kind_labels=_labels(ledger, "documents", "kind"),
        file_titles=_file_titles(ledger),
        row_counts=Lazily(tables, lambda name: count_of(checked.database, tables[name])),
        row_titles=Lazily(tables, lambda name: row_titles(tables[name], records[name])),
        last_drills=_last_drills(ledger, records),
        level_labels=_labels(ledger, "roles", "level"),
        pictures={path: picture_name(checked.project.root, path) for path in checked.plan.pictures},
        changed={} if listed is not None else _changed(ledger),
        first_day=tuple((step.title, step.done, step.where) for step in steps),
        deck=Deck() if listed is not None else plan_deck(ledger),
        past=look_back(ledger),
        listed=listed,
        inputs=inputs or Inputs(),
    )
    return dataclasses.replace(book, spoken=_spoken(book)), records


def _keys(ledger: Ledger, table: Table) -> dict[int, str]:
    """The key of every row of a table by its number; at hand while the table stays as it is."""
    checked = ledger.checked
    store, state = checked.project.store, checked.database.state_of([table.name])
    held = cast("dict[int, str] | None", store.held(key_of("keys", state)) if state else None)
    if held is None:
        few = checked.records.raw.tables[table.name].size < _MANY
        held = dict(keys_of(checked.database, table, few=few))
        if state:
            store.hold(key_of("keys", state), held)
    return held


def _spoken(book: Book) -> bytes:
    """The digest of what references and links in a text become, whatever the text."""
    checked = book.ledger.checked
    named = checked.registry.titles, checked.plan.contacts
    targets = [(indicator.id, indicator.target_text) for indicator in checked.indicators]
    listed = None if book.listed is None else sorted(book.listed)
    led = book.addresses, book.pictures, book.file_titles, listed
    return key_of("spoken", theme_digest(), repr((named, targets, led)))


def _without_days_of_cases(ledger: Ledger) -> Ledger:
    """When a restricted table was changed is when a case was recorded: nobody is told."""
    checked = ledger.checked
    tables = checked.records.package.tables.values()
    hidden = {path for table in tables if table.sensitivity == RESTRICTED for path in table.paths}
    changed = {p: day for p, day in checked.history.changed.items() if p not in hidden}
    history = dataclasses.replace(checked.history, changed=changed)
    return dataclasses.replace(ledger, checked=dataclasses.replace(checked, history=history))


def _addresses(ledger: Ledger) -> dict[tuple[str, str], str]:
    plan = ledger.checked.plan
    found: dict[tuple[str, str], str] = {}
    for section in plan.sections:
        path = section_path(section.id)
        found["clause", section.id] = path
        for part in section.parts:
            target = anchor(part.id) if isinstance(part, Group) else part.anchor
            found["clause", part.id] = f"{path}#{target}"
    for document in plan.documents:
        if document.status != "retired":
            found["document", document.id] = document_path(document)
    return found | _named_addresses(ledger)


def _named_addresses(ledger: Ledger) -> dict[tuple[str, str], str]:
    """What has one page or one anchor a name."""
    checked = ledger.checked
    found = {("role", name): role_path(name) for name in checked.bound.posts}
    found |= {("indicator", name): f"indicators/{name}.md" for name in ledger.assessments}
    found |= {("table", name): table_path(name) for name in checked.records.package.tables}
    found |= {("source", s.id): f"sources.md#src-{s.id.lower()}" for s in checked.plan.sources}
    return found


def _changed(ledger: Ledger) -> dict[int, str]:
    """The last known change of every record that was changed since it was written down."""
    query = f"select _row, max(changed_on) from {ROW_CHANGES} group by _row"  # noqa: S608 - our own relation
    rows = ledger.checked.database.ask(query, reads=[ROW_CHANGES])[1]
    return {int(str(row)): str(day) for row, day in rows}


def _bound_field(ledger: Ledger, binding: str, key: str) -> tuple[Binding, str] | None:
    found = ledger.checked.project.school.bindings.get(binding)
    if found is None or key not in found.columns:
        return None
    return found, found.columns[key]


def _labels(ledger: Ledger, binding: str, key: str) -> dict[str, str]:
    """The labels of the bound column, by value."""
    bound = _bound_field(ledger, binding, key)
    if bound is None:
        return {}
    table = ledger.checked.records.package.tables.get(bound[0].table)
    field = table.field(bound[1]) if table else None
    return field.labels if field else {}


def _file_titles(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """Source files that readers know by the page they become."""
    plan = ledger.checked.plan
    found = {
        section.path: (f"方案 {section.id} {section.title}", section_path(section.id))
        for section in plan.sections
    }
    found |= {page.place.file: (page.title, document_path(page)) for page in plan.documents}
    found |= {page.path: (page.title, page_path(page.path)) for page in plan.pages}
    for table in ledger.checked.records.package.tables.values():
        found |= {path: (table.title, table_path(table.name)) for path in table.paths}
    return found


def _last_drills(ledger: Ledger, records: Rows) -> dict[str, dt.date]:
    found = {}
    for procedure in ledger.checked.plan.procedures:
        days = _drill_days(ledger, procedure, records)
        if days:
            found[procedure.id] = max(days)
    return found


def _drill_days(ledger: Ledger, procedure: Procedure, records: Rows) -> list[dt.date]:
    """Days on which the declared scenario was practised, in the declared table."""
    quota = procedure.drills
    table = ledger.checked.records.package.tables.get(quota.table) if quota else None
    if quota is None or table is None:
        return []
    columns = [f.name for f in table.schema.fields if quota.scenario in f.constraints.enum]
    days = [
        record.cells[table.schema.event_date]
        for record in records[table.name]
        if table.schema.event_date and any(record.cells[c] == quota.scenario for c in columns)
    ]
    return [day for day in days if isinstance(day, dt.date)]
