"""What a cell that cannot be read looks like, and how it would be written.

Officers write dates as their forms do: by the calendar of the Republic, with two-digit years,
in full-width digits, as spreadsheets number days. What is meant is said, never assumed.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TypeAlias

from generator.problems.problem import Words
from generator.records.schema import Field

Hint: TypeAlias = tuple[Words, str]
"""What a value looks like, and the value as it would be written; empty when that is not clear."""

_WIDE = Words("全角数字", "digits of another width or script")
_REPUBLIC = Words("民国纪年", "a year of the Republic of China calendar")
_SHORT = Words("两位年份", "a two-digit year")
_SERIAL = Words("表格软件的日期序号", "a spreadsheet's number of a day")
_NO_DAY = Words("日历上没有的日子", "a day that no calendar has")
_DAY = Words("另一种写法的日期", "a date in another form")
_MONTH = Words("另一种写法的年月", "a month in another form")
_CLOCK = Words("另一种写法的时刻", "a time of day in another form")
_GROUPED = Words("带千分号的数", "a number with thousands separators")
_UNIT = Words("带单位或文字的数", "a number with a unit or words")
_WHOLE = Words("带小数点的整数", "a whole number with a decimal point")
_FLAG = Words("另一种写法的是或否", "yes or no in other words")
_BLANKS = Words("前后带空格的值", "a value with blanks around it")
_FAULTY = Words("表格软件的错误值", "the error of a spreadsheet")
_BROKEN_UP = Words("用下划线隔开的数", "a number with underscores")

ERROR_VALUES = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
"""What a spreadsheet shows, and saves as text, where a formula has no result."""
_PARTS = r"(民国)?(\d{1,4})[-/.年](\d{1,2})"
_DATE = re.compile(rf"{_PARTS}[-/.月](\d{{1,2}})[日号]?")
_YEAR_MONTH = re.compile(rf"{_PARTS}月?")
_TIME = re.compile(r"(\d{1,2})[:点时](半|\d{1,2})?分?")
_NUMBER = re.compile(r"\D*?(-?\d+(?:\.\d+)?)\D*")
_GROUPS = re.compile(r"-?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?")
_TRUE = frozenset({"是", "有", "对", "√", "✓", "y", "yes", "true", "1", "t"})
_FALSE = frozenset({"否", "无", "没有", "×", "n", "no", "false", "0", "f"})
_FIRST_YEAR = 1000
_REPUBLIC_YEAR = 1911
_CENTURY = 100
_SERIALS = range(30_000, 60_000)
_DAY_ZERO = dt.date(1899, 12, 30)


def hint_of(field: Field, written: str) -> Hint | None:
    """What a cell that is no value of its type looks like."""
    plain = _plain(written)
    reader = _READERS.get(field.type)
    hint = next(reader(field, plain), None) if reader else None
    only_blanks = hint is not None and hint[1] == written.strip() != written
    return (_BLANKS, hint[1]) if hint and only_blanks else hint


def odd_form(field: Field, written: str) -> Hint | None:
    """What is odd about a cell that Frictionless reads.

    Digits not of ASCII, years before 1000, text that is the error of a spreadsheet.
    """
    if field.type not in _READERS:
        faulty = field.type == "string" and written.strip() in ERROR_VALUES
        return (_FAULTY, "") if faulty else None
    if any(sign.isdigit() and not sign.isascii() for sign in written):
        return _WIDE, _plain(written)
    if field.type in {"integer", "number"} and "_" in written:
        return _BROKEN_UP, written.replace("_", "").strip()
    if field.type in {"date", "datetime", "yearmonth", "year"}:
        year = re.match(r"\s*[-+]?(\d+)(?=-|$)", written)
        if year and int(year.group(1)) < _FIRST_YEAR:
            return hint_of(field, written) or (_SHORT, "")
    return None


def _plain(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", written).split())


def _dates(field: Field, plain: str) -> Iterator[Hint]:
    day = _DATE.fullmatch(plain)
    if re.fullmatch(r"\d{8}", plain):
        day = _DATE.fullmatch(f"{plain[:4]}-{plain[4:6]}-{plain[6:]}")
    if day:
        looks, year = _year(day.group(1), day.group(2))
        yield _in_form(field, (year, int(day.group(3)), int(day.group(4))), looks or _DAY)
    elif plain.isdigit() and int(plain) in _SERIALS:
        found = _DAY_ZERO + dt.timedelta(days=int(plain))
        yield _in_form(field, (found.year, found.month, found.day), _SERIAL)


def _in_form(field: Field, parts: tuple[int, int, int], looks: Words) -> Hint:
    try:
        day = dt.date(*parts)
    except ValueError:
        return _NO_DAY, ""
    return looks, day.isoformat() if field.format == "default" else day.strftime(field.format)


def _year(republic: str | None, digits: str) -> tuple[Words | None, int]:
    """What a year looks like when it is not plain, and the year of the common calendar."""
    year = int(digits)
    if republic or _CENTURY <= year < _FIRST_YEAR:
        return _REPUBLIC, year + _REPUBLIC_YEAR
    return (_SHORT, 2000 + year) if year < _CENTURY else (None, year)


def _months(_field: Field, plain: str) -> Iterator[Hint]:
    month = _YEAR_MONTH.fullmatch(plain)
    if month and 1 <= int(month.group(3)) <= 12:  # noqa: PLR2004 - months
        looks, year = _year(month.group(1), month.group(2))
        yield looks or _MONTH, f"{year:04}-{int(month.group(3)):02}"


def _years(_field: Field, plain: str) -> Iterator[Hint]:
    written = re.fullmatch(r"(民国)?(\d{1,4})年?", plain)
    if written:
        looks, year = _year(written.group(1), written.group(2))
        yield looks or _WIDE, f"{year:04}"


def _times(field: Field, plain: str) -> Iterator[Hint]:
    time = _TIME.fullmatch(plain)
    if time:
        minutes = 30 if time.group(2) == "半" else int(time.group(2) or 0)
        if int(time.group(1)) < 24 and minutes < 60:  # noqa: PLR2004 - hours and minutes
            seconds = "" if field.format == "%H:%M" else ":00"
            yield _CLOCK, f"{int(time.group(1)):02}:{minutes:02}{seconds}"


def _numbers(field: Field, plain: str) -> Iterator[Hint]:
    if _GROUPS.fullmatch(plain):
        plain, looks = re.sub("[,，]", "", plain), _GROUPED
    else:
        looks = _UNIT
    number = _NUMBER.fullmatch(plain)
    if number:
        value, _, fraction = number.group(1).partition(".")
        if field.type == "number" or not fraction:
            yield looks, number.group(1)
        elif not fraction.strip("0"):
            yield _WHOLE, value


def _flags(field: Field, plain: str) -> Iterator[Hint]:
    for words, values in (
        (_TRUE, field.true_values or ("true",)),
        (_FALSE, field.false_values or ("false",)),
    ):
        if plain.casefold() in words:
            yield _FLAG, values[0]


_READERS: dict[str, Callable[[Field, str], Iterator[Hint]]] = {
    "date": _dates,
    "datetime": _dates,
    "yearmonth": _months,
    "year": _years,
    "time": _times,
    "integer": _numbers,
    "number": _numbers,
    "boolean": _flags,
}
