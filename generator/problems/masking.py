"""Hide what may be personal data before a value reaches any output.

Eleven or more digits in a row (mobile, identity and card numbers) and e-mail addresses.
Full-width digits count, and digits split one by one by blanks, dots, dashes or characters
that cannot be seen.
"""

import itertools
import re
import unicodedata

_SPLIT = r"[\s._·\-\u2010-\u2015\u200b-\u200f\u2060\ufeff]?"
_DIGITS = re.compile(rf"(?:\d{_SPLIT}){{10,}}[\dXx]")
_DATE = r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_DATES = re.compile(rf"{_DATE}(?:{_SPLIT}{_DATE})*")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SHOWN = 40


def mask(text: str) -> str:
    """Return `text` with personal numbers and addresses starred out, same length.

    Full-width digits are compared by their plain form but the rest of the text is kept.
    """
    plain = "".join(_plain(character) for character in text)
    masked = list(text)
    hidden = [
        range(match.start() + 3, match.end() - 2)
        for match in _DIGITS.finditer(plain)
        if not _DATES.fullmatch(match.group())
    ]
    hidden += [
        range(match.start() + 1, plain.index("@", match.start()))
        for match in _EMAIL.finditer(plain)
    ]
    for index in itertools.chain.from_iterable(hidden):
        masked[index] = "*"
    return "".join(masked)


def shown(value: str) -> str:
    """Return `value` in straight quotes: masked, control characters visible, cut at 40."""
    text = "".join(_visible(character) for character in mask(value))
    if len(text) > _SHOWN:
        text = text[: _SHOWN - 1] + "…"
    return f'"{text}"'


def _plain(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def _visible(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}:
        return character.encode("unicode_escape").decode("ascii")
    return character
