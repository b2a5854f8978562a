"""The page of everything overdue and due, by how soon and by post."""

import dataclasses
import datetime as dt

from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.origins import origin
from generator.site.page import Page, SearchEntry
from generator.site.views.due import DueItem, due_items
from generator.site.views.roles import feed_path

_WEEK, _MONTH, _LATER = 7, 30, 60


@dataclasses.dataclass(frozen=True, slots=True)
class PostRow:
    """How much one post owes."""

    title: str
    address: str
    overdue: int
    month: int
    later: int


@dataclasses.dataclass(frozen=True, slots=True)
class DueView:
    """What the page of everything due shows."""

    as_of: dt.date
    overdue: list[DueItem]
    week: list[DueItem]
    month: list[DueItem]
    later: list[DueItem]
    far: list[DueItem]
    posts: list[PostRow]
    feed: str


def due_page(book: Book) -> Page:
    """Everything overdue and due, by how soon; and how much every post owes."""
    desk = Desk(book, "due.md")
    items = due_items(desk)
    view = DueView(
        as_of=book.ledger.as_of,
        overdue=[item for item in items if item.days < 0],
        week=[item for item in items if 0 <= item.days <= _WEEK],
        month=[item for item in items if _WEEK < item.days <= _MONTH],
        later=[item for item in items if _MONTH < item.days <= _LATER],
        far=[item for item in items if item.days > _LATER],
        posts=_posts(desk, items),
        feed=desk.link(feed_path()),
    )
    text = "逾期 到期 快到期 期限 欠什么 谁欠 " + " ".join(item.title for item in items)
    place = origin(one.place for one in book.ledger.checked.indicators)
    return Page(
        path="due.md",
        title="到期事项",
        kind="due",
        markdown=render("due.html", desk=desk, view=view),
        source=place.file,
        line=place.line,
        edition="staff",
        inputs=("records", "as_of"),
        search=(SearchEntry("", "page", "到期事项", "", text),),
    )


def _posts(desk: Desk, items: list[DueItem]) -> list[PostRow]:
    """The posts that owe something, the most pressing first."""
    rows = []
    for post in desk.ledger.checked.bound.posts.values():
        days = [item.days for item in items if item.owner_id == post.id]
        if days:
            row = PostRow(
                post.title,
                desk.to("role", post.id),
                sum(day < 0 for day in days),
                sum(0 <= day <= _MONTH for day in days),
                sum(day > _MONTH for day in days),
            )
            rows.append(row)
    return sorted(rows, key=lambda row: (-row.overdue, -row.month, -row.later, row.title))
