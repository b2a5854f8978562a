"""Bytes of a project file to text, refusing what cannot be read without guessing.

Only regular files inside the project are read; UTF-8 strictly, one leading byte order mark
dropped, CRLF read as LF. No encoding is guessed: what it looks like is only said.
"""

import codecs
import dataclasses
import itertools
import os
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.problems.catalogue.files import (
    BARE_RETURN,
    BYTE_ORDER_MARK,
    CONTROL_CHARACTER,
    ENCODING,
    FILE_LINK,
    FILE_MISSING,
    FILE_OUTSIDE,
    FILE_TOO_LARGE,
)
from generator.problems.lines import Lines
from generator.problems.masking import mask, shown, told_path
from generator.problems.problem import Place, Problem
from generator.problems.rule import near_names

OFFICE_FILES = frozenset(
    {".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ett", ".ods", ".doc", ".docx", ".wps", ".wpt"}
    | {".odt", ".rtf", ".ppt", ".pptx", ".dps", ".odp", ".pdf", ".ofd", ".zip", ".rar", ".7z"}
)
"""Kinds of files that carry what nobody sees; none belongs into the repository."""
_LIMIT_MB = 256
_LONGEST = 255
_SHOWN = 20
_FEW = 8
"""One in so many bytes is enough to tell an encoding by."""
_PART = 2**22
_EARLIER = bytes([*range(9), 11, 12, *range(14, 32), 127])
_LATER = re.compile(b"\xc2[\x80-\x9f]")
_UNSEEN = "\u2028\u2029\ufeff"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


def inside(path: str) -> bool:
    """Tell whether a written path is relative, without `..`, drive, backslash or address."""
    parts = path.split("/")
    plain = path.isprintable() and "\\" not in path and ":" not in path
    short = len(path.encode("utf-8", "replace")) <= _LONGEST
    return plain and short and not any(part in {"", ".", ".."} for part in parts)


def read_text(root: Path, path: str, wanted_by: str = "") -> tuple[str | None, list[Problem]]:
    """Read the project file `path`; None with problems when that cannot be done safely.

    Args:
        root: the project root.
        path: relative path with `/`, as an editor wrote it.
        wanted_by: what names the file, for the remedy when it is missing.
    """
    data, problems = read_bytes(root, path, wanted_by)
    return (None, problems) if data is None else decode(data, path)


def read_bytes(root: Path, path: str, wanted_by: str = "") -> tuple[bytes | None, list[Problem]]:
    """Read the bytes of a project file; arguments and refusals as of `read_text`."""
    place = Place(path)
    if not inside(path):
        return None, [FILE_OUTSIDE.at(place, path=shown(path))]
    if _is_linked(root, path):
        return None, [FILE_LINK.at(place)]
    target = f"{root}{os.sep}{path}"  # pages are read by the thousand: no `Path` in between
    if not os.path.isfile(target):  # noqa: PTH113
        return None, [FILE_MISSING.at(place, _beside(root, path), wanted_by=wanted_by or path)]
    with open(target, "rb") as stream:  # noqa: PTH123
        size = os.fstat(stream.fileno()).st_size // 2**20
        if size > _LIMIT_MB:
            return None, [FILE_TOO_LARGE.at(place, size=size, limit=_LIMIT_MB)]
        return stream.read(), []


