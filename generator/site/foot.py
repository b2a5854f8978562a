"""The foot of every page: the page before and after, the file and line to change, its history."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence

from generator.addresses import file_address
from generator.site.book import Book, Desk
from generator.site.environment import render_part
from generator.site.page import Page
from generator.site.views.evidence import file_view

_ALONE = {"home", "search"}
"""Kinds without a page before and after, unless the navigation gives them one."""
_WORDS = {"table": "修改这张表", "indicator": "修改这个指标"}
_WORD = "修改这一页"


@dataclasses.dataclass(frozen=True, slots=True)
class SourceView:
    """One file a page is made of: where it is changed, when it was, where that is listed."""

    place: str
    changed: str
    edit: str
    history: str


@dataclasses.dataclass(frozen=True, slots=True)
class FootView:
    """The foot of one page; addresses are empty where there is no page or no forge.

    The public edition names no file.
    """

    word: str
    sources: list[SourceView]
    before: tuple[str, str]
    after: tuple[str, str]


def with_feet(
    book: Book, pages: Sequence[Page], rooms: Iterable[Sequence[str]]
) -> tuple[Page, ...]:
    """The pages, each with its foot.

    Args:
        book: the open book.
        pages: all pages of the site.
        rooms: paths that follow each other in the navigation, room by room.
    """
    turns = _turns(pages, rooms)
    titles = {page.path: page.title for page in pages}
    return tuple(_with_foot(book, page, turns.get(page.path, ("", "")), titles) for page in pages)


def _with_foot(book: Book, page: Page, turn: tuple[str, str], titles: dict[str, str]) -> Page:
    desk = Desk(book, page.path)
    before, after = ((titles[path], desk.link(path)) if path else ("", "") for path in turn)
    lines = {page.source: page.line or 1} | dict.fromkeys(page.more_sources, 1)
    sources = [] if desk.public else [_source(desk, *entry) for entry in lines.items()]
    view = FootView(_WORDS.get(page.kind, _WORD), sources, before, after)
    return dataclasses.replace(page, markdown=f"{page.markdown}\n{render_part('foot.html', view)}")


def _source(desk: Desk, path: str, line: int) -> SourceView:
    school = desk.ledger.checked.project.school
    file = file_view(desk, path)
    return SourceView(
        f"{path} 第 {line} 行",
        f"{file.day}（{file.commit}）" if file.commit else "",
        file_address(school.edit_url, path, line),
        file_address(school.history_url, path, line),
    )


def _turns(pages: Sequence[Page], rooms: Iterable[Sequence[str]]) -> dict[str, tuple[str, str]]:
    """The paths before and after each page: its neighbours in its room, else among its kind."""
    chains = [list(room) for room in rooms]
    kinds = defaultdict(list)
    for page in pages:
        if not page.in_navigation and page.kind not in _ALONE:
            kinds[page.kind].append(page.path)
    found: dict[str, tuple[str, str]] = {}
    for chain in [*chains, *kinds.values()]:
        beside = zip(["", *chain], chain, [*chain[1:], ""], strict=False)
        found |= {path: (before, after) for before, path, after in beside}
    return found
