"""Small registers kept as YAML: telephone numbers, sources of law, terms."""

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path

from generator.declared import Declared
from generator.plan.names import Named, named
from generator.plan.register import Register, read_register, register_form, repeated
from generator.problems.catalogue.declarations import CIRCULAR, WRONG_SHAPE
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem

_CONTACTS, _SOURCES, _TERMS = (f"content/{n}.yml" for n in ("contacts", "sources", "glossary"))
LEVELS = ("law", "regulation", "ministry", "standard", "local", "plan", "house")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


@dataclasses.dataclass(frozen=True, slots=True)
class Contact:
    """A duty number; never a private mobile."""

    key: str
    title: str
    number: str
    note: str
    call: bool
    verified: bool
    local: bool
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class LegalSource:
    """A law, rule or standard and what it fixes; `verified` only when its text was read."""

    id: str
    title: str
    issuer: str
    number: str
    in_force: str
    fixes: str
    level: str
    verified: bool
    checked_on: str
    note: str
    supersedes: tuple[str, ...]
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """A word that staff look up."""

    term: str
    meaning: str
    see: tuple[str, ...]
    synonyms: tuple[str, ...]
    place: Place


_CONTACTS_FORM = register_form(_CONTACTS, Contact)
_SOURCES_FORM = register_form(_SOURCES, LegalSource)
_TERMS_FORM = register_form(_TERMS, Term)


def read_contacts(root: Path) -> tuple[tuple[Contact, ...], list[Named], list[Problem]]:
    """Read `content/contacts.yml`."""
    return read_register(root, _CONTACTS, _CONTACTS_FORM, _contacts)


def read_sources(root: Path) -> tuple[tuple[LegalSource, ...], list[Named], list[Problem]]:
    """Read `content/sources.yml`."""
    return read_register(root, _SOURCES, _SOURCES_FORM, _sources)


def read_terms(root: Path) -> tuple[tuple[Term, ...], list[Named], list[Problem]]:
    """Read `content/glossary.yml`."""
    return read_register(root, _TERMS, _TERMS_FORM, _terms)


def _contacts(register: Register) -> list[Contact]:
    contacts = [_contact(entry) for entry in register.entries]
    register.problems += repeated((c.key, c.place) for c in contacts)
    return contacts


def _sources(register: Register) -> list[LegalSource]:
    sources = [_source(entry, register.names) for entry in register.entries]
    register.problems += _circles(sources)
    register.problems += repeated((s.id, s.place) for s in sources)
    return sources


def _terms(register: Register) -> list[Term]:
    terms = [_term(entry, register.names) for entry in register.entries]
    register.problems += repeated((t.term, t.place) for t in terms)
    return terms


def _contact(entry: Declared) -> Contact:
    contact = Contact(
        key=entry.text("key", required=True),
        title=entry.text("title", required=True),
        number=entry.text("number", required=True),
        note=entry.text("note"),
        call=entry.flag("call", default=True),
        verified=entry.flag("verified"),
        local=entry.flag("local"),
        place=entry.node.place,
    )
    if _MOBILE.search(re.sub(r"\D", "", contact.number)):
        entry.problems.append(
            WRONG_SHAPE.at(
                entry.place("number"),
                key="number",
                value=shown(contact.number),
                wanted_zh="值班座机",
                wanted_en="a duty line",
                example="023-6000-0000",
            )
        )
    entry.close()
    return contact


def _source(entry: Declared, names: list[Named]) -> LegalSource:
    supersedes = entry.texts("supersedes")
    names.extend(named("source", supersedes))
    source = LegalSource(
        id=entry.text("id", required=True),
        title=entry.text("title", required=True),
        issuer=entry.text("issuer"),
        number=entry.text("doc_no"),
        in_force=entry.text("in_force"),
        fixes=entry.text("fixes", required=True),
        level=entry.one_of("level", LEVELS),
        verified=entry.flag("verified"),
        checked_on=entry.text("checked_on"),
        note=entry.text("note"),
        supersedes=tuple(str(node.value) for node in supersedes),
        place=entry.node.place,
    )
    entry.close()
    return source


def _circles(sources: Sequence[LegalSource]) -> list[Problem]:
    """Sources that supersede each other in a circle, told once at the first of them."""
    follows = {source.id: source.supersedes for source in sources}
    told: set[str] = set()
    problems = []
    for source in sources:
        path = _path_back(source.id, follows)
        if path and not told & set(path):
            told |= set(path)
            problems.append(CIRCULAR.at(source.place, path=" → ".join([*path, source.id])))
    return problems


def _path_back(start: str, follows: dict[str, tuple[str, ...]]) -> list[str]:
    """The names from `start` on that lead back to it; empty when none do."""
    paths = [[start]]
    seen = {start}
    while paths:
        path = paths.pop(0)
        for name in follows.get(path[-1], ()):
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return []


def _term(entry: Declared, names: list[Named]) -> Term:
    see = entry.texts("see")
    names.extend(named("", see))
    term = Term(
        term=entry.text("term", required=True),
        meaning=entry.text("meaning", required=True),
        see=tuple(str(node.value) for node in see),
        synonyms=tuple(str(node.value) for node in entry.texts("synonyms")),
        place=entry.node.place,
    )
    entry.close()
    return term
