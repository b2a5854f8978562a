"""Ledger to pages: which pages there are, in the order of the navigation."""

import dataclasses

from generator.ledger import Ledger
from generator.site.book import Book
from generator.site.foot import with_feet
from generator.site.page import Page
from generator.site.remembered import remembered, silent
from generator.site.shelves import open_book
from generator.site.views.calendar import calendar_page
from generator.site.views.cards import card_pages
from generator.site.views.charts import charts_page
from generator.site.views.clause_matrix import clause_matrix_page
from generator.site.views.due_list import due_page
from generator.site.views.handover import handover_page
from generator.site.views.home import home_page
from generator.site.views.indicator_list import indicators_page
from generator.site.views.indicators import counted_values, indicator_pages
from generator.site.views.mechanisms import mechanism_pages
from generator.site.views.plan import plan_page, section_pages
from generator.site.views.policies import policies_page, policy_pages
from generator.site.views.procedures import procedure_pages, procedures_page
from generator.site.views.questions import questions_page
from generator.site.views.references import glossary_page, sources_page
from generator.site.views.registers import contacts_page, organisation_page
from generator.site.views.roles import role_pages
from generator.site.views.routes import route_pages
from generator.site.views.rows import Rows
from generator.site.views.sheets import sheet_pages
from generator.site.views.tables import table_pages, tables_page
from generator.site.views.texts import messages_page, quality_page, search_page, text_pages
from generator.site.views.updates import updates_page
from generator.site.views.year import year_page

_ROOMS = (
    ("procedures/", "应急处置"),
    ("policies/", "制度"),
    ("plan/", "实施方案"),
    ("indicators/", "合规"),
    ("records/", "记录"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation: a page, or a title over further entries."""

    title: str
    path: str = ""
    entries: tuple["Entry", ...] = ()


def plan_pages(ledger: Ledger) -> tuple[Page, ...]:
    """All pages of the site for the ledger; they are values, nothing is written."""
    return book_pages(*open_book(ledger))


def book_pages(book: Book, records: Rows) -> tuple[Page, ...]:
    """All pages of an open book."""
    told = silent(book)
    counted = counted_values(told)
    pages = [
        *remembered(told, "first", lambda: _first_pages(told)),
        *indicator_pages(told, counted),
        *sheet_pages(told, counted),
        *remembered(told, "middle", lambda: _middle_pages(told)),
        *table_pages(told, records),
        *remembered(told, "references", lambda: _reference_pages(told)),
        quality_page(book),
        *remembered(told, "last", lambda: _last_pages(told)),
        *text_pages(book),
    ]
    return _with_feet(book, tuple(pages))


def _first_pages(book: Book) -> list[Page]:
    return [
        home_page(book),
        procedures_page(book),
        *procedure_pages(book),
        *route_pages(book),
        policies_page(book),
        *policy_pages(book),
        *card_pages(book),
        plan_page(book),
        *section_pages(book),
        indicators_page(book),
        clause_matrix_page(book),
        *mechanism_pages(book),
    ]


def _middle_pages(book: Book) -> list[Page]:
    return [
        due_page(book),
        calendar_page(book),
        tables_page(book),
        *charts_page(book),
    ]


def public_pages(book: Book, records: Rows) -> tuple[Page, ...]:
    """The pages of the public edition: those that the school lists, of a book for everybody."""
    paths = book.listed or frozenset()
    pages = [
        home_page(book),
        procedures_page(book),
        *procedure_pages(book),
        policies_page(book),
        *policy_pages(book),
        plan_page(book),
        *section_pages(book),
        *table_pages(book, records),
        contacts_page(book),
        sources_page(book),
        glossary_page(book),
        *year_page(book),
        *questions_page(book),
        search_page(book),
        *text_pages(book),
    ]
    return _with_feet(book, tuple(page for page in pages if page.path in paths))


def _with_feet(book: Book, pages: tuple[Page, ...]) -> tuple[Page, ...]:
    rooms = [[inner.path for inner in entry.entries] for entry in navigation(pages)]
    return with_feet(book, pages, rooms)


def _reference_pages(book: Book) -> list[Page]:
    return [
        organisation_page(book),
        handover_page(book),
        contacts_page(book),
        sources_page(book),
        glossary_page(book),
        *year_page(book),
        *questions_page(book),
    ]


def _last_pages(book: Book) -> list[Page]:
    return [
        *updates_page(book),
        messages_page(book),
        search_page(book),
        *role_pages(book),
    ]


def navigation(pages: tuple[Page, ...]) -> tuple[Entry, ...]:
    """The navigation: six rooms by folder, everything else under 资料."""
    entries = [Entry("首页", "index.md")]
    for folder, title in _ROOMS:
        entries.append(Entry(title, entries=_below(pages, folder)))
    loose = [page for page in pages if page.in_navigation and "/" not in page.path]
    texts = [Entry(p.title, p.path) for p in loose if p.kind not in {"home", "search"}]
    entries.append(Entry("资料", entries=(*texts, *_folders(pages))))
    entries.append(Entry("帮助", entries=_below(pages, "help/")))
    return tuple(entry for entry in entries if entry.path or entry.entries)


def _folders(pages: tuple[Page, ...]) -> tuple[Entry, ...]:
    """Folders of texts that are no room: each under the title of its index, else its name."""
    rooms = {*(folder for folder, _ in _ROOMS), "help/"}
    texts = [p for p in pages if p.source.startswith("content/pages/") and "/" in p.path]
    titles: dict[str, str] = {}
    for page in texts:
        name, _, rest = page.path.partition("/")
        if rest == "index.md":
            titles[f"{name}/"] = page.title
        else:
            titles.setdefault(f"{name}/", name)
    found = [(title, _below(pages, name)) for name, title in titles.items() if name not in rooms]
    return tuple(Entry(title, entries=entries) for title, entries in found if entries)


def _below(pages: tuple[Page, ...], folder: str) -> tuple[Entry, ...]:
    found = [page for page in pages if page.in_navigation and page.path.startswith(folder)]
    first = [page for page in found if page.path == f"{folder}index.md"]
    rest = [page for page in found if page not in first]
    return tuple(Entry(page.title, page.path) for page in [*first, *rest])
