"""The planned site as a plain Markdown tree that other builders read."""

import dataclasses
from pathlib import Path

import pytest

from generator.site.pages import Entry
from generator.site.stage import write_stage
from generator.site.tree import Tree, page_text, plan_tree
from generator.strict_yaml import read_yaml
from tests.conftest import Check


@pytest.fixture(name="tree")
def small_tree(check: Check) -> Tree:
    return plan_tree(check())


def test_every_page_and_file_is_written(tree: Tree, tmp_path: Path) -> None:
    assert write_stage(tree, tmp_path) == len(tree.pages)
    docs = tmp_path / "docs"
    files = [file for file in docs.rglob("*") if file.is_file()]
    written = {file.relative_to(docs).as_posix(): file.read_bytes() for file in files}
    assert written == {p.path: page_text(p).encode() for p in tree.pages} | tree.files


def test_the_configuration_is_plain_yaml_with_every_page_once(tree: Tree, tmp_path: Path) -> None:
    hostile = dataclasses.replace(
        tree, name='甲 "乙": <b>', navigation=(*tree.navigation, Entry("空 #", "due.md"))
    )
    write_stage(hostile, tmp_path)
    text = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
    node, problems = read_yaml(text, "mkdocs.yml")
    assert problems == []
    assert node is not None
    assert isinstance(node.value, dict)
    values = {str(key): entry for key, entry in node.value.items()}
    assert values["docs_dir"].value == "docs"
    assert "plugins" not in values
    assert "<b>" not in str(values["site_name"].value)
    assert text.count("index.md") == len([p for p in tree.pages if p.path.endswith("index.md")])


def test_writing_again_touches_nothing_and_removes_what_is_gone(tree: Tree, tmp_path: Path) -> None:
    write_stage(tree, tmp_path)
    file = tmp_path / "docs/due.md"
    before = file.stat().st_mtime_ns
    write_stage(tree, tmp_path)
    assert file.stat().st_mtime_ns == before
    (tmp_path / "docs/old").mkdir()
    (tmp_path / "docs/old/page.md").write_text("x", encoding="utf-8")
    fewer = dataclasses.replace(tree, pages=tree.pages[:-1])
    write_stage(fewer, tmp_path)
    assert not (tmp_path / "docs/old").exists()
    assert not (tmp_path / "docs" / tree.pages[-1].path).exists()
    assert file.stat().st_mtime_ns == before
