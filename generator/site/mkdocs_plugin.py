"""The MkDocs plugin: hands the planned pages to MkDocs, and nothing else."""

import datetime as dt
import html
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import is_error_template
from mkdocs.utils.templates import TemplateContext

from generator.cards.deck import with_cards
from generator.ledger import read_ledger
from generator.problems.problem import Language
from generator.problems.rendering import render_all
from generator.project import find_root, read_project
from generator.site.allowed import with_editions
from generator.site.blocks import put_blocks, take_blocks
from generator.site.environment import forget_theme, theme_folder
from generator.site.page import Page
from generator.site.pages import Entry
from generator.site.policy import with_policy
from generator.site.sidebar import Share, Sidebar
from generator.site.sitemap import SITEMAP
from generator.site.squeeze import squeezed
from generator.site.tree import Tree, page_text, plan_tree
from generator.site.worker import write_worker

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_UNUSED = (".map", "/lunr/", "/workers/", SITEMAP)


class _Planned(File):
    """A planned page as a file of MkDocs; its text is put together when it is asked for."""

    planned: Page

    @property  # type: ignore[misc]  # nobody writes it
    def content_string(self) -> str:
        """The Markdown of the page with the front matter that themes read."""
        return page_text(self.planned)

    @property  # type: ignore[misc]  # nobody writes it
    def content_bytes(self) -> bytes:
        """The same as UTF-8."""
        return self.content_string.encode()


class SafeCampusConfig(Config):
    """Options of the plugin in mkdocs.yml."""

    edition = options.Choice(("staff", "public"), default="staff")
    """Which edition to build."""


class SafeCampusPlugin(BasePlugin[SafeCampusConfig]):
    """Replaces the documents by the planned pages."""

    tree: Tree | None = None
    """The planned site, when the command line has planned it already."""

    _serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep this instance over the rebuilds of `serve`, which puts a script into each page."""
        del dirty
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Plan the site, then set what the theme and the navigation need."""
        root = find_root(Path(config.config_file_path or ".").parent)
        tree = self.tree or self._plan(root)
        self._planned = tree
        self._sidebar = Sidebar(tree.navigation)
        self._blocks: dict[str, list[str]] = {}
        config.site_name = html.escape(tree.name)
        config.extra["safecampus"] = tree.facts
        config.nav = [_nav(entry) for entry in tree.navigation]
        config.theme["favicon"] = tree.favicon
        config.theme.static_templates.discard(SITEMAP)  # ours is among the planned files
        if str(theme_folder()) not in config.theme.dirs:
            config.theme.dirs.insert(0, str(theme_folder()))
        config.watch = [*config.watch, *(str(path) for path in (root / "records", theme_folder()))]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the planned pages and files in place of the source files."""
        kept = [file for file in files if _kept(file, config)]
        result = Files(kept)
        for page in self._planned.pages:
            file = cast("_Planned", _Planned.generated(config, page.path, content=""))
            file.planned = page
            file.inclusion = InclusionLevel.NOT_IN_NAV
            result.append(file)
        for path, data in self._planned.files.items():
            result.append(File.generated(config, path, content=data))
        return result

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Take finished tables out before Markdown is parsed."""
        del config, files
        text, self._blocks[page.file.src_uri] = take_blocks(markdown)
        return text

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Put the tables back."""
        del config, files
        return put_blocks(html, self._blocks.pop(page.file.src_uri))

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand the page its share of the navigation."""
        del config, nav
        return _with_share(context, self._sidebar.share(page.file.src_uri, page))

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Hand a page of the theme the doors of all sections.

        The page for addresses that lead nowhere is shown at any depth: its links begin at the
        folder that the declared address of the site names.
        """
        del config
        if is_error_template(template_name) and self._planned.facts["address"]:
            path = urlsplit(str(self._planned.facts["address"])).path
            context["base_url"] = path.rstrip("/") or "/"
        return _with_share(context, self._sidebar.share("", None))

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Take the indentation out of the page and say in it what it may load and run."""
        del page
        return output if self._serving else with_policy(squeezed(output), config.theme.dirs)

    def tidy(self, part: str) -> str:
        """A part of a page as it stands in the finished one."""
        return part if self._serving else squeezed(part)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """The same for the page that stands for one that is missing."""
        if self._serving or not template_name.endswith(".html"):
            return output_content
        return with_policy(squeezed(output_content), config.theme.dirs)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the service worker from the files as they were built."""
        write_worker(Path(config.site_dir), self._planned)

    def on_serve(
        self, server: "LiveReloadServer", *, config: MkDocsConfig, builder: object
    ) -> "LiveReloadServer":
        """Read templates anew while serving."""
        del config, builder
        forget_theme()
        return server

    def _plan(self, root: Path) -> Tree:
        project, problems = read_project(root, dt.datetime.now(dt.UTC))  # noqa: TID251
        ledger = with_editions(with_cards(read_ledger(project, problems)))
        with ledger.checked:
            if ledger.errors:
                raise PluginError(render_all(ledger.problems, "line", Language.ZH))
            return plan_tree(ledger, self.config.edition)


def _kept(file: File, config: MkDocsConfig) -> bool:
    """Theme files of Material itself, without source maps, its own search and an empty map."""
    if file.src_dir in {config.docs_dir, str(theme_folder())}:
        return False
    return not any(part in file.src_uri for part in _UNUSED)


def _with_share(context: TemplateContext, share: Share) -> TemplateContext:
    context["nav"] = cast("Navigation", share)  # templates ask no more of it
    return context


def _nav(entry: Entry) -> dict[str, Any]:
    """Titles are escaped, since the templates of Material do not."""
    title = html.escape(entry.title)
    if entry.entries:
        return {title: [_nav(inner) for inner in entry.entries]}
    return {title: entry.path}
