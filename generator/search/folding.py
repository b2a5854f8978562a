"""One spelling for all: width, case, spaces and traditional characters do not count.

`theme/assets/js/search-text.js` folds in the same way; a shared table of tests holds them together.
"""

import functools
import re
import unicodedata

import opencc

_HAN = "\u2e80-\u9fff\uf900-\ufaff"
_SPACE = re.compile(r"\s+")
_LOOSE = re.compile(f"(?<=[{_HAN}]) | (?=[{_HAN}])")
_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
_LAST = 0xFFFF


@functools.lru_cache(2**16)
def fold(text: str) -> str:
    """Text as it is compared: wide letters are narrow and small, `火 災` is `火灾`."""
    even = unicodedata.normalize("NFKC", text).lower().translate(_table())
    return _LOOSE.sub("", _SPACE.sub(" ", even)).strip()


def fold_saying(saying: str) -> str:
    """A saying folded part by part: blanks between its parts stay."""
    return " ".join(filter(None, map(fold, saying.split())))


@functools.cache
def simplified() -> dict[str, str]:
    """Traditional characters with the simplified one each stands for."""
    every = [chr(code) for first, last in _BLOCKS for code in range(first, last)]
    plain = opencc.OpenCC("t2s").convert("\n".join(every)).split("\n")
    pairs = zip(every, plain, strict=True)
    return {old: new for old, new in pairs if old != new and len(new) == 1 and ord(new) <= _LAST}


@functools.cache
def _table() -> dict[int, str]:
    return {ord(old): new for old, new in simplified().items()}
