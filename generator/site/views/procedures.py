"""Emergency procedures: the list of all, and one page a procedure."""

import dataclasses
import datetime as dt
import re

from markupsafe import Markup

from generator.cards.card import Card
from generator.compliance.clauses import judge_document
from generator.compliance.status import Status
from generator.plan.procedures import Procedure
from generator.plan.registers import Contact
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.origins import origin
from generator.site.page import Page, SearchEntry
from generator.site.prose import split_sections
from generator.site.views.freshness import drill_facts, review_note
from generator.site.views.home import Tile, emergency_ids, national, tiles
from generator.site.views.items import BasisView, Item, contacts_by_key, item, source_view
from generator.site.views.routes import routes_link

_MINUTE = re.compile(r"第\s*(\d+)\s*分钟")


@dataclasses.dataclass(frozen=True, slots=True)
class BodyPart:
    """One section of a procedure's body."""

    title: str
    anchor: str
    text: Markup
    minute: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class TaskView:
    """Who does what."""

    group: str
    role: str
    task: str


@dataclasses.dataclass(frozen=True, slots=True)
class ProcedureView:
    """The page of a procedure."""

    id: str
    title: str
    version: str
    review_due: dt.date | None
    review_note: str
    review_kind: str
    last_drill: str
    drill_days: int
    drill_facts: tuple[tuple[str, str], ...]
    first_minute: tuple[str, ...]
    do_not: tuple[str, ...]
    calls: list[Contact]
    local_calls: list[Contact]
    before: list[BodyPart]
    minutes: list[BodyPart]
    after: list[BodyPart]
    commander: str
    deputy: str
    tasks: list[TaskView]
    script: Markup
    verbal_hours: int
    written_hours: int
    report_to: str
    places: str
    routes: str
    sources: list[BasisView]
    clauses: list[Item]
    card: Card | None
    card_made: bool


@dataclasses.dataclass(frozen=True, slots=True)
class DocumentRow:
    """One emergency document in the list of all."""

    id: str
    title: str
    address: str
    owner: str
    review_due: dt.date | None
    state: Status


@dataclasses.dataclass(frozen=True, slots=True)
class ProceduresView:
    """The list of all procedures."""

    calls: list[Contact]
    tiles: list[Tile]
    documents: list[DocumentRow]


def procedures_page(book: Book) -> Page:
    """Every emergency: a tile each, then the list with owners and reviews."""
    desk = Desk(book, "procedures/index.md")
    rows = [_document_row(desk, name) for name in emergency_ids(book)]
    view = ProceduresView(national(desk)[:3], tiles(desk), rows)
    text = "应急 预案 突发事件 " + " ".join(row.title for row in rows)
    place = origin(one.place for one in book.ledger.checked.plan.procedures)
    return Page(
        path=desk.path,
        title="应急处置",
        kind="procedures",
        markdown=render("procedures.html", desk=desk, view=view),
        source=place.file,
        line=place.line,
        edition="public",
        inputs=("content/procedures", "records", "as_of"),
        search=(SearchEntry("", "page", "应急处置", "", text),),
    )


def procedure_pages(book: Book) -> list[Page]:
    """One page a procedure; retired ones are not shown."""
    found = book.ledger.checked.plan.procedures
    return [_page(book, procedure) for procedure in found if procedure.status != "retired"]


def _document_row(desk: Desk, name: str) -> DocumentRow:
    document = desk.ledger.checked.bound.documents.get(name)
    owner = desk.role(document.owner) if document else "—"
    return DocumentRow(
        name,
        desk.book.title("document", name),
        desk.to("document", name),
        owner,
        document.review_due if document else None,
        judge_document(document, desk.ledger.as_of, desk.house.review_notice_days),
    )


def _page(book: Book, procedure: Procedure) -> Page:
    desk = Desk(book, f"procedures/{procedure.id}.md")
    view = _view(desk, procedure)
    category = book.category_labels.get(procedure.category, "")
    steps = "，".join(procedure.first_minute)
    text = f"{procedure.summary} {steps} {desk.words(procedure.body)}"
    keys = tuple(filter(None, (procedure.id, category)))
    return Page(
        path=desk.path,
        title=procedure.title,
        kind="procedure",
        markdown=render("procedure.html", desk=desk, view=view),
        source=procedure.place.file,
        line=1,
        edition=procedure.edition,
        inputs=(procedure.place.file, "content/contacts.yml", "records", "as_of"),
        doc_id=procedure.id,
        owner=procedure.owner,
        review_due=procedure.review_due,
        version=procedure.version,
        search=(
            SearchEntry(
                procedure.id, "procedure", procedure.title, "", text, keys, procedure.first_minute
            ),
        ),
    )


def _view(desk: Desk, procedure: Procedure) -> ProcedureView:
    parts = _parts(desk, procedure)
    first = next((i for i, part in enumerate(parts) if part.minute), len(parts))
    contacts = contacts_by_key(desk, procedure.contacts)
    practice = desk.book.past.practices.get(procedure.id)
    last = practice.day if practice else desk.book.last_drills.get(procedure.id)
    note, kind = _review(procedure, desk)
    report = procedure.report
    return ProcedureView(
        id=procedure.id,
        title=procedure.title,
        version=procedure.version,
        review_due=procedure.review_due,
        review_note=note,
        review_kind=kind,
        last_drill=last.isoformat() if last else "",
        drill_days=(desk.ledger.as_of - last).days if last else 0,
        drill_facts=drill_facts(desk, procedure.id),
        first_minute=procedure.first_minute,
        do_not=procedure.do_not,
        calls=[contact for contact in contacts if not contact.local],
        local_calls=[contact for contact in contacts if contact.local],
        before=parts[:first],
        minutes=[part for part in parts if part.minute],
        after=[part for part in parts[first:] if not part.minute],
        commander=desk.role(procedure.commander),
        deputy=desk.role(procedure.deputy),
        tasks=[TaskView(t.group, desk.role(t.role), t.task) for t in procedure.tasks],
        script=desk.line(report.script if report else ""),
        verbal_hours=report.verbal_hours if report else 0,
        written_hours=report.written_hours if report else 0,
        report_to="、".join(
            desk.book.title("contact", key) for key in (report.to if report else ())
        ),
        places="，备用 ".join(
            desk.book.title("place", name) for name in procedure.assembly_points[:2]
        ),
        routes=routes_link(desk) if procedure.routes else "",
        sources=[source_view(desk, name) for name in procedure.sources],
        clauses=[item(desk, "clause", name) for name in procedure.clauses],
        card=next((card for card in desk.book.deck.cards if card.id == procedure.id), None),
        card_made=procedure.id in desk.book.deck.made,
    )


def _parts(desk: Desk, procedure: Procedure) -> list[BodyPart]:
    """The body split at its second-level headings."""
    parts = []
    for number, (title, text) in enumerate(split_sections(procedure.body)[1:], 1):
        minute = _MINUTE.fullmatch(title)
        name = f"m{minute.group(1)}" if minute else f"s{number}"
        prose = desk.prose(text, procedure.place.file)
        parts.append(BodyPart(title, name, prose, minute.group(1) if minute else ""))
    return parts


def _review(procedure: Procedure, desk: Desk) -> tuple[str, str]:
    """A banner when the review is late or near."""
    if procedure.status == "draft":
        return "这份程序还是草稿，没有批准。", "missed"
    return review_note(procedure.review_due, desk)
