"""Finished HTML blocks travel around the Markdown parser instead of through it.

Most of a page is HTML already; parsing it again would change nothing and cost most of a build.
A mark takes the place of blocks that follow each other and is exchanged for them afterwards.
What asks for Markdown inside (`markdown="1"`) is left to the parser.
"""

import re

_OPENED = re.compile(
    r"^<(div|p|ul|ol|dl|figure|nav|aside|section|article|details|table|blockquote|form|footer)\b",
    re.MULTILINE,
)
_ENDED = re.compile(r"[ \t]*(?:\n+|\Z)")
_INSIDE = ' markdown="'
_MARK = '<div data-sc-block="{}"></div>\n'
_MARKED = re.compile(r'<div data-sc-block="([0-9]+)"></div>\n?')


def take_blocks(markdown: str) -> tuple[str, list[str]]:
    """Put marks in place of finished HTML blocks; return the text and the blocks."""
    kept: list[str] = []
    blocks: list[str] = []
    done = start = 0
    while found := _OPENED.search(markdown, start):
        start = found.end()
        first, last = found.start(), _end(markdown, found)
        if last < 0 or not _begins(markdown, first) or _INSIDE in markdown[first:last]:
            continue
        if kept and first == done and blocks:
            blocks[-1] += markdown[first:last]
        else:
            kept += [markdown[done:first], _MARK.format(len(blocks)), "\n"]
            blocks.append(markdown[first:last])
        done = start = last
    return "".join([*kept, markdown[done:]]), blocks


def put_blocks(html: str, blocks: list[str]) -> str:
    """Put the blocks back in place of their marks."""
    return _MARKED.sub(lambda match: blocks[int(match.group(1))], html)


def _begins(markdown: str, place: int) -> bool:
    """Only after an empty line, or after a block, does HTML begin a block of its own."""
    return place == 0 or markdown.endswith(("\n\n", ">\n"), 0, place)


def _end(markdown: str, opened: re.Match[str]) -> int:
    """Behind the line on which the element ends; negative when it does not end a line."""
    depth = 0
    name = opened.group(1)
    for tag in _tags(name).finditer(markdown, opened.start()):
        depth += -1 if tag.group(1) else 1
        if depth == 0:
            ended = _ENDED.match(markdown, tag.end())
            return ended.end() if ended else -1
    return -1


def _tags(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}\b[^<>]*>")
