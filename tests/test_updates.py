"""The change log: what was taken in, whether a second person saw it, and never who."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli import main
from generator.history.accepted import Accepted, read_accepted
from generator.history.commits import History, read_history
from generator.ledger import read_ledger
from generator.project import read_project
from generator.site.page import Page
from generator.site.pages import plan_pages
from tests.conftest import GOOD, NOW
from tests.git_repository import start
from tests.leaks import holds, leaks
from tests.sample_site import ROOT

OFFICE, HEAD, FORGE = "limei@school.example", "wangjun@school.example", "noreply@forge.example"
DAY = "2026-11-02"
PAGE = "content/procedures/NA1-water.md"
NAMED = ("qxvza@school.example", "qxvzb@school.example", "qxvzc@forge.example")
NAMED_WORDS = ("qxvz",)


def git(root: Path, *arguments: str, by: str = OFFICE, taker: str = "", day: str = DAY) -> str:
    who = {"AUTHOR": by, "COMMITTER": taker or by}
    stamp = f"{day}T12:00:00+08:00"
    people = {f"GIT_{role}_{what}": who[role] for role in who for what in ("NAME", "EMAIL")}
    dates = {f"GIT_{role}_DATE": stamp for role in who}
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        check=True, capture_output=True, encoding="utf-8", env=os.environ | people | dates,
    )  # fmt: skip
    return done.stdout.strip()


def write(root: Path, words: str, by: str = OFFICE, taker: str = "", day: str = DAY) -> None:
    page = root / PAGE
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")
    git(root, "commit", "-qam", words, by=by, taker=taker, day=day)


def merge(root: Path, by: str, words: str = "taken in", taker: str = "") -> None:
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", words, "edit", by=by, taker=taker)


@pytest.fixture(name="school")
def good_school(tmp_path: Path) -> Path:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root)
    start(root)
    return root


def last(root: Path, count: int = 1) -> tuple[Accepted, ...]:
    return read_accepted(root, read_history(root), count)


def test_what_one_wrote_and_another_took_in_was_seen_by_two(school: Path) -> None:
    git(school, "checkout", "-qb", "edit")
    write(school, "甲")
    write(school, "乙")
    merge(school, HEAD)
    (change,) = last(school)
    assert (change.seconded, change.files, change.day) == (True, (PAGE,), dt.date(2026, 11, 2))
    assert change.commit == git(school, "rev-parse", "HEAD")


def test_what_one_wrote_and_took_in_was_seen_by_nobody_else(school: Path) -> None:
    git(school, "checkout", "-qb", "edit")
    write(school, "甲")
    merge(school, OFFICE.upper(), taker=FORGE)
    assert not last(school)[0].seconded


@pytest.mark.parametrize(
    ("by", "taker", "words", "seconded"),
    [
        pytest.param(OFFICE, OFFICE, "甲", False, id="pushed straight"),
        pytest.param(OFFICE, FORGE, "甲", False, id="pressed on the forge"),
        pytest.param(OFFICE, HEAD, "甲", True, id="put in by another"),
        pytest.param(OFFICE, FORGE, f"甲\n\nReviewed-by: W <{HEAD}>", True, id="signed"),
        pytest.param(OFFICE, FORGE, f"甲\n\nApproved-by: L <{OFFICE}>", False, id="by oneself"),
        pytest.param(OFFICE, FORGE, "甲\n\nReviewed-by: somebody", False, id="no address"),
    ],
)
def test_a_change_without_a_merge(
    school: Path, by: str, taker: str, words: str, *, seconded: bool
) -> None:
    write(school, words, by=by, taker=taker)
    assert last(school)[0].seconded is seconded


def test_a_branch_that_took_in_the_published_one_is_judged_by_its_own_commits(
    school: Path,
) -> None:
    git(school, "checkout", "-qb", "edit")
    write(school, "甲")
    git(school, "checkout", "-q", "main")
    (school / "content/pages/more.md").write_text("---\ntitle: 补充\n---\n\n一段。\n", "utf-8")
    git(school, "add", "-A")
    git(school, "commit", "-qm", "more", by=HEAD)
    git(school, "checkout", "-q", "edit")
    git(school, "merge", "-q", "-m", "catch up", "main")
    merge(school, OFFICE)
    assert [change.seconded for change in last(school, 2)] == [False, False]


def test_changes_of_other_files_and_beyond_the_count_are_left_out(school: Path) -> None:
    write(school, "甲")
    (school / "notes.txt").write_text("x", encoding="utf-8")
    git(school, "add", "-A")
    git(school, "commit", "-qm", "notes")
    assert [change.day for change in last(school, 9)] == [
        dt.date(2026, 11, 2), dt.date(2026, 10, 1),
    ]  # fmt: skip
    assert len(last(school)) == 1
    assert read_accepted(school, History(), 9) == ()


def page_at(root: Path, path: str) -> Page | None:
    ledger = read_ledger(*read_project(root, NOW))
    with ledger.checked:
        return next((page for page in plan_pages(ledger) if page.path == path), None)


def updates(root: Path) -> Page | None:
    return page_at(root, "updates.md")


def test_the_page_marks_what_only_one_saw_and_names_nobody(school: Path) -> None:
    write(school, "limei 改的")
    git(school, "checkout", "-qb", "edit")
    write(school, "甲")
    merge(school, HEAD)
    page = updates(school)
    assert page is not None
    rows = re.findall(r"<tr><th.*?</tr>", page.markdown)
    seen = [re.search('data-seconded="(.+?)"', row)[1] for row in rows if "seconded" in row]  # type: ignore[index]  # it is there
    assert seen == ["true", "false", "false"]
    assert "未经第二人复核</span>" in rows[2]
    assert "两人经手</span>" in rows[1]
    assert '<a href="../procedures/NA1/">溺水处置</a>' in rows[1]
    assert "只有一人经手的，标明“未经第二人复核”，这里有 2 次。" in page.markdown
    for name in ("limei", "wangjun", "school.example", "forge"):
        assert name not in page.markdown


def test_the_home_page_leads_there_as_long_as_git_can_tell(school: Path) -> None:
    link = '<a class="sc-more" href="updates/">全部更新记录</a>'
    home = page_at(school, "index.md")
    assert home is not None
    assert link in home.markdown
    shutil.rmtree(school / ".git")
    home = page_at(school, "index.md")
    assert home is not None
    assert link not in home.markdown


def test_there_is_no_page_where_git_cannot_tell(school: Path) -> None:
    shutil.rmtree(school / ".git")
    assert updates(school) is None


@pytest.fixture(name="known", scope="module")
def taken_in_by_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school whose history names writers, takers and helpers, in words found nowhere else."""
    root = tmp_path_factory.mktemp("people") / "school"
    shutil.copytree(GOOD, root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    text = (root / "records/school.yaml").read_text(encoding="utf-8")
    (root / "records/school.yaml").write_text(f"{text}public: [contacts/]\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main", by=NAMED[0])
    git(root, "add", "-A", by=NAMED[0])
    git(root, "commit", "-qm", f"first\n\nSigned-off-by: {NAMED[0]}", by=NAMED[0])
    git(root, "checkout", "-qb", "edit")
    table = root / "records/tables/walks.csv"
    table.write_text(table.read_text("utf-8").replace("灯坏了", "灯又坏了"), encoding="utf-8")
    words = f"甲\n\nCo-authored-by: {NAMED[1]}"
    git(root, "commit", "-qam", words, by=NAMED[1], taker=NAMED[2])
    merge(root, NAMED[2], words=f"Merge by {NAMED[2]}")
    return root


@pytest.mark.parametrize("edition", ["staff", "public"])
def test_no_byte_of_a_site_names_who_wrote_or_took_in(
    edition: str, known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--root", str(known), "--edition", edition]) == 0
    site = (known / "site").resolve()
    assert json.loads((site / "api/build.json").read_bytes())["edition"] == edition
    pages = {path.parent.name for path in site.rglob("index.html")}
    assert ("updates" in pages) == (edition == "staff")
    assert leaks(site, NAMED_WORDS) == []
    assert not holds(capsys.readouterr().out.encode(), NAMED_WORDS)


@pytest.mark.parametrize(
    "command",
    [
        ["check"], ["check", "--format", "json"], ["status", "--format", "json"],
        ["diff", "HEAD~1", "--format", "markdown"], ["diff", "HEAD~1", "--format", "json"],
        ["report", "HEAD~1"], ["review"],
    ],
)  # fmt: skip
def test_no_command_names_who_wrote_or_took_in(
    command: list[str], known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([*command, "--root", str(known)])
    told = capsys.readouterr()
    assert told.out
    assert not holds((told.out + told.err).encode(), NAMED_WORDS)
