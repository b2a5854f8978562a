"""MkDocs in this process: a warning or a failure of MkDocs is a fault of the site."""

import dataclasses
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from generator.cache.store import Store
from generator.site import mkdocs_pages, spread
from generator.site.mkdocs_run import SiteError, build_tree
from generator.site.page import Page
from generator.site.pages import Entry
from generator.site.tree import Tree, plan_tree
from generator.site.verify import verify_site
from tests.conftest import GOOD, Check
from tests.sample_site import ROOT


@pytest.fixture(name="tree")
def small_tree(check: Check) -> Tree:
    return plan_tree(check())


@pytest.fixture(name="root")
def small_root(tmp_path: Path) -> Path:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def test_the_day_stamps_the_sitemap(root: Path, tree: Tree, tmp_path: Path) -> None:
    build_tree(root, tree, tmp_path / "out")
    assert os.environ["SOURCE_DATE_EPOCH"] == "1795132800"
    assert (tmp_path / "out/index.html").is_file()


@pytest.mark.parametrize(
    ("address", "home"),
    [("", "/"), ("https://school.example/", "/"), ("http://10.0.0.8/safety/", "/safety/")],
)
def test_links_of_the_missing_page_begin_at_the_address_of_the_site(
    root: Path, tree: Tree, tmp_path: Path, address: str, home: str
) -> None:
    placed = dataclasses.replace(tree, facts=tree.facts | {"address": address})
    build_tree(root, placed, tmp_path / "out")
    text = (tmp_path / "out/404.html").read_text(encoding="utf-8")
    assert f'href="{home}procedures/"' in text
    assert f'src="{home}assets/' in text
    assert verify_site(tmp_path / "out", placed) == []


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


NOTE = "---\ntitle: 第{}则 & 例\n---\n\n一句话。\n\n## 一\n\n甲\n\n## {}\n\n`乙`\n"
NOTES = {f"content/pages/notes/n{n}.md": NOTE.format(n, "二" * n) for n in range(1, 6)}
NOTES["content/pages/notes/n6.md"] = "---\ntitle: 没有小标题\n---\n\n一句话。\n"


def test_mkdocs_itself_builds_the_same_bytes(
    root: Path, check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = plan_tree(check(NOTES))
    build_tree(root, tree, tmp_path / "own")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    other = config.replace("plugins:\n", "plugins:\n  - meta\n")
    (root / "mkdocs.yml").write_text(other, encoding="utf-8")
    build_tree(root, tree, tmp_path / "theirs")
    own = files_below(tmp_path / "own")
    assert own == files_below(tmp_path / "theirs")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    monkeypatch.setattr(spread, "processes", lambda: 1)
    build_tree(root, tree, tmp_path / "alone")
    assert files_below(tmp_path / "alone") == own


def test_a_warning_of_mkdocs_is_a_fault(root: Path, tree: Tree, tmp_path: Path) -> None:
    broken = dataclasses.replace(tree, navigation=(Entry("没有", "missing.md"),))
    with pytest.raises(SiteError):
        build_tree(root, broken, tmp_path / "out")


def test_a_broken_configuration_is_a_fault(root: Path, tree: Tree, tmp_path: Path) -> None:
    (root / "mkdocs.yml").write_text("theme: {name: nothing}\n", encoding="utf-8")
    with pytest.raises(SiteError):
        build_tree(root, tree, tmp_path / "out")


def test_a_missing_configuration_is_a_fault(root: Path, tree: Tree, tmp_path: Path) -> None:
    (root / "mkdocs.yml").unlink()
    with pytest.raises(SiteError):
        build_tree(root, tree, tmp_path / "out")


def test_what_was_kept_gives_the_same_bytes_and_is_not_made_again(
    root: Path, tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_tree(root, tree, tmp_path / "clean")
    store = Store(tmp_path / "answers.sqlite")
    kept = dataclasses.replace(tree, store=store)
    build_tree(root, kept, tmp_path / "first")
    store.close()
    made: list[int] = []

    def watched(work: Callable[[Page], object], pages: Sequence[Page]) -> list[object]:
        made.append(len(pages))
        return [work(page) for page in pages]

    monkeypatch.setattr(mkdocs_pages, "spread", watched)
    build_tree(root, kept, tmp_path / "second")
    first = dataclasses.replace(tree.pages[0], markdown="# 改过\n")
    changed = dataclasses.replace(kept, pages=(first, *tree.pages[1:]))
    build_tree(root, changed, tmp_path / "third")
    assert made == [0, 1]
    clean = files_below(tmp_path / "clean")
    assert files_below(tmp_path / "first") == clean
    assert files_below(tmp_path / "second") == clean
    assert ">改过</h1>" in (tmp_path / "third/index.html").read_text(encoding="utf-8")
    assert verify_site(tmp_path / "second", kept) == verify_site(tmp_path / "second", tree) == []
