"""Move the HTML of a page into another document: anchors renamed, links led to their new place."""

import html
from collections.abc import Callable
from html.parser import HTMLParser

_LEFT_OUT = {"sc-crumbs", "sc-paper", "sc-actions", "sc-pagefoot"}
_NAMES = {"id", "for", "aria-labelledby", "aria-controls", "aria-describedby"}
_VOID = {
    "area",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
_FREE = ("tel:", "mailto:")
_LOWER = {f"h{level}": f"h{min(level + 1, 6)}" for level in range(1, 7)}


class Transplant(HTMLParser):
    """Writes what it is fed to `text`.

    Headings go down one level; a link that leads nowhere in the new document becomes plain
    text; navigation, buttons and the sheet for paper are left out.
    """

    def __init__(
        self, prefix: str, relink: Callable[[str], str], picture: Callable[[str], str]
    ) -> None:
        super().__init__(convert_charrefs=False)
        self._prefix = prefix
        self._relink = relink
        self._picture = picture
        self._written: list[str] = []
        self._skipped = 0
        self._links: list[str] = []

    @property
    def text(self) -> str:
        """The document fragment."""
        return "".join(self._written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, changed; count what is left out until it closes."""
        classes = set((dict(attrs).get("class") or "").split())
        if self._skipped or classes & _LEFT_OUT:
            self._skipped += tag not in _VOID
            return
        name, kept = _LOWER.get(tag, tag), attrs
        if tag == "a":
            name, kept = self._anchor(attrs)
            self._links.append(name)
        written = "".join(self._attribute(tag, *attribute) for attribute in kept)
        self._written.append(f"<{name}{written}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself, as in drawings."""
        if not self._skipped:
            written = "".join(self._attribute(tag, *attribute) for attribute in attrs)
            self._written.append(f"<{tag}{written}/>")

    def handle_endtag(self, tag: str) -> None:
        """Close an element under the name it was opened with."""
        if self._skipped:
            self._skipped -= 1
            return
        name = self._links.pop() if tag == "a" and self._links else _LOWER.get(tag, tag)
        self._written.append(f"</{name}>")

    def handle_data(self, data: str) -> None:
        """Text as it stands."""
        if not self._skipped:
            self._written.append(data)

    def handle_entityref(self, name: str) -> None:
        """`&amp;` and its like."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """`&#35;` and its like."""
        self.handle_data(f"&#{name};")

    def _anchor(
        self, attrs: list[tuple[str, str | None]]
    ) -> tuple[str, list[tuple[str, str | None]]]:
        """A link to its new place, or plain text where there is none."""
        address = dict(attrs).get("href") or ""
        new = address if address.startswith(_FREE) else self._relink(address)
        others = [(name, value) for name, value in attrs if name != "href"]
        return ("a", [*others, ("href", new)]) if new else ("span", others)

    def _attribute(self, tag: str, name: str, value: str | None) -> str:
        if value is None:
            return f" {name}"
        if name in _NAMES:
            value = " ".join(f"{self._prefix}--{part}" for part in value.split())
        elif tag == "img" and name == "src":
            value = self._picture(value)
        return f' {name}="{html.escape(value)}"'
