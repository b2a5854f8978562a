"""The records behind a figure, each with its page, its line in the file, and the last change."""

import dataclasses
import datetime as dt
from fractions import Fraction

from generator.compliance.declarations import Indicator, number_text
from generator.compliance.evidence import EvidenceRow
from generator.compliance.figures import Assessment
from generator.history.commits import Change
from generator.records.facts import relations_in
from generator.records.package import Table
from generator.records.schema import Field
from generator.site.book import Book, Desk, is_hidden
from generator.site.views.items import Item

SHOWN_ROWS = 200
"""Rows on a page; of more, those that fall short and then the newest."""


@dataclasses.dataclass(frozen=True, slots=True)
class RowView:
    """One record of the evidence."""

    key: str
    address: str
    day: str
    subject: str
    label: str
    value: str
    short: bool
    place: str
    edit: str
    changed: str


@dataclasses.dataclass(frozen=True, slots=True)
class FileView:
    """One file that the evidence stands in, with the last commit that changed it."""

    path: str
    day: str
    commit: str


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceView:
    """The records of one figure; `nothing` says why there are none to show."""

    rows: list[RowView]
    count: int
    short: int
    nothing: str
    value_word: str
    tables: list[Item]
    files: list[FileView]


def evidence_view(desk: Desk, assessment: Assessment, most: int = SHOWN_ROWS) -> EvidenceView:
    """The evidence of an indicator; none of it where a table is restricted."""
    indicator = assessment.indicator
    tables = evidence_tables(desk.book, indicator)
    restricted = assessment.hidden
    rows = [] if restricted else list(reversed(assessment.evidence))
    as_of = desk.ledger.as_of
    counted = [(row, _counts(indicator, row, as_of)) for row in rows]
    short = [entry for entry in counted if not entry[1]]
    chosen = [*short, *(entry for entry in counted if entry[1])]
    teller = _Teller(desk, assessment)
    nothing = f"{assessment.headline.period.title}没有一条符合的记录。"
    return EvidenceView(
        rows=[teller.view(row, counts=counts) for row, counts in chosen[:most]],
        count=len(rows),
        short=len(short),
        nothing="这些记录不逐条公开，只用于统计。" if restricted else nothing,
        value_word=indicator.unit if indicator.kind == "measure" else "计入",
        tables=[Item(table.title, desk.to("table", table.name)) for table in tables],
        files=[file_view(desk, path) for table in tables for path in table.paths],
    )


def evidence_tables(book: Book, indicator: Indicator) -> list[Table]:
    """The tables whose records an indicator reads."""
    tables = book.ledger.checked.records.package.tables
    read = relations_in(str(indicator.evidence.value))
    return [table for name, table in tables.items() if name in read]


def file_view(desk: Desk, path: str) -> FileView:
    """A file with its last commit; blank where git does not know."""
    history = desk.ledger.checked.history
    change = history.changed.get(path) if history.known else None
    return FileView(path, change.day if change else "", change.commit[:8] if change else "")


def last_change(desk: Desk, paths: list[str]) -> Change | None:
    """The newest commit that changed one of the files; git lists the newest first."""
    history = desk.ledger.checked.history
    wanted = set(paths)
    if not history.known:
        return None
    return next((change for path, change in history.changed.items() if path in wanted), None)


class _Teller:
    """Tells of the records of one figure; what is the same for all of a table is found once."""

    def __init__(self, desk: Desk, assessment: Assessment) -> None:
        self._desk = desk
        self._indicator = assessment.indicator
        self._records = desk.ledger.checked.records
        self._titles = {s.subject: s.title for s in assessment.headline.subjects}
        self._known: dict[str, tuple[list[str], Field | None]] = {}

    def view(self, row: EvidenceRow, *, counts: bool) -> RowView:
        """One record of the evidence; `counts` tells whether it does."""
        written = self._records.written
        keys, label = self._names(row.row)
        path, line = self._records.line(row.row)
        text, edit = self._desk.file_place(path, line)
        if self._indicator.kind == "measure":
            value = number_text(row.value if counts else Fraction(0))
        else:
            value = "是" if counts else "否"
        called = written(row.row, label.name) if label and not row.label else ""
        return RowView(
            key=" ".join(written(row.row, name) for name in keys) or "—",
            address=self._desk.row(row.row),
            day=row.happened_on.isoformat() if row.happened_on else "",
            subject=self._titles.get(row.subject, row.subject),
            label=row.label or (label.labels.get(called, called) if label else ""),
            value=value,
            short=not counts,
            place=text,
            edit=edit,
            changed=self._desk.book.changed.get(row.row, ""),
        )

    def _names(self, row: int) -> tuple[list[str], Field | None]:
        """Of the table of a record, the columns of its key and the one with its title."""
        table = self._records.table_of(row)
        if table.name not in self._known:
            keys = [name for name in table.schema.primary_key if not is_hidden(table, name)]
            field = table.field(table.schema.row_title)
            hidden = field is None or is_hidden(table, field.name)
            self._known[table.name] = keys, None if hidden else field
        return self._known[table.name]


def _counts(indicator: Indicator, row: EvidenceRow, as_of: dt.date) -> bool:
    """Tell whether a row counts on the day: one that has lapsed no longer does."""
    lapsed = row.due_on is not None and row.due_on < as_of
    standing = indicator.period == "as_of" and indicator.kind != "count"
    return row.counts and not (standing and lapsed)
