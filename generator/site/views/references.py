"""Terms and sources of law."""

import dataclasses
from collections import defaultdict

from generator.plan.names import REFERENCE
from generator.plan.registers import LegalSource
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.origins import origin
from generator.site.page import Page, SearchEntry
from generator.site.views.items import Item, item, level_word
from generator.site.views.registers import Described, plain_page


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
        SearchEntry(
            "", "term", v.term, v.anchor, f"{v.meaning} {v.synonyms}", tuple(v.synonyms.split("、"))
        )
        for v in views
    )
    place = origin(term.place for term in book.ledger.checked.plan.terms)
    markdown = render("glossary.html", desk=desk, view=GlossaryView(views))
    page = plain_page(Described(desk.path, "术语", "glossary", place), markdown, "全部术语")
    return dataclasses.replace(page, search=(*page.search, *entries))


def sources_page(book: Book) -> Page:
    """All sources of law with what they fix and where they are used."""
    desk = Desk(book, "sources.md")
    used = defaultdict(list)
    for indicator in book.ledger.checked.indicators:
        for name in {indicator.basis.name, *indicator.basis.floors}:
            if not desk.public:
                used[name].append(item(desk, "indicator", indicator.id))
    for document in book.ledger.checked.plan.documents:
        for name in document.sources:
            used[name].append(item(desk, "document", document.id))
    for clause in book.ledger.checked.plan.clauses:
        for name in dict.fromkeys(REFERENCE.findall(f"{clause.duty} {clause.text}")):
            used[name].append(item(desk, "clause", clause.id))
    views = [_source(source, used[source.id]) for source in book.ledger.checked.plan.sources]
    entries = tuple(
        SearchEntry(v.id, "source", v.title, v.anchor, f"{v.fixes} {v.origin}", (v.id,))
        for v in views
    )
    place = origin(source.place for source in book.ledger.checked.plan.sources)
    markdown = render("sources.html", desk=desk, view=SourcesView(views))
    page = plain_page(Described(desk.path, "法规依据", "sources", place), markdown, "全部法规")
    return dataclasses.replace(page, search=(*page.search, *entries))


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


def _kind(desk: Desk, name: str) -> str:
    return desk.ledger.checked.registry.kind_of(name)
