"""Everything a site is made of, before any builder sees it: pages, files, navigation, facts."""

import dataclasses
import html
import json

from generator.cache.runs import Runs
from generator.cache.store import Store
from generator.cards.deck import card_files
from generator.ledger import Ledger
from generator.site.allowed import STAFF, public_paths
from generator.site.api import api_files
from generator.site.assets import Assets, gather_assets, picture_name
from generator.site.book import Book
from generator.site.description import description
from generator.site.feeds import feed_files
from generator.site.loose_ends import pictures_on, tie_up
from generator.site.offline import OFFLINE_FILE, Cover, offline_file
from generator.site.page import Page
from generator.site.pages import Entry, book_pages, navigation, public_pages
from generator.site.public import public_ledger
from generator.site.remembered import inputs_of
from generator.site.search import search_files
from generator.site.shelves import open_book
from generator.site.sitemap import sitemap_files
from generator.site.views.rows import Rows

MANIFEST = "manifest.webmanifest"


@dataclasses.dataclass(frozen=True, slots=True)
class Tree:
    """The site as values: `files` maps paths to bytes; `facts` is what the theme may ask."""

    name: str
    pages: tuple[Page, ...]
    navigation: tuple[Entry, ...]
    files: dict[str, bytes]
    facts: dict[str, object]
    favicon: str
    store: Store = dataclasses.field(default_factory=Store)
    """What earlier builds found out; nothing when it is not given."""


def plan_tree(ledger: Ledger, edition: str = "staff", runs: Runs | None = None) -> Tree:
    """Plan the whole site for a ledger without errors; the public one is made of public things.

    Args:
        ledger: the ledger.
        edition: `staff` or `public`.
        runs: the run that the ledger belongs to; pages of earlier ones are remembered.
    """
    told = ledger if edition == STAFF else public_ledger(ledger)
    opened = open_book(
        told,
        None if edition == STAFF else public_paths(ledger),
        inputs_of(runs, ledger) if runs else None,
    )
    tree = _tree(told, opened, edition)
    if edition == STAFF:
        return tree
    return dataclasses.replace(tree, pages=tie_up(tree.pages, tree.files))


def _tree(ledger: Ledger, opened: tuple[Book, Rows], edition: str) -> Tree:
    pages = book_pages(*opened) if edition == STAFF else public_pages(*opened)
    assets = gather_assets()
    search = search_files(ledger, pages, edition)
    school = ledger.checked.project.school
    facts: dict[str, object] = {
        "css": list(assets.styles),
        "js": list(assets.scripts),
        "search_index": search.head,
        "search_offline": search.offline,
        "search": "search/",
        "manifest": MANIFEST,
        "icon": assets.icons[192],
        "urgent": "procedures/",
        "as_of": ledger.as_of.isoformat(),
        "sample": school.sample,
        "school": school.name,
        "address": school.site_address,
        "calls": [
            {"number": contact.number, "title": contact.title}
            for contact in ledger.checked.plan.contacts[:3]
        ],
        "links": [
            {"title": page.title, "url": page.url}
            for page in pages
            if page.path in {"privacy.md", "help/index.md"}
        ],
    }
    files = {path: data for page in pages for path, data in page.files.items()}
    files |= assets.files | search.files | api_files(ledger, pages, edition)
    if edition == STAFF:
        files |= feed_files(opened[0]) | card_files(opened[0].deck, ledger.checked.project.root)
        files |= _pictures(ledger)
    else:
        files |= pictures_on(pages, _pictures(ledger))
    files |= sitemap_files(school.site_address, pages)
    files[MANIFEST] = _manifest(ledger, assets)
    store = ledger.checked.project.store
    files[OFFLINE_FILE] = offline_file(pages, files, _cover(ledger), store)
    return Tree(school.site_name, pages, navigation(pages), files, facts, assets.favicon, store)


def _manifest(ledger: Ledger, assets: Assets) -> bytes:
    """What a telephone needs to put the site on its screen."""
    school = ledger.checked.project.school
    icons = [
        {"src": path, "sizes": f"{size}x{size}", "type": "image/png"}
        for size, path in assets.icons.items()
    ]
    manifest = {
        "name": school.site_name,
        "short_name": "平安校园",
        "lang": "zh-CN",
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": icons,
    }
    return json.dumps(manifest, ensure_ascii=False).encode()


def _cover(ledger: Ledger) -> Cover:
    school = ledger.checked.project.school
    return Cover(
        school.name,
        school.site_name,
        school.site_address,
        school.sample,
        ledger.as_of,
        ledger.checked.plan.contacts[:3],
        ledger.checked.plan.synonyms,
    )


def page_meta(page: Page) -> dict[str, object]:
    """What themes read of a page; texts are escaped, since they put them in as they are."""
    meta: dict[str, object] = {"title": html.escape(page.title), "kind": page.kind}
    if told := description(page):
        meta["description"] = html.escape(told)
    if page.hide:
        meta["hide"] = list(page.hide)
    return meta


def page_text(page: Page) -> str:
    """The Markdown of a page with the front matter that themes read."""
    meta = page_meta(page)
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    return "\n".join(["---", *lines, "---", "", page.markdown])


def _pictures(ledger: Ledger) -> dict[str, bytes]:
    """Pictures of the content, under hashed names."""
    root = ledger.checked.project.root
    return {
        picture_name(root, path): (root / path).read_bytes()
        for path in ledger.checked.plan.pictures
    }
