"""Text that a spreadsheet takes for a formula: how it leaves, and what it was when it returns."""

import functools
import re

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")  # noqa: RUF001 - spreadsheets read the wide ones too
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@functools.lru_cache(2**16)
def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what begins one."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def meant(text: str) -> str:
    """What a cell said before `harmless`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
