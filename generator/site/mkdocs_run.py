"""Run MkDocs in this process: build a planned tree into a folder."""

import dataclasses
import datetime as dt
import logging
import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.utils import CountHandler

from generator.disk import naming
from generator.site.mkdocs_pages import Driver
from generator.site.tree import Tree

if TYPE_CHECKING:
    from generator.site.mkdocs_plugin import SafeCampusPlugin

PLUGIN = "safecampus"
Command: TypeAlias = Literal["build", "serve"]
SERVE: Command = "serve"
_WRITTEN = ("output_path", "gz_filename")
"""What MkDocs calls the file that it writes."""


class SiteError(Exception):
    """The site could not be built or published for a reason outside the content; exit code 3."""


def build_tree(
    root: Path,
    tree: Tree,
    target: Path,
    command: Command = "build",
    before: Path | None = None,
) -> bool:
    """Build the planned tree into `target`; tell whether it depends on nothing else.

    Args:
        root: the project root, which holds mkdocs.yml.
        tree: the planned site.
        target: an empty or absent folder.
        command: `SERVE` for a preview, whose pages the server adds to.
        before: the site before, whose pages are linked where they are the same.

    Returns:
        False when plugins or hooks of the school, or files that its configuration names, may have
        had a hand in it.

    Raises:
        SiteError: MkDocs warned or failed.
        OSError: the disk refused; it names the file.
    """
    as_of = dt.date.fromisoformat(str(tree.facts["as_of"]))
    midnight = dt.datetime.combine(as_of, dt.time(), dt.UTC)  # equal input gives equal bytes
    os.environ["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(target), strict=True)
        plugin = cast("SafeCampusPlugin", config.plugins[PLUGIN])
        plugin.tree = tree
        try:
            config.plugins.on_startup(command=command, dirty=False)
            return _build(config, tree, command, before)
        finally:
            plugin.tree = None  # MkDocs keeps the instance for the next build of this process
    except MkDocsException as error:
        raise SiteError(str(error)) from error
    except OSError as error:
        with naming(_written(error, target)):
            raise


def _written(error: OSError, target: Path) -> Path:
    """The file that MkDocs was writing, as its own functions call it; else the whole folder."""
    found = target
    for frame, _ in traceback.walk_tb(error.__traceback__):
        names = (frame.f_locals.get(name) for name in _WRITTEN)
        found = next((Path(name) for name in names if isinstance(name, str)), found)
    return found


def _build(config: MkDocsConfig, tree: Tree, command: Command, before: Path | None) -> bool:
    """Drive the pages ourselves; with plugins or hooks of the school MkDocs does it."""
    if set(config.plugins) != {PLUGIN} or config.hooks or config.extra_templates:
        build(config)
        return False
    counter = CountHandler()
    counter.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(counter)
    try:
        plugin = cast("SafeCampusPlugin", config.plugins[PLUGIN])
        plugin.tree = dataclasses.replace(tree, files={})  # written by the driver itself
        driver = Driver(config, tree, plugin.tidy, command, before)
        driver.build()
    finally:
        logger.removeHandler(counter)
    warned = sum(counter.counts.values())
    if warned:
        message = f"Aborted with {warned} warnings in strict mode!"
        raise Abort(message)
    return driver.known
