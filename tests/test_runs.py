"""A run that finds every file as it was says what the run before said; any change is seen."""

import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from generator.cache.runs import FOLDERS, Inputs, Runs, listing
from generator.cache.store import FILE, Store
from generator.cli import main
from tests.conftest import GOOD
from tests.sample_site import ROOT

NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
ZONE = "Asia/Shanghai"
Change = Callable[[Path, Path], object]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def swap(root: Path) -> None:
    write(root / "content/a.md", "two")
    write(root / "content/b.md", "one")


@pytest.fixture(name="root")
def two_folders(tmp_path: Path) -> Path:
    write(tmp_path / "school/content/a.md", "one")
    write(tmp_path / "school/content/b.md", "two")
    write(tmp_path / "school/mkdocs.yml", "site_name: x")
    write(tmp_path / "product/theme/main.html", "<p>")
    return tmp_path / "school"


def runs(root: Path, now: dt.datetime = NOW, words: str = "check", commit: str = "c1") -> Runs:
    return Runs(root, root.parent / "product", now, [words], commit)


def keep(run: Runs, beside: Sequence[Path] = (), shown: str = "") -> None:
    store = Store(run.root / FILE)
    run.keep(store, "well\n", ZONE, beside, shown)
    store.close()


def test_an_equal_run_is_recalled(root: Path) -> None:
    assert runs(root).recall() is None
    keep(runs(root))
    assert runs(root).recall() == "well\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda root, _: write(root / "content/a.md", "One"),
        lambda root, _: write(root / "content/c.md", ""),
        lambda root, _: (root / "content/a.md").unlink(),
        lambda root, _: (root / "content/a.md").rename(root / "content/0.md"),
        lambda root, _: swap(root),
        lambda root, _: (root / "content/empty").mkdir(),
        lambda root, _: write(root / "CODEOWNERS", "* @x"),
        lambda root, _: write(root / "records/school.yaml", "name: x"),
        lambda _, product: write(product / "theme/main.html", "<b>"),
    ],
    ids=["text", "new", "gone", "renamed", "swapped", "folder", "root", "records", "theme"],
)
def test_a_change_is_seen(root: Path, change: Change) -> None:
    keep(runs(root))
    change(root, root.parent / "product")
    assert runs(root).recall() is None


def test_size_and_time_are_not_trusted(root: Path) -> None:
    file = root / "content/a.md"
    before = file.stat()
    keep(runs(root))
    write(file, "eno")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert runs(root).recall() is None


def test_what_git_and_the_program_keep_is_no_change(root: Path) -> None:
    keep(runs(root))
    write(root / ".git/index", "x")
    write(root / ".build/sites/1/index.html", "x")
    (root / "site").symlink_to(".build/sites/1")
    assert runs(root).recall() == "well\n"


def test_a_recalled_run_lets_no_answer_grow_older(root: Path) -> None:
    keep(runs(root))
    for _ in range(30):
        assert runs(root).recall() == "well\n"
    with sqlite3.connect(root / FILE) as store:
        assert store.execute("select max(run) from asked").fetchone() == (1,)


def test_other_words_another_commit_and_another_day_are_other_runs(root: Path) -> None:
    keep(runs(root))
    assert runs(root, words="build").recall() is None
    assert runs(root, commit="c2").recall() is None
    assert runs(root, now=NOW.replace(hour=15)).recall() == "well\n"
    assert runs(root, now=NOW.replace(hour=16)).recall() is None, "a new day in Shanghai"


@pytest.mark.parametrize("name", ["content/link.md", "link.yml"])
def test_a_link_to_a_file_makes_a_run_that_is_not_kept(root: Path, name: str) -> None:
    (root / name).symlink_to(root / "content/a.md")
    keep(runs(root))
    assert runs(root).recall() is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_what_is_no_file_hides_no_file_beside_it(root: Path) -> None:
    os.mkfifo(root / "a-pipe")
    keep(runs(root))
    write(root / "mkdocs.yml", "site_name: y")
    assert runs(root).recall() is None


def test_a_file_edited_during_the_run_is_not_told_as_read(root: Path) -> None:
    begun = runs(root)
    write(root / "content/a.md", "edited meanwhile")
    keep(begun)
    write(root / "content/a.md", "one")
    assert runs(root).recall() is None


def test_a_folder_outside_belongs_to_the_run(root: Path) -> None:
    apart = root.parent / "apart"
    write(apart / "rows.csv", "id\n1\n")
    keep(runs(root), [apart])
    assert runs(root).recall() == "well\n"
    write(apart / "rows.csv", "id\n2\n")
    assert runs(root).recall() is None


def test_a_folder_outside_that_cannot_be_told_is_not_trusted(root: Path) -> None:
    apart = root.parent / "apart"
    apart.mkdir()
    (apart / "link").symlink_to("elsewhere")
    keep(runs(root), [apart])
    assert runs(root).recall() is None


def test_what_a_run_left_elsewhere_must_still_stand(root: Path) -> None:
    left = root / ".build/left"
    write(left / "index.html", "page")
    keep(runs(root), shown=listing(left))
    assert runs(root).recall(lambda: listing(left)) == "well\n"
    (left / "index.html").unlink()
    assert runs(root).recall(lambda: listing(left)) is None


