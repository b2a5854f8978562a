"""Bytes of a project file to text, refusing what cannot be read without guessing.

Only regular files inside the project are read; UTF-8 strictly, one leading byte order mark
dropped, CRLF read as LF. No encoding is guessed: what it looks like is only said.
"""

import codecs
import dataclasses
import re
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
from generator.problems.masking import mask, shown
from generator.problems.problem import Place, Problem

_LIMIT_MB = 256
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FOREIGN = ("utf-16", "gb18030", "big5")


def inside(path: str) -> bool:
    """Tell whether a written path is relative, without `..`, drive, backslash or address."""
    parts = path.split("/")
    plain = bool(path) and "\\" not in path and ":" not in path
    return plain and not any(part in {"", ".", ".."} for part in parts)


def read_text(root: Path, path: str, wanted_by: str = "") -> tuple[str | None, list[Problem]]:
    """Read the project file `path`; None with problems when that cannot be done safely.

    Args:
        root: the project root.
        path: relative path with `/`, as an editor wrote it.
        wanted_by: what names the file, for the remedy when it is missing.
    """
    place = Place(path)
    if not inside(path):
        return None, [FILE_OUTSIDE.at(place, path=shown(path))]
    target = root / path
    if any(parent.is_symlink() for parent in [target, *_parents(root, target)]):
        return None, [FILE_LINK.at(place)]
    if not target.is_file():
        return None, [FILE_MISSING.at(place, wanted_by=wanted_by or path)]
    size = target.stat().st_size // 2**20
    if size > _LIMIT_MB:
        return None, [FILE_TOO_LARGE.at(place, size=size, limit=_LIMIT_MB)]
    return decode(target.read_bytes(), path)


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Decode UTF-8 strictly and refuse control characters; the place names line and column."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].rsplit(b"\n", 1)
        line = data[: error.start].count(b"\n") + 1
        column = len(before[-1].decode("utf-8", "replace")) + 1
        name = _looks_like(data)
        command = f"iconv -f {name} -t UTF-8 {path} > new && mv new {path}"
        place = Place(path, line, column)
        offset = error.start + 1
        return None, [ENCODING.at(place, offset=offset, looks_like=name.upper(), command=command)]
    text = text.replace("\r\n", "\n")
    problems = _characters(text, path)
    return (None, problems) if problems else (text, [])


def _parents(root: Path, target: Path) -> list[Path]:
    return [parent for parent in target.parents if parent != root and root in parent.parents]


def _characters(text: str, path: str) -> list[Problem]:
    problems = []
    for index in _indexes(text, "\r"):
        problems.append(BARE_RETURN.at(_place(text, index, path)))
    for index in _indexes(text, "\ufeff"):
        problems.append(BYTE_ORDER_MARK.at(_place(text, index, path)))
    for match in _CONTROL.finditer(text):
        character = f"U+{ord(match.group()):04X}"
        problems.append(
            CONTROL_CHARACTER.at(_place(text, match.start(), path), character=character)
        )
    return problems


def _indexes(text: str, character: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(character), text)]


def _place(text: str, index: int, path: str) -> Place:
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Place(path, line, column)


def _looks_like(data: bytes) -> str:
    """The most likely foreign encoding: a UTF-16 mark, else the first that decodes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for name in _FOREIGN[1:]:
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return "gb18030"


def with_sources(root: Path, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems with the masked text of their lines, for the caret under the place."""
    lines: dict[str, list[str]] = {}
    result = []
    for problem in problems:
        place = problem.place
        if place.file not in lines:
            text, _ = read_text(root, place.file)
            lines[place.file] = (text or "").split("\n")
        known = 0 < place.line <= len(lines[place.file])
        source = mask(lines[place.file][place.line - 1]) if known else ""
        result.append(dataclasses.replace(problem, source=source))
    return tuple(result)
