"""Drive MkDocs page by page: its configuration, files, navigation and theme; pages that we know.

MkDocs' own `build` makes the same bytes, slower: it sets up a Markdown parser for every page,
and one process does it all. Links are addresses already when they come here, and `verify.py`
follows each of them.
"""

import hashlib
import json
import zlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import jinja2
import markdown  # type: ignore[import-untyped]  # it comes without types
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url, is_error_template
from mkdocs.utils.templates import TemplateContext

from generator.cache.runs import listing
from generator.cache.store import Store, key_of
from generator.disk import write_file
from generator.site.blocks import put_blocks, take_blocks
from generator.site.compiled import Compiled
from generator.site.environment import theme_digest
from generator.site.mkdocs_frames import Frames
from generator.site.outline import Outline
from generator.site.page import Page
from generator.site.policy import with_policy
from generator.site.sidebar import Sidebar
from generator.site.spread import spread
from generator.site.tree import Tree, page_meta, page_text
from generator.site.written import Written

_LIBRARIES = [
    Path(place)
    for name in ("material", "mkdocs")
    for place in getattr(find_spec(name), "submodule_search_locations", None) or ()
]
_ELSEWHERE = (b"INHERIT", b"!ENV", b"custom_dir", b"!relative", b"!!python")
"""With these a configuration is more than the text of its file."""


class Driver:
    """One build of a planned tree into the folder that the configuration names."""

    def __init__(
        self,
        config: MkDocsConfig,
        tree: Tree,
        tidy: Callable[[str], str],
        command: str,
        before: Path | None = None,
    ) -> None:
        """Let MkDocs gather what it knows; nothing is written.

        Args:
            config: the configuration.
            tree: the planned site.
            tidy: what is done with a part of a page.
            command: what the site is for; a preview has other pages than a site to publish.
            before: the site before, whose pages are linked where they are the same.
        """
        self._before, self._folder = before, Path(config.site_dir)
        self._config = config = config.plugins.on_config(config)
        self._tree = tree
        self._sidebar = Sidebar(tree.navigation)
        config.extra["safecampus"] = tree.facts
        self._frame = _frame(config, tree, command)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        env.bytecode_cache = Compiled("theme", tree.store)
        _add_theme_files(files, env, config, tree.store)
        self._files: Files = config.plugins.on_files(files, config=config)
        set_exclusions(self._files, config)
        nav = get_navigation(self._files, config)
        self._nav: Navigation = config.plugins.on_nav(nav, config=config, files=self._files)
        self._documents = self._files.documentation_pages()
        for file in self._documents:
            if file.page is None:
                MkDocsPage(None, file, config)
        self._environment = config.plugins.on_env(env, config=config, files=self._files)
        self._converter = markdown.Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
        )
        self._frames = Frames(self._environment, config, self._sidebar)
        self._tidy = tidy
        self._outline = Outline(self._converter, config.markdown_extensions)

    @property
    def known(self) -> bool:
        """Whether all that pages share could be told."""
        return bool(self._frame)

    def build(self) -> None:
        """Write the whole site."""
        folder = self._folder
        self._files.copy_static_files()
        written = Written(self._tree.store)
        for path, content in self._tree.files.items():
            self._put(path, content, written)
        for name in sorted(self._config.theme.static_templates):
            self._write_template(name, folder)
        pages = self._tree.pages
        keys = [self._key(page) for page in pages]
        kept = [self._kept(page, key, written) for page, key in zip(pages, keys, strict=True)]
        wanted = [place for place, data in enumerate(kept) if data is None]
        if wanted:
            self._environment.get_template("main.html")  # compiled before processes part
        found = dict(zip(wanted, spread(self._fresh, [pages[n] for n in wanted]), strict=True))
        for place, page in enumerate(pages):
            data = found.get(place) or kept[place]
            if not data:
                continue
            if place in found and keys[place]:
                self._tree.store.keep(keys[place], data)
            path = f"{page.url}index.html"
            if place not in found:
                write_file(folder / path, zlib.decompress(data))
            written.note(path, keys[place], folder)
        written.keep()
        self._config.plugins.on_post_build(config=self._config)

    def _put(self, path: str, data: bytes, written: Written) -> None:
        """A file beside the pages: the one of the site before, or written."""
        key, before = hashlib.sha256(data).digest(), self._before
        if not (before and written.link(path, key, before, self._folder)):
            write_file(self._folder / path, data)
            written.note(path, key, self._folder)

    def _kept(self, page: Page, key: bytes, written: Written) -> bytes | None:
        """A page of an earlier build, packed; nothing when it is linked into this one already."""
        store, before = self._tree.store, self._before
        if before and written.link(f"{page.url}index.html", key, before, self._folder):
            store.touch(key)
            return b""
        return store.recall(key) if key else None

    def _key(self, page: Page) -> bytes:
        """The digest of all a page is made of; empty when that is not known."""
        if not self.known:
            return b""
        made = self._files.src_uris[page.path].page
        beside = [
            other.url if other else None
            for other in (made and made.previous_page, made and made.next_page)
        ]
        around = [page.path, repr(beside), self._sidebar.told(page.path)]
        return key_of("page", self._frame, page_text(page), *around)

    def _fresh(self, planned: Page) -> bytes:
        """A page made anew and written, packed."""
        data = self._page(planned)
        write_file(self._folder / planned.url / "index.html", data)
        return zlib.compress(data, 1)

    def _page(self, planned: Page) -> bytes:
        """A page as it is written."""
        file = self._files.src_uris[planned.path]
        page = file.page
        if page is None:  # pragma: no cover - every document has one by now
            raise KeyError(planned.path)
        page.meta = page_meta(planned)
        text, blocks = take_blocks(planned.markdown)
        page.markdown = text
        plain = self._outline.convert(text)
        if plain is None:
            self._converter.reset()
            plain = self._converter.convert(text), getattr(self._converter, "toc_tokens", [])
        page.content = put_blocks(plain[0], blocks)
        page.toc = get_toc(plain[1])
        page.active = True
        written = self._rendered(page, planned.path)
        page.active = False
        page.content = None
        return written.encode("utf-8", errors="xmlcharrefreplace")

    def _rendered(self, page: MkDocsPage, path: str) -> str:
        """A page of the theme, put into the frame of its folder where it has one."""
        config = self._config

        def context(page: MkDocsPage) -> TemplateContext:
            return get_context(self._nav, self._documents, config, page)

        def finish(text: str) -> str:
            return config.plugins.on_post_page(text, page=page, config=config)

        if self.known:
            found = self._frames.written(page, path, context, finish, self._tidy)
            if found is not None:
                return found
        given = config.plugins.on_page_context(
            context(page), page=page, config=config, nav=self._nav
        )
        return finish(self._environment.get_template("main.html").render(given))

    def _write_template(self, name: str, folder: Path) -> None:
        """A page of the theme itself, such as the one for addresses that lead nowhere."""
        config = self._config
        base = get_relative_url(".", name)
        if is_error_template(name):
            base = urlsplit(config.site_url or "/").path
        context = get_context(self._nav, self._files, config, base_url=base)
        context = config.plugins.on_template_context(context, template_name=name, config=config)
        written = self._environment.get_template(name).render(context)
        written = config.plugins.on_post_template(written, template_name=name, config=config)
        if not written.strip():
            return
        write_file(folder / name, written.encode())