def read_folder(root: Path, folder: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Read the `*.yaml` of a folder: the bytes of those that can be read, by path in name order."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file in sorted((root / folder).glob("*.yaml")):
        path = f"{folder}/{file.name}"
        data, faults = read_bytes(root, path)
        problems += faults
        found |= {} if data is None else {path: data}
    return found, problems


def is_clean(data: bytes) -> bool:
    """Tell fast whether bytes decode without a problem: a large file is read in parts."""
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return False
    if b"\xc2" in data and _LATER.search(data):
        return False
    reader = codecs.getincrementaldecoder("utf-8")()
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    try:
        for first in range(start, len(data), _PART):
            part = data[first : first + _PART]
            text = reader.decode(part)
            if len(part.translate(None, _EARLIER)) < len(part) or any(c in text for c in _UNSEEN):
                return False
        reader.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Decode UTF-8 strictly and refuse control characters; the place names line and column."""
    body = data.removeprefix(codecs.BOM_UTF8)
    if is_clean(data):
        return body.decode("utf-8").replace("\r\n", "\n"), []
    if _utf_16(data):
        return None, [_encoding(Place(path, 1, 1), 1, _utf_16(data))]
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        good = body[: error.start].decode("utf-8")
        place = _place(good, error.start, path)
        offset = error.start + 1 + len(data) - len(body)
        return None, [_encoding(place, offset, _looks_like(data, good))]
    text = text.replace("\r\n", "\n")
    problems = _characters(text, path)
    return (None, problems) if problems else (text, [])


def _beside(root: Path, path: str) -> tuple[str, ...]:
    """Files of the same folder whose names look like the one that is missing."""
    folder, _, name = path.rpartition("/")
    found = (root / folder).iterdir() if (root / folder).is_dir() else ()
    near = near_names(name, (file.name for file in found if file.is_file()), 0.8)
    return tuple(f"{folder}/{other}" if folder else other for other in near)


def _is_linked(root: Path, path: str) -> bool:
    """Whether the file or a folder on the way to it is a link; by plain text, for speed."""
    way = itertools.accumulate(path.split("/"), "{}/{}".format, initial=str(root))
    return any(map(os.path.islink, itertools.islice(way, 1, None)))


def _characters(text: str, path: str) -> list[Problem]:
    """Characters that nobody sees; of each kind the first few, since a file may be full of them."""
    problems = [BARE_RETURN.at(place) for place in _places(text, re.compile("\r"), path)]
    marks = _places(text, re.compile("\ufeff"), path)
    problems += [BYTE_ORDER_MARK.at(place) for place in marks]
    for match in itertools.islice(_CONTROL.finditer(text), _SHOWN):
        character = f"U+{ord(match.group()):04X}"
        place = _place(text, match.start(), path)
        problems.append(CONTROL_CHARACTER.at(place, character=character))
    return problems


def _places(text: str, wanted: re.Pattern[str], path: str) -> Iterator[Place]:
    for match in itertools.islice(wanted.finditer(text), _SHOWN):
        yield _place(text, match.start(), path)


def _place(text: str, index: int, path: str) -> Place:
    before = text[:index]
    return Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _looks_like(data: bytes, good: str) -> str:
    """The most likely foreign encoding; empty for a mixture, where `good` text stands in front."""
    if any("\u4e00" <= character <= "\u9fff" for character in good):
        return ""
    seconds = re.findall(rb"[\x81-\xfe]([\x40-\xfe])", data)
    low = sum(second < b"\x7f" for second in seconds)
    try:
        data.decode("big5")
    except UnicodeDecodeError:
        return "gb18030"
    return "big5" if low * _FEW > len(seconds) else "gb18030"


def _utf_16(data: bytes) -> str:
    """UTF-16 by its mark; without one, where half of the bytes are often zero, the rest hardly."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    first, second = data[::2].count(0), data[1::2].count(0)
    rare, often = sorted((first, second))
    if len(data) % 2 or often * _FEW < len(data) or rare * _FEW > often:
        return ""
    return "utf-16be" if first > second else "utf-16le"


def _encoding(place: Place, offset: int, name: str) -> Problem:
    """What to type; of a mixture, only the line at fault can be shown as it was meant."""
    file = shlex.quote(place.file)
    command = f"iconv -f {name} -t UTF-8 {file} > new && mv new {file}"
    if not name:
        command = f"sed -n {place.line}p {file} | iconv -f gb18030 -t UTF-8"
    looks_like = name.upper() or "UTF-8 + GB18030"
    return ENCODING.at(place, offset=offset, looks_like=looks_like, command=command)


def _masked(place: Place, line: str) -> tuple[str, int]:
    return mask(line), place.column


def with_sources(
    root: Path,
    problems: tuple[Problem, ...],
    quote: Callable[[Place, str], tuple[str, int]] = _masked,
) -> tuple[Problem, ...]:
    """The problems with the text of their lines, for the caret under the place.

    Args:
        root: the project root.
        problems: whose places name files as they are called; they leave with masked names.
        quote: how much of a line may be quoted, and where the caret stands in it.
    """
    known: dict[str, Lines] = {}
    result = []
    for problem in problems:
        place = problem.place
        if place.file not in known:
            data, _ = read_bytes(root, place.file)
            known[place.file] = Lines(data or b"")
        lines = known[place.file]
        written = 0 < place.line <= lines.ends + 1
        line = (decode(lines.raw(place.line), place.file)[0] or "").removesuffix("\n")
        source, caret = quote(place, line) if written else ("", 0)
        place = dataclasses.replace(place, file=told_path(place.file))
        result.append(dataclasses.replace(problem, place=place, source=source, caret=caret))
    return tuple(result)
