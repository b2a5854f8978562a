"""Hide what may be personal data before a value reaches any output.

Patterns: mainland mobile numbers, 15 and 18 character identity numbers, e-mail addresses,
long digit runs (bank cards). Full-width digits and digits split by spaces or dashes count too.
"""

import re
import unicodedata

_DIGITS = re.compile(r"(?<!\d)(?:\d[ -]?){10,18}[\dXx](?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SHOWN = 40


def mask(text: str) -> str:
    """Return `text` with personal numbers and addresses starred out, same length.

    Full-width digits are compared by their plain form but the rest of the text is kept.
    """
    plain = "".join(_plain(character) for character in text)
    masked = list(text)
    for match in [*_DIGITS.finditer(plain), *_EMAIL.finditer(plain)]:
        digits = sum(character.isdigit() for character in match.group())
        if digits in range(8) and "@" not in match.group():
            continue
        for index in range(match.start() + 3, match.end() - 2):
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
