"""What somebody owes by a day: open records, reviews of documents, periods in progress."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from generator.compliance.assessing import DUE_DAYS
from generator.compliance.evidence import EvidenceRow
from generator.compliance.figures import Assessment
from generator.compliance.periods import ROLLING
from generator.compliance.status import Status
from generator.records.fields import RESTRICTED
from generator.records.package import Table
from generator.site.book import Desk, is_hidden


@dataclasses.dataclass(frozen=True, slots=True)
class DueItem:
    """One thing owed: by whom, until when, and what asks for it.

    `key` stays the same as long as the thing does, whatever day it moves to.
    """

    key: str
    title: str
    address: str
    day: dt.date
    days: int
    owner: str
    owner_id: str
    asked_by: str

    @property
    def word(self) -> str:
        """`逾期 3 天`, `今天到期` or `还有 5 天`."""
        if self.days < 0:
            return f"逾期 {-self.days} 天"
        return "今天到期" if self.days == 0 else f"还有 {self.days} 天"

    @property
    def meta(self) -> str:
        """Owner, day and what asks for it."""
        return f"{self.owner} · {self.asked}"

    @property
    def asked(self) -> str:
        """Day and what asks for it, where the owner is known anyway."""
        return " · ".join(filter(None, (self.day.isoformat(), self.asked_by)))


def due_items(desk: Desk, owner: str = "") -> list[DueItem]:
    """Everything that is overdue or due, earliest first; one line for each record and day.

    Args:
        desk: the page that shows it.
        owner: the post that owes it; everything when none is named.
    """
    asked: dict[tuple[int, dt.date], tuple[Assessment, EvidenceRow]] = {}
    for assessment in desk.ledger.assessments.values():
        for row in assessment.due:
            if row.due_on is not None:
                asked.setdefault((row.row, row.due_on), (assessment, row))
    items = [
        _record(desk, assessment, row, day)
        for (_, day), (assessment, row) in asked.items()
        if owner in {"", row.owner or assessment.indicator.owner}
    ]
    found = [_quota(desk, assessment) for assessment in desk.ledger.assessments.values()]
    others = [item for quotas in found for item in quotas]
    others += [review for place, review in _reviews(desk) if place not in asked]
    items += [item for item in others if owner in {"", item.owner_id}]
    return sorted(items, key=lambda entry: (entry.days, entry.title, entry.key))


def due_of(desk: Desk, indicator: str) -> list[DueItem]:
    """What is due for one indicator, earliest first."""
    assessment = desk.ledger.assessments[indicator]
    rows = [_record(desk, assessment, row, row.due_on) for row in assessment.due if row.due_on]
    return sorted([*rows, *_quota(desk, assessment)], key=lambda entry: (entry.days, entry.title))


def row_key(desk: Desk, row: int) -> str:
    """The table and the key of a record, or an empty string when nobody may see them."""
    records = desk.ledger.checked.records
    table = records.table_of(row)
    names = table.schema.primary_key
    if not names or any(is_hidden(table, name) for name in names):
        return ""
    return "-".join([table.name, *(records.written(row, name) for name in names)])


def _record(desk: Desk, assessment: Assessment, row: EvidenceRow, day: dt.date) -> DueItem:
    indicator = assessment.indicator
    table = desk.ledger.checked.records.table_of(row.row)
    owner = row.owner or indicator.owner
    return DueItem(
        key=f"{row_key(desk, row.row) or day}-{indicator.id}",
        title=_title(table, row) or indicator.title,
        address=desk.row(row.row) or desk.to("indicator", indicator.id),
        day=day,
        days=(day - desk.ledger.as_of).days,
        owner=desk.role(owner),
        owner_id=owner,
        asked_by=indicator.title,
    )


def _title(table: Table, row: EvidenceRow) -> str:
    return "" if table.sensitivity == RESTRICTED else row.label


def _quota(desk: Desk, assessment: Assessment) -> Iterator[DueItem]:
    """A period in progress in which something is still to be done; a single day is none."""
    indicator = assessment.indicator
    figure = assessment.open_period or assessment.headline
    if indicator.period == "as_of" or indicator.period in ROLLING:
        return
    if figure.status is not Status.AT_RISK and not figure.judgement.pending:
        return
    day = figure.period.end
    yield DueItem(
        key=f"{indicator.id}-{figure.period.id}",
        title=f"{figure.period.title}：{indicator.headline}",
        address=desk.to("indicator", indicator.id),
        day=day,
        days=(day - desk.ledger.as_of).days,
        owner=desk.role(indicator.owner),
        owner_id=indicator.owner,
        asked_by="",
    )


def _reviews(desk: Desk) -> Iterator[tuple[tuple[int, dt.date], DueItem]]:
    """Documents in force that are due for review within the days that are listed."""
    as_of = desk.ledger.as_of
    for document in desk.ledger.checked.bound.documents.values():
        day = document.review_due
        in_force = document.approved_on is not None and document.approved_on <= as_of
        if day is None or not in_force or (day - as_of).days > DUE_DAYS:
            continue
        yield (
            (document.row, day),
            DueItem(
                key=f"{row_key(desk, document.row) or document.id}-review",
                title=f"{document.title}（复审）",
                address=desk.to("document", document.id) or desk.row(document.row),
                day=day,
                days=(day - as_of).days,
                owner=desk.role(document.owner),
                owner_id=document.owner,
                asked_by="",
            ),
        )
