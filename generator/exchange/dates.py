"""Dates, months and times of day as people write them in sheets. No year is guessed."""

import datetime as dt
import re

from generator.exchange.sheets import Cell, Kind
from generator.exchange.values import Reading, UnfitError, plain, unfit_type
from generator.problems.catalogue.exchange import (
    DATE_BASE,
    DATE_IMPOSSIBLE,
    DATE_INCOMPLETE,
    DATE_RANGE,
    DATE_SERIAL,
)
from generator.problems.masking import shown
from generator.problems.problem import Words
from generator.records.schema import Field

_FULL = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))"
)
_STYLE_SIGNS = {"-": "-", "/": "/", ".": "."}
_CLOCK_PART = re.compile(r"[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?$")
_DAY = r"(?:\d{2,4}[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?"
_RANGE = re.compile(rf"{_DAY}(?:[—–~-]+|至|到)(?:{_DAY}|\d{{1,2}}[日号])")
_SERIAL = re.compile(r"[3-6]\d{4}")
_SERIALS = range(30000, 60001)
_FIRST = dt.date(1899, 12, 30)
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_LACKING = (
    (re.compile(r"\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?"),
     Words("年份只有两位", "has a year of two digits")),
    (re.compile(r"\d{4}[-/.年]\d{1,2}月?"), Words("没有写哪一天", "lacks the day")),
    (re.compile(r"\d{1,2}[-/.月]\d{1,2}[日号]?"), Words("没有写年份", "lacks the year")),
    (re.compile(r"\d{1,2}[月日号]"), Words("没有写全年月日", "lacks year, month or day")),
)  # fmt: skip
_TIME = re.compile(r"(\d{1,2})(?:[::](\d{2})(?:[::](\d{2}))?|[点时](?:(\d{1,2})分?)?)")


def read_date(cell: Cell, field: Field, *, from_1904: bool = False) -> Reading:
    """A day, in four accepted styles or as the serial number of a spreadsheet."""
    clock = _CLOCK_PART.search(plain(cell.text))
    text = re.sub(r"\s", "", _CLOCK_PART.sub("", plain(cell.text)))
    full = _FULL.fullmatch(text)
    if full:
        parts = [int(part) for part in full.groups() if part and part.isdigit()]
        value = _day(cell.text, *parts)
        if clock and any(int(part or 0) for part in clock.groups()):
            return Reading(value, Words("去掉时刻", "time of day dropped"))
        iso = cell.kind is Kind.DATE or cell.text == value
        return Reading(value, None if iso else Words(_style(full), "date style"))
    if _RANGE.fullmatch(text):
        raise UnfitError(DATE_RANGE, value=shown(cell.text))
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        return _serial(cell, int(text), from_1904=from_1904)
    for pattern, lack in _LACKING:
        if pattern.fullmatch(text):
            raise UnfitError(
                DATE_INCOMPLETE, value=shown(cell.text), lack_zh=lack.zh, lack_en=lack.en
            )
    raise unfit_type(field, cell.text)


def _style(full: re.Match[str]) -> str:
    sign = full.group(2)
    example = f"2023{sign}9{sign}1" if sign else "2023年9月1日" if full.group(5) else "20230901"
    return f"日期写法 {example}"


def _day(written: str, year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        raise UnfitError(DATE_IMPOSSIBLE, value=shown(written)) from None


def _serial(cell: Cell, number: int, *, from_1904: bool) -> Reading:
    if from_1904:
        raise UnfitError(DATE_BASE, value=shown(cell.text))
    value = (_FIRST + dt.timedelta(days=number)).isoformat()
    doubt = UnfitError(DATE_SERIAL, value=shown(cell.text), read=value)
    return Reading(value, Words("日序数", "serial number"), doubt)


def read_month(cell: Cell, field: Field) -> Reading:
    """A month; 2023.1 typed as a number may have been October and is refused."""
    text = re.sub(r"\s", "", _CLOCK_PART.sub("", plain(cell.text)))
    full = _FULL.fullmatch(text)
    if full and cell.kind is Kind.DATE and text.endswith("-01"):
        return Reading(text[:7], Words("日期取年月", "month of a date"))
    match = _MONTH.fullmatch(text)
    blurred = cell.kind is Kind.NUMBER and text.endswith(".1")
    if not match or blurred or int(match.group(2)) not in range(1, 13):
        raise unfit_type(field, cell.text)
    value = f"{match.group(1)}-{int(match.group(2)):02}"
    return Reading(value, None if value == cell.text else Words("年月写法", "month style"))


def read_time(cell: Cell, field: Field) -> Reading:
    """A time of day in the form that the schema asks for."""
    text = re.sub(r"\s", "", plain(cell.text))
    match = _TIME.fullmatch(text)
    if match is None:
        raise unfit_type(field, cell.text)
    hour, minute, second, other = (int(part or 0) for part in match.groups())
    try:
        time = dt.time(hour, minute or other, second)
    except ValueError:
        raise unfit_type(field, cell.text) from None
    form = "%H:%M:%S" if field.format in {"default", "any"} else field.format
    value = time.strftime(form)
    if time.second and "%S" not in form:
        return Reading(value, Words("去掉秒", "seconds dropped"))
    same = cell.kind is Kind.TIME or cell.text == value
    return Reading(value, None if same else Words("时刻写法", "time style"))
