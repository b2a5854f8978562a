"""Action cards to download, and which versions hang on the walls."""

import dataclasses
import datetime as dt

from generator.cards.deck import FOLDER, POCKET_FILE
from generator.plan.printed import PRINTED_FILE
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.page import Page, SearchEntry

CARDS, PRINTED = "procedures/cards.md", "procedures/printed.md"


@dataclasses.dataclass(frozen=True, slots=True)
class CardRow:
    """One card: its procedure and its two files; empty addresses when it was not made."""

    id: str
    title: str
    version: str
    address: str
    sheet: str
    picture: str


@dataclasses.dataclass(frozen=True, slots=True)
class CopyRow:
    """One card on paper; `now` is the version it should have, empty when none."""

    id: str
    title: str
    address: str
    where: str
    version: str
    now: str
    printed_on: dt.date | None
    line: int

    @property
    def is_old(self) -> bool:
        """Whether it has to be replaced or taken down."""
        return self.version != self.now


@dataclasses.dataclass(frozen=True, slots=True)
class CardsView:
    """All cards; `pocket` is the file with all of them, empty when cards were not made."""

    cards: list[CardRow]
    pocket: str


@dataclasses.dataclass(frozen=True, slots=True)
class PrintedView:
    """What hangs where: copies out of date first; cards that hang nowhere."""

    old: list[CopyRow]
    good: list[CopyRow]
    nowhere: list[CardRow]


def card_pages(book: Book) -> list[Page]:
    """The page of all cards and the page of printed copies; none without procedures."""
    return [_cards_page(book), _printed_page(book)] if book.deck.cards else []


def _cards_page(book: Book) -> Page:
    desk = Desk(book, CARDS)
    rows = _rows(desk)
    pocket = desk.link(POCKET_FILE) if book.deck.made else ""
    view = CardsView(rows, pocket)
    words = "应急卡片 打印 口袋 张贴 手机相册 PDF 图片 " + " ".join(row.title for row in rows)
    return _page(desk, "应急卡片", render("cards.html", desk=desk, view=view), words)


def _printed_page(book: Book) -> Page:
    desk = Desk(book, PRINTED)
    copies = sorted(_copies(desk), key=lambda row: (row.id, row.where))
    hanging = {copy.id for copy in copies}
    view = PrintedView(
        old=[copy for copy in copies if copy.is_old],
        good=[copy for copy in copies if not copy.is_old],
        nowhere=[row for row in _rows(desk) if row.id not in hanging],
    )
    words = "打印版本 张贴 墙上 旧版 换版 " + " ".join(f"{c.title} {c.where}" for c in copies)
    return _page(desk, "打印版本", render("printed.html", desk=desk, view=view), words)


def _rows(desk: Desk) -> list[CardRow]:
    made = desk.book.deck.made
    return [
        CardRow(
            card.id,
            card.title,
            card.version,
            desk.to("document", card.id),
            desk.link(f"{FOLDER}/{card.id}.pdf") if card.id in made else "",
            desk.link(f"{FOLDER}/{card.id}.png") if card.id in made else "",
        )
        for card in desk.book.deck.cards
    ]


def _copies(desk: Desk) -> list[CopyRow]:
    plan = desk.ledger.checked.plan
    versions = {p.id: p.version for p in plan.procedures if p.status != "retired"}
    return [
        CopyRow(
            copy.card,
            desk.book.title("document", copy.card),
            desk.to("document", copy.card),
            desk.book.title("place", copy.where),
            copy.version,
            versions.get(copy.card, ""),
            copy.printed_on,
            copy.place.line,
        )
        for copy in plan.printed
    ]


def _page(desk: Desk, title: str, markdown: str, words: str) -> Page:
    return Page(
        path=desk.path,
        title=title,
        kind="cards",
        markdown=markdown,
        source=PRINTED_FILE,
        line=1,
        edition="staff",
        inputs=("content/procedures", PRINTED_FILE, "records/school.yaml"),
        search=(SearchEntry("", "page", title, "", words),),
    )
