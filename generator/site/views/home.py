"""The home page: emergencies first, then how far the plan is carried out and what is owed."""

import dataclasses
import datetime as dt

from generator.compliance.status import Status
from generator.plan.registers import Contact
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.page import Page
from generator.site.views.due import DueItem, due_items
from generator.site.views.items import Item, contacts_by_key, count_statuses
from generator.site.views.routes import routes_link

_TILES = 7
_LISTED = 5
_CALLS = 3
_MONTH = 30


@dataclasses.dataclass(frozen=True, slots=True)
class Tile:
    """One emergency entry."""

    word: str
    icon: str
    address: str


@dataclasses.dataclass(frozen=True, slots=True)
class ChangeView:
    """One recent change of a page or table."""

    title: str
    address: str
    day: str


@dataclasses.dataclass(frozen=True, slots=True)
class TaskView:
    """One line of the first-day checklist; `address` is where it is done."""

    title: str
    done: bool
    where: str
    address: str


@dataclasses.dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows."""

    school: str
    calls: list[Contact]
    tiles: list[Tile]
    procedures: int
    routes: str
    counts: list[tuple[Status, int]]
    total: int
    not_started: int
    as_of: dt.date
    overdue: list[DueItem]
    overdue_count: int
    longest: int
    due: list[DueItem]
    changes: list[ChangeView]
    first_day: list[TaskView]
    first_day_done: int
    links: list[Item]


def home_page(book: Book) -> Page:
    """The first page: emergencies before any figure."""
    desk = Desk(book, "index.md")
    ledger = book.ledger
    items = due_items(desk)
    overdue = [item for item in items if item.days < 0]
    due = [item for item in items if 0 <= item.days <= _MONTH]
    tasks = [TaskView(*entry, _desk_of(desk, entry[2])) for entry in book.first_day]
    unfinished = any(not task.done for task in tasks)
    documents = ledger.checked.bound.documents
    view = HomeView(
        school=ledger.checked.project.school.name,
        calls=national(desk)[:_CALLS],
        tiles=tiles(desk)[:_TILES],
        procedures=len(emergency_ids(book)) or len(documents),
        routes=routes_link(desk),
        counts=count_statuses(state.status for state in ledger.clauses),
        total=len(ledger.clauses),
        not_started=sum(state.judgement.not_started for state in ledger.clauses),
        as_of=ledger.as_of,
        overdue=overdue[:_LISTED],
        overdue_count=len(overdue),
        longest=-overdue[0].days if overdue else 0,
        due=due[:_LISTED],
        changes=_changes(desk),
        first_day=tasks if unfinished else [],
        first_day_done=sum(task.done for task in tasks),
        links=_links(desk),
    )
    return Page(
        path="index.md",
        title="首页",
        kind="home",
        markdown=render("home.html", desk=desk, view=view),
        source="records/school.yaml",
        line=1,
        edition="public",
        inputs=("records", "content", "as_of"),
        hide=("navigation", "toc"),
    )


def _desk_of(desk: Desk, path: str) -> str:
    """Where a file is filled in: on the forge, else the page it becomes, else the help."""
    _, edit = desk.file_place(path, 1)
    _, page = desk.book.file_titles.get(path, ("", ""))
    help_page = desk.text("help/index.md")
    return edit or (desk.link(page) if page else help_page)


def _links(desk: Desk) -> list[Item]:
    """What people come for when nothing is wrong, one tap away."""
    found = [("制度", "policies/index.md"), ("联系电话", "contacts.md")]
    if desk.ledger.checked.plan.questions:
        found.insert(0, ("常见问题", "questions.md"))
    found += [("组织与职责", "organisation.md"), ("日历", "calendar.md")]
    if desk.text("help/index.md"):
        found.append(("帮助", "help/index.md"))
    return [Item(title, desk.link(path)) for title, path in found if desk.shows(path)]


def national(desk: Desk) -> list[Contact]:
    """Numbers that are the same everywhere, shortest first in the order of the register."""
    contacts = desk.ledger.checked.plan.contacts
    wanted = [contact.key for contact in contacts if contact.call and not contact.local]
    found = contacts_by_key(desk, wanted)
    return sorted(found, key=lambda contact: len(contact.number))


def emergency_ids(book: Book) -> list[str]:
    """Ids of all emergency documents: registered ones of a procedure's kind, and the pages."""
    procedures = book.ledger.checked.plan.procedures
    kinds = {procedure.kind for procedure in procedures}
    documents = book.ledger.checked.bound.documents.values()
    found = {document.id for document in documents if document.kind in kinds}
    return sorted(found | {procedure.id for procedure in procedures})


def tiles(desk: Desk) -> list[Tile]:
    """One tile for each emergency, those with a page first."""
    book = desk.book
    pages = {procedure.id: procedure for procedure in book.ledger.checked.plan.procedures}
    documents = book.ledger.checked.bound.documents
    labels = book.category_labels
    found = []
    for name in emergency_ids(book):
        category = pages[name].category if name in pages else documents[name].category
        short = documents[name].short if name in documents else ""
        word = short or labels.get(category) or book.title("document", name)
        address = desk.to("document", name) or f"{desk.link('procedures/index.md')}#all"
        found.append((name not in pages, name, Tile(word, category, address)))
    return [tile for _, _, tile in sorted(found, key=lambda entry: entry[:2])]


def _changes(desk: Desk) -> list[ChangeView]:
    """The content pages and tables that changed last."""
    history = desk.ledger.checked.history
    if not history.known:
        return []
    titles = desk.book.file_titles
    dated = sorted(
        ((history.changed[path].day, path) for path in titles if path in history.changed),
        reverse=True,
    )
    return [
        ChangeView(titles[path][0], desk.link(titles[path][1]), day)
        for day, path in dated[:_LISTED]
    ]
