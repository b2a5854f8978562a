"""Pages that an earlier build planned, where nothing that they are made of has changed.

What goes into a page is not followed step by step. A page is planned anew when any file changed
but the texts that only their own pages show; the page of a table or an indicator when any file
changed but the Markdown, of which it shows titles alone, and the tables that it does not show.
"""

import dataclasses
import datetime as dt
import enum
import functools
import hashlib
import io
import json
import operator
import pickle
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, cast

from generator.cache.runs import Inputs, Runs
from generator.ledger import Ledger
from generator.plan.plan import CONTENT
from generator.records.package import Table
from generator.site.book import Book
from generator.site.page import Page, SearchEntry

_ENTRY = operator.attrgetter(*(field.name for field in dataclasses.fields(SearchEntry)))


def inputs_of(runs: Runs, ledger: Ledger) -> Inputs:
    """What a ledger was made of, tables and texts told apart; nothing where that is not known.

    Args:
        runs: the run at hand, which looked at all files before the ledger read them.
        ledger: the ledger.
    """
    project, plan = ledger.checked.project, ledger.checked.plan
    school = project.school
    named = filter(None, (school.restricted, school.card_fonts))
    outside = [project.root / folder for folder in named]
    tables = ledger.checked.records.package.tables.values()
    texts = [(page.path, page.title, page.order, page.in_navigation) for page in plan.pages]
    files = {path for table in tables for path in table.paths}

    def apart(path: str) -> bool:
        return path in files or _is_text(path)

    told = repr(texts), ledger.as_of.isoformat()
    return runs.inputs(school.time_zone, outside, apart, *told)


def _is_text(path: str) -> bool:
    return path.startswith(f"{CONTENT}/") and path.endswith(".md")


def silent(book: Book) -> Book:
    """A book for views that are remembered: it says nothing of texts and of problems."""
    ledger = book.ledger
    pages = tuple(dataclasses.replace(page, body="") for page in ledger.checked.plan.pages)
    plan = dataclasses.replace(ledger.checked.plan, pages=pages, names=())
    checked = dataclasses.replace(ledger.checked, plan=plan, problems=())
    return dataclasses.replace(
        book, ledger=dataclasses.replace(ledger, checked=checked, problems=())
    )


def remembered(
    book: Book,
    name: str,
    make: Callable[[], list[Page]],
    tables: Iterable[Table] | None = None,
    value: object = None,
) -> list[Page]:
    """Pages of an earlier build, or those made now.

    Args:
        book: a silent book.
        name: tells these pages from all others.
        make: makes them of the book.
        tables: those whose files they show, and no more than titles of any text; None where
            they show all tables and all texts but those with a page of their own.
        value: what else they show that was computed of tables and texts; plain values.
    """
    shown = _everything(book) if tables is None else {p for table in tables for p in table.paths}
    key = book.inputs.key("pages", shown, name, book.spoken, written_alike(value))
    if not key:
        return make()
    store = book.ledger.checked.project.store
    held = cast("list[Page] | None", store.held(key))
    if held is None:
        kept = store.recall(key)
        held = [_page(told) for told in json.loads(kept)] if kept else _kept(book, key, make())
        store.hold(key, held)
    return held


def remembered_rows(
    book: Book, name: str, make: Callable[[], list[tuple[Any, ...]]]
) -> list[tuple[Any, ...]]:
    """Plain values that an earlier build computed of all tables, or those computed now."""
    key = book.inputs.key("rows", _everything(book), name, book.spoken)
    if not key:
        return make()
    store = book.ledger.checked.project.store
    kept = store.remembered(key, lambda: json.dumps(make(), ensure_ascii=False).encode())
    return list(map(tuple, json.loads(kept)))


def _everything(book: Book) -> set[str]:
    """All files but the texts that only their own pages show."""
    return book.inputs.files.keys() - {page.path for page in book.ledger.checked.plan.pages}


def written_alike(value: object) -> bytes:
    """A digest, the same for equal values, whether or not they share their parts."""
    out = io.BytesIO()
    writer = _Writer(out)
    writer.fast = True
    writer.dump(value)
    return hashlib.sha256(out.getvalue()).digest()


class _Writer(pickle.Pickler):
    """Takes values apart at the speed of C, where they would be asked to do so themselves."""

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401 - as the library has it
        """The parts of a value that has a known kind of parts."""
        found = _parts_of(type(value))  # type: ignore[arg-type]  # a class can be hashed
        return (tuple, (found(value),)) if found else NotImplemented


@functools.cache
def _parts_of(kind: type) -> Callable[[object], object] | None:
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
        return operator.attrgetter(*names) if names else None
    if kind is Fraction:
        return operator.attrgetter("numerator", "denominator")
    return operator.attrgetter("value") if issubclass(kind, enum.Enum) else None


def _kept(book: Book, key: bytes, pages: list[Page]) -> list[Page]:
    told = json.dumps([_told(page) for page in pages], ensure_ascii=False)
    book.ledger.checked.project.store.keep(key, told.encode())
    return pages


def _told(page: Page) -> dict[str, Any]:
    """A page as plain values."""
    told = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    told["search"] = [_ENTRY(entry) for entry in page.search]
    told["rows"] = [chunk.decode() for chunk in page.rows]
    told["files"] = {path: data.decode() for path, data in page.files.items()}
    told["kept"] = sorted(page.kept)
    told["review_due"] = page.review_due.isoformat() if page.review_due else None
    return told


def _page(told: dict[str, Any]) -> Page:
    """The page that was told."""
    due = told["review_due"]
    entries = (
        SearchEntry(doc, kind, title, anchor, text, tuple(keys), tuple(steps), is_plain=is_plain)
        for doc, kind, title, anchor, text, keys, steps, is_plain in told["search"]
    )
    found = told | {
        "search": tuple(entries),
        "files": {path: text.encode() for path, text in told["files"].items()},
        "rows": tuple(chunk.encode() for chunk in told["rows"]),
        "kept": frozenset(told["kept"]),
        "review_due": dt.date.fromisoformat(due) if due else None,
    }
    for name in ("inputs", "hide", "more_sources"):
        found[name] = tuple(told[name])
    return Page(**found)