def test_the_second_build_leaves_the_site_and_says_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root)
    shutil.copy(ROOT / "mkdocs.yml", root)

    def build() -> tuple[str, Path]:
        assert main(["build", "--root", str(root), "--as-of", "2026-11-20"]) == 0
        return capsys.readouterr().out, (root / "site").readlink()

    first = build()
    assert build() == first
    (root / "site/index.html").unlink()
    said, link = build()
    assert (said, link != first[1]) == (first[0], True)
    assert (root / "site/index.html").is_file()


@pytest.mark.parametrize("named", ["restricted: ../apart", "card_fonts: ../apart"])
def test_a_folder_that_the_profile_names_is_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], named: str
) -> None:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root)
    profile = root / "records/school.yaml"
    write(profile, f"{profile.read_text('utf-8')}\n{named}\n")
    (tmp_path / "apart").mkdir()
    runs_before = told_and_kept(root, capsys)
    assert told_and_kept(root, capsys) == runs_before
    write(tmp_path / "apart/new.txt", "x")
    assert told_and_kept(root, capsys) != runs_before


def told_and_kept(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, int]:
    """What `check` says, and how many answers it left in the store: a recalled run adds none."""
    main(["check", "--root", str(root), "--as-of", "2026-11-20"])
    with sqlite3.connect(root / FILE) as store:
        (count,) = store.execute("select max(run) from asked").fetchone()
    return capsys.readouterr().out, count


OPENED = """
import json, os, sys
opened = set()
def heard(event, arguments):
    if event in {"open", "os.listdir", "os.scandir"} and isinstance(arguments[0], (str, bytes)):
        opened.add(os.path.abspath(os.fsdecode(arguments[0])))
sys.addaudithook(heard)
from generator.cli import main
code = main(sys.argv[2:])
with open(sys.argv[1], "w", encoding="utf-8") as stream:
    json.dump(sorted(opened), stream)
sys.exit(code)
"""
"""Runs a command and writes down every file and folder that it opens."""


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_run_reads_nothing_of_the_school_but_what_it_depends_on(
    tmp_path: Path, command: str
) -> None:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    listed = tmp_path / "opened.json"
    words = [sys.executable, "-c", OPENED, str(listed), command, "--root", str(root)]
    subprocess.run([*words, "--format", "line"], check=True, cwd=ROOT, capture_output=True)
    opened = [Path(path) for path in json.loads(listed.read_text("utf-8"))]
    inside = [path.relative_to(root) for path in opened if path.is_relative_to(root)]
    read = {path for path in inside if path.parts and path.parts[0] not in {".build", "site"}}
    assert len(read) > 10
    assert {path for path in read if len(path.parts) > 1 and path.parts[0] not in FOLDERS} == set()


def inputs(root: Path, at: str = "2026-11-20", commit: str = "c1") -> Inputs:
    """What a run is given, the texts below `content/` told apart."""
    now = dt.datetime.fromisoformat(f"{at}T04:00:00+00:00")
    given = runs(root, now, commit=commit)
    return given.inputs(ZONE, [], lambda path: path.startswith("content/") and path.endswith(".md"))


def test_what_is_told_apart_moves_its_own_keys_alone(root: Path) -> None:
    before = inputs(root)
    write(root / "content/a.md", "One")
    after = inputs(root)
    assert before.base
    assert before.key("page", ["content/a.md"]) != after.key("page", ["content/a.md"])
    assert before.key("page", ["content/b.md"]) == after.key("page", ["content/b.md"])
    assert before.key("page", []) == after.key("page", [])
    assert after.key("page", ["content/a.md"]) != after.key("page", ["content/b.md"])
    assert after.key("page", [], "one") != after.key("page", [], "two")


@pytest.mark.parametrize(
    "change",
    [
        lambda root, _: write(root / "records/school.yaml", "name: x"),
        lambda root, _: write(root / "CODEOWNERS", "* @x"),
        lambda _, product: write(product / "theme/main.html", "<b>"),
    ],
    ids=["records", "root", "theme"],
)
def test_everything_else_moves_every_key(root: Path, change: Change) -> None:
    before = inputs(root).key("page", [])
    change(root, root.parent / "product")
    assert inputs(root).key("page", []) != before


def test_the_day_and_the_commit_move_every_key(root: Path) -> None:
    keys = {inputs(root, at, commit).key("page", []) for at, commit in DAYS}
    assert len(keys) == len(DAYS)


DAYS = [("2026-11-20", "c1"), ("2026-11-21", "c1"), ("2026-11-20", "c2")]


def test_an_edit_while_a_run_is_at_work_leaves_it_without_inputs(root: Path) -> None:
    at_work = runs(root)
    write(root / "content/a.md", "meanwhile")
    assert at_work.inputs(ZONE, [], lambda _: False) == Inputs()
    assert not Inputs().key("page", [])


def test_what_cannot_be_read_leaves_a_run_without_inputs(root: Path) -> None:
    assert not runs(root).inputs(ZONE, [root / "gone" / "x"], lambda _: False).files
    (root / "content/link.md").symlink_to(root / "content/a.md")
    assert runs(root).inputs(ZONE, [], lambda _: False) == Inputs()
