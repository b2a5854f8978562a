"""What is the same on all pages of one folder is rendered once: a frame with marks to be filled.

The template is rendered for a page that stands for its neighbours, with marks in place of all that
is a page's own: title, description, the pages beside it, navigation, contents, text. What the
template asks about these is only whether they are there, and pages that differ in that have
different frames. A page that the frame itself leads to is rendered by itself.
"""

import dataclasses
import functools
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import normalize_url
from mkdocs.utils.templates import TemplateContext

from generator.site.policy import inline_scripts
from generator.site.sidebar import Sidebar

Change = Callable[[str], str]
Context = Callable[[Any], TemplateContext]
_KNOWN = {"title", "kind", "description", "hide"}
"""What the frame of a page takes into account of what themes read of it."""
_OPEN, _CLOSE = "\ue010", "\ue011"
_NOBODY = "\ue012"
"""The last part of the address of a page that is not there, so that no link leads to it."""
_BESIDE = {"previous_page": "before", "next_page": "after"}
_H1 = "<h1"
_MARK = re.compile(f"(\n?){_OPEN}([a-z]+){_CLOSE}(\n?)")
_HTML = {"nav", "toc", "content"}
"""What is more than one line of a page."""


@dataclasses.dataclass(frozen=True, slots=True)
class Frame:
    """A rendered page with marks: its text between them, and each with the line ends around it."""

    text: str
    between: tuple[str, ...]
    marks: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, text: str) -> "Frame":
        """Take a rendered page apart at its marks."""
        found = _MARK.split(text)
        marks = zip(found[1::4], found[2::4], found[3::4], strict=True)
        return cls(text, tuple(found[::4]), tuple(marks))

    def filled(self, values: dict[str, str], tidy: Change) -> str:
        """A page; `tidy` takes the indentation out of a part."""
        written = [self.between[0]]
        for (before, name, after), text in zip(self.marks, self.between[1:], strict=True):
            value = f"{before}{values[name]}{after}"
            written += [tidy(value) if name in _HTML else value, text]
        return "".join(written)


class Frames:
    """The frames of one build, made when a page first asks for one."""

    def __init__(
        self, environment: jinja2.Environment, config: MkDocsConfig, sidebar: Sidebar
    ) -> None:
        """Take what all pages share."""
        self._environment = environment
        self._sidebar = sidebar
        self._frames: dict[object, Frame] = {}
        self._config = config

    @functools.cached_property
    def _language(self) -> object:
        """The words of the theme, as templates are handed them."""
        language = self._environment.get_template("partials/language.html")
        return language.make_module({"config": self._config})

    def written(
        self, page: MkDocsPage, path: str, context: Context, finish: Change, tidy: Change
    ) -> str | None:
        """A finished page; None when it must be rendered by itself.

        Args:
            page: with its content, its contents and what themes read of it.
            path: its Markdown path.
            context: what MkDocs hands the template of a page.
            finish: what is done to a whole page that was rendered.
            tidy: what `finish` does to a part of a page.
        """
        place = self._sidebar.place(path)
        if not _suits(page, place):
            return None
        folder, _, name = page.url.rstrip("/").rpartition("/")
        there = (bool(getattr(page, key)) for key in ("canonical_url", *_BESIDE, "toc"))
        meta = [bool(page.meta.get("description")), page.meta.get("kind"), page.meta.get("hide")]
        key = repr([folder, place[:1], *there, *meta, _H1 in str(page.content)])
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = self._made(page, path, folder, context, finish)
        if f"../{name}/" in frame.text or f'../{name}"' in frame.text:
            return None
        given = {**context(page), "nav": self._sidebar.share(path, page)}
        return frame.filled(self._values(page, given), tidy)

    def _made(
        self, page: MkDocsPage, path: str, folder: str, context: Context, finish: Change
    ) -> Frame:
        """The frame that a page shares."""
        stand = _stand_in(page, folder)
        given = context(stand)
        given["nav"] = self._sidebar.share(path, stand)  # type: ignore[typeddict-item]  # templates ask no more of it
        text = self._environment.get_template("main.html").render(given)
        for name in _BESIDE.values():
            text = text.replace(normalize_url(_mark(name), stand), _mark(name))  # type: ignore[arg-type]  # it has an address
        return Frame.of(finish(text.replace(f"{_H1}{_OPEN}", _OPEN)))

    def _values(self, page: MkDocsPage, given: dict[str, object]) -> dict[str, str]:
        """What is a page's own; `given` is what its template is handed."""
        values = {
            "title": str(page.title),
            "description": str(page.meta.get("description")),
            "canonical": str(page.canonical_url),
            "skip": next((item.url.removeprefix("#") for item in page.toc), ""),
            "content": str(page.content),
        }
        for key, name in _BESIDE.items():
            other = getattr(page, key)
            values[name] = normalize_url(other.url, page) if other else ""
        for name in ("nav", "toc"):
            template = self._environment.get_template(f"partials/{name}.html")
            values[name] = template.render(given, lang=self._language)
        return values


def _suits(page: MkDocsPage, place: tuple[int, ...]) -> bool:
    """Whether nothing about a page is out of the ordinary, and no door of a room leads to it."""
    one_line = "\n" not in f"{page.title}{page.meta.get('description', '')}"
    ordinary = page.title and one_line and _KNOWN.issuperset(page.meta) and not page.edit_url
    is_inside = not place or any(place[1:])
    content = str(page.content)
    scripts = "<script" in content and inline_scripts(content)
    return bool(ordinary and is_inside and page.url and not page.is_homepage and not scripts)


def _stand_in(page: MkDocsPage, folder: str) -> SimpleNamespace:
    """What a template sees instead of a page of a folder."""
    heading = _H1 if _H1 in str(page.content) else ""
    given = {"title": _mark("title"), "description": _mark("description")}
    return SimpleNamespace(
        url=f"{folder}/{_NOBODY}/" if folder else f"{_NOBODY}/",
        title=given["title"],
        meta={key: given.get(key, value) for key, value in page.meta.items()},
        canonical_url=page.canonical_url and _mark("canonical"),
        previous_page=page.previous_page and SimpleNamespace(url=_mark("before")),
        next_page=page.next_page and SimpleNamespace(url=_mark("after")),
        toc=[SimpleNamespace(url=f"#{_mark('skip')}", level=2, children=[])] if page.toc else [],
        content=f"{heading}{_mark('content')}",
        active=True,
        frame=SimpleNamespace(nav=_mark("nav"), toc=_mark("toc")),
    )


def _mark(name: str) -> str:
    return f"{_OPEN}{name}{_CLOSE}"
