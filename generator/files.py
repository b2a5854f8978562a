"""Bytes of a project file to text, refusing what cannot be read without guessing.

Only regular files inside the project are read; UTF-8 strictly, one leading byte order mark
dropped, CRLF read as LF. No encoding is guessed: what it looks like is only said.
"""

import codecs
import dataclasses
import itertools
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
from generator.problems.masking import mask, shown, told_path
from generator.problems.problem import Place, Problem

OFFICE_FILES = frozenset(
    {".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ett", ".ods", ".doc", ".docx", ".wps", ".wpt"}
    | {".odt", ".rtf", ".ppt", ".pptx", ".dps", ".odp", ".pdf", ".ofd", ".zip", ".rar", ".7z"}
)
"""Kinds of files that carry what nobody sees; none belongs into the repository."""
_LIMIT_MB = 256
_LONGEST = 255
_SHOWN = 20
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
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(body[: error.start].decode("utf-8"), error.start, path)
        name = _looks_like(data)
        file = shlex.quote(path)
        command = f"iconv -f {name} -t UTF-8 {file} > new && mv new {file}"
        offset = error.start + 1 + len(data) - len(body)
        return None, [ENCODING.at(place, offset=offset, looks_like=name.upper(), command=command)]
    text = text.replace("\r\n", "\n")
    problems = _characters(text, path)
    return (None, problems) if problems else (text, [])


def _parents(root: Path, target: Path) -> list[Path]:
    return [parent for parent in target.parents if parent != root and root in parent.parents]


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


def _looks_like(data: bytes) -> str:
    """The most likely foreign encoding: UTF-16 when its mark stands in front, else GB18030."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return "utf-16" if data.startswith(marks) else "gb18030"


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
    lines: dict[str, list[str]] = {}
    result = []
    for problem in problems:
        place = problem.place
        if place.file not in lines:
            text, _ = read_text(root, place.file)
            lines[place.file] = (text or "").split("\n")
        known = 0 < place.line <= len(lines[place.file])
        source, caret = quote(place, lines[place.file][place.line - 1]) if known else ("", 0)
        place = dataclasses.replace(place, file=told_path(place.file))
        result.append(dataclasses.replace(problem, place=place, source=source, caret=caret))
    return tuple(result)
