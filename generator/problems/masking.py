"""Hide what may be personal data before a value reaches any output.

Whatever `find_personal` knows, and beyond it every eleven or more digits in a row, valid
number or not. Full-width digits count, and digits split one by one by blanks, dots, dashes or
characters that cannot be seen.
"""

import itertools
import re
import unicodedata

from generator.problems.personal import Hit, Personal, find_personal, fold

HIDDEN = '"***"'
"""What is said instead of a value that nobody may see."""
_SPLIT = r"[\s._·\-\u2010-\u2015\u200b-\u200f\u2060\ufeff]?"
_DIGITS = re.compile(rf"(?:\d{_SPLIT}){{10,}}[\dXx]")
_DATE = r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_DATES = re.compile(rf"{_DATE}(?:{_SPLIT}{_DATE})*")
_SHOWN = 40
_NUMBERS = {Personal.MOBILE, Personal.IDENTITY, Personal.CARD}


def mask(text: str) -> str:
    """Return `text` with personal numbers, addresses and names starred out, same length.

    Full-width digits are compared by their plain form but the rest of the text is kept.
    """
    plain = fold(text)
    masked = list(text)
    hidden = [
        range(match.start() + 3, match.end() - 2)
        for match in _DIGITS.finditer(plain)
        if not _DATES.fullmatch(match.group())
    ]
    hidden += [_hidden(plain, hit) for hit in find_personal(text)]
    for index in itertools.chain.from_iterable(hidden):
        masked[index] = "*"
    return "".join(masked)


def shown(value: str) -> str:
    """Return `value` in straight quotes: masked, control characters visible, cut at 40."""
    text = "".join(_visible(character) for character in mask(value))
    if len(text) > _SHOWN:
        text = text[: _SHOWN - 1] + "…"
    return f'"{text}"'


def told_path(path: str) -> str:
    """The path of a file as a message may name it: masked only if it holds personal data."""
    return mask(path) if find_personal(path) else path


def _hidden(plain: str, hit: Hit) -> range:
    """Which places of a hit are starred: enough stays to find it, too little to use it."""
    if hit.kind in _NUMBERS:
        return range(hit.start + 3, hit.end - 2)
    if hit.kind is Personal.EMAIL:
        at = plain.index("@", hit.start)
        return range(min(hit.start + 1, at - 1), at)
    return range(hit.start + 1, hit.end)


def _visible(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}:
        return character.encode("unicode_escape").decode("ascii")
    return character
