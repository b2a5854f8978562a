"""What an allow-list of HTML would take out of a rendered page; nh3 holds the list."""

from html.parser import HTMLParser

import nh3

_ATTRIBUTES = {
    "a": {"href", "title"}, "abbr": {"title"}, "code": {"class"}, "details": {"class", "open"},
    "div": {"class"}, "img": {"alt", "src", "title"}, "ol": {"start"}, "p": {"class"},
    "pre": {"class"}, "span": {"class"}, "td": {"style"}, "th": {"style"},
}  # fmt: skip
_TAGS = {
    *_ATTRIBUTES, "b", "blockquote", "br", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "li", "strong", "summary", "table", "tbody", "thead", "tr", "ul",
}  # fmt: skip
_VOID = {"br", "hr", "img"}


def taken_out(html: str) -> list[str]:
    """What the allow-list would not let stand; empty for a page that is as it should be."""
    clean = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, strip_comments=True,
        url_schemes={"https", "http", "tel", "mailto"}, filter_style_properties={"text-align"},
    )  # fmt: skip
    before, after = _events(html), _events(clean)
    return [] if before == after else [one for one in before if one not in after] or ["order"]


def _events(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.events()


class _Reader(HTMLParser):
    """Tags with their attributes and texts, in one spelling."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[str] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        listed = "".join(f" {name}={_spelled(value)}" for name, value in sorted(attrs))
        self._note(f"<{tag}{listed}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._note(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_comment(self, data: str) -> None:
        self._note(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._note(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self._note(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self._note(f"<?{data}>")

    def events(self) -> list[str]:
        self._note("")
        return self._found

    def _note(self, event: str) -> None:
        text = " ".join(self._text.split())
        self._text = ""
        self._found += [one for one in (text, event) if one]


def _spelled(value: str | None) -> str:
    return (value or "").replace(" ", "").rstrip(";")