def _add_theme_files(
    files: Files, env: jinja2.Environment, config: MkDocsConfig, store: Store
) -> None:
    """What MkDocs takes from the theme; a library of thousands of icons is looked through once."""
    theme = config.theme
    own = [listing(Path(folder)) for folder in theme.dirs if not _is_library(folder)]
    key = key_of("files of the theme", *theme.dirs, *own, *sorted(theme.static_templates))

    def found() -> bytes:
        alone = Files([])
        alone.add_files_from_theme(env, config)
        return json.dumps([[file.src_uri, file.src_dir] for file in alone]).encode()

    for path, folder in json.loads(store.remembered(key, found)):
        if files.get_file_from_path(path) is None:
            files.append(File(path, folder, config.site_dir, config.use_directory_urls))


def _is_library(folder: str) -> bool:
    """Whether a folder belongs to a library, whose version is part of every key."""
    return any(Path(folder).is_relative_to(home) for home in _LIBRARIES)


def _frame(config: MkDocsConfig, tree: Tree, command: str) -> bytes:
    """The digest of what all pages share; empty when it cannot be told."""
    text = Path(config.config_file_path).read_bytes()
    if any(word in text for word in _ELSEWHERE):
        return b""
    facts = json.dumps(tree.facts, sort_keys=True, ensure_ascii=False)
    policy = with_policy("<head>", config.theme.dirs)
    return key_of("frame", command, text, facts, tree.name, tree.favicon, policy, theme_digest())
