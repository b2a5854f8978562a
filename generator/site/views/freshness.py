"""How fresh a thing is: its last drill, its review, when its records came in."""

import dataclasses
import datetime as dt

from generator.compliance.entered import Kind
from generator.site.book import Book, Desk
from generator.site.remembered import remembered_rows


@dataclasses.dataclass(frozen=True, slots=True)
class EntryRow:
    """One table: how many of its records were entered late, and how many came with the import."""

    title: str
    address: str
    late: int
    founding: int
    unknown: int


def review_note(review_due: dt.date | None, desk: Desk) -> tuple[str, str]:
    """A banner when the review is late or near: the words, and the status they look like."""
    if review_due is None:
        return "", ""
    days = (review_due - desk.ledger.as_of).days
    if days < 0:
        return f"复审已逾期 {-days} 天，内容可能已经过时。", "missed"
    if days > desk.house.review_notice_days:
        return "", ""
    return ("今天是复审的最后一天。" if days == 0 else f"复审将在 {days} 天后到期。"), "at_risk"


def drill_facts(desk: Desk, procedure: str) -> tuple[tuple[str, str], ...]:
    """Time taken, problems found and what became of them, next due: name and words."""
    practice = desk.book.past.practices.get(procedure)
    if practice is None:
        return ()
    facts = [("用时", f"{practice.seconds} 秒")] if practice.seconds is not None else []
    if practice.problems is not None:
        words = _problems(practice.problems, practice.reviewed_on, practice.rectified_on)
        facts.append(("发现问题", words))
    if practice.next_due is not None:
        days = (practice.next_due - desk.ledger.as_of).days
        late = f"，已过 {-days} 天" if days < 0 else ""
        facts.append(("下次演练", f"不迟于 {practice.next_due}{late}"))
    return tuple(facts)


def _problems(number: int, reviewed: dt.date | None, rectified: dt.date | None) -> str:
    if not number:
        return "没有"
    if rectified is not None:
        return f"{number} 个，{rectified} 整改完"
    state = f"{reviewed} 已复盘" if reviewed is not None else "还没有复盘"
    return f"{number} 个，{state}"


def entry_rows(book: Book) -> list[EntryRow]:
    """Tables with records that did not come in in time; others are left out."""
    return [EntryRow(*row) for row in remembered_rows(book, "entries", lambda: _entries(book))]


def _entries(book: Book) -> list[tuple[str, str, int, int, int]]:
    desk = Desk(book, "quality.md")
    found = []
    for table in book.ledger.checked.records.package.tables.values():
        counts = book.past.entries.counts(table.name)
        told = counts[Kind.LATE], counts[Kind.FOUNDING], counts[Kind.UNKNOWN]
        if any(told):
            found.append((table.title, desk.to("table", table.name), *told))
    return found
