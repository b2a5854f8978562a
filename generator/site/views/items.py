"""Small views that several pages share: links, due items, bases, calls."""

import dataclasses
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.compliance.declarations import Basis
from generator.compliance.status import Status
from generator.plan.registers import Contact
from generator.site.book import RESTRICTED, Desk

if TYPE_CHECKING:
    import datetime as dt

_LEVELS = {
    "law": "法律",
    "regulation": "法规",
    "ministry": "部门规定",
    "standard": "标准",
    "local": "地方规定",
    "plan": "方案",
    "house": "校内规定",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """A title with its address."""

    title: str
    address: str


@dataclasses.dataclass(frozen=True, slots=True)
class BasisView:
    """What demands a thing, with the kind of demand."""

    level: str
    level_word: str
    name: str
    address: str
    note: str
    verified: bool


@dataclasses.dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that somebody owes by a day."""

    title: str
    address: str
    days: int
    word: str
    meta: str


def item(desk: Desk, kind: str, name: str) -> Item:
    """A named thing as id and title."""
    title = desk.book.title(kind, name)
    return Item(title if title == name else f"{name} {title}", desk.to(kind, name))


def source_view(desk: Desk, name: str) -> BasisView:
    """A source of law by its id."""
    source = next((s for s in desk.ledger.checked.plan.sources if s.id == name), None)
    if source is None:
        return BasisView("house", _LEVELS["house"], name, "", "", verified=False)
    return BasisView(
        source.level,
        _LEVELS[source.level],
        f"{name}《{source.title}》",
        desk.to("source", name),
        source.fixes,
        source.verified,
    )


def basis_view(desk: Desk, basis: Basis) -> BasisView:
    """The basis of an indicator."""
    if basis.kind == "regulation":
        return source_view(desk, basis.name)
    if basis.kind == "clause":
        title = f"{basis.name} {desk.book.title('clause', basis.name)}"
        return BasisView(
            "plan", _LEVELS["plan"], title, desk.to("clause", basis.name), "", verified=True
        )
    return BasisView("house", _LEVELS["house"], basis.name, "", "", verified=True)


def level_word(level: str) -> str:
    """The Chinese word for the level of a source."""
    return _LEVELS[level]


def count_statuses(statuses: Iterable[Status]) -> list[tuple[Status, int]]:
    """How often each status occurs, in the order of the statuses."""
    found = Counter(statuses)
    return [(status, found[status]) for status in Status]


def contacts_by_key(desk: Desk, keys: Iterable[str]) -> list[Contact]:
    """Contacts in the order of the keys."""
    known = {contact.key: contact for contact in desk.ledger.checked.plan.contacts}
    return [known[key] for key in keys if key in known and known[key].call]


def due_items(desk: Desk) -> list[DueItem]:
    """Everything that is overdue or due, earliest first; one line for each record."""
    as_of = desk.ledger.as_of
    found: dict[tuple[int, dt.date], DueItem] = {}
    for assessment in desk.ledger.assessments.values():
        for row in assessment.due:
            if row.due_on is None:
                continue
            days = (row.due_on - as_of).days
            owner = desk.role(row.owner or assessment.indicator.owner)
            meta = f"{owner} · {row.due_on.isoformat()} · {assessment.indicator.title}"
            address = desk.row(row.row) or desk.to("indicator", assessment.indicator.id)
            known = desk.ledger.checked.records.table_of(row.row).sensitivity != RESTRICTED
            title = (row.label if known else "") or assessment.indicator.title
            found.setdefault(
                (row.row, row.due_on), DueItem(title, address, days, _word(days), meta)
            )
        open_figure = assessment.open_period or assessment.headline
        if open_figure.status is Status.AT_RISK or open_figure.judgement.pending:
            period = open_figure.period
            days = (period.end - as_of).days
            meta = f"{desk.role(assessment.indicator.owner)} · {period.end.isoformat()}"
            title = f"{period.title}：{assessment.indicator.headline}"
            address = desk.to("indicator", assessment.indicator.id)
            key = (-len(found) - 1, period.end)
            found[key] = DueItem(title, address, days, _word(days), meta)
    return sorted(found.values(), key=lambda entry: (entry.days, entry.title))


def _word(days: int) -> str:
    if days < 0:
        return f"逾期 {-days} 天"
    return "今天到期" if days == 0 else f"还有 {days} 天"
