"""Posts and telephone numbers."""

import dataclasses
from collections import defaultdict

from markupsafe import Markup

from generator.compliance.bindings import Post
from generator.problems.problem import Place
from generator.site.book import Book, Desk, status_chip
from generator.site.environment import render
from generator.site.origins import bound_origin, origin
from generator.site.page import Page, SearchEntry
from generator.site.views.items import Item


@dataclasses.dataclass(frozen=True, slots=True)
class PostView:
    """One post."""

    anchor: str
    title: str
    level: str
    duties: str
    superior: str
    deputy: str
    clauses: int


@dataclasses.dataclass(frozen=True, slots=True)
class DutyItem:
    """One clause that a post answers for."""

    title: str
    address: str
    chip: Markup


@dataclasses.dataclass(frozen=True, slots=True)
class DutyGroup:
    """All clauses of one post."""

    title: str
    anchor: str
    clauses: list[DutyItem]


@dataclasses.dataclass(frozen=True, slots=True)
class Branch:
    """A post in the chart with those it is over."""

    post: Item
    level: str
    deputy: str
    below: list["Branch"]


@dataclasses.dataclass(frozen=True, slots=True)
class OrganisationView:
    """Posts and what they answer for; `stand_ins` is who leads when those before are away."""

    chart: list[Branch]
    stand_ins: list[Item]
    posts: list[PostView]
    duties: list[DutyGroup]


@dataclasses.dataclass(frozen=True, slots=True)
class ContactView:
    """One telephone number."""

    anchor: str
    number: Markup
    title: str
    note: str
    verified: bool


@dataclasses.dataclass(frozen=True, slots=True)
class ContactsView:
    """All telephone numbers."""

    contacts: list[ContactView]


@dataclasses.dataclass(frozen=True, slots=True)
class Described:
    """Where a page stands, its title and kind, and where it is changed."""

    path: str
    title: str
    kind: str
    place: Place


def organisation_page(book: Book) -> Page:
    """Posts, deputies, and the clauses each post answers for."""
    desk = Desk(book, "organisation.md")
    posts = {post.id: post for post in ranked(book.ledger.checked.bound.posts)}
    owned = defaultdict(list)
    for state in book.ledger.clauses:
        if state.clause.role:
            owned[state.clause.role].append(state)
    views = [_post(desk, post, len(owned[post.id])) for post in posts.values()]
    groups = [
        DutyGroup(
            post.title,
            post.id,
            [
                DutyItem(
                    f"{s.clause.id} {s.clause.title}",
                    desk.to("clause", s.clause.id),
                    status_chip(s.status),
                )
                for s in owned[post.id]
            ],
        )
        for post in posts.values()
        if owned[post.id]
    ]
    text = "岗位 职责 分工 谁负责 领导小组 " + " ".join(f"{v.title} {v.duties}" for v in views)
    view = OrganisationView(_chart(desk, posts), _stand_ins(desk, posts), views, groups)
    markdown = render("organisation.html", desk=desk, view=view)
    place = bound_origin(book.ledger, "roles")
    page = plain_page(Described(desk.path, "组织与职责", "organisation", place), markdown, text)
    return dataclasses.replace(page, edition="staff")


def _chart(desk: Desk, posts: dict[str, Post]) -> list[Branch]:
    """The tree of posts, from those that are under nobody downwards; a circle stands apart."""
    below: dict[str, list[Post]] = defaultdict(list)
    for post in posts.values():
        below[post.superior if post.superior in posts else ""].append(post)

    def branch(post: Post) -> Branch:
        return Branch(
            Item(post.title, desk.to("role", post.id)),
            desk.book.level_labels.get(post.level, post.level),
            desk.role(post.deputy) if post.deputy else "",
            [branch(lower) for lower in below[post.id]],
        )

    return [branch(post) for post in below[""]]


def _stand_ins(desk: Desk, posts: dict[str, Post]) -> list[Item]:
    """The head of the school and the chain of deputies, each once."""
    found: list[Post] = []
    head = next((post for post in posts.values() if not post.superior), None)
    while head is not None and head not in found:
        found.append(head)
        head = posts.get(head.deputy)
    return [Item(post.title, desk.to("role", post.id)) for post in found]


def ranked(posts: dict[str, Post]) -> list[Post]:
    """Posts from the head of the school downwards, each followed by those it is over."""
    below: dict[str, list[Post]] = defaultdict(list)
    for post in posts.values():
        below[post.superior if post.superior in posts else ""].append(post)
    found: list[Post] = []
    waiting = list(reversed(below[""]))
    while waiting:
        post = waiting.pop()
        found.append(post)
        waiting.extend(reversed(below[post.id]))
    return [*found, *(post for post in posts.values() if post not in found)]


def contacts_page(book: Book) -> Page:
    """All telephone numbers."""
    desk = Desk(book, "contacts.md")
    contacts = book.ledger.checked.plan.contacts
    views = [
        ContactView(
            f"n-{contact.key}",
            Markup(desk.reference(contact.key)),  # noqa: S704 - escaped by us
            contact.title,
            contact.note,
            contact.verified,
        )
        for contact in contacts
    ]
    text = "电话 号码 值班 " + " ".join(f"{c.title} {c.number} {c.note}" for c in contacts)
    markdown = render("contacts.html", desk=desk, view=ContactsView(views))
    place = origin(contact.place for contact in contacts)
    return plain_page(Described(desk.path, "联系电话", "contacts", place), markdown, text)


def plain_page(page: Described, markdown: str, text: str) -> Page:
    """A public page made from several sources, with one search entry."""
    return Page(
        path=page.path,
        title=page.title,
        kind=page.kind,
        markdown=markdown,
        source=page.place.file,
        line=page.place.line,
        edition="public",
        inputs=("content", "records", "as_of"),
        search=(SearchEntry("", "page", page.title, "", text),),
    )


def _post(desk: Desk, post: Post, clauses: int) -> PostView:
    return PostView(
        f"post-{post.id}",
        post.title,
        desk.book.level_labels.get(post.level, post.level),
        post.duties,
        desk.role(post.superior),
        desk.role(post.deputy),
        clauses,
    )
