"""Numbers that name a person, judged by their own arithmetic: identity, card and mobile numbers.

Takes plain digits without separators; says what kind of number they are, or none.
"""

import datetime as dt
import re
from enum import StrEnum

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9X]")
_OLD_IDENTITY = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{13}")
_MOBILE = re.compile(r"(?:(?:00)?86|0)?1[3-9][0-9]{9}")
_CARD = re.compile(r"(?:[3-6]|955)[0-9]{13,18}")
_CARD_LENGTHS = range(16, 20)
_CENTURIES = range(1900, 2100)


class NumberKind(StrEnum):
    """What a number is."""

    IDENTITY = "identity"
    OLD_IDENTITY = "old identity"
    CARD = "card"
    MOBILE = "mobile"


def number_kind(digits: str) -> NumberKind | None:
    """The kind of a number written without separators; X only at the end of an identity number."""
    digits = digits.upper()
    if is_identity(digits):
        return NumberKind.IDENTITY
    if is_card(digits):
        return NumberKind.CARD
    if _MOBILE.fullmatch(digits):
        return NumberKind.MOBILE
    return NumberKind.OLD_IDENTITY if is_old_identity(digits) else None


def is_identity(digits: str) -> bool:
    """Eighteen places with a date of birth and the check digit of GB 11643."""
    if not _IDENTITY.fullmatch(digits):
        return False
    return check_digit(digits[:17]) == digits[17] and _is_date(digits[6:14])


def check_digit(first: str) -> str:
    """The eighteenth place for the seventeen before it."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def is_old_identity(digits: str) -> bool:
    """Fifteen places that begin with a province and hold a date of birth."""
    return bool(_OLD_IDENTITY.fullmatch(digits)) and _is_date(f"19{digits[6:12]}")


def is_card(digits: str) -> bool:
    """A bank card: 16 to 19 places, a first digit that banks issue, and Luhn's sum."""
    if len(digits) not in _CARD_LENGTHS or not _CARD.fullmatch(digits):
        return False
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    total = sum(int(digit) for digit in digits[-1::-2]) + sum(n // 10 + n % 10 for n in doubled)
    return total % 10 == 0


def _is_date(digits: str) -> bool:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day.year in _CENTURIES
