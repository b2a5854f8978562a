"""Author Markdown to HTML: references expanded, links made relative, nothing else executed."""

import functools
import html
import json
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import markdown  # type: ignore[import-untyped]  # it comes without types

from generator.cache.store import Store, key_of
from generator.plan.markdown import EXTENSIONS, outside_fences
from generator.plan.names import REFERENCE
from generator.site.inline import quicken

_OPEN, _CLOSE = "\ue000", "\ue001"
_AHEAD, _BEHIND = "\ue002", "\ue003"
_OURS = re.compile(f"[{_OPEN}{_CLOSE}{_AHEAD}{_BEHIND}]")
_LINK = re.compile(f"{_AHEAD}([0-9]+){_BEHIND}")
_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
_HEADING = re.compile(r"## +(.+?)\s*")
_CODE = re.compile(r"`[^`\n]*`")
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_TAG_OR_MARK = re.compile(f"<[^>]*>|{_MARK.pattern}")
"""Inside a tag, such as in the text of a picture, a reference stays its name."""


def render_prose(
    text: str,
    reference: Callable[[str], str],
    relink: Callable[[str], str],
    level: int = 0,
    store: Store | None = None,
) -> str:
    """Render one piece of author Markdown.

    Args:
        text: Markdown without raw HTML (checked when it was read).
        reference: gives the HTML for a name written as `[[name]]`.
        relink: gives the address for a relative link to a content file.
        level: how many levels headings are pushed down.
        store: what was converted before.
    """
    rendered, found, targets = _converted(text, level, store or Store())
    rendered = _LINK.sub(lambda mark: _attribute(relink(targets[int(mark.group(1))])), rendered)
    if not found:
        return rendered

    def expand(match: re.Match[str]) -> str:
        if match.group(1):
            return reference(found[int(match.group(1))])
        return _MARK.sub(lambda mark: html.escape(found[int(mark.group(1))]), match.group())

    return _TAG_OR_MARK.sub(expand, rendered)


def _converted(text: str, level: int, store: Store) -> tuple[str, list[str], list[str]]:
    """HTML with marks in place of names and link targets, and those."""
    known = store.recall(_key(text, level))
    if known is None:
        known = store.keep(*converted(text, level))
    rendered, found, targets = json.loads(known)
    return rendered, found, targets


def converted(text: str, level: int) -> tuple[bytes, bytes]:
    """What Markdown makes of a piece, under the key it is kept by; it depends on nothing else."""
    found: list[str] = []
    converter, links = _converter()
    links.targets, links.level = [], level
    converter.reset()
    rendered = converter.convert(_hide(text, found))
    return _key(text, level), json.dumps([rendered, found, links.targets]).encode()


def _key(text: str, level: int) -> bytes:
    return key_of("prose", str(level), text)


def _attribute(value: str) -> str:
    """A value as the serializer of Markdown writes it into an attribute."""
    value = _AMPERSAND.sub("&amp;", value)
    return value.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def split_sections(text: str) -> list[tuple[str, str]]:
    """The text before the first second-level heading, then each heading with its text."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    lines = text.split("\n")
    outside = {number for number, _ in outside_fences(lines)}
    for number, line in enumerate(lines):
        match = _HEADING.fullmatch(line) if number in outside else None
        if match:
            parts.append((match.group(1), []))
        else:
            parts[-1][1].append(line)
    return [(title, "\n".join(kept)) for title, kept in parts]


def expand_line(text: str, reference: Callable[[str], str]) -> str:
    """Escape one line of plain text and expand its references."""
    return REFERENCE.sub(
        lambda match: reference(html.unescape(match.group(1))), html.escape(text, quote=True)
    )


def _hide(text: str, found: list[str]) -> str:
    """Put marks in place of references, so that Markdown leaves them alone."""
    lines = _OURS.sub("", text).split("\n")
    for number, line in outside_fences(lines):
        kept = [match.span() for match in _CODE.finditer(line)]

        def mark(match: re.Match[str], kept: list[tuple[int, int]] = kept) -> str:
            if any(start <= match.start() < end for start, end in kept):
                return match.group()
            found.append(match.group(1))
            return f"{_OPEN}{len(found) - 1}{_CLOSE}"

        lines[number] = REFERENCE.sub(mark, line)
    return "\n".join(lines)


class _Links:
    """Puts marks in place of link targets and pushes headings down."""

    targets: list[str]
    level: int

    def run(self, root: Element) -> None:
        """Change the parsed document in place."""
        for element in root.iter():
            if element.tag == "a" and element.get("href") is not None:
                element.set("href", self._mark(str(element.get("href"))))
            elif element.tag == "img" and element.get("src") is not None:
                element.set("src", self._mark(str(element.get("src"))))
            elif re.fullmatch("h[1-6]", element.tag):
                element.tag = f"h{min(6, int(element.tag[1]) + self.level)}"

    def _mark(self, target: str) -> str:
        self.targets.append(target)
        return f"{_AHEAD}{len(self.targets) - 1}{_BEHIND}"


@functools.cache
def _converter() -> tuple[markdown.Markdown, _Links]:
    """One converter for all pieces: making one costs more than most pieces do."""
    links = _Links()
    converter = markdown.Markdown(extensions=list(EXTENSIONS))
    quicken(converter)
    converter.treeprocessors.register(links, "safecampus_links", 1)
    return converter, links
