"""The plugin hands the planned pages to MkDocs; content faults stop it in one line."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError

from generator.site.environment import theme_folder
from generator.site.mkdocs_run import PLUGIN
from generator.site.pages import Entry
from generator.site.tree import Tree, plan_tree
from generator.usage import UsageError
from tests.conftest import GOOD, Check, lay_over
from tests.sample_site import ROOT

if TYPE_CHECKING:
    from generator.site.mkdocs_plugin import SafeCampusPlugin


@pytest.fixture(name="root")
def small_root(tmp_path: Path) -> Path:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def configure(root: Path, **options: str) -> MkDocsConfig:
    if options:
        text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        lines = "".join(f"\n      {key}: {value}" for key, value in options.items())
        text = text.replace("  - safecampus\n", f"  - safecampus:{lines}\n")
        (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    return load_config(str(root / "mkdocs.yml"), site_dir=str(root / "out"))


def test_mkdocs_alone_builds_the_planned_pages(root: Path) -> None:
    config = configure(root)
    build(config)
    plugin = cast("SafeCampusPlugin", config.plugins[PLUGIN])
    for page in plugin._planned.pages:  # noqa: SLF001 - what was planned must come out
        assert (root / "out" / page.url / "index.html").is_file(), page.path
    assert not (root / "out" / "plan" / "4-walks").exists()
    assert list((root / "out").rglob("*.md")) == []
    assert list((root / "out").rglob("*.map")) == []
    assert not (root / "out" / "search" / "search_index.json").exists()


def test_the_configuration_is_filled_from_the_school(root: Path) -> None:
    config = configure(root)
    config = config.plugins.on_config(config)
    assert config.site_name == "河湾活动中心 安全簿"
    assert config.nav is not None
    assert config.nav[0] == {"首页": "index.md"}
    assert config.theme["favicon"].startswith("assets/favicon.")
    assert str(theme_folder()) in config.theme.dirs
    assert str(root / "records") in config.watch
    again = config.plugins.on_config(config)
    assert again.theme.dirs.count(str(theme_folder())) == 1


def test_the_edition_is_an_option(root: Path) -> None:
    config = configure(root, edition="public")
    config.plugins.on_config(config)
    plugin = cast("SafeCampusPlugin", config.plugins[PLUGIN])
    assert b'"public"' in plugin._planned.files["api/build.json"]  # noqa: SLF001
    with pytest.raises(Abort):
        configure(root, edition="secret")


def test_content_faults_stop_mkdocs_with_their_place(root: Path) -> None:
    walks = (GOOD / "records/tables/walks.csv").read_text(encoding="utf-8")
    lay_over(root, {"records/tables/walks.csv": walks.replace("W-003", "X")})
    config = configure(root)
    with pytest.raises(PluginError, match=r"records/tables/walks\.csv:5:1"):
        config.plugins.on_config(config)
    with pytest.raises(Abort):
        build(config)


def test_mkdocs_outside_a_school_is_wrong_use(root: Path) -> None:
    config = configure(root)
    (root / "records/school.yaml").unlink()
    with pytest.raises(UsageError):
        config.plugins.on_config(config)


def test_a_planned_tree_is_taken_over(root: Path, check: Check) -> None:
    planned = plan_tree(check())
    tree = Tree(
        "别的 <名>", planned.pages, (Entry("<一>", entries=(Entry("二", "due.md"),)),),
        planned.files, planned.facts, planned.favicon,
    )  # fmt: skip
    config = configure(root)
    cast("SafeCampusPlugin", config.plugins[PLUGIN]).tree = tree
    config = config.plugins.on_config(config)
    assert config.site_name == "别的 &lt;名&gt;"
    assert config.nav == [{"&lt;一&gt;": [{"二": "due.md"}]}]
