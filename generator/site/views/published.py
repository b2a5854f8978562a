"""Closed figures on the page of an indicator: published then, counted now, rows between them."""

import dataclasses

from generator.compliance.closed_files import ClosedFigure, last_day
from generator.compliance.declarations import Indicator
from generator.compliance.periods import month_title
from generator.compliance.published import DifferingRow, Published
from generator.compliance.status import Status
from generator.site.book import Desk
from generator.site.views.figures import UNTOLD, has_subjects
from generator.site.views.items import Item

_SHOWN = 20
_HOW = {"added": "新增", "changed": "修改", "removed": "删去"}


@dataclasses.dataclass(frozen=True, slots=True)
class PublishedView:
    """One closed month."""

    month: str
    closed_on: str
    commit: str
    then: str
    then_state: Status
    now: str
    now_state: Status | None
    differs: bool
    rows: list[Item]
    note: str


def published_views(desk: Desk, indicator: Indicator) -> list[PublishedView]:
    """Every closed month of an indicator, newest first."""
    found = desk.book.past.published.get(indicator.id, ())
    return [_view(desk, indicator, entry) for entry in found]


def _view(desk: Desk, indicator: Indicator, entry: Published) -> PublishedView:
    rows = entry.rows or ()
    return PublishedView(
        month=month_title(last_day(entry.month)),
        closed_on=entry.written_on.isoformat(),
        commit=entry.commit[:12],
        then=_figure(indicator, entry.then),
        then_state=entry.then.status,
        now=_figure(indicator, entry.now) if entry.now else "—",
        now_state=entry.now.status if entry.now else None,
        differs=entry.differs,
        rows=[_row(desk, row) for row in rows[:_SHOWN]],
        note=_note(entry),
    )


def _note(entry: Published) -> str:
    if not entry.differs:
        return "一致"
    if entry.rows is None:
        return "不一致；是哪些记录无法判断"
    if not entry.rows:
        return "不一致；记录没有变，是口径变了"
    more = len(entry.rows) - _SHOWN
    return f"不一致；结账后变动的记录，另有 {more} 条" if more > 0 else "不一致；结账后变动的记录"


def _row(desk: Desk, row: DifferingRow) -> Item:
    return Item(f"{_HOW[row.how]} {row.key}", desk.row(row.row) if row.row else "")


def _figure(indicator: Indicator, figure: ClosedFigure) -> str:
    if not figure.n:
        return UNTOLD
    if indicator.kind == "count" or (indicator.kind == "measure" and not has_subjects(indicator)):
        return f"{figure.value} {indicator.unit}".rstrip()
    return f"{figure.n}/{figure.d}"
