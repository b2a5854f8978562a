"""Everything a site is made of, before any builder sees it: pages, files, navigation, facts."""

import dataclasses
import html
import json

from generator.cards.deck import card_files
from generator.ledger import Ledger
from generator.site.api import api_files
from generator.site.assets import Assets, gather_assets, picture_name
from generator.site.feeds import feed_files
from generator.site.offline import OFFLINE_FILE, Cover, offline_file
from generator.site.page import Page
from generator.site.pages import Entry, book_pages, navigation
from generator.site.search import search_files
from generator.site.shelves import open_book

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


def plan_tree(ledger: Ledger, edition: str = "staff") -> Tree:
    """Plan the whole site for a ledger without errors."""
    opened = open_book(ledger)
    pages = book_pages(*opened)
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
    files |= assets.files | search.files | _pictures(ledger) | feed_files(opened[0])
    files |= api_files(ledger, pages, edition)
    files |= card_files(opened[0].deck, ledger.checked.project.root)
    files[MANIFEST] = _manifest(ledger, assets)
    files[OFFLINE_FILE] = offline_file(pages, files, _cover(ledger))
    return Tree(school.site_name, pages, navigation(pages), files, facts, assets.favicon)


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


def page_text(page: Page) -> str:
    """The Markdown of a page with the front matter that themes read.

    The title is escaped, since themes put it into their pages as it is.
    """
    meta: dict[str, object] = {"title": html.escape(page.title), "kind": page.kind}
    if page.hide:
        meta["hide"] = list(page.hide)
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    return "\n".join(["---", *lines, "---", "", page.markdown])


def _pictures(ledger: Ledger) -> dict[str, bytes]:
    """Pictures of the content, under hashed names."""
    root = ledger.checked.project.root
    return {
        picture_name(root, path): (root / path).read_bytes()
        for path in ledger.checked.plan.pictures
    }
