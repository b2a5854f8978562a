"""What every view needs: the ledger, where things stand on the site, links between them."""

import dataclasses
import datetime as dt
import html
import posixpath
from collections.abc import Mapping

from markupsafe import Markup

from generator.addresses import file_address
from generator.cache.runs import Inputs
from generator.cards.deck import Deck
from generator.compliance.clauses import ClauseState
from generator.compliance.status import NAMES, Status
from generator.ledger import Ledger
from generator.past import Past
from generator.plan.clauses import anchor
from generator.plan.names import REFERENCE
from generator.plan.policies import Policy
from generator.plan.procedures import Procedure
from generator.project import HouseRules
from generator.records.fields import RESTRICTED
from generator.records.package import Table
from generator.site.environment import icon
from generator.site.page import link
from generator.site.prose import expand_line, render_prose

FIRST_ROWS = 50
"""Rows of a table that stand in its page; the others are in files and are shown when asked for."""


@dataclasses.dataclass(frozen=True, slots=True)
class Book:
    """The ledger and the address of every named thing: kind and name to path with anchor."""

    ledger: Ledger
    addresses: dict[tuple[str, str], str]
    rows: Mapping[int, str]
    """The page and anchor of every record that is shown."""
    category_labels: dict[str, str]
    """Short words for the categories of documents."""
    file_titles: dict[str, tuple[str, str]]
    """Source files with the title and path of the page they become."""
    row_counts: Mapping[str, int]
    """How many rows each table has on the day counted on."""
    row_titles: Mapping[str, dict[str, str]]
    """Titles of records by table and key, where the key is one column."""
    last_drills: dict[str, dt.date]
    """The last day each procedure was practised on."""
    level_labels: dict[str, str]
    """Words for the levels of posts."""
    past: Past
    """What was published, when records came in, the last drills."""
    kind_labels: dict[str, str] = dataclasses.field(default_factory=dict)
    """Words for the kinds of documents."""
    pictures: dict[str, str] = dataclasses.field(default_factory=dict)
    """The published name of every picture of the content."""
    changed: dict[int, str] = dataclasses.field(default_factory=dict)
    """The day on which a record was changed last, as far as git was asked."""
    first_day: tuple[tuple[str, bool, str], ...] = ()
    """The first-day checklist: title, done, where."""
    deck: Deck = dataclasses.field(default_factory=Deck)
    """The action cards."""
    listed: frozenset[str] | None = None
    """The pages of the public edition, which shows no status; None where staff see all."""
    spoken: bytes = b""
    """The digest of all that a reference or a link in a text can become."""
    inputs: Inputs = dataclasses.field(default_factory=Inputs)
    """What the ledger was made of, as far as that is known."""

    def address(self, kind: str, name: str) -> str:
        """Where a thing stands, or an empty string."""
        return self.addresses.get((kind, name), "")

    def title(self, kind: str, name: str) -> str:
        """The title of a thing."""
        return self.ledger.checked.registry.title(kind, name)


