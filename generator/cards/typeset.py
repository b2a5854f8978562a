"""The border to Typst: a font, one template, cards as JSON in; sheets and measures out."""

import dataclasses
import datetime as dt
import functools
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from generator.cards.card import Card
from generator.cards.code import code_drawing, code_note
from generator.product import product_folder

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "HarmonyOS Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "SimHei",
)
"""Chinese fonts in the order of preference; a declared folder may hold another."""
WALL, POCKET, SHEET, _MEASURE = "wall", "pocket", "sheet", "measure"
_FINEST, _COARSEST, _STEP = 240, 120, 20
_NO_PART: dict[str, Any] = {"word": "", "high": 0}
MOST_BYTES = 300 * 1000
"""A picture that a telephone and a group take without making it smaller."""


class CardError(Exception):
    """A number did not reach the sheet: a fault of the template; exit code 3."""


@dataclasses.dataclass(frozen=True, slots=True)
class Fit:
    """Whether a card fits a sheet at its smallest type; if not, by how much, and its longest part.

    Lengths are whole millimetres.
    """

    form: str
    fits: bool
    over: int
    part: str
    high: int


class Press:
    """A template with a font; makes sheets from cards. Equal cards give equal bytes."""

    def __init__(self, fonts: typst.Fonts, family: str) -> None:
        self.family = family
        self._template = product_folder() / "theme" / "assets" / "cards" / "card.typ"
        self._compiler = typst.Compiler(
            str(self._template), root=str(self._template.parent), font_paths=fonts
        )

    @property
    def edition(self) -> str:
        """What sheets depend on besides their cards: the program, the font, the template."""
        return f"{version('typst')} {self.family} {self._template.read_text(encoding='utf-8')}"

    def measure(self, cards: Sequence[Card]) -> dict[str, tuple[Fit, ...]]:
        """How every card fits the wall and the pocket, by card.

        Raises:
            CardError: the template left out a number.
        """
        self._compile(cards, _MEASURE, "pdf", 0)
        return _judged(cards, self._told("said"), self._told("fit"))

    def both(self, card: Card, day: dt.date | None) -> tuple[bytes, bytes, tuple[Fit, ...]]:
        """The sheet for the wall, the picture for the pocket, and how the card fits either.

        Raises:
            CardError: the template left out a number.
        """
        wall = self.document([card], WALL, day)
        said, fits = self._told("said"), self._told("fit")
        picture = self.picture(card)
        judged = _judged([card], [*said, *self._told("said")], [*fits, *self._told("fit")])
        return wall, picture, judged[card.id]

    def document(self, cards: Sequence[Card], form: str, day: dt.date | None) -> bytes:
        """A PDF; `day` stamps it."""
        stamp = dt.datetime.combine(day or dt.date(2000, 1, 1), dt.time(), dt.UTC)
        return self._compile(cards, form, "pdf", 0, int(stamp.timestamp()))[0]

    def picture(self, card: Card) -> bytes:
        """The pocket card as a portrait PNG, as fine as its size allows."""
        picture = b""
        for fineness in range(_FINEST, _COARSEST - 1, -_STEP):
            picture = self._compile([card], POCKET, "png", fineness)[0]
            if len(picture) <= MOST_BYTES:
                break
        return picture

    def _told(self, label: str) -> list[dict[str, Any]]:
        """What the template says of the sheets that were set last."""
        found: list[dict[str, Any]] = json.loads(self._compiler.query(f"<{label}>", field="value"))
        return found

    def _compile(
        self, cards: Sequence[Card], form: str, kind: str, fineness: int, stamp: int = 0
    ) -> list[bytes]:
        inputs = {
            "data": json.dumps([_data(card) for card in cards], ensure_ascii=False),
            "form": form,
            "font": self.family,
            "title": cards[0].title if len(cards) == 1 else f"{cards[0].school} 应急卡片",
        }
        if kind == "png":
            made = self._compiler.compile(format="png", ppi=fineness, sys_inputs=inputs)
        else:
            made = self._compiler.compile(format="pdf", sys_inputs=inputs, timestamp=stamp)
        return made if isinstance(made, list) else [made or b""]


@functools.cache
def open_press(folder: Path | None, *, system: bool = True) -> Press | None:
    """A press with a Chinese font; None when there is none.

    Args:
        folder: a declared folder of fonts, which then is the only place looked at.
        system: whether to look among the fonts of the machine.
    """
    if folder is not None:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
        )
        found = sorted(fonts.families())
    else:
        fonts = typst.Fonts(include_system_fonts=system)
        found = []
    families = set(fonts.families())
    family = next((name for name in [*FAMILIES, *found] if name in families), "")
    return Press(fonts, family) if family else None


def _judged(
    cards: Sequence[Card], said: list[dict[str, Any]], fits: list[dict[str, Any]]
) -> dict[str, tuple[Fit, ...]]:
    """How cards fit, once every number is on them."""
    for card in cards:
        printed = {entry["text"] for entry in said if entry["card"] == card.id}
        missing = sorted(set(card.numbers) - printed)
        if missing:
            message = f"卡片 {card.id} 上没有印出 (not printed on the card): {missing}"
            raise CardError(message)
    return {card.id: tuple(_fit(e) for e in fits if e["card"] == card.id) for card in cards}


def _fit(entry: dict[str, Any]) -> Fit:
    longest = max(entry["parts"], key=lambda part: int(part["high"]), default=_NO_PART)
    return Fit(entry["form"], entry["fits"], entry["over"], longest["word"], longest["high"])


def _data(card: Card) -> dict[str, object]:
    code = {"qr": code_drawing(card), "qr_note": code_note(card)}
    return dataclasses.asdict(card) | code
