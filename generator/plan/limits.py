"""How much a page of Markdown may hold: more would keep the parser busy for minutes.

Python-Markdown looks from every opening bracket to the end of its paragraph, and into every
level of a list anew; so these are counted before anything is parsed.
"""

import re
from collections.abc import Iterator

from generator.problems.catalogue.files import TEXT_LIMIT
from generator.problems.problem import Place, Problem, Words

LONGEST = 400_000
"""Characters of a page."""
BRACKETS = 1_000
"""Opening brackets of a paragraph or table; ten times as many of a page."""
DEEPEST = 60
"""Columns that a line may be indented."""
_OPENING = re.compile(r"[\[<]")
_SIZE = Words("这一页的字数", "characters of this page")
_IN_PARAGRAPH = Words("这一段里的 [ 和 <", "[ and < in this paragraph")
_IN_PAGE = Words("这一页里的 [ 和 <", "[ and < in this page")
_INDENTED = Words("这一行缩进的列数", "columns this line is indented")


def check_limits(body: str, path: str, first_line: int) -> list[Problem]:
    """What is too much in a page, each kind once; nothing of it may be parsed then.

    Args:
        body: the text behind the front matter.
        path: the file.
        first_line: the line of the file on which the body begins.
    """
    if len(body) > LONGEST:
        return [_fault(Place(path, first_line), _SIZE, len(body), LONGEST)]
    found: list[Problem] = []
    total = 0
    for line, block in _blocks(body):
        count = len(_OPENING.findall(block))
        total += count
        if count > BRACKETS and not found:
            found.append(_fault(Place(path, first_line + line), _IN_PARAGRAPH, count, BRACKETS))
    if total > BRACKETS * 10 and not found:
        found.append(_fault(Place(path, first_line), _IN_PAGE, total, BRACKETS * 10))
    return found or _indented(body, path, first_line)


def _blocks(body: str) -> Iterator[tuple[int, str]]:
    """Lines without a blank one between them, with the number of the first."""
    line = 0
    for part in re.split(r"(\n[ \t]*\n)", body):
        yield line, part
        line += part.count("\n")


def _indented(body: str, path: str, first_line: int) -> list[Problem]:
    for number, line in enumerate(body.split("\n")):
        columns = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" >"))
        if columns > DEEPEST and line.strip():
            return [_fault(Place(path, first_line + number, 1), _INDENTED, columns, DEEPEST)]
    return []


def _fault(place: Place, what: Words, found: int, limit: int) -> Problem:
    return TEXT_LIMIT.at(place, what_zh=what.zh, what_en=what.en, found=found, limit=limit)
