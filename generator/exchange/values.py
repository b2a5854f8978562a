"""One cell of a sheet to a value as the table records it, or the rule that it breaks.

Digits, dates, numbers, choices and ids are compared in their plain form (NFKC); free text is
only trimmed. Nothing is guessed: what can be read two ways is a fault.
"""

import dataclasses
import re
import unicodedata
from decimal import Decimal

from generator.exchange.sheets import Cell, Kind
from generator.problems.catalogue.exchange import (
    CELL_FAULTY,
    FORMULA_EMPTY,
    PERCENT_AMBIGUOUS,
    SCIENTIFIC,
    VALUE_APPROXIMATE,
)
from generator.problems.catalogue.tables import CELL_ENUM, CELL_TYPE
from generator.problems.masking import HIDDEN, shown
from generator.problems.problem import NO_WORDS, Place, Problem, Words
from generator.problems.rule import Rule, near_names
from generator.records.import_maps import ColumnMap
from generator.records.schema import Field

UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_APPROXIMATE = re.compile(r"约|左右|上下|大概|将近|接近|[多余几]|以上|以下|~|≈|\?")
_SCIENTIFIC = re.compile(r"[-+]?\d(?:\.\d+)?[eE]\+?\d+")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:\.\d+)?")
_MINUTES = re.compile(
    r"(?:(\d+)(?:小时|时))?(?:(\d+)(?:分钟|分|\u2032|'))?(?:(\d+)(?:秒钟|秒|″|\u2032\u2032|\"|''))?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})")
_PERCENT_UNITS = {"%", "％"}
_SECOND_UNITS = {"秒"}
_TRUE, _FALSE = {"true", "是"}, {"false", "否"}
_WANTED = {
    "integer": (Words("整数", "a whole number"), "45"),
    "number": (Words("数字", "a number"), "1.5"),
    "seconds": (Words("秒数", "a number of seconds"), "118"),
    "boolean": (Words("是或否", "yes or no"), "是"),
    "date": (Words("日期", "a date"), "2026-09-01"),
    "yearmonth": (Words("年月", "a month"), "2026-09"),
    "time": (Words("时刻", "a time of day"), "08:30"),
    "year": (Words("年份", "a year"), "2026"),
}


_TELLING = {"value", "read"}
"""Facts that quote the cell."""


class UnfitError(Exception):
    """A cell that cannot be recorded: the rule it breaks, with its facts."""

    def __init__(self, rule: Rule, near: tuple[str, ...] = (), **facts: object) -> None:
        super().__init__(rule.name)
        self.rule = rule
        self.near = near
        self.facts = facts

    def at(self, place: Place, field: Field, *, hidden: bool = False) -> Problem:
        """The problem at the cell; values of a hidden column are not told."""
        facts = {"title": field.title, "field": field.name} | self.facts
        if hidden:
            facts |= dict.fromkeys(_TELLING & set(facts), HIDDEN)
        wanted = {name: facts[name] for name in self.rule.facts}
        return self.rule.at(place, () if hidden else self.near, NO_WORDS, **wanted)


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """A value, and what is to be said about how it was read."""

    value: str
    how: Words | None = None
    doubt: UnfitError | None = None


EMPTY = Reading("")


def plain(text: str) -> str:
    """Digits, letters and signs in their plain form, without blanks around."""
    return unicodedata.normalize("NFKC", UNSEEN.sub("", text)).strip()


def fold(text: str) -> str:
    """A form in which a word is compared: plain, small, without blanks and brackets."""
    return re.sub(r"[\s()\[\]【】〔〕<>《》]", "", plain(text)).casefold()


def tidy(text: str) -> str:
    """Free text: blanks around and characters that nobody sees removed, newlines LF."""
    lines = UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return lines.replace("_x000D_", "").strip()


def refuse_broken(cell: Cell) -> None:
    """Errors and formulas that have no value."""
    if cell.kind is Kind.ERROR:
        raise UnfitError(CELL_FAULTY, value=shown(cell.text))
    if cell.kind is Kind.FORMULA:
        raise UnfitError(FORMULA_EMPTY)


