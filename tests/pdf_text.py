"""Just enough of PDF to read back what Typst and Chromium wrote: how many pages, and their text."""

import re
import unicodedata
import zlib
from typing import NamedTuple

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(\w+) (\d+) 0 R")
_FONT_SET = re.compile(rb"/(\w+) [\d.]+ Tf")
_TEXT = re.compile(rb"\bBT\b(.*?)\nET\n", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Font(NamedTuple):
    """What the codes of a font stand for, and how many bytes a code has."""

    letters: dict[int, str]
    size: int


def page_count(data: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", data))


def pdf_text(data: bytes) -> str:
    """All text in the order it is drawn, without white space."""
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    fonts = {
        name.decode(): _to_unicode(objects, int(target))
        for body in objects.values()
        for inner in re.findall(rb"/Font\s*<<(.*?)>>", body, re.DOTALL)
        for name, target in _FONT.findall(inner)
    }
    pages = [content for content in map(_content, objects.values()) if b"BT" in content]
    drawn = (text for content in pages for text in _TEXT.findall(content))
    text = [_shown(content, fonts) for content in drawn]
    return "".join("".join(text).split())


def even(text: str) -> str:
    """Text without white space, and with common characters for those that a font calls radicals."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _content(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None or b"/FlateDecode" not in body[: found.start()]:
        return b""
    return zlib.decompress(found.group(1)) if b"/Subtype" not in body[: found.start()] else b""


def _to_unicode(objects: dict[int, bytes], font: int) -> Font:
    found = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    assert found is not None
    stream = _STREAM.search(objects[int(found.group(1))])
    assert stream is not None
    table = zlib.decompress(stream.group(1)).decode("latin-1")
    letters: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, target in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            letters[int(code, 16)] = bytes.fromhex(target).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, target in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = ord(bytes.fromhex(target).decode("utf-16-be"))
            for code in range(int(first, 16), int(last, 16) + 1):
                letters[code] = chr(start + code - int(first, 16))
    codes = re.search(r"begincodespacerange\s*<(\w+)>", table)
    assert codes is not None
    return Font(letters, len(codes.group(1)) // 2)


def _shown(content: bytes, fonts: dict[str, Font]) -> str:
    """Every string of the page in the font set before it; only text is written in strings."""
    font = Font({}, 1)
    text = []
    at = 0
    while at < len(content):
        chosen = _FONT_SET.match(content, at)
        if chosen:
            font = fonts[chosen.group(1).decode()]
            at = chosen.end()
        elif content[at : at + 1] == b"(":
            end = _closing(content, at) + 1
            text.append(_letters(_raw(content[at:end]), font))
            at = end
        elif string := _HEX.match(content, at):
            text.append(_letters(bytes.fromhex(string.group(1).decode()), font))
            at = string.end()
        else:
            at += 1
    return "".join(text)


def _letters(raw: bytes, font: Font) -> str:
    starts = range(0, len(raw), font.size)
    codes = (int.from_bytes(raw[start : start + font.size]) for start in starts)
    return "".join(font.letters.get(code, "") for code in codes)


def _closing(content: bytes, at: int) -> int:
    """Where the string ends that begins at `at`; parentheses inside it may be balanced."""
    depth = 0
    while True:
        sign = content[at : at + 1]
        depth += (sign == b"(") - (sign == b")")
        if depth == 0:
            return at
        at += 2 if sign == b"\\" else 1


def _raw(string: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        mark = match.group(1)
        return bytes([int(mark, 8)]) if mark.isdigit() else _ESCAPES.get(mark, mark)

    return _ESCAPE.sub(plain, string[1:-1])
