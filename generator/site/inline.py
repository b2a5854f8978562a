"""Marks inside a line of Markdown are looked for only where a sign of one stands.

The parser tries some twenty patterns on every line and cell; most hold plain words. Each pattern
of Markdown itself needs one of a few signs, so text without them is what would come out.
"""

import re
from xml.etree.ElementTree import Element

import markdown  # type: ignore[import-untyped]  # it comes without types
from markdown.treeprocessors import InlineProcessor  # type: ignore[import-untyped]

_SIGN = re.compile(r"[`\\\[!<&*_\x02\x03]|  \n")
"""What the inline patterns of Markdown begin with, the end of a line that breaks, its own marks."""
_NAME = "_InlineProcessor__handleInline"


class _Signed(InlineProcessor):  # type: ignore[misc]  # it comes without types
    """The step of Markdown that looks for marks in lines."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Leave a document without any sign as it is."""
        if not any(_SIGN.search(text) for text in tree.itertext()):
            return tree
        result: Element = super().run(tree, ancestors)
        return result

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - the names of the library
        """Leave a line without any sign as it is."""
        if not _SIGN.search(data):
            return data
        result: str = getattr(super(), _NAME)(data, patternIndex)
        return result


def quicken(converter: markdown.Markdown) -> None:
    """Make a converter quicker whose extensions add no pattern for lines."""
    converter.treeprocessors.register(_Signed(converter), "inline", 20)
