"""Which lines of a large file deserve a closer look: fast, over bytes, never too few.

A line in which `find_personal` finds something written with plain or full-width characters is
always among them. Most lines are not, so that a million rows take tenths of a second.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.problems.personal import SEPARATORS, SURNAMES, TOLD

_CHUNK = 2**22
_WIDE = 0xFEE0
"""From a plain character to its full-width form."""
_WIDE_DIGITS = "".join(chr(_WIDE + ord(digit)) for digit in "0123456789")
_WIDE_SEPARATORS = "".join(chr(_WIDE + ord(mark)) for mark in "()._-") + "\ufe63\u2024\ufe52"
_LAST = frozenset(range(0x90, 0x9A))
"""The last bytes of full-width digits; the bytes before them are dropped as separators are."""
_TO_DIGITS = bytes(
    0x30 if chr(code) in "0123456789" or code in _LAST else code for code in range(256)
)
_DROPPED = bytes({*f"{SEPARATORS}{_WIDE_SEPARATORS}{_WIDE_DIGITS}".encode()} - _LAST)
_RUN = b"0" * 11
_GRAVE = (
    "某生|该生|患儿|患者|抑郁|自杀|自残|自伤|轻生|离异|单亲|留守儿童|留守学生|困境儿童|残疾|癫痫|精神病|信教|"
    "教徒|上访人|信访人|举报人"
)
_ILL = "(?<![隐后防水火祸外忧]患)[有上病癌精]"
WORDS = re.compile(f"同学(?!们|录)|患{_ILL}|{_GRAVE}")
"""Words that in a free cell often tell of a single person."""


def _any_case(letters: str) -> str:
    both = letters + letters.upper()
    return both + "".join(chr(_WIDE + ord(letter)) for letter in both)


_NAMED = f"(?:姓名|名叫|叫)?(?:[^\n,\u4e00-\u9fa5]|[是为]){{0,3}}[{SURNAMES}]"
_BEGINNINGS = {
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼": (
        "[^\n,\u4e00-\u9fa5A-Za-z]?[A-Za-z\uff21-\uff5a]"
    ),
    "@\uff20": "",
    "患": _ILL,
    "同": "学(?!们|录)",
    _any_case("q"): f"[{_any_case('q')}]",
    _any_case("w"): f"[{_any_case('ex')}]",
    _any_case("v"): f"[{_any_case('x')}信]",
}
"""How each doubt begins: one of these characters, then this."""


def _doubtful() -> re.Pattern[str]:
    """One pattern that begins with one set of characters: only so `re` runs through fast."""
    beginnings = [(f"[{first}]", rest) for first, rest in _BEGINNINGS.items()]
    words = ["扣扣", "微信", "学籍", "学号", "考号", "准考证", *_GRAVE.split("|")]
    beginnings += [(word[0], word[1:]) for word in words]
    beginnings += [(word[0], f"{word[1:]}{_NAMED}") for word in TOLD.split("|")]
    first = "".join(start.strip("[]") for start, _ in beginnings)
    return re.compile(
        f"[{first}](?:{'|'.join(f'(?<={start}){rest}' for start, rest in beginnings)})"
    )


_DOUBTFUL = _doubtful()


def doubtful_lines(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """The doubtful lines of a file, numbered from 1, without their line ends."""
    number = 1
    chunk = stream.read(_CHUNK).removeprefix(codecs.BOM_UTF8)
    while chunk:
        chunk += stream.readline()
        text = chunk.decode("utf-8", "replace")
        doubtful = {*_with_digits(chunk), *_with_words(text)}
        if doubtful:
            lines = text.split("\n")
            for index in sorted(doubtful):
                yield number + index, lines[index].rstrip("\r")
        number += chunk.count(b"\n")
        chunk = stream.read(_CHUNK)


def _with_digits(chunk: bytes) -> Iterator[int]:
    """Lines, counted from 0, with eleven digits that only separators part."""
    plain = chunk.translate(_TO_DIGITS, _DROPPED)
    line = counted = 0
    position = plain.find(_RUN)
    while position >= 0:
        line += plain.count(b"\n", counted, position)
        yield line
        counted = position
        end = plain.find(b"\n", position)
        position = plain.find(_RUN, end) if end >= 0 else -1


def _with_words(text: str) -> Iterator[int]:
    line = counted = 0
    for match in _DOUBTFUL.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield line
