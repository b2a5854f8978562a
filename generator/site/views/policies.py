"""Standing documents: the list of all by kind, and one page for each that has a text."""

import dataclasses
import datetime as dt
from collections import defaultdict

from markupsafe import Markup

from generator.compliance.clauses import DocumentState, judge_document
from generator.compliance.status import Status
from generator.plan.policies import Policy
from generator.plan.registers import Contact
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.origins import origin
from generator.site.page import Page, SearchEntry
from generator.site.prose import split_sections
from generator.site.views.freshness import review_note
from generator.site.views.home import emergency_ids
from generator.site.views.items import BasisView, Item, contacts_by_key, item, source_view


@dataclasses.dataclass(frozen=True, slots=True)
class PolicyRow:
    """One document in the list of all."""

    id: str
    title: str
    address: str
    summary: str
    owner: str
    version: str
    review_due: dt.date | None
    state: Status


@dataclasses.dataclass(frozen=True, slots=True)
class PolicyGroup:
    """All documents of one kind."""

    title: str
    anchor: str
    rows: list[PolicyRow]


@dataclasses.dataclass(frozen=True, slots=True)
class PoliciesView:
    """All standing documents by kind."""

    groups: list[PolicyGroup]


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """One section of a document."""

    title: str
    anchor: str
    text: Markup


@dataclasses.dataclass(frozen=True, slots=True)
class PolicyView:
    """The page of one standing document."""

    id: str
    title: str
    summary: Markup
    version: str
    owner: str
    approved_on: dt.date | None
    review_due: dt.date | None
    review_note: tuple[str, str]
    state: Status
    parts: list[Section]
    tables: list[Item]
    indicators: list[tuple[Item, Status | None]]
    calls: list[Contact]
    sources: list[BasisView]
    clauses: list[Item]


def policies_page(book: Book) -> Page:
    """Every registered document that is not for emergencies, with owner and review."""
    desk = Desk(book, "policies/index.md")
    emergencies = set(emergency_ids(book))
    kinds: dict[str, list[PolicyRow]] = defaultdict(list)
    for kind, row in _rows(desk):
        if row.id not in emergencies:
            kinds[kind].append(row)
    labels = book.kind_labels
    groups = [
        PolicyGroup(labels.get(kind, kind), f"k-{number}", rows)
        for number, (kind, rows) in enumerate(sorted(kinds.items(), key=_size), 1)
    ]
    text = "规章 制度 规定 总体预案 " + " ".join(row.title for g in groups for row in g.rows)
    place = origin(one.place for one in book.ledger.checked.plan.policies)
    return Page(
        path=desk.path,
        title="制度",
        kind="policies",
        markdown=render("policies.html", desk=desk, view=PoliciesView(groups)),
        source=place.file,
        line=place.line,
        edition="public",
        inputs=("content/policies", "records", "as_of"),
        search=(SearchEntry("", "page", "制度", "", text),),
    )


def policy_pages(book: Book) -> list[Page]:
    """One page for each text; retired ones are not shown."""
    found = book.ledger.checked.plan.policies
    return [_page(book, policy) for policy in found if policy.status != "retired"]


def _size(entry: tuple[str, list[PolicyRow]]) -> tuple[int, str]:
    """The kind with most documents first: that is what people come for."""
    return -len(entry[1]), entry[0]


def _rows(desk: Desk) -> list[tuple[str, PolicyRow]]:
    checked = desk.ledger.checked
    texts = {policy.id: policy for policy in checked.plan.policies if policy.status != "retired"}
    documents = checked.bound.documents
    found = []
    for name in sorted(texts.keys() | documents.keys()):
        text, document = texts.get(name), documents.get(name)
        registered = document or (text and _as_registered(text))
        if registered:
            row = _row(desk, registered, desk.line(text.summary) if text else Markup())
            found.append((registered.kind, row))
    return found


def _as_registered(policy: Policy) -> DocumentState:
    """A text that no register lists, judged by what it says of itself."""
    return DocumentState(
        id=policy.id,
        title=policy.title,
        owner=policy.owner,
        approved_on=policy.approved_on,
        review_due=policy.review_due,
        version=policy.version,
        page=policy.place.file,
        row=0,
        kind=policy.kind,
        category=policy.category,
    )


def _row(desk: Desk, document: DocumentState, summary: Markup) -> PolicyRow:
    return PolicyRow(
        document.id,
        document.title,
        desk.to("document", document.id),
        summary,
        desk.role(document.owner),
        document.version,
        document.review_due,
        judge_document(document, desk.ledger.as_of, desk.house.review_notice_days),
    )


def _page(book: Book, policy: Policy) -> Page:
    desk = Desk(book, f"policies/{policy.id}.md")
    text = f"{desk.words(policy.summary)} {desk.words(policy.body)}"
    label = book.category_labels.get(policy.category, "")
    keys = tuple(filter(None, (policy.id, label)))
    return Page(
        path=desk.path,
        title=policy.title,
        kind="policy",
        markdown=render("policy.html", desk=desk, view=_view(desk, policy)),
        source=policy.place.file,
        line=1,
        edition=policy.edition,
        inputs=(policy.place.file, "content/contacts.yml", "records", "as_of"),
        doc_id=policy.id,
        owner=policy.owner,
        review_due=policy.review_due,
        version=policy.version,
        search=(SearchEntry(policy.id, "policy", policy.title, "", text, keys),),
    )


def _view(desk: Desk, policy: Policy) -> PolicyView:
    document = desk.ledger.checked.bound.documents.get(policy.id) or _as_registered(policy)
    assessments = desk.ledger.assessments
    sections = enumerate(split_sections(policy.body))
    return PolicyView(
        id=policy.id,
        title=policy.title,
        summary=desk.line(policy.summary),
        version=policy.version,
        owner=desk.role(policy.owner),
        approved_on=policy.approved_on,
        review_due=policy.review_due,
        review_note=review_note(policy.review_due, desk),
        state=judge_document(document, desk.ledger.as_of, desk.house.review_notice_days),
        parts=[
            Section(title, f"s{number}", desk.prose(text, policy.place.file))
            for number, (title, text) in sections
            if title or text.strip()
        ],
        tables=[
            Item(desk.book.title("table", name), desk.to("table", name)) for name in policy.tables
        ],
        indicators=[
            (
                item(desk, "indicator", name),
                assessments[name].status if name in assessments else None,
            )
            for name in policy.indicators
        ],
        calls=contacts_by_key(desk, policy.contacts),
        sources=[source_view(desk, name) for name in policy.sources],
        clauses=[item(desk, "clause", name) for name in policy.clauses],
    )
