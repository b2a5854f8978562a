"""All cards of a school: whether they can be made and fit, and the files they become."""

import dataclasses
import json
from pathlib import Path

from generator.cards.card import Card, cards_of
from generator.cards.shelf import Shelf
from generator.cards.typeset import POCKET, SHEET, WALL, Fit, Press, open_press
from generator.ledger import Ledger
from generator.plan.procedures import Procedure
from generator.problems.catalogue.cards import CARD_FONT, CARD_LONG, CARD_PRINTED_OLD
from generator.problems.problem import Place, Problem, Words
from generator.project import SCHOOL_FILE

FOLDER = "cards"
POCKET_FILE = f"{FOLDER}/pocket.pdf"
_FORMS = {
    WALL: Words("墙上的 A4 卡片", "the A4 card for the wall"),
    POCKET: Words("口袋卡片", "the pocket card"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Deck:
    """The cards of a ledger; without a press (no Chinese font) they are not made."""

    cards: tuple[Card, ...] = ()
    press: Press | None = None
    problems: tuple[Problem, ...] = ()
    procedures: dict[str, Procedure] = dataclasses.field(default_factory=dict)

    @property
    def made(self) -> frozenset[str]:
        """The cards that can be downloaded."""
        return frozenset(card.id for card in self.cards) if self.press else frozenset()


def plan_deck(ledger: Ledger, *, system: bool = True) -> Deck:
    """The cards of a ledger with what is wrong with them.

    Args:
        ledger: a ledger without errors.
        system: whether to look for a font on this machine; a declared folder comes first.
    """
    project = ledger.checked.project
    cards = cards_of(ledger)
    procedures = {procedure.id: procedure for procedure in ledger.checked.plan.procedures}
    old = tuple(_printed(ledger, procedures))
    if not cards:
        return Deck(problems=old)
    declared = project.school.card_fonts
    press = open_press(project.root / declared if declared else None, system=system)
    if press is None:
        missing = CARD_FONT.at(Place(SCHOOL_FILE, 1), where=declared or "本机 (this machine)")
        return Deck(cards, None, (*old, missing), procedures)
    fits = _fits(press, cards, Shelf(project.root))
    long = (
        _too_long(fit, procedures[card.id].place)
        for card in cards
        for fit in fits[card.id]
        if not fit.fits
    )
    return Deck(cards, press, (*old, *long), procedures)


def with_cards(ledger: Ledger) -> Ledger:
    """The ledger with the problems of its cards; while it has errors there are no cards."""
    if ledger.errors:
        return ledger
    problems = tuple(sorted({*ledger.problems, *plan_deck(ledger).problems}))
    return dataclasses.replace(ledger, problems=problems)


def card_files(deck: Deck, root: Path) -> dict[str, bytes]:
    """The sheets as files of the site: two a card, and all of them for the pocket.

    Args:
        deck: the cards; every one fits.
        root: the project, which keeps what was made for the next time.
    """
    if deck.press is None:
        return {}
    shelf, press = Shelf(root), deck.press
    files = {}
    for card in deck.cards:
        made_from = f"{press.edition}{card!r}"
        day = deck.procedures[card.id].approved_on
        files[f"{FOLDER}/{card.id}.pdf"] = shelf.get(made_from, "pdf") or shelf.put(
            made_from, "pdf", press.document([card], WALL, day)
        )
        files[f"{FOLDER}/{card.id}.png"] = shelf.get(made_from, "png") or shelf.put(
            made_from, "png", press.picture(card)
        )
        shelf.get(made_from, "json")
    made_from = f"{press.edition}{deck.cards!r}"
    days = [p.approved_on for p in deck.procedures.values() if p.approved_on]
    files[POCKET_FILE] = shelf.get(made_from, "pdf") or shelf.put(
        made_from, "pdf", press.document(deck.cards, SHEET, max(days, default=None))
    )
    shelf.clear()
    return files


def _fits(press: Press, cards: tuple[Card, ...], shelf: Shelf) -> dict[str, tuple[Fit, ...]]:
    """How every card fits; those that did not change are not measured again."""
    fits: dict[str, tuple[Fit, ...]] = {}
    for card in cards:
        known = shelf.get(f"{press.edition}{card!r}", "json")
        if known:
            fits[card.id] = tuple(Fit(**entry) for entry in json.loads(known))
    fresh = [card for card in cards if card.id not in fits]
    if fresh:
        fits |= press.measure(fresh)
    for card in fresh:
        entries = [dataclasses.asdict(fit) for fit in fits[card.id]]
        text = json.dumps(entries, ensure_ascii=False)
        shelf.put(f"{press.edition}{card!r}", "json", text.encode())
    return fits


def _too_long(fit: Fit, place: Place) -> Problem:
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
