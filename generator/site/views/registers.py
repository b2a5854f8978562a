"""Posts, telephone numbers, terms and sources of law."""

import dataclasses
from collections import defaultdict

from markupsafe import Markup

from generator.compliance.bindings import Post
from generator.plan.registers import LegalSource
from generator.site.book import Book, Desk, status_chip
from generator.site.environment import render
from generator.site.page import Page, SearchEntry
from generator.site.views.items import Item, item, level_word


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
class OrganisationView:
    """Posts and what they answer for."""

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
class TermView:
    """One term."""

    anchor: str
    term: str
    synonyms: str
    meaning: str
    see: list[Item]


@dataclasses.dataclass(frozen=True, slots=True)
class GlossaryView:
    """All terms."""

    terms: list[TermView]


@dataclasses.dataclass(frozen=True, slots=True)
class SourceView:
    """One source of law."""

    id: str
    anchor: str
    title: str
    level: str
    level_word: str
    origin: str
    fixes: str
    note: str
    checked_on: str
    verified: bool
    used_by: list[Item]


@dataclasses.dataclass(frozen=True, slots=True)
class SourcesView:
    """All sources of law."""

    sources: list[SourceView]


def organisation_page(book: Book) -> Page:
    """Posts, deputies, and the clauses each post answers for."""
    desk = Desk(book, "organisation.md")
    posts = book.ledger.checked.bound.posts
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
    markdown = render("organisation.html", desk=desk, view=OrganisationView(views, groups))
    return _plain_page(desk.path, "组织与职责", markdown, text, "organisation")


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
    return _plain_page(desk.path, "联系电话", markdown, text, "contacts")


def glossary_page(book: Book) -> Page:
    """All terms."""
    desk = Desk(book, "glossary.md")
    views = [
        TermView(
            f"t-{number}",
            term.term,
            "、".join(term.synonyms),
            term.meaning,
            [item(desk, _kind(desk, name), name) for name in term.see],
        )
        for number, term in enumerate(book.ledger.checked.plan.terms, 1)
    ]
    entries = tuple(
        SearchEntry("", "term", v.term, v.anchor, f"{v.meaning} {v.synonyms}") for v in views
    )
    page = _plain_page(
        desk.path,
        "术语",
        render("glossary.html", desk=desk, view=GlossaryView(views)),
        "",
        "glossary",
    )
    return dataclasses.replace(page, search=entries)


def sources_page(book: Book) -> Page:
    """All sources of law with what they fix and where they are used."""
    desk = Desk(book, "sources.md")
    used = defaultdict(list)
    for indicator in book.ledger.checked.indicators:
        for name in {indicator.basis.name, *indicator.basis.floors}:
            used[name].append(item(desk, "indicator", indicator.id))
    for procedure in book.ledger.checked.plan.procedures:
        for name in procedure.sources:
            used[name].append(item(desk, "document", procedure.id))
    views = [_source(source, used[source.id]) for source in book.ledger.checked.plan.sources]
    entries = tuple(
        SearchEntry(v.id, "source", v.title, v.anchor, f"{v.fixes} {v.origin}", (v.id,))
        for v in views
    )
    page = _plain_page(
        desk.path,
        "法规依据",
        render("sources.html", desk=desk, view=SourcesView(views)),
        "",
        "sources",
    )
    return dataclasses.replace(page, search=entries)


def _plain_page(path: str, title: str, markdown: str, text: str, kind: str) -> Page:
    return Page(
        path=path,
        title=title,
        kind=kind,
        markdown=markdown,
        source="content",
        line=0,
        edition="public",
        inputs=("content", "records", "as_of"),
        search=(SearchEntry("", "page", title, "", text),),
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


def _kind(desk: Desk, name: str) -> str:
    return desk.ledger.checked.registry.kind_of(name)


def _source(source: LegalSource, used: list[Item]) -> SourceView:
    origin = " ".join(filter(None, (source.issuer, source.number, source.in_force)))
    return SourceView(
        source.id,
        f"src-{source.id.lower()}",
        source.title,
        source.level,
        level_word(source.level),
        origin,
        source.fixes,
        source.note,
        source.checked_on,
        source.verified,
        used,
    )
