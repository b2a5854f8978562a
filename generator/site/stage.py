"""Write the planned site as a plain Markdown tree that other builders read without plugins."""

import html
import json
import shutil
from pathlib import Path

from generator.disk import write_file
from generator.site.pages import Entry
from generator.site.tree import Tree, page_text

_CONFIG = """# Made by `safecampus stage`; edit the project, not this tree.
site_name: {name}
docs_dir: docs
use_directory_urls: true
theme:
  name: material
  language: zh
  font: false
  favicon: {favicon}
  features: [navigation.prune, navigation.indexes]
extra_css: {css}
extra_javascript: {js}
extra: {{generator: false}}
markdown_extensions: [tables, admonition, attr_list, md_in_html, pymdownx.superfences]
nav: {nav}
"""


def write_stage(tree: Tree, target: Path) -> int:
    """Write `docs/` and `mkdocs.yml` below `target`; return the number of pages.

    Files that no longer belong are removed; unchanged files keep their times, so that a
    watching builder does not start over.
    """
    docs = target / "docs"
    wanted = {page.path: page_text(page).encode() for page in tree.pages} | tree.files
    for old in sorted(docs.rglob("*"), reverse=True):
        if old.is_file() and old.relative_to(docs).as_posix() not in wanted:
            old.unlink()
        elif old.is_dir() and not any(old.iterdir()):
            shutil.rmtree(old)
    for path, data in wanted.items():
        _write(docs / path, data)
    _write(target / "mkdocs.yml", _config(tree).encode())
    return len(tree.pages)


def _write(file: Path, data: bytes) -> None:
    if file.is_file() and file.read_bytes() == data:
        return
    write_file(file, data)


def _config(tree: Tree) -> str:
    """A plain mkdocs.yml: JSON is YAML, so values are written as JSON."""
    return _CONFIG.format(
        name=json.dumps(html.escape(tree.name), ensure_ascii=False),
        favicon=json.dumps(tree.favicon),
        css=json.dumps(tree.facts["css"]),
        js=json.dumps(tree.facts["js"]),
        nav=json.dumps([_nav(entry) for entry in tree.navigation], ensure_ascii=False),
    )


def _nav(entry: Entry) -> dict[str, object]:
    title = html.escape(entry.title)
    if entry.entries:
        return {title: [_nav(inner) for inner in entry.entries]}
    return {title: entry.path}
