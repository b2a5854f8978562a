"""Drive MkDocs page by page: its configuration, files, navigation and theme; pages that we know.

MkDocs' own `build` makes the same bytes, slower: it sets up a Markdown parser for every page,
and one process does it all.
"""

import gzip
import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import markdown  # type: ignore[import-untyped]  # it comes without types
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_build_timestamp, get_relative_url, is_error_template

from generator.disk import write_file
from generator.site.blocks import put_blocks, take_blocks
from generator.site.page import Page
from generator.site.spread import spread
from generator.site.tree import Tree, page_meta

_LINKED = re.compile(r"\]\(|\]\[|\]:|<a\b|<img\b|<\w+:")
"""Links in Markdown itself are resolved and judged by MkDocs."""


class Driver:
    """One build of a planned tree into the folder that the configuration names."""

    def __init__(self, config: MkDocsConfig, tree: Tree) -> None:
        """Let MkDocs gather what it knows; nothing is written."""
        self._config = config = config.plugins.on_config(config)
        self._tree = tree
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
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

    def build(self) -> None:
        """Write the whole site."""
        folder = Path(self._config.site_dir)
        self._files.copy_static_files()
        for name in sorted(self._config.theme.static_templates):
            self._write_template(name, folder)
        self._environment.get_template("main.html")  # compiled once, before processes part
        pages = self._tree.pages
        for page, text in zip(pages, spread(self._page, pages), strict=True):
            write_file(folder / page.url / "index.html", text)
        self._config.plugins.on_post_build(config=self._config)

    def _page(self, planned: Page) -> bytes:
        """A finished page."""
        file = self._files.src_uris[planned.path]
        page = file.page
        if page is None:  # pragma: no cover - every document has one by now
            raise KeyError(planned.path)
        page.meta = page_meta(planned)
        text, blocks = take_blocks(planned.markdown)
        page.markdown = text
        if _LINKED.search(text):
            page.render(self._config, self._files)
        else:
            self._converter.reset()
            page.content = self._converter.convert(text)
            page.toc = get_toc(getattr(self._converter, "toc_tokens", []))
        page.content = put_blocks(page.content or "", blocks)
        page.active = True
        context = get_context(self._nav, self._documents, self._config, page)
        context = self._config.plugins.on_page_context(
            context, page=page, config=self._config, nav=self._nav
        )
        written: str = self._environment.get_template("main.html").render(context)
        page.active = False
        page.content = None
        return written.encode("utf-8", errors="xmlcharrefreplace")

    def _write_template(self, name: str, folder: Path) -> None:
        """A page of the theme itself, such as the one for addresses that lead nowhere."""
        config = self._config
        base = get_relative_url(".", name)
        if is_error_template(name):
            base = urlsplit(config.site_url or "/").path
        context = get_context(self._nav, self._files, config, base_url=base)
        context = config.plugins.on_template_context(context, template_name=name, config=config)
        written = self._environment.get_template(name).render(context)
        if not written.strip():
            return
        write_file(folder / name, written.encode())
        if name == "sitemap.xml":
            stamp = get_build_timestamp(pages=[f.page for f in self._documents if f.page])
            stream = io.BytesIO()
            file = folder / f"{name}.gz"
            with gzip.GzipFile(str(file), "wb", fileobj=stream, mtime=stamp) as packed:
                packed.write(written.encode())
            write_file(file, stream.getvalue())
