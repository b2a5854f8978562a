"""One page a post: what it owes now, which clauses and indicators it answers for."""

import calendar
import dataclasses
import datetime as dt

from generator.compliance.bindings import Post
from generator.compliance.clauses import judge_document
from generator.compliance.status import Status
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.page import Page, SearchEntry
from generator.site.views.due import DueItem, due_items
from generator.site.views.figures import figure_text
from generator.site.views.items import Item, count_statuses, item


@dataclasses.dataclass(frozen=True, slots=True)
class OwnedView:
    """One clause, indicator or document that a post answers for."""

    title: str
    address: str
    note: str
    state: Status


@dataclasses.dataclass(frozen=True, slots=True)
class RoleView:
    """The page of a post."""

    id: str
    title: str
    level: str
    duties: str
    superior: Item
    deputy: Item
    as_of: dt.date
    feed: str
    overdue: list[DueItem]
    month: list[DueItem]
    later: list[DueItem]
    counts: list[tuple[Status, int]]
    clauses: list[OwnedView]
    indicators: list[OwnedView]
    documents: list[OwnedView]


def role_path(role: str) -> str:
    """The page of a post."""
    return f"roles/{role}.md"


def role_pages(book: Book) -> list[Page]:
    """One page for every post."""
    return [_page(book, post) for post in book.ledger.checked.bound.posts.values()]


def _page(book: Book, post: Post) -> Page:
    desk = Desk(book, role_path(post.id))
    view = _view(desk, post)
    text = f"{post.title} 本月要做 欠什么 负责 {post.duties}"
    return Page(
        path=desk.path,
        title=post.title,
        kind="role",
        markdown=render("role.html", desk=desk, view=view),
        source=desk.ledger.checked.records.place(post.row).file,
        line=desk.ledger.checked.records.place(post.row).line,
        edition="staff",
        inputs=("records", "content", "as_of"),
        owner=post.id,
        search=(SearchEntry("", "page", post.title, "", text),),
        in_navigation=False,
    )


def _view(desk: Desk, post: Post) -> RoleView:
    as_of = desk.ledger.as_of
    items = due_items(desk, post.id)
    end = as_of.replace(day=calendar.monthrange(as_of.year, as_of.month)[1])
    clauses = [state for state in desk.ledger.clauses if state.clause.role == post.id]
    return RoleView(
        id=post.id,
        title=post.title,
        level=desk.book.level_labels.get(post.level, post.level),
        duties=post.duties,
        superior=_post(desk, post.superior),
        deputy=_post(desk, post.deputy),
        as_of=as_of,
        feed=desk.link(feed_path(post.id)),
        overdue=[entry for entry in items if entry.days < 0],
        month=[entry for entry in items if entry.days >= 0 and entry.day <= end],
        later=[entry for entry in items if entry.day > end],
        counts=count_statuses(state.status for state in clauses),
        clauses=[
            OwnedView(
                f"{state.clause.id} {state.clause.title}",
                desk.to("clause", state.clause.id),
                state.judgement.reason.zh,
                state.status,
            )
            for state in clauses
        ],
        indicators=_indicators(desk, post.id),
        documents=_documents(desk, post.id),
    )


def feed_path(role: str = "all") -> str:
    """The calendar feed of a post, or of everything."""
    return f"feeds/{role}.ics"


def _post(desk: Desk, role: str) -> Item:
    return Item(desk.role(role) if role else "", desk.to("role", role) if role else "")


def _indicators(desk: Desk, role: str) -> list[OwnedView]:
    found = []
    for assessment in desk.ledger.assessments.values():
        indicator, headline = assessment.indicator, assessment.headline
        if indicator.owner == role:
            entry = item(desk, "indicator", indicator.id)
            note = f"{headline.period.title} {figure_text(indicator, headline)}"
            found.append(OwnedView(entry.title, entry.address, note, headline.status))
    return found


def _documents(desk: Desk, role: str) -> list[OwnedView]:
    found = []
    for document in desk.ledger.checked.bound.documents.values():
        if document.owner == role:
            address = desk.to("document", document.id) or desk.row(document.row)
            note = f"复审期限 {document.review_due}" if document.review_due else "没有写复审期限"
            state = judge_document(document, desk.ledger.as_of, desk.house.review_notice_days)
            found.append(OwnedView(f"{document.id} {document.title}", address, note, state))
    return found
