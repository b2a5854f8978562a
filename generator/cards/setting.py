"""Cards onto the shelf: what is not there yet is set, here or as a program beside ours.

The typesetter keeps threads and much memory, and a fork of it does not live; a program of its own
gives both back when it ends.
"""

import dataclasses
import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, cast

from generator.aside import order_given
from generator.cards.card import Card
from generator.cards.shelf import Shelf
from generator.cards.typeset import SHEET, Fit, Press, open_press

_THIS = "generator.cards.setting"
Dated = tuple[Card, dt.date | None]
"""A card and the day its procedure was approved on."""


class Order(NamedTuple):
    """What is to be set: the cards of a project with fonts from a folder, or from the machine."""

    root: Path
    fonts: Path | None
    system: bool
    cards: tuple[Dated, ...]


class Sheets(NamedTuple):
    """A card as files: the sheet for the wall, the picture for the pocket."""

    wall: bytes
    picture: bytes


class Setter:
    """A press with the shelf that keeps what it made."""

    def __init__(self, press: Press, shelf: Shelf) -> None:
        """Name both."""
        self._press, self._shelf = press, shelf
        self._edition = press.edition

    def sheets(self, card: Card, day: dt.date | None) -> Sheets:
        """The files of a card, made where they are missing.

        Raises:
            CardError: the template left out a number.
        """
        name = self._name(card)
        wall, picture = self._shelf.get(name, "pdf"), self._shelf.get(name, "png")
        if not wall or not picture:
            wall, picture, fits = self._press.both(card, day)
            self._shelf.put(name, "pdf", wall)
            self._shelf.put(name, "png", picture)
            self._keep(card, fits)
        self._shelf.get(name, "json")
        return Sheets(wall, picture)

    def booklet(self, cards: Sequence[Dated]) -> bytes:
        """All cards for the pocket, four to a sheet."""
        name = f"{self._edition}{tuple(card for card, _ in cards)!r}"
        days = [day for _, day in cards if day]
        return self._shelf.get(name, "pdf") or self._shelf.put(
            name,
            "pdf",
            self._press.document([card for card, _ in cards], SHEET, max(days, default=None)),
        )

    def fits(self, cards: Sequence[Card]) -> dict[str, tuple[Fit, ...]]:
        """How every card fits; those that did not change are not measured again.

        Raises:
            CardError: the template left out a number.
        """
        found = {card.id: self._known(card) for card in cards}
        fresh = [card for card in cards if not found[card.id]]
        if fresh:
            found |= self._press.measure(fresh)
        for card in fresh:
            self._keep(card, found[card.id])
        return found

    def lacks(self, cards: Sequence[Dated]) -> bool:
        """Tell whether a card is not on the shelf yet."""
        return any(
            self._shelf.get(self._name(card), suffix) is None
            for card, _ in cards
            for suffix in ("pdf", "png", "json")
        )

    def _known(self, card: Card) -> tuple[Fit, ...]:
        known = self._shelf.get(self._name(card), "json")
        return tuple(Fit(**entry) for entry in json.loads(known)) if known else ()

    def _keep(self, card: Card, fits: tuple[Fit, ...]) -> None:
        text = json.dumps([dataclasses.asdict(fit) for fit in fits], ensure_ascii=False)
        self._shelf.put(self._name(card), "json", text.encode())

    def _name(self, card: Card) -> str:
        return f"{self._edition}{card!r}"


def set_cards(order: Order, *, booklet: bool) -> None:
    """Put what is missing on the shelf: each card, or the booklet of all.

    Raises:
        CardError: the template left out a number.
    """
    press = open_press(order.fonts, system=order.system)
    if press is None:
        return
    setter = Setter(press, Shelf(order.root))
    if booklet:
        setter.booklet(order.cards)
        return
    for card, day in order.cards:
        setter.sheets(card, day)


def main(arguments: list[str]) -> None:
    """Do what the order says, then begin anew for the booklet, with none of the memory in use."""
    set_cards(cast("Order", order_given()), booklet=bool(arguments))
    if not arguments:
        os.lseek(0, 0, os.SEEK_SET)
        os.execv(sys.executable, [sys.executable, "-m", _THIS, "booklet"])  # noqa: S606 - ourselves


if __name__ == "__main__":
    main(sys.argv[1:])