def unfit_type(field: Field, text: str, kind: str = "") -> UnfitError:
    """The fault of a value that is not of the column's type."""
    wanted, example = _WANTED.get(kind or field.type, (Words(field.type, field.type), ""))
    return UnfitError(
        CELL_TYPE, value=shown(text), wanted_zh=wanted.zh, wanted_en=wanted.en, example=example
    )


def read_choice(cell: Cell, field: Field, column: ColumnMap) -> Reading:
    """A choice by its value, its label or a declared synonym; a boolean by yes or no."""
    text = fold(cell.text)
    words: dict[str, str] = {}
    if field.type == "boolean":
        words |= dict.fromkeys(_TRUE, "true") | dict.fromkeys(_FALSE, "false")
    for value in field.constraints.enum:
        words |= {fold(value): value, fold(field.labels.get(value, value)): value}
    told = set(words)
    words |= {fold(word): value for word, value in column.values.items()}
    if text not in words:
        labels = [field.labels.get(value, value) for value in field.constraints.enum] or [
            "是",
            "否",
        ]
        near = near_names(text, labels)
        raise UnfitError(CELL_ENUM, near, value=shown(cell.text), choices="、".join(labels))
    how = None if text in told else Words("同义词", "synonym")
    return Reading(words[text], how)


def unit_of(field: Field, column: ColumnMap) -> str:
    """How numbers of a column are written: declared, or told by the unit of the schema."""
    if column.unit:
        return column.unit
    if field.unit in _PERCENT_UNITS:
        return "percent"
    return "seconds" if field.unit in _SECOND_UNITS else "number"


def read_number(cell: Cell, field: Field, column: ColumnMap) -> Reading:
    """A number by its unit; approximate, scientific and ambiguous ones are faults."""
    text = re.sub(r"\s", "", plain(cell.text))
    if _SCIENTIFIC.fullmatch(text):
        raise UnfitError(SCIENTIFIC, value=shown(cell.text))
    unit = unit_of(field, column)
    if _APPROXIMATE.search(text):
        raise UnfitError(VALUE_APPROXIMATE, value=shown(cell.text))
    if unit == "seconds":
        number = _seconds(text)
    elif unit in {"percent", "ratio"}:
        number = _percent(text, unit, cell.text)
    else:
        number = parse_number(text, field.unit)
    if number is None or (field.type == "integer" and number != number.to_integral_value()):
        kind = "seconds" if unit == "seconds" else field.type
        raise unfit_type(field, cell.text, kind)
    return Reading(shown_decimal(number))


def parse_number(text: str, unit: str = "") -> Decimal | None:
    """A number, perhaps with thousands separators and its unit; None when it is none."""
    bare = text.removesuffix(unit) if unit else text
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    return Decimal(bare) if _NUMBER.fullmatch(bare) else None


def shown_decimal(number: Decimal) -> str:
    """45 for 45.0, 0.5 for 0.50, never an exponent."""
    return format(number.normalize(), "f") if number else "0"


def _seconds(text: str) -> Decimal | None:
    clock = _CLOCK.fullmatch(text)
    parts = clock or (_MINUTES.fullmatch(text) if text else None)
    if parts and any(parts.groups()):
        hours, minutes, seconds = (int(part or 0) for part in parts.groups())
        return Decimal(hours * 3600 + minutes * 60 + seconds)
    return parse_number(text)


def _percent(text: str, unit: str, written: str) -> Decimal | None:
    if text.endswith("%"):
        return parse_number(text[:-1])
    number = parse_number(text)
    if number is None or not number:
        return number
    if unit == "ratio" and number <= 1:
        return number * 100
    if unit == "ratio" or abs(number) <= 1:
        raise UnfitError(PERCENT_AMBIGUOUS, value=shown(written))
    return number


def read_code(cell: Cell) -> Reading:
    """An id or another fixed form; digits that a spreadsheet has rounded are a fault."""
    text = plain(cell.text)
    if _SCIENTIFIC.fullmatch(text) and ("+" in text or cell.kind is Kind.NUMBER):
        raise UnfitError(SCIENTIFIC, value=shown(cell.text))
    return Reading(text)
