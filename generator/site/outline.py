"""Pages of which only headings are left for Markdown: written as Markdown would write them.

Once finished blocks are taken out, most pages are marks and plain headings; for these the parser
does nothing but walk. Whatever is not as plain as that goes to the parser.
"""

import re
from typing import Any

import markdown  # type: ignore[import-untyped]  # it comes without types
from markdown.extensions.toc import (  # type: ignore[import-untyped]
    TocTreeprocessor,
    nest_toc_tokens,
    unique,
)

_KNOWN = {
    "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html",
    "pymdownx.details", "pymdownx.superfences", "sane_lists", "tables", "toc",
}  # fmt: skip
"""Extensions that leave a plain heading and a mark of a block as they are."""
_BLANK = re.compile(r"\n{2,}")
_MARK = re.compile(r"<div data-sc-block=\"[0-9]+\"></div>")
_HEADING = re.compile(r"(#{1,6}) ([^\x00-\x1f!-+:-@\[-`{-~]+?)(?: \{ #([A-Za-z][\w.-]*) \})?")
"""A title without a sign that means anything to Markdown or HTML."""


class Outline:
    """Converts pages of marks and plain headings for one configuration of Markdown."""

    def __init__(self, converter: markdown.Markdown, extensions: list[str]) -> None:
        """Look at what the configuration asks for.

        Args:
            converter: the parser that writes all other pages.
            extensions: the names of its extensions.
        """
        toc = next((p for p in converter.treeprocessors if isinstance(p, TocTreeprocessor)), None)
        plain = toc and not (toc.use_permalinks or toc.use_anchors or toc.base_level)
        known = "attr_list" in extensions and _KNOWN.issuperset(extensions)
        self._toc: TocTreeprocessor | None = toc if plain and known else None

    def convert(self, text: str) -> tuple[str, list[Any]] | None:
        """The HTML of a page and its contents as nested tokens; None when it is not that plain."""
        toc = self._toc
        if toc is None:
            return None
        parts: list[str | tuple[str, str, str]] = []
        for chunk in _BLANK.split(text.strip("\n")):
            heading = _HEADING.fullmatch(chunk)
            if heading:
                marks, title, name = heading.groups("")
                parts.append((marks, title, name))
            elif _MARK.fullmatch(chunk):
                parts.append(f"{chunk}\n")
            else:
                return None
        used = {part[2] for part in parts if not isinstance(part, str) and part[2]}
        counters: dict[str, int] = {}
        tokens, written = [], []
        for part in parts:
            if isinstance(part, str):
                written.append(part)
                continue
            marks, title, name = part
            level = len(marks)
            name = name or unique(toc.slugify(title, toc.sep), used, counters)
            written.append(f'<h{level} id="{name}">{title}</h{level}>')
            if toc.toc_top <= level <= toc.toc_bottom:
                tokens.append({"level": level, "id": name, "name": title, "html": title})
        return "\n".join(written).strip("\n"), nest_toc_tokens(tokens)