@dataclasses.dataclass(frozen=True, slots=True)
class Desk:
    """A book opened at one page: links are relative to it."""

    book: Book
    path: str

    @property
    def ledger(self) -> Ledger:
        """The ledger."""
        return self.book.ledger

    @property
    def house(self) -> HouseRules:
        """The numbers that the school decides for itself."""
        return self.ledger.checked.project.school.house

    @property
    def public(self) -> bool:
        """Tell whether the page is for everybody."""
        return self.book.listed is not None

    def shows(self, path: str) -> bool:
        """Tell whether the edition has a page."""
        return self.book.listed is None or path in self.book.listed

    def link(self, target: str) -> str:
        """A relative link from this page."""
        return link(self.path, target)

    def to(self, kind: str, name: str) -> str:
        """A relative link to a named thing, or an empty string when it has no page."""
        address = self.book.address(kind, name)
        return self.link(address) if address else ""

    def text(self, path: str) -> str:
        """A relative link to a page that the school may have written, or an empty string."""
        known = any(path == page for _, page in self.book.file_titles.values())
        return self.link(path) if known else ""

    def row(self, row: int) -> str:
        """A relative link to a record on its table's page, or an empty string."""
        address = self.book.rows.get(row, "")
        return self.link(address) if address else ""

    def suspects(self, name: str) -> list[tuple[str, str]]:
        """Changed clauses that a document or an indicator rests on, with their addresses."""
        clauses = self.ledger.checked.suspicion.suspects.get(name, ())
        return [(clause, self.to("clause", clause)) for clause in clauses]

    def role(self, name: str) -> str:
        """The title of a post; a dash when none is named."""
        return self.book.title("role", name) if name else "—"

    def prose(self, text: str, source: str, level: int = 0) -> Markup:
        """Author Markdown as HTML."""
        store = self.ledger.checked.project.store
        rendered = render_prose(
            text, self.reference, lambda target: self._relink(source, target), level, store
        )
        return Markup(rendered)  # noqa: S704 - checked and rendered by us

    def line(self, text: str) -> Markup:
        """One line of author text as HTML."""
        return Markup(expand_line(text, self.reference))  # noqa: S704 - escaped by us

    def words(self, text: str) -> str:
        """Author text with the words that readers see in place of references."""
        return words_of(self.ledger, text)

    def size(self, table: str) -> str:
        """How many rows a table has; empty for a restricted one, whose growth tells of cases."""
        count = self.book.row_counts.get(table, 0)
        found = self.ledger.checked.records.package.tables.get(table)
        return "" if found is not None and found.sensitivity == RESTRICTED else str(count)

    def reference(self, name: str) -> str:
        """The HTML for `[[name]]`."""
        kind, words = reference_words(self.ledger, name)
        shown = html.escape(words)
        if kind == "contact":
            return self._call(name)
        address = "" if kind in {"", "role", "place"} else self.to(kind, name)
        return f'<a href="{html.escape(address)}">{shown}</a>' if address else shown

    def file_place(self, path: str, line: int) -> tuple[str, str]:
        """A file and line as text, and its address in the repository when that is configured."""
        text = f"{posixpath.basename(path)} 第 {line} 行" if line else posixpath.basename(path)
        pattern = self.ledger.checked.project.school.edit_url
        return text, file_address(pattern, path, line or 1)

    def _call(self, key: str) -> str:
        contact = next(c for c in self.ledger.checked.plan.contacts if c.key == key)
        number = html.escape(contact.number)
        dialled = "".join(c for c in contact.number if c in "+0123456789")
        if not contact.call or not dialled:
            return number
        return f'<a class="sc-tel" href="tel:{dialled}">{number}</a>'

    def _relink(self, source: str, target: str) -> str:
        path, mark, fragment = target.partition("#")
        if not path or ":" in path:
            return target
        resolved = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if resolved in self.book.pictures:
            return self.link(self.book.pictures[resolved])
        _, page = self.book.file_titles.get(resolved, ("", page_path(resolved)))
        return self.link(f"{page}{mark}{fragment}")


def reference_words(ledger: Ledger, name: str) -> tuple[str, str]:
    """The kind of what `[[name]]` names, and the words that readers see; a target has no kind."""
    registry = ledger.checked.registry
    head, _, attribute = name.rpartition(".")
    if attribute == "target" and head in registry.titles["indicator"]:
        return "", next(i for i in ledger.checked.indicators if i.id == head).target_text
    kind = registry.kind_of(name)
    if kind == "contact":
        return kind, next(c for c in ledger.checked.plan.contacts if c.key == name).number
    title = registry.title(kind, name)
    alone = kind in {"role", "place", "table"} or title == name
    return kind, title if alone else f"{name} {title}"


def words_of(ledger: Ledger, text: str) -> str:
    """Author text with the words that readers see in place of references."""
    return REFERENCE.sub(lambda match: reference_words(ledger, match.group(1))[1], text)


def is_hidden(table: Table, name: str) -> bool:
    """Tell whether nobody may see a column: it or its table is restricted."""
    field = table.field(name)
    return RESTRICTED in {table.sensitivity, field.sensitivity if field else ""}


def page_path(content_path: str) -> str:
    """The page a content file becomes: `content/pages/help/a.md` is `help/a.md`."""
    return content_path.removeprefix("content/").removeprefix("pages/")


def document_path(document: Procedure | Policy) -> str:
    """The page of a procedure or policy: `procedures/EP01.md`, `policies/ZD02.md`."""
    folder = "procedures" if isinstance(document, Procedure) else "policies"
    return f"{folder}/{document.id}.md"


def section_path(section: str) -> str:
    """The page of a plan section: `3.2` is `plan/3-2.md`."""
    return f"plan/{anchor(section).removeprefix('c-')}.md"


def table_path(name: str) -> str:
    """The path of the page of a table: `records/drills.md`."""
    return f"records/{name}.md"


def status_chip(status: Status, *, big: bool = False) -> Markup:
    """Colour, icon and word of a status."""
    classes = "sc-status sc-status--big" if big else "sc-status"
    return Markup('<span class="{}" data-status="{}">{}{}</span>').format(
        classes, status.value, icon(f"status-{status.value}"), NAMES[status].zh
    )


def states_by_id(ledger: Ledger) -> dict[str, ClauseState]:
    """Clause states by id."""
    return {state.clause.id: state for state in ledger.clauses}
