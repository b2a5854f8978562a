"""All cards of a school: whether they can be made and fit, and the files they become."""

import contextlib
import dataclasses
from collections.abc import Iterator
from pathlib import Path

from generator.aside import Aside
from generator.cards.card import Card
from generator.cards.contents import cards_of
from generator.cards.setting import Dated, Order, Setter
from generator.cards.shelf import Shelf
from generator.cards.typeset import POCKET, WALL, Fit, Press, open_press
from generator.ledger import Ledger
from generator.plan.procedures import Procedure
from generator.problems.catalogue.cards import CARD_FONT, CARD_LONG, CARD_PRINTED_OLD
from generator.problems.problem import Place, Problem, Words
from generator.project import SCHOOL_FILE

FOLDER = "cards"
POCKET_FILE = f"{FOLDER}/pocket.pdf"
_SETTING = "generator.cards.setting"
_FORMS = {
    WALL: Words("墙上的 A4 卡片", "the A4 card for the wall"),
    POCKET: Words("口袋卡片", "the pocket card"),
}
_AT_WORK: dict[Path, Aside] = {}
"""The programs that set the cards of a project; who needs the shelf waits for them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Deck:
    """The cards of a ledger; without a press (no Chinese font) they are not made.

    `problems` are those that can be told without setting a card.
    """

    cards: tuple[Card, ...] = ()
    press: Press | None = None
    problems: tuple[Problem, ...] = ()
    procedures: dict[str, Procedure] = dataclasses.field(default_factory=dict)

    @property
    def made(self) -> frozenset[str]:
        """The cards that can be downloaded."""
        return frozenset(card.id for card in self.cards) if self.press else frozenset()

    @property
    def dated(self) -> tuple[Dated, ...]:
        """The cards, each with the day its procedure was approved on."""
        return tuple((card, self.procedures[card.id].approved_on) for card in self.cards)


def plan_deck(ledger: Ledger, *, system: bool = True) -> Deck:
    """The cards of a ledger with what is wrong with them at first sight.

    Args:
        ledger: a ledger without errors.
        system: whether to look for a font on this machine; a declared folder comes first.
    """
    cards = cards_of(ledger)
    procedures = {procedure.id: procedure for procedure in ledger.checked.plan.procedures}
    old = tuple(_printed(ledger, procedures))
    if not cards:
        return Deck(problems=old)
    press = open_press(_fonts(ledger), system=system)
    if press is None:
        declared = ledger.checked.project.school.card_fonts
        missing = CARD_FONT.at(Place(SCHOOL_FILE, 1), where=declared or "本机 (this machine)")
        return Deck(cards, None, (*old, missing), procedures)
    return Deck(cards, press, old, procedures)


def with_deck(ledger: Ledger) -> Ledger:
    """The ledger with the problems that can be told without setting a card."""
    return ledger if ledger.errors else _with(ledger, plan_deck(ledger).problems)


def with_cards(ledger: Ledger) -> Ledger:
    """The ledger with the problems of its cards; while it has errors there are no cards."""
    if ledger.errors:
        return ledger
    deck = plan_deck(ledger)
    return _with(ledger, (*deck.problems, *_too_long(deck, ledger.checked.project.root)))


@contextlib.contextmanager
def cards_aside(ledger: Ledger) -> Iterator[None]:
    """Meanwhile a program beside this one sets the cards that are not on the shelf.

    `card_files` and `with_cards` wait for it, and do themselves what it did not do.
    """
    root = ledger.checked.project.root
    deck = plan_deck(ledger)
    if deck.press and Setter(deck.press, Shelf(root)).lacks(deck.dated):
        order = Order(root.resolve(), _fonts(ledger), system=True, cards=deck.dated)
        _AT_WORK[root] = Aside(_SETTING, order)
    try:
        yield
    finally:
        left = _AT_WORK.pop(root, None)
        if left is not None:
            left.stop()


def card_files(deck: Deck, root: Path) -> dict[str, bytes]:
    """The sheets as files of the site: two a card, and all of them for the pocket.

    Args:
        deck: the cards.
        root: the project, which keeps what was made for the next time.

    Raises:
        CardError: the template left out a number.
    """
    if deck.press is None:
        return {}
    _wait(root)
    shelf = Shelf(root)
    setter = Setter(deck.press, shelf)
    files = {}
    for card, day in deck.dated:
        sheets = setter.sheets(card, day)
        files[f"{FOLDER}/{card.id}.pdf"] = sheets.wall
        files[f"{FOLDER}/{card.id}.png"] = sheets.picture
    files[POCKET_FILE] = setter.booklet(deck.dated)
    shelf.clear()
    return files


def _wait(root: Path) -> None:
    """Until nobody sets the cards of a project any more."""
    working = _AT_WORK.pop(root, None)
    if working is not None:
        working.join()


def _fonts(ledger: Ledger) -> Path | None:
    """The folder with fonts that the school declares."""
    project = ledger.checked.project
    return project.root / project.school.card_fonts if project.school.card_fonts else None


def _with(ledger: Ledger, problems: tuple[Problem, ...]) -> Ledger:
    return dataclasses.replace(ledger, problems=tuple(sorted({*ledger.problems, *problems})))


def _too_long(deck: Deck, root: Path) -> list[Problem]:
    """The cards that do not fit their sheets."""
    if deck.press is None:
        return []
    _wait(root)
    fits = Setter(deck.press, Shelf(root)).fits(deck.cards)
    return [
        _long(fit, deck.procedures[card.id].place)
        for card in deck.cards
        for fit in fits[card.id]
        if not fit.fits
    ]


def _long(fit: Fit, place: Place) -> Problem:
    form = _FORMS[fit.form]
    return CARD_LONG.at(
        place, form_zh=form.zh, form_en=form.en, over=fit.over, part=fit.part, high=fit.high
    )


def _printed(ledger: Ledger, procedures: dict[str, Procedure]) -> list[Problem]:
    """Copies on the wall whose card has changed or is no longer in use."""
    found = []
    for copy in ledger.checked.plan.printed:
        procedure = procedures.get(copy.card)
        now = procedure.version if procedure and procedure.status != "retired" else ""
        if copy.version != now:
            place = ledger.checked.registry.title("place", copy.where)
            found.append(
                CARD_PRINTED_OLD.at(
                    copy.place, card=copy.card, old=copy.version, where=place, now=now or "—"
                )
            )
    return found
