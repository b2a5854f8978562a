"""Find what looks like personal data in a cell, and hide it the way Chinese offices do.

Patterns only: mobile and identity numbers, bank cards, e-mail, plates, QQ and WeChat numbers.
Full-width digits count, and digits split by blanks, dots or dashes. Names alone are not found;
a name that stands beside a number is hidden with it.
"""

import datetime as dt
import re
import unicodedata

from generator.problems.masking import mask
from generator.problems.problem import Words

_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
_SPLIT = re.compile(r"(?<=\d)[\s._·\-\u2010-\u2015]+(?=\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}((?:19|20)\d{6})\d{3}[\dXx](?![\dXx])")
_OLD_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(\d{6})\d{3}(?!\d)")
_CARD = re.compile(r"(?<!\d)[3-6]\d{15,18}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?[A-Z0-9]{5,6}(?![A-Z0-9])"
)
_ACCOUNT = re.compile(r"(?:QQ|微信)(?:号|群)?\s*[:：]?\s*[A-Za-z0-9_-]{5,20}", re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NAME = re.compile(r"([\u4e00-\u9fff])[\u4e00-\u9fff]{1,3}(?=[\s:：,，、（(]*1[3-9*])")
_NAME_NUMBER = re.compile(r"(1[3-9]\d)\d{4}(\d{4})")


def personal_in(text: str) -> Words | None:
    """What kind of personal data the text seems to hold; None when it holds none."""
    plain = _plain(text)
    joined = _SPLIT.sub("", plain)
    if _MOBILE.search(plain) or _MOBILE.search(joined):
        return Words("手机号码", "a mobile number")
    if any(_is_identity(match) for match in _IDENTITY.finditer(joined)):
        return Words("身份证号码", "an identity number")
    if any(_is_day("19" + match.group(1)) for match in _OLD_IDENTITY.finditer(plain)):
        return Words("旧身份证号码", "an old identity number")
    if any(_is_card(match.group()) for match in _CARD.finditer(joined)):
        return Words("银行卡号", "a bank card number")
    for pattern, words in (
        (_EMAIL, Words("电子邮箱", "an e-mail address")),
        (_PLATE, Words("车牌号", "a number plate")),
        (_ACCOUNT, Words("QQ 或微信号", "a QQ or WeChat number")),
    ):
        if pattern.search(plain):
            return words
    return None


def hide_person(text: str) -> str:
    """`张三 13800138000` as `张* 138****8000`; any other long number as `mask` does."""
    joined = _SPLIT.sub("", _plain(text))
    hidden = _NAME.sub(lambda match: match.group(1) + "*" * (len(match.group()) - 1), joined)
    return mask(_NAME_NUMBER.sub(r"\1****\2", hidden))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))


def _is_identity(match: re.Match[str]) -> bool:
    number = match.group().upper()
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _is_day(match.group(1)) and _CHECKS[total % 11] == number[-1]


def _is_day(digits: str) -> bool:
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def _is_card(number: str) -> bool:
    """The Luhn check."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0
