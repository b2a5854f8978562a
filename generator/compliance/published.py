"""What was published for closed months beside what is counted now, and the rows between them."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from generator.compliance.closed_files import ClosedFigure, ClosedMonth, is_month, last_day
from generator.compliance.closing import closed_figure
from generator.compliance.declarations import Indicator
from generator.compliance.figures import Figure
from generator.history.versions import file_at, rows_by_key
from generator.records.facts import relations_in
from generator.records.fields import RESTRICTED
from generator.records.package import Package, Table
from generator.records.tables import RawTables

Counting: TypeAlias = Callable[[dt.date], Mapping[str, Figure]]
"""Counts every indicator for the month that ends on a day, with the records there are now."""
_Rows: TypeAlias = dict[tuple[str, ...], dict[str, str]]


@dataclasses.dataclass(frozen=True, slots=True)
class DifferingRow:
    """A record that differs from what the month was counted from; `how` is added, changed, removed.

    `row` is its number now, 0 when it is gone.
    """

    table: str
    key: str
    how: str
    row: int


@dataclasses.dataclass(frozen=True, slots=True)
class Published:
    """One closed figure beside the figure counted now.

    `rows` are the records that differ; None where it cannot be told which.
    """

    month: str
    written_on: dt.date
    commit: str
    then: ClosedFigure
    now: ClosedFigure | None
    rows: tuple[DifferingRow, ...] | None

    @property
    def differs(self) -> bool:
        """Tell whether the figure is counted otherwise today."""
        return self.then != self.now


@dataclasses.dataclass(frozen=True, slots=True)
class Sources:
    """What published figures are compared with."""

    root: Path
    package: Package
    raw: RawTables
    indicators: tuple[Indicator, ...]


def published_figures(
    closed: Iterable[ClosedMonth], sources: Sources, count: Counting
) -> dict[str, tuple[Published, ...]]:
    """Every closed figure by indicator, newest month first."""
    known = {indicator.id: indicator for indicator in sources.indicators}
    found: dict[str, list[Published]] = defaultdict(list)
    for month in sorted(closed, key=lambda entry: entry.month, reverse=True):
        figures = count(month.last_day)
        cache: dict[str, tuple[DifferingRow, ...] | None] = {}
        for then in month.figures:
            indicator = known.get(then.indicator)
            if indicator is None:
                continue
            figure = figures.get(then.indicator)
            now = closed_figure(indicator, figure) if figure is not None else None
            start = figure.period.start if figure is not None else month.last_day.replace(day=1)
            rows: tuple[DifferingRow, ...] | None = ()
            if now != then:
                rows = _differing(month, (start, indicator), sources, cache)
            found[then.indicator].append(
                Published(month.month, month.written_on, month.commit, then, now, rows)
            )
    return {name: tuple(entries) for name, entries in found.items()}


def _differing(
    month: ClosedMonth,
    counted: tuple[dt.date, Indicator],
    sources: Sources,
    cache: dict[str, tuple[DifferingRow, ...] | None],
) -> tuple[DifferingRow, ...] | None:
    """The rows of the tables that an indicator reads, whose day lies in the period."""
    start, indicator = counted
    found: list[DifferingRow] = []
    for name in sorted(relations_in(str(indicator.evidence.value)) & set(sources.package.tables)):
        table = sources.package.tables[name]
        if table.sensitivity == RESTRICTED or table.hidden & set(table.schema.primary_key):
            return None
        place = f"{name} {start}"
        if place not in cache:
            cache[place] = _between(month, start, table, sources)
        rows = cache[place]
        if rows is None:
            return None
        found += rows
    return tuple(found)


def _between(
    month: ClosedMonth, start: dt.date, table: Table, sources: Sources
) -> tuple[DifferingRow, ...] | None:
    old: _Rows = {}
    for path in table.paths:
        text = file_at(sources.root, month.commit, path) if month.commit else None
        if text is None:
            return None
        old |= rows_by_key(text, table.schema.primary_key)
    new, numbers = _present(sources.raw, table)
    found = []
    for key in {*old, *new}:
        before, after = old.get(key), new.get(key)
        sides = [side for side in (before, after) if side is not None]
        if before != after and any(_concerns(table, side, start, month) for side in sides):
            how = "added" if before is None else "removed" if after is None else "changed"
            found.append(DifferingRow(table.name, " ".join(key), how, numbers.get(key, 0)))
    return tuple(sorted(found, key=lambda row: (row.key, row.how)))


def _present(raw: RawTables, table: Table) -> tuple[_Rows, dict[tuple[str, ...], int]]:
    names = [field.name for field in table.schema.fields]
    rows: _Rows = {}
    numbers: dict[tuple[str, ...], int] = {}
    for number, cells in enumerate(raw.tables[table.name].cells(), raw.tables[table.name].base):
        row = dict(zip(names, cells, strict=True))
        key = tuple(row[name] for name in table.schema.primary_key)
        rows[key], numbers[key] = row, number
    return rows, numbers


def _concerns(table: Table, row: dict[str, str], start: dt.date, month: ClosedMonth) -> bool:
    """The day of a row lies in the counted time; a row without one always may."""
    written = row.get(table.schema.event_date, "")
    if not written:
        return True
    if is_month(written):
        return start <= last_day(written) and written <= month.month
    return start.isoformat() <= written <= month.last_day.isoformat()
