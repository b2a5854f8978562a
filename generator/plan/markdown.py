"""A content file to front matter and body; raw HTML and unsafe links are refused by place.

Author Markdown is parsed with the same library and the same block extensions that render it,
so what counts as HTML here is exactly what would have passed through.
"""

import dataclasses
import functools
import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol
from xml.etree.ElementTree import Element

import markdown  # type: ignore[import-untyped]  # it comes without types

from generator.declared import Declared
from generator.files import decode, inside, read_bytes
from generator.plan.limits import check_limits
from generator.problems.catalogue.content import FRONT_MATTER, LINK_MISSING, RAW_HTML, UNSAFE_LINK
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Words
from generator.strict_yaml import read_yaml

EXTENSIONS = ("admonition", "tables", "pymdownx.superfences", "pymdownx.details", "sane_lists")
_FENCE = re.compile(r"^(`{3,}|~{3,})")
_SCHEMES = ("https://", "http://", "tel:", "mailto:")
_SUSPECT = re.compile(r"<|\]\(|\]\[[^\[]|\]:")
"""Without one of these a text has neither raw HTML nor a link, and need not be parsed."""
_LINK_NEEDED = {"a": "href", "img": "src"}


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """A link to another file: the path from the project root, and how and where it is written."""

    target: str
    written: str
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """A content file: declared front matter, body text and the line the body begins on."""

    path: str
    front: Declared
    body: str
    first_line: int
    links: tuple[Link, ...] = ()
    """Where it leads in the repository."""

    def place(self, line: int, column: int = 0) -> Place:
        """The place of a line of the body, counted from 0."""
        return Place(self.path, self.first_line + line, column)

    def lines(self) -> list[str]:
        """The lines of the body."""
        return self.body.split("\n")


def read_source(root: Path, path: str) -> tuple[Source | None, list[Problem]]:
    """Read one Markdown file; None when its front matter cannot be read."""
    data, problems = read_bytes(root, path)
    if data is None:
        return None, problems
    source, problems = source_of(data, path)
    return source, problems + (missing_links(root, source.links) if source else [])


def source_of(data: bytes, path: str) -> tuple[Source | None, list[Problem]]:
    """The same from its bytes; whether its links lead to a file is not looked at."""
    text, problems = decode(data, path)
    if text is None:
        return None, problems
    match = re.match(r"---\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if match is None:
        return None, [FRONT_MATTER.at(Place(path, 1))]
    node, problems = read_yaml(match.group(1), path, first_line=2)
    if node is None:
        return None, problems
    front = Declared(node, PurePosixPath(path).name, problems)
    body = text[match.end() :]
    source = Source(path, front, body, text[: match.end()].count("\n") + 1)
    beyond = check_limits(body, path, source.first_line)
    if beyond:
        return None, [*problems, *beyond]
    found, links = _check_body(source)
    problems.extend(found)
    return dataclasses.replace(source, links=links), problems


def missing_links(root: Path, links: Iterable[Link]) -> list[Problem]:
    """The links that lead to no file."""
    return [
        LINK_MISSING.at(link.place, value=shown(link.written))
        for link in links
        if not (root / link.target).is_file()
    ]


def outside_fences(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines that are not inside a fenced block, numbered from 0."""
    fence = ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line.lstrip())
        if fence:
            if match and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif match:
            fence = match.group(1)
        else:
            yield number, line


class _Lines(Protocol):
    """A step of Markdown that takes lines and gives lines."""

    def run(self, lines: list[str]) -> list[str]: ...


class _BlockRecorder:
    """Runs Markdown's own HTML block extractor and keeps what it took out."""

    def __init__(self, md: markdown.Markdown, inner: _Lines, found: list[str]) -> None:
        self.md = md
        self.inner = inner
        self.found = found

    def run(self, lines: list[str]) -> list[str]:
        """Extract and record."""
        before = self.md.htmlStash.html_counter
        result = self.inner.run(lines)
        self.found.extend(str(raw) for raw in self.md.htmlStash.rawHtmlBlocks[before:])
        return result


class _LinkRecorder:
    """Keeps every link and image target of the parsed document."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        self.found = found

    def run(self, root: Element) -> None:
        """Record the targets."""
        for element in root.iter():
            wanted = _LINK_NEEDED.get(element.tag)
            if wanted and element.get(wanted) is not None:
                target = str(element.get(wanted)).replace(markdown.util.AMP_SUBSTITUTE, "&")
                self.found.append((element.tag, html.unescape(target)))


class _Parser:
    """Python-Markdown with our recorders in it, made once: making one takes as long as a page."""

    def __init__(self) -> None:
        self._raw: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._md = md = markdown.Markdown(extensions=list(EXTENSIONS))
        recorder = _BlockRecorder(md, md.preprocessors["html_block"], self._raw)
        md.preprocessors.register(recorder, "html_block", 20)
        inline = md.inlinePatterns["html"]
        original = inline.handleMatch

        def keep(match: re.Match[str], data: str) -> object:
            self._raw.append(match.group(1))
            return original(match, data)

        inline.handleMatch = keep
        md.treeprocessors.register(_LinkRecorder(self._links), "link_recorder", 1)

    def parse(self, body: str) -> tuple[list[str], list[tuple[str, str]]]:
        """Raw HTML pieces and link targets of a Markdown text."""
        self._md.reset()
        self._raw.clear()
        self._links.clear()
        self._md.convert(body)
        return list(self._raw), list(self._links)


@functools.cache
def _parser() -> _Parser:
    return _Parser()


def _check_body(source: Source) -> tuple[list[Problem], tuple[Link, ...]]:
    if not _SUSPECT.search(source.body):
        return [], ()
    pieces, targets = _parser().parse(source.body)
    problems = [
        RAW_HTML.at(_find(source, raw.strip().split("\n")[0]), value=shown(raw.strip()))
        for raw in pieces
        if raw.strip()
    ]
    links: list[Link] = []
    for tag, target in targets:
        path, _, _ = target.partition("#")
        if target.startswith(_SCHEMES) and tag == "a":
            continue
        why = _why_unsafe(source, path, target)
        place = _find(source, target)
        if why is not None:
            told = UNSAFE_LINK.at(place, value=shown(target), why_zh=why.zh, why_en=why.en)
            problems.append(told)
        elif path:
            links.append(Link(_resolve(source, path), target, place))
    return problems, tuple(links)


def _why_unsafe(source: Source, path: str, target: str) -> Words | None:
    if target.startswith(_SCHEMES):
        return Words("图片不许来自外部", "images must not come from outside")
    if ":" in path or path.startswith("/"):
        return Words("不是相对路径", "it is not a relative path")
    resolved = _resolve(source, path)
    if path and not (inside(resolved) and resolved.startswith("content/")):
        return Words("出了 content 文件夹", "it leaves the content folder")
    return None


def _resolve(source: Source, path: str) -> str:
    """The path from the project root; empty when it leaves the project."""
    parts = source.path.split("/")[:-1]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def _find(source: Source, text: str) -> Place:
    """The first place of `text` in the body; the first body line when it cannot be found."""
    for number, line in enumerate(source.lines()):
        column = line.find(text)
        if column >= 0:
            return source.place(number, column + 1)
    return source.place(0)
