"""Small views that several pages share: links, what demands a thing, calls."""

import dataclasses
from collections import Counter
from collections.abc import Iterable

from generator.compliance.declarations import Basis
from generator.compliance.status import Status
from generator.plan.registers import Contact
from generator.site.book import Desk

_LEVELS = {
    "law": "法律",
    "regulation": "法规",
    "ministry": "部门规定",
    "standard": "标准",
    "local": "地方规定",
    "plan": "方案",
    "house": "校规",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """A title with its address."""

    title: str
    address: str


@dataclasses.dataclass(frozen=True, slots=True)
class BasisView:
    """What demands a thing: the kind of demand, its name, and the duty in our words.

    `verified` is false when the text of the source was not read; `origin` says who issued it.
    """

    level: str
    level_word: str
    name: str
    address: str
    note: str
    verified: bool
    origin: str = ""


def item(desk: Desk, kind: str, name: str) -> Item:
    """A named thing as id and title."""
    title = desk.book.title(kind, name)
    return Item(title if title == name else f"{name} {title}", desk.to(kind, name))


def source_view(desk: Desk, name: str) -> BasisView:
    """A source of law by its id."""
    source = next((s for s in desk.ledger.checked.plan.sources if s.id == name), None)
    if source is None:
        return BasisView("house", _LEVELS["house"], name, "", "", verified=False)
    return BasisView(
        source.level,
        _LEVELS[source.level],
        f"{name}《{source.title}》",
        desk.to("source", name),
        source.fixes,
        source.verified,
        " ".join(filter(None, (source.issuer, source.number))),
    )


def basis_view(desk: Desk, basis: Basis) -> BasisView:
    """The basis of an indicator: a source of law, a clause with its duty, or the school itself."""
    if basis.kind == "regulation":
        return source_view(desk, basis.name)
    if basis.kind == "clause":
        title = f"{basis.name} {desk.book.title('clause', basis.name)}"
        clauses = desk.ledger.checked.plan.clauses
        duty = next((clause.duty for clause in clauses if clause.id == basis.name), "")
        address = desk.to("clause", basis.name)
        note = desk.words(duty)
        return BasisView("plan", _LEVELS["plan"], title, address, note, verified=True)
    return BasisView("house", _LEVELS["house"], basis.name, "", "", verified=True)


def level_word(level: str) -> str:
    """The Chinese word for the level of a source."""
    return _LEVELS[level]


def count_statuses(statuses: Iterable[Status]) -> list[tuple[Status, int]]:
    """How often each status occurs, in the order of the statuses."""
    found = Counter(statuses)
    return [(status, found[status]) for status in Status]


def contacts_by_key(desk: Desk, keys: Iterable[str]) -> list[Contact]:
    """Contacts in the order of the keys."""
    known = {contact.key: contact for contact in desk.ledger.checked.plan.contacts}
    return [known[key] for key in keys if key in known and known[key].call]
