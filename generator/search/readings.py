"""How characters are read: pinyin typed for Chinese, and a wrong character that sounds right.

The dictionary takes long to load and most edits change no name, so it is loaded when first asked.
"""

import collections
import functools
import re
from collections.abc import Iterable

_LEVELS = ((0xB0, 0xD8), (0xD8, 0xF8))
"""The two levels of the national character set: what a reader may type."""
_RUNS = re.compile("[\u4e00-\u9fff]+|.")


def common_characters() -> list[str]:
    """The characters of GB 2312, the more frequent level first."""
    found = []
    for first, last in _LEVELS:
        raw = (bytes((row, cell)) for row in range(first, last) for cell in range(0xA1, 0xFF))
        found += [code.decode("gb2312", "ignore") for code in raw]
    return [character for character in found if character]


def readings(names: Iterable[str]) -> dict[str, object]:
    """Characters by syllable, and the names that read otherwise than one by one."""
    given = sorted({name for name in names if " " not in name and any(map(_is_han, name))})
    every = dict.fromkeys([*common_characters(), *"".join(given)])
    alone = {c: _alone(c) for c in every if _is_han(c)}
    groups: dict[str, list[str]] = collections.defaultdict(list)
    for character, syllable in alone.items():
        groups[syllable].append(character)
    exceptions = {}
    for name in given:
        read = _read(name)
        if read != [alone.get(c, c) for c in name]:
            exceptions[name] = " ".join(read)
    return {
        "syllables": {syllable: "".join(found) for syllable, found in sorted(groups.items())},
        "exceptions": exceptions,
    }


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


@functools.cache
def _alone(character: str) -> str:
    from pypinyin import Style, pinyin  # noqa: PLC0415

    return str(pinyin(character, style=Style.NORMAL, v_to_u=False)[0][0])


@functools.cache
def _read(name: str) -> list[str]:
    """One syllable for each character; what is no Chinese stays as it is."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    found: list[str] = []
    for run in _RUNS.findall(name):
        found += lazy_pinyin(run, style=Style.NORMAL, v_to_u=False) if _is_han(run[0]) else [run]
    return found
