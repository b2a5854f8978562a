"""What every view needs: the ledger, where things stand on the site, links between them."""

import dataclasses
import datetime as dt
import html
import posixpath

from markupsafe import Markup

from generator.compliance.clauses import ClauseState
from generator.compliance.status import NAMES, Status
from generator.ledger import Ledger
from generator.plan.clauses import anchor
from generator.site.environment import icon
from generator.site.page import link
from generator.site.prose import expand_line, render_prose

ROWS_PER_PAGE = 250


@dataclasses.dataclass(frozen=True, slots=True)
class Book:
    """The ledger and the address of every named thing: kind and name to path with anchor."""

    ledger: Ledger
    addresses: dict[tuple[str, str], str]
    rows: dict[int, str]
    """The page and anchor of every record that is shown."""
    category_labels: dict[str, str]
    """Short words for the categories of documents."""
    file_titles: dict[str, tuple[str, str]]
    """Source files with the title and path of the page they become."""
    row_counts: dict[str, int]
    """How many rows each table has on the day counted on."""
    row_titles: dict[str, dict[str, str]]
    """Titles of records by table and key, where the key is one column."""
    last_drills: dict[str, dt.date]
    """The last day each procedure was practised on."""
    level_labels: dict[str, str]
    """Words for the levels of posts."""
    first_day: tuple[tuple[str, bool, str], ...] = ()
    """The first-day checklist: title, done, where."""

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

    def link(self, target: str) -> str:
        """A relative link from this page."""
        return link(self.path, target)

    def to(self, kind: str, name: str) -> str:
        """A relative link to a named thing, or an empty string when it has no page."""
        address = self.book.address(kind, name)
        return self.link(address) if address else ""

    def row(self, row: int) -> str:
        """A relative link to a record on its table's page, or an empty string."""
        address = self.book.rows.get(row, "")
        return self.link(address) if address else ""

    def role(self, name: str) -> str:
        """The title of a post; a dash when none is named."""
        return self.book.title("role", name) if name else "—"

    def prose(self, text: str, source: str, level: int = 0) -> Markup:
        """Author Markdown as HTML."""
        rendered = render_prose(
            text, self.reference, lambda target: self._relink(source, target), level
        )
        return Markup(rendered)  # noqa: S704 - checked and rendered by us

    def line(self, text: str) -> Markup:
        """One line of author text as HTML."""
        return Markup(expand_line(text, self.reference))  # noqa: S704 - escaped by us

    def reference(self, name: str) -> str:
        """The HTML for `[[name]]`."""
        registry = self.ledger.checked.registry
        head, _, attribute = name.rpartition(".")
        if attribute == "target" and head in registry.titles["indicator"]:
            indicator = next(i for i in self.ledger.checked.indicators if i.id == head)
            return html.escape(indicator.target_text)
        kind = registry.kind_of(name)
        title = html.escape(registry.title(kind, name))
        if kind == "contact":
            return self._call(name)
        if kind in {"role", "place"}:
            return title
        shown = title if kind == "table" else f"{html.escape(name)} {title}"
        address = self.to(kind, name)
        return f'<a href="{html.escape(address)}">{shown}</a>' if address else shown

    def file_place(self, path: str, line: int) -> tuple[str, str]:
        """A file and line as text, and its address in the repository when that is configured."""
        text = f"{posixpath.basename(path)} 第 {line} 行" if line else posixpath.basename(path)
        pattern = self.ledger.checked.project.school.edit_url
        return text, pattern.format(path=path, line=line or 1) if pattern else ""

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
        return self.link(f"{page_path(resolved)}{mark}{fragment}")


def page_path(content_path: str) -> str:
    """The page a content file becomes: `content/pages/help/a.md` is `help/a.md`."""
    return content_path.removeprefix("content/").removeprefix("pages/")


def section_path(section: str) -> str:
    """The page of a plan section: `3.2` is `plan/3-2.md`."""
    return f"plan/{anchor(section).removeprefix('c-')}.md"


def status_chip(status: Status, *, big: bool = False) -> Markup:
    """Colour, icon and word of a status."""
    classes = "sc-status sc-status--big" if big else "sc-status"
    return Markup('<span class="{}" data-status="{}">{}{}</span>').format(
        classes, status.value, icon(f"status-{status.value}"), NAMES[status].zh
    )


def states_by_id(ledger: Ledger) -> dict[str, ClauseState]:
    """Clause states by id."""
    return {state.clause.id: state for state in ledger.clauses}
