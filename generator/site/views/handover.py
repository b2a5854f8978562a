"""What a post hands over: late and coming work by post, and where the rest stands."""

import dataclasses
import datetime as dt
from collections import defaultdict

from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.origins import bound_origin
from generator.site.page import Page, SearchEntry
from generator.site.views.due import DueItem, due_items
from generator.site.views.items import Item

_AHEAD = 60
_TEXTS = ("accounts.md", "originals.md", "command.md", "privacy.md")


@dataclasses.dataclass(frozen=True, slots=True)
class PostWork:
    """What one post owes, late first."""

    title: str
    anchor: str
    address: str
    late: int
    items: list[DueItem]


@dataclasses.dataclass(frozen=True, slots=True)
class HandoverView:
    """Work by post, and pages that say where accounts, keys and papers are."""

    as_of: dt.date
    days: int
    posts: list[PostWork]
    texts: list[Item]


def handover_page(book: Book) -> Page:
    """Open work and what comes due soon, by post."""
    desk = Desk(book, "handover.md")
    owed: dict[str, list[DueItem]] = defaultdict(list)
    for entry in due_items(desk):
        if entry.days <= _AHEAD:
            owed[entry.owner_id].append(entry)
    posts = [
        PostWork(
            desk.role(name),
            f"w-{name}",
            desk.to("role", name) if name else "",
            sum(entry.days < 0 for entry in entries),
            entries,
        )
        for name, entries in owed.items()
    ]
    posts.sort(key=lambda post: (-post.late, post.title))
    titles = {path: title for title, path in book.file_titles.values()}
    texts = [Item(titles[path], desk.link(path)) for path in _TEXTS if path in titles]
    view = HandoverView(book.ledger.as_of, _AHEAD, posts, texts)
    text = "交接 离岗 换人 没办完 账号 钥匙 纸质 " + " ".join(post.title for post in posts)
    place = bound_origin(book.ledger, "roles")
    return Page(
        path=desk.path,
        title="交接",
        kind="handover",
        markdown=render("handover.html", desk=desk, view=view),
        source=place.file,
        line=place.line,
        edition="staff",
        inputs=("records", "content", "as_of"),
        search=(SearchEntry("", "page", "交接", "", text),),
    )
