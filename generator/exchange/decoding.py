"""Bytes of a text file from anywhere to text, without guessing.

Tried in this order, each strictly: a byte order mark, UTF-8, GB18030. Text that was saved
through the wrong encoding is recognised by its round trip and refused.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HAN = re.compile("[\u4e00-\u9fff]")
_SHORTEST = 4


def decode_any(data: bytes) -> str | None:
    """The text, or None when no encoding fits."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name)
    text = _decoded(data, "utf-8")
    return _decoded(data, "gb18030") if text is None else text


def ungarbled(text: str) -> str:
    """What garbled text should read: UTF-8 that was opened as GBK; empty when it is sound."""
    if len(_HAN.findall(text)) < _SHORTEST:
        return ""
    for cut in (0, 1):
        try:
            data = text.encode("gb18030")
            meant = data[: len(data) - cut].decode("utf-8")
        except UnicodeError:
            continue
        return meant if _HAN.search(meant) else ""
    return ""


def _decoded(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text
