"""The sample school's site, planned and built once for every test that looks at it."""

import atexit
import datetime as dt
import functools
import shutil
import tempfile
from pathlib import Path

from generator.ledger import Ledger, read_ledger
from generator.project import read_project
from generator.site.mkdocs_run import build_tree
from generator.site.offline import OFFLINE_FILE
from generator.site.page import Page
from generator.site.shelves import open_book
from generator.site.tree import Tree, plan_tree

ROOT = Path(__file__).resolve().parents[1]
NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
AS_OF = dt.date(2026, 11, 20)


@functools.cache
def sample_ledger() -> Ledger:
    """The ledger of the sample school; its database stays open until the tests end."""
    ledger = read_ledger(*read_project(ROOT, NOW))
    atexit.register(ledger.checked.database.close)
    return ledger


@functools.cache
def sample_tree() -> Tree:
    """The planned site of the sample school."""
    return plan_tree(sample_ledger())


@functools.cache
def sample_site() -> Path:
    """The built site of the sample school, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="safecampus-site-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build_tree(ROOT, sample_tree(), folder / "site")
    return folder / "site"


def open_sizes() -> dict[str, int]:
    """The rows of every table whose rows may be seen."""
    raw = sample_ledger().checked.records.raw.tables
    return {n: raw[n].size for n in raw if raw[n].table.sensitivity != "restricted"}


def known_sizes() -> dict[str, int]:
    """The same as known on the day counted on: later rows are not there yet."""
    book, _ = open_book(sample_ledger())
    return {name: book.row_counts[name] for name in open_sizes()}


def one_page_of_each_kind() -> dict[str, str]:
    """The address of one page of every kind there is, found pages and the missing one included."""
    first = {page.kind: page.url for page in reversed(sample_tree().pages)}
    return first | {
        "found": "search/?q=演练",
        "missing": "404.html",
        "offline": OFFLINE_FILE,
    }


def page_of(tree: Tree, path: str) -> Page:
    """The page at a Markdown path."""
    return next(page for page in tree.pages if page.path == path)
