"""Find words in every byte of a folder: also packed, folded, escaped and drawn ones."""

import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

from tests.pdf_text import pdf_text

_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_HEX_STRING = re.compile(rb"<((?:[0-9A-Fa-f]{2})+)>")


def leaks(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """(file, word) of every word that a file holds or is named by."""
    wanted = [word.lower() for word in words]
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        texts = [name, *readings(file.read_bytes())]
        found += [(name, word) for word in wanted if any(word in text for text in texts)]
    return found


def readings(data: bytes) -> Iterator[str]:
    """All texts that bytes may be read as, in small letters."""
    for inner in unpacked(data):
        text = inner.decode("utf-8", "ignore")
        yield text.lower()
        yield html.unescape(text).lower()
        yield _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text).lower()
        yield text.replace("\r\n ", "").lower()
        yield unquote_to_bytes(inner).decode("utf-8", "ignore").lower()
        for start in (0, 1):
            yield inner[start:].decode("utf-16-be", "ignore").lower()
            yield inner[start:].decode("utf-16-le", "ignore").lower()


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes and everything packed inside them."""
    yield data
    if data.startswith(b"\x1f\x8b"):
        yield from unpacked(gzip.decompress(data))
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield entry.filename.encode()
                yield from unpacked(archive.read(entry))
    if data.startswith(b"%PDF"):
        yield from _in_pdf(data)
    if data.startswith(b"\x89PNG"):
        yield from _in_png(data)


def _in_pdf(data: bytes) -> Iterator[bytes]:
    yield pdf_text(data).encode()
    for stream in _PDF_STREAM.findall(data):
        yield from _inflated(stream)
    for string in _HEX_STRING.findall(data):
        yield bytes.fromhex(string.decode())


def _in_png(data: bytes) -> Iterator[bytes]:
    for kind, chunk in _png_chunks(data):
        if kind in {b"zTXt", b"iTXt", b"tEXt"}:
            yield chunk
            for match in re.finditer(b"x", chunk):
                yield from _inflated(chunk[match.start() :])


def holds(data: bytes, words: Iterable[str]) -> bool:
    """Tell whether bytes hold one of the words."""
    wanted = [word.lower() for word in words]
    return any(word in text for text in readings(data) for word in wanted)


def _inflated(data: bytes) -> Iterator[bytes]:
    try:
        yield zlib.decompressobj().decompress(data)
    except zlib.error:
        return


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 8
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4])
        yield data[position + 4 : position + 8], data[position + 8 : position + 8 + size]
        position += size + 12
