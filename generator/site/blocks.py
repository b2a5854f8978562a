"""Finished HTML blocks travel around the Markdown parser instead of through it.

Record tables are HTML already; parsing a thousand rows again would change nothing and cost
most of a build. A mark takes the block's place and is exchanged for it afterwards.
"""

import re

_BLOCK = re.compile(
    r'<div class="sc-tablewrap".*?</table></div>|<ul class="sc-list.*?</ul>|<dl class="sc-.*?</dl>'
    r'|<figure class="sc-chart">.*?</figure>',
    re.DOTALL,
)
_MARK = '<div data-sc-block="{}"></div>'
_MARKED = re.compile(r'<div data-sc-block="([0-9]+)"></div>')


def take_blocks(markdown: str) -> tuple[str, list[str]]:
    """Put marks in place of finished HTML blocks; return the text and the blocks."""
    blocks: list[str] = []

    def mark(match: re.Match[str]) -> str:
        blocks.append(match.group())
        return _MARK.format(len(blocks) - 1)

    return _BLOCK.sub(mark, markdown), blocks


def put_blocks(html: str, blocks: list[str]) -> str:
    """Put the blocks back in place of their marks."""
    return _MARKED.sub(lambda match: blocks[int(match.group(1))], html)
