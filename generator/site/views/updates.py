"""The change log: what was taken in when, and whether a second person saw it; never who."""

import dataclasses
import datetime as dt

from generator.history.accepted import read_accepted
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.page import Page, SearchEntry
from generator.site.views.items import Item

PATH = "updates.md"
_LISTED = 100
_TITLES = 8


@dataclasses.dataclass(frozen=True, slots=True)
class Update:
    """One change: its day, the pages it touched, how many more files, seen by two or not."""

    day: dt.date
    commit: str
    titles: list[Item]
    more: int
    seconded: bool


@dataclasses.dataclass(frozen=True, slots=True)
class UpdatesView:
    """The changes by day, newest first, and how many only one person saw."""

    updates: list[Update]
    alone: int


def updates_page(book: Book) -> list[Page]:
    """The page of changes; none where git cannot tell."""
    checked = book.ledger.checked
    found = read_accepted(checked.project.root, checked.history, _LISTED)
    if not found:
        return []
    desk = Desk(book, PATH)
    updates = [
        Update(change.day, change.commit[:8], *_titles(desk, change.files), change.seconded)
        for change in found
    ]
    view = UpdatesView(updates, sum(not update.seconded for update in updates))
    text = "更新记录 最近改动 改了什么 复核 未经第二人复核 版本"
    page = Page(
        path=PATH,
        title="更新记录",
        kind="updates",
        markdown=render("updates.html", desk=desk, view=view),
        source="records/school.yaml",
        line=1,
        edition="staff",
        inputs=("content", "records", "history"),
        search=(SearchEntry("", "page", "更新记录", "", text),),
    )
    return [page]


def _titles(desk: Desk, files: tuple[str, ...]) -> tuple[list[Item], int]:
    """What readers know the files by, each once, and how many files are left over."""
    known = desk.book.file_titles
    shown = {known[file]: file for file in files if file in known}
    items = [Item(title, desk.link(path)) for title, path in sorted(shown)][:_TITLES]
    named = {known[file] for file in files if file in known}
    rest = sum(file not in known for file in files)
    return items, len(named) - len(items) + rest
