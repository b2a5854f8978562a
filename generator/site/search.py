"""The files of the search: a head that every search reads, shards and texts read as needed."""

import dataclasses
import json
from collections.abc import Iterable, Sequence

from generator.addresses import file_address
from generator.cache.store import Store
from generator.ledger import Ledger
from generator.plan.plan import Plan
from generator.plan.synonyms import SYNONYMS_FILE, Sayings, Synonyms
from generator.search.entries import KINDS, Entry
from generator.search.folding import fold, fold_saying, simplified
from generator.search.grams import (
    END,
    as_json,
    chunks,
    write_gaps,
)
from generator.search.patching import index_of
from generator.search.rows import chunk_shards
from generator.site.assets import hashed
from generator.site.letters import letters_aside, letters_of
from generator.site.page import Page, SearchEntry
from generator.site.plain import plain

FOLDER = "assets/search"
"""Where the files of the search lie; a change of any text renames some of them."""
HEAD, OFFLINE = "search/head.json", "search/offline.json"
"""What pages name: these two keep their names, so that no other text moves a page."""
_TEXTS = 9_000
_URGENT = {"procedure", "procedures", "routes", "route_house", "contacts"}
"""Kinds of pages that a reader keeps for the time without a network."""


@dataclasses.dataclass(frozen=True, slots=True)
class SearchFiles:
    """All files of the search by path; `head` is read first, `offline` when nothing answers."""

    files: dict[str, bytes]
    head: str
    offline: str


@dataclasses.dataclass(frozen=True, slots=True)
class Findable:
    """What a search finds; `urgent` entries are kept for the time without a network.

    `rows` are records in chunks that a browser reads.
    """

    entries: Sequence[Entry]
    rows: Sequence[bytes]
    urgent: Sequence[Entry]
    synonyms: Synonyms


class _Shelf:
    """Files under names that carry their hash."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, name: str, data: bytes) -> str:
        path = hashed(f"{FOLDER}/{name}.json", data)
        self.files[path] = data
        return path

    def put_all(self, name: str, parts: Iterable[bytes]) -> list[str]:
        """The hashes alone, in order; the name tells the rest."""
        return [self.put(name, part).split(".")[-2] for part in parts]


def search_files(ledger: Ledger, pages: Sequence[Page], edition: str) -> SearchFiles:
    """Everything that the search of an edition loads; nothing the edition may not show.

    Args:
        ledger: for the words that people use for things.
        pages: all pages; their `search` tells what can be found.
        edition: `staff` or `public`.
    """
    shown = [page for page in pages if edition in {"staff", page.edition}]
    synonyms = spoken_words(ledger.checked.plan)
    edit = ledger.checked.project.school.edit_url
    facts: dict[str, object] = {"edit": file_address(edit, SYNONYMS_FILE)}
    found = [entry for page in shown for entry in page_entries(page, synonyms)]
    rows = [chunk for page in shown for chunk in page.rows]
    kept = {page.url for page in shown if page.kind in _URGENT}
    urgent = [entry for entry in found if entry.url.partition("#")[0] in kept]
    findable = Findable(found, rows, urgent, synonyms)
    return write_search(findable, facts, ledger.checked.project.store)


def write_search(
    findable: Findable, facts: dict[str, object], store: Store | None = None
) -> SearchFiles:
    """Write the files; `facts` go into their heads, `store` knows those of earlier runs."""
    store = store or Store()
    entries, synonyms = findable.entries, findable.synonyms
    shelf = _Shelf()
    with letters_aside([_spoken(entries), _spoken(findable.urgent)], store):
        index = index_of([f"{entry.title}{END}{entry.text}" for entry in entries], store)
    parts = chunks([entry.text for entry in entries], _TEXTS)
    head = _head(entries, synonyms) | facts
    head["variants"] = _variants(index.characters)
    head["starts"] = write_gaps(index.starts)
    head["shards"] = shelf.put_all("pairs", index.shards.parts)
    head["texts"] = shelf.put_all("texts", map(as_json, parts))
    head["sizes"] = [len(part) for part in parts]
    head["letters"] = shelf.put("letters", letters_of(_spoken(entries), store))
    if findable.rows:
        shards = chunk_shards(findable.rows, store).parts
        head["records"] = {
            "shards": shelf.put_all("row-pairs", shards),
            "chunks": shelf.put_all("rows", findable.rows),
        }
    offline = small_index(findable.urgent, synonyms, store, facts)
    files = shelf.files | {HEAD: as_json(head), OFFLINE: offline}
    return SearchFiles(files, HEAD, OFFLINE)


def small_index(
    entries: Sequence[Entry],
    synonyms: Synonyms,
    store: Store,
    facts: dict[str, object] | None = None,
) -> bytes:
    """An index that needs nothing else: what a copy without a network carries inside.

    `scSearch.inside(index)` opens it in a page from `file://` as well; then
    `scSearch.find(store, query)` and `scSearch.listed(answer)` give the list.
    """
    characters = {character for entry in entries for character in fold(entry.title + entry.text)}
    whole = _head(entries, synonyms) | (facts or {})
    whole["variants"] = _variants(characters)
    whole["inside"] = [entry.text for entry in entries]
    whole["letters"] = json.loads(letters_of(_spoken(entries), store))
    return as_json(whole)


def spoken_words(plan: Plan) -> Synonyms:
    """The declared words; a question that leads to a procedure first is a saying for it too."""
    procedures = {procedure.id for procedure in plan.procedures}
    asked = tuple(
        Sayings(question.see[0], (question.ask, *question.also), question.place)
        for question in plan.questions
        if question.see and question.see[0] in procedures
    )
    return dataclasses.replace(plan.synonyms, sayings=(*plan.synonyms.sayings, *asked))


def page_entries(page: Page, synonyms: Synonyms) -> list[Entry]:
    """What can be found of one page."""
    return [_entry(page, entry, synonyms) for entry in page.search]


def _entry(page: Page, entry: SearchEntry, synonyms: Synonyms) -> Entry:
    url = page.url + (f"#{entry.anchor}" if entry.anchor else "")
    text = entry.text if entry.is_plain else plain(entry.text)
    target = entry.doc or (url.rstrip("/") if entry.kind == "page" else "")
    said = (*entry.keys, *(synonyms.words_for(target) if target else ()))
    names = tuple(dict.fromkeys(filter(None, map(fold_saying, said))))
    if names:
        known = {fold(entry.title), fold(entry.doc)}
        names = tuple(name for name in names if name not in known)
    return Entry(entry.doc, entry.kind, entry.title, url, text, names, entry.steps)


def _head(entries: Sequence[Entry], synonyms: Synonyms) -> dict[str, object]:
    kinds = [kind.name for kind in KINDS]
    return {
        "version": 2,
        "kinds": [[kind.name, kind.group, kind.worth] for kind in KINDS],
        "same": [[fold(word) for word in group] for group in synonyms.same],
        "ignore": [fold(word) for word in synonyms.ignore],
        "docs": [
            [kinds.index(e.kind), e.doc, e.title, e.url, list(e.names), list(e.steps)]
            for e in entries
        ],
    }


def _spoken(entries: Sequence[Entry]) -> set[str]:
    return {name for entry in entries for name in (fold(entry.title), *entry.names)}


def _variants(characters: set[str] | frozenset[str]) -> str:
    """Traditional characters, each followed by the simplified one that occurs."""
    return "".join(old + new for old, new in simplified().items() if new in characters)
