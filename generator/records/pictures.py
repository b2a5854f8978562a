"""What a picture carries beside what is seen: place, time, author, earlier versions.

Takes the bytes of a JPEG, PNG, WebP or SVG; never decodes the picture itself.
"""

import re
from collections.abc import Iterator

PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})
_PNG = b"\x89PNG\r\n\x1a\n"
_TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
_HARMLESS = {b"Software"}
_SEGMENTS = (
    (0xE1, b"Exif\x00", "EXIF"),
    (0xE1, b"http://ns.adobe.com/", "XMP"),
    (0xED, b"", "IPTC"),
    (0xFE, b"", "注释 (comment)"),
)
_START_OF_SCAN = 0xDA
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xDA)})
_SVG = re.compile(
    r"<metadata\b[^>]*>(?!\s*</metadata>)|<(?:dc|cc):(?:creator|publisher|contributor)\b"
    r"|\b(?:sodipodi:docname|inkscape:export-filename|sodipodi:absref)\s*=",
    re.IGNORECASE,
)


def hidden_in_picture(data: bytes) -> tuple[str, ...]:
    """The kinds of hidden data in a picture of pixels, each once."""
    if data.startswith(_PNG):
        found = _png(data)
    elif data.startswith(b"\xff\xd8"):
        found = _jpeg(data)
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        found = _webp(data)
    else:
        return ()
    return tuple(dict.fromkeys(found))


def hidden_in_drawing(text: str) -> Iterator[tuple[int, str]]:
    """Where an SVG names its author or file, and with which mark."""
    for match in _SVG.finditer(text):
        yield match.start(), re.split(r"[\s>=]", match.group().lstrip("<"))[0]


def _png(data: bytes) -> Iterator[str]:
    position = len(_PNG)
    while position + 8 <= len(data):
        length = int.from_bytes(data[position : position + 4])
        kind, body = data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        if kind == b"eXIf":
            yield "EXIF"
        elif kind in _TEXTS:
            keyword = body.partition(b"\x00")[0]
            if keyword.startswith(b"XML:com.adobe.xmp"):
                yield "XMP"
            elif keyword not in _HARMLESS:
                yield f"PNG {keyword[:40].decode('latin-1')}"
        position += length + 12


def _jpeg(data: bytes) -> Iterator[str]:
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF:  # noqa: PLR2004 - a marker
        marker = data[position + 1]
        if marker == _START_OF_SCAN:
            return
        if marker in _WITHOUT_LENGTH or marker == 0xFF:  # noqa: PLR2004 - a filling byte
            position += 1 if marker not in _WITHOUT_LENGTH else 2
            continue
        length = int.from_bytes(data[position + 2 : position + 4])
        body = data[position + 4 : position + 2 + length]
        for wanted, beginning, name in _SEGMENTS:
            if marker == wanted and body.startswith(beginning):
                yield name
        position += 2 + length


def _webp(data: bytes) -> Iterator[str]:
    position = 12
    names = {b"EXIF": "EXIF", b"XMP ": "XMP"}
    while position + 8 <= len(data):
        kind = data[position : position + 4]
        length = int.from_bytes(data[position + 4 : position + 8], "little")
        if kind in names:
            yield names[kind]
        position += 8 + length + length % 2
