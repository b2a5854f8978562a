"""The whole sample: the same bytes anywhere, the same pages by every way of building."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from generator.cli import main
from generator.ledger import read_ledger
from generator.project import read_project
from generator.publish.release import build_site
from generator.site.verify import verify_site
from tests.conftest import NOW
from tests.sample_site import ROOT, sample_site, sample_tree

SECOND = ROOT / "tests" / "second_school"
LINKS = re.compile(r'<(?:link|script|meta)\b[^>]*?\s(?:href|src|content)="([^"]*assets/[^"]+)"')


def copy_of(target: Path) -> Path:
    """The sample school as a project of its own, its history with it."""
    target.mkdir(parents=True)
    for name in ("content", "records"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    if (ROOT / ".git").is_dir():
        shutil.copytree(ROOT / ".git", target / ".git")
    return target


def contents(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder, env={**inherited, "PYTHONPATH": str(ROOT), **environment}, check=False,
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done


def pages_in(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("index.html")}


@pytest.fixture(name="built", scope="module")
def build_twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds in other places, time zones, languages and hash seeds."""
    first = copy_of(tmp_path_factory.mktemp("first") / "school")
    second = copy_of(tmp_path_factory.mktemp("second") / "学校 二" / "deep")
    run(
        first, "generator", "build", "--format", "line",
        TZ="Asia/Shanghai", LC_ALL="C", LANG="C", PYTHONHASHSEED="1", PYTHONUTF8="0",
    )  # fmt: skip
    run(
        second.parent, "generator", "build", "--root", "deep", "--format", "json",
        TZ="America/New_York", LC_ALL="C.UTF-8", LANG="zh_CN.UTF-8", PYTHONHASHSEED="777",
        COLUMNS="40",
    )  # fmt: skip
    return first, second


def test_the_same_content_is_the_same_site_everywhere(built: tuple[Path, Path]) -> None:
    first, second = (contents((root / "site").resolve()) for root in built)
    assert sorted(first) == sorted(second)
    assert [path for path, data in first.items() if second[path] != data] == []
    assert len(first) > 100


def test_no_page_names_the_place_it_was_built_at(built: tuple[Path, Path]) -> None:
    for root in built:
        marks = (str(root).encode(), root.parent.name.encode())
        texts = contents((root / "site").resolve())
        named = [path for path, data in texts.items() if any(mark in data for mark in marks[:1])]
        assert named == []


def test_the_plan_has_all_its_clauses(built: tuple[Path, Path]) -> None:
    clauses = json.loads((built[0] / "site/api/clauses.json").read_text(encoding="utf-8"))
    assert len({clause["id"] for clause in clauses}) == 107
    assert Counter(clause["addressee"] for clause in clauses) == {
        "school": 74, "district": 4, "mixed": 29,
    }  # fmt: skip
    for clause in clauses:
        url, _, anchor = clause["url"].partition("#")
        page = (built[0] / "site" / url / "index.html").read_text(encoding="utf-8")
        assert f'id="{anchor}"' in page


def test_every_internal_link_works() -> None:
    assert verify_site(sample_site(), sample_tree()) == []


def test_mkdocs_by_itself_gives_the_same_pages(built: tuple[Path, Path], tmp_path: Path) -> None:
    root = built[0]
    run(
        root, "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "out"),
        NO_MKDOCS_2_WARNING="1",
    )  # fmt: skip
    assert pages_in(tmp_path / "out") == pages_in((root / "site").resolve())
    for page in ("index.html", "indicators/I08/index.html"):
        assert (tmp_path / "out" / page).read_bytes() == (root / "site" / page).read_bytes()


def test_the_staged_tree_is_built_by_zensical(built: tuple[Path, Path], tmp_path: Path) -> None:
    run(built[0], "generator", "stage", str(tmp_path))
    done = run(tmp_path, "zensical", "build")
    assert "No issues found" in done.stdout + done.stderr
    wanted = {page for page in pages_in((built[0] / "site").resolve()) if page != "404.html"}
    assert pages_in(tmp_path / "site") == wanted
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "tel:119" in home
    clause = (tmp_path / "site/plan/3-2/index.html").read_text(encoding="utf-8")
    assert 'data-clause="3.2.1d"' in clause
    assert 'id="c-3-2-1d"' in clause


def test_a_page_opened_before_the_switch_still_finds_its_assets(built: tuple[Path, Path]) -> None:
    root = built[1]
    before = (root / "site").resolve()
    opened = {
        (page.parent / address).resolve().relative_to(before).as_posix()
        for page in before.rglob("index.html")
        for address in LINKS.findall(page.read_text(encoding="utf-8"))
        if "://" not in address
    }
    home = (before / "index.html").read_text(encoding="utf-8")
    assert re.search(r"sc-search-index\"? content=\"?search/head.json", home)
    head = json.loads((before / "search/head.json").read_bytes())
    index = {f"assets/search/pairs.{shard}.json" for shard in head["shards"]}
    index |= {f"assets/search/texts.{text}.json" for text in head["texts"]}
    file = root / "content/pages/privacy.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n换一版。\n", encoding="utf-8")
    assert main(["build", "--root", str(root), "--format", "line"]) == 0
    after = (root / "site").resolve()
    assert after != before
    new = {file.relative_to(after).as_posix() for file in after.glob("assets/search/*")}
    assert index < new, "a search that began before the switch goes on after it"
    assert [path for path in opened if not (after / path).is_file()] == []


@pytest.mark.skipif(not SECOND.is_dir(), reason="the second school is not in this checkout")
def test_a_school_in_which_everything_has_another_name_builds(tmp_path: Path) -> None:
    root = tmp_path / "second"
    shutil.copytree(SECOND, root)
    if not (root / "mkdocs.yml").exists():
        shutil.copy(ROOT / "mkdocs.yml", root)
    ledger = read_ledger(*read_project(root, NOW))
    with ledger.checked:
        assert [p.wrong.zh for p in ledger.problems if p.severity == "error"] == []
        link, pages, _ = build_site(ledger)
    assert pages == len(list(link.rglob("index.html")))
    for file in link.rglob("*.html"):
        assert "示例中学" not in file.read_text(encoding="utf-8")
