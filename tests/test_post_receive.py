"""`deploy/post-receive`: real pushes to a bare repository become a site, reports and previews."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.publish.manifest import check_release
from generator.publish.store import Store
from tests.conftest import GOOD
from tests.git_repository import git, save, start
from tests.sample_site import ROOT

HOOK = ROOT / "deploy/post-receive"
COMMAND = Path(sys.executable).with_name("safecampus")
PAGE = "content/procedures/NA1-water.md"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the hook is for a Unix server")


class Server(NamedTuple):
    bare: Path
    desk: Path
    www: Path
    previews: Path

    def push(self, *arguments: str) -> str:
        """Push from the desk; gives what the server told."""
        done = subprocess.run(
            ["git", "-C", str(self.desk), "push", "-q", "origin", *arguments],
            check=True, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        lines = (line.removeprefix("remote: ").rstrip() for line in done.stderr.splitlines())
        return "\n".join(lines)

    def change(self, path: str, old: str, new: str) -> None:
        file = self.desk / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        save(self.desk)

    def page(self) -> str:
        return (self.www / "current/procedures/NA1/index.html").read_text(encoding="utf-8")


@pytest.fixture(name="server", scope="module")
def plain_server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    home = tmp_path_factory.mktemp("server")
    found = Server(home / "safety.git", home / "desk", home / "www", home / "previews")
    shutil.copytree(GOOD, found.desk)
    shutil.copy(ROOT / "mkdocs.yml", found.desk)
    start(found.desk)
    git(home, "init", "-q", "--bare", "-b", "main", str(found.bare))
    shutil.copy(HOOK, found.bare / "hooks/post-receive")
    settings = {
        "command": COMMAND, "target": found.www, "previews": found.previews,
        "previewsurl": "https://look.school.example",
    }  # fmt: skip
    for name, value in settings.items():
        git(found.bare, "config", f"safecampus.{name}", str(value))
    git(found.desk, "remote", "add", "origin", str(found.bare))
    told = found.push("main")
    assert "读者看到的版本：000001-" in told, told
    return found


def test_the_published_branch_becomes_the_site_with_its_whole_history(server: Server) -> None:
    assert check_release(server.www / "current")[1] == []
    tip = git(server.desk, "rev-parse", "main")
    server.change(PAGE, "\n清点人数。\n", "\n清点人数，不漏一人。\n")
    told = server.push("main")
    assert "核对通过" in told
    assert "清点人数，不漏一人。" in server.page()
    manifest, faults = check_release(server.www / "current")
    assert faults == []
    assert manifest.provenance.commit == git(server.desk, "rev-parse", "main")
    assert git(server.bare / "safecampus/published", "rev-parse", "HEAD~1") == tip


def test_what_cannot_be_read_changes_nothing_for_readers(server: Server) -> None:
    before = Store(server.www).current_id()
    server.change("records/tables/papers.csv", "2027-03-01", "2027-13-01")
    told = server.push("main")
    assert "records/tables/papers.csv:2:" in told
    assert told.strip().endswith(
        "没有发布，读者看到的网站没有变。 (Not published; readers see what they saw before.)"
    )
    assert Store(server.www).current_id() == before
    server.change("records/tables/papers.csv", "2027-13-01", "2027-03-01")
    server.push("main")
    assert Store(server.www).current_id() != before


def test_a_proposal_gets_a_report_and_a_preview_and_both_end_with_it(server: Server) -> None:
    shown = server.page()
    git(server.desk, "checkout", "-qb", "改动/清点")
    server.change(PAGE, "抛救生圈，打", "先抛救生圈，再打")
    config = server.desk / "mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8')}hooks: [content/evil.py]\n", encoding="utf-8")
    (server.desk / "evil.py").write_text("raise SystemExit('ran')\n", encoding="utf-8")
    save(server.desk)
    told = server.push("改动/清点")
    assert "没有错误，可以请人批准。" in told
    assert "要请谁批准\n  NA1 溺水处置：总管\n" in told
    assert "文字的变化\n  修改 NA1 溺水处置\n" in told
    (preview,) = server.previews.iterdir()
    assert f"预览：https://look.school.example/{preview.name}/current/" in told
    looked = (preview / "current/procedures/NA1/index.html").read_text(encoding="utf-8")
    assert "先抛救生圈，再打" in looked
    assert server.page() == shown, "readers see nothing of it"
    server.push("--delete", "改动/清点")
    assert list(server.previews.iterdir()) == []
    git(server.desk, "checkout", "-q", "main")


def test_a_proposal_with_an_error_is_told_where_and_gets_no_preview(server: Server) -> None:
    git(server.desk, "checkout", "-qb", "edit")
    server.change("records/tables/papers.csv", "2027-03-01", "2027-13-01")
    told = server.push("edit")
    assert "有 1 处错误。改好再存一次，会自动重新检查。" in told
    assert "要改的\n  records/tables/papers.csv:2:" in told
    assert not (server.previews / "edit").exists()
    git(server.desk, "checkout", "-q", "main")


def test_the_night_publishes_the_newest_state_again(server: Server, tmp_path: Path) -> None:
    before = Store(server.www).current_id()
    hook = [str(server.bare / "hooks/post-receive"), "--nightly", str(server.bare)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        hook, check=True, cwd=tmp_path, env=clean, capture_output=True, encoding="utf-8"
    )
    assert "读者看到的版本：" in done.stdout
    after = Store(server.www).current_id()
    assert after.split("-")[0] == f"{int(before.split('-')[0]) + 1:06d}"
    assert after.split("-")[1] == before.split("-")[1]


def test_without_a_target_nothing_is_published(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "safety.git")
    (tmp_path / "desk").mkdir()
    start(tmp_path / "desk")
    shutil.copy(HOOK, tmp_path / "safety.git/hooks/post-receive")
    done = subprocess.run(
        ["git", "-C", str(tmp_path / "desk"), "push", "-q", str(tmp_path / "safety.git"), "main"],
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert "没有设置 safecampus.target，不发布" in done.stderr
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["desk", "safety.git"]


def test_the_units_name_the_hook_and_each_other() -> None:
    service = (ROOT / "deploy/safecampus.service").read_text(encoding="utf-8")
    timer = (ROOT / "deploy/safecampus.timer").read_text(encoding="utf-8")
    assert "ExecStart=/srv/git/safety.git/hooks/post-receive --nightly /srv/git/safety.git" in (
        service.splitlines()
    )
    assert "Persistent=true" in timer.splitlines()
    assert {line for line in timer.splitlines() if line.startswith("Unit=")} == set()
