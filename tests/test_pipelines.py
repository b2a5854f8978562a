"""The pipelines: what they may do, and the one without foreign actions run step by step."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.changes.proposal_report import MARK
from generator.publish.manifest import check_release
from tests.conftest import GOOD
from tests.forge_server import TOKEN, forge_server
from tests.git_repository import git, save, start
from tests.sample_site import ROOT
from tests.workflow_run import JobRun, run_job

HUB = ".github/workflows/site.yml"
TEA = ".gitea/workflows/site.yml"
LAB = ".gitlab-ci.yml"
PAGE = "content/procedures/NA1-water.md"


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((ROOT / name).read_text("utf-8"), yaml.BaseLoader)  # noqa: S506, TID251 - texts only
    return found


def test_the_workflow_pins_every_action_by_its_hash() -> None:
    used = re.findall(r"uses: (.+)", (ROOT / HUB).read_text(encoding="utf-8"))
    assert used
    pinned = re.compile(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in used if not pinned.fullmatch(line)] == []
    assert "uses:" not in (ROOT / TEA).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [HUB, TEA])
def test_what_is_proposed_runs_without_rights_and_without_secrets(name: str) -> None:
    workflow = read(name)
    assert set(workflow["on"]) == {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert jobs["check"]["permissions"] == {"contents": "read"}
    assert "secrets." not in (ROOT / name).read_text(encoding="utf-8")
    writers = [job for job, told in jobs.items() if "write" in told["permissions"].values()]
    assert writers == ["report"]
    assert "head.repo.full_name == github.repository" in jobs["report"]["if"]
    assert "github.event_name != 'pull_request'" in jobs["publish"]["if"]
    assert "github.ref == 'refs/heads/main'" in jobs["publish"]["if"]
    for job in jobs.values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "values go in by the environment"


def test_the_trusted_job_takes_its_script_from_the_main_branch() -> None:
    first, *_ = read(HUB)["jobs"]["report"]["steps"]
    assert first["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    (post,) = read(TEA)["jobs"]["report"]["steps"]
    assert post["env"]["BASE"] == "${{ github.event.pull_request.base.sha }}"
    assert 'git show "$BASE:deploy/post_report.py"' in post["run"]
    comments = read(LAB)["comments"]
    assert comments["rules"][0]["if"].startswith("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && ")


def test_every_pipeline_has_the_whole_history() -> None:
    for name in ("check", "publish"):
        assert read(HUB)["jobs"][name]["steps"][0]["with"]["fetch-depth"] == "0"
        assert "fetch -q" in read(TEA)["jobs"][name]["steps"][0]["run"]
        assert "--depth" not in read(TEA)["jobs"][name]["steps"][0]["run"]
    assert read(LAB)["variables"]["GIT_DEPTH"] == "0"


def test_a_preview_is_of_the_edition_that_is_published() -> None:
    for name, phrase in ((HUB, "EDITION"), (TEA, "EDITION"), (LAB, "SAFECAMPUS_EDITION")):
        text = (ROOT / name).read_text(encoding="utf-8")
        told = re.findall(r"\$\{\w*EDITION:\+--edition \"\$\w*EDITION\"\}", text)
        assert told == [f'${{{phrase}:+--edition "${phrase}"}}'] * 2, name
    *_, preview = read(HUB)["jobs"]["check"]["steps"]
    assert preview["if"] == "${{ github.event_name == 'pull_request' }}"
    assert (preview["with"]["name"], preview["with"]["path"]) == ("preview", "preview/")
    assert "preview/" in read(LAB)["check"]["artifacts"]["paths"]
    for name, step in ((HUB, "build"), (TEA, "preview")):
        steps = {told.get("name"): told.get("run") for told in read(name)["jobs"]["check"]["steps"]}
        assert "cp -RL site" in steps[step]


class Desk:
    """A school's repository on a forge, and runs of its workflow."""

    def __init__(self, home: Path, api: str) -> None:
        self.home, self.api = home, api
        self.root = home / "school/safety"
        shutil.copytree(GOOD, self.root)
        shutil.copytree(ROOT / "deploy", self.root / "deploy")
        shutil.copy(ROOT / "mkdocs.yml", self.root)
        start(self.root)
        self.runs = 0

    def change(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        save(self.root)

    def preview(self) -> tuple[str, str]:
        """The edition and the commit of the preview of the proposal."""
        built = json.loads((self.home / "previews/7/api/build.json").read_bytes())
        return built["edition"], built["commit"]

    def run(self, job: str, event: str, edition: str = "", **outputs: str) -> JobRun:
        self.runs += 1
        folder = self.home / f"run-{self.runs}" / "work"
        folder.mkdir(parents=True)
        branch = git(self.root, "branch", "--show-current")
        facts = {
            "github.event_name": event,
            "github.ref": f"refs/heads/{branch}",
            "github.sha": git(self.root, "rev-parse", "HEAD"),
            "github.base_ref": "main",
            "github.server_url": f"file://{self.home}",
            "github.api_url": self.api,
            "github.repository": "school/safety",
            "github.token": TOKEN,
            "github.event.number": "7",
            "github.event.pull_request.base.sha": git(self.root, "rev-parse", "main"),
            "vars.SAFECAMPUS": str(Path(sys.executable).with_name("safecampus")),
            "vars.SAFECAMPUS_TARGET": str(self.home / "www"),
            "vars.SAFECAMPUS_EDITION": edition,
            "vars.SAFECAMPUS_PREVIEWS": str(self.home / "previews"),
            "vars.SAFECAMPUS_PREVIEWS_ADDRESS": "http://safety.test/previews/",
            **{f"needs.check.outputs.{key}": value for key, value in outputs.items()},
        }
        return run_job(read(TEA), job, facts, folder)


@pytest.mark.skipif(sys.platform == "win32", reason="runners of this kind run on Unix")
def test_a_proposal_is_reported_mended_merged_and_published(tmp_path: Path) -> None:
    with forge_server() as forge:
        desk = Desk(tmp_path, forge.address)
        git(desk.root, "checkout", "-qb", "edit")
        desk.change("records/tables/papers.csv", "2027-03-01", "2027-13-01")
        checked = desk.run("check", "pull_request")
        assert checked.failed
        assert desk.run("report", "pull_request", **checked.outputs).printed == "贴出 · posted\n"
        (body,) = forge.bodies("7")
        sha = git(desk.root, "rev-parse", "HEAD")
        lines = f"file://{tmp_path}/school/safety/src/commit/{sha}"
        assert body.startswith(f"{MARK}\n### 这次改动的检查结果\n\n❌ **有 1 处错误。")
        assert f"[records/tables/papers.csv 第 2 行]({lines}/records/tables/papers.csv#L2)" in body

        desk.change("records/tables/papers.csv", "2027-13-01", "2027-03-01")
        desk.change(PAGE, "\n清点人数。\n", "\n清点人数，不漏一人。\n")
        assert not (tmp_path / "previews").exists()
        checked = desk.run("check", "pull_request", edition="public")
        assert not checked.failed, checked.printed
        built = json.loads((tmp_path / "previews/7/api/build.json").read_bytes())
        assert (built["edition"], built["commit"]) == (
            "public",
            git(desk.root, "rev-parse", "HEAD"),
        )
        assert desk.run("report", "pull_request", **checked.outputs).printed == "更新 · updated\n"
        (body,) = forge.bodies("7")
        assert "✅ **没有错误，可以请人批准。**" in body
        assert "- NA1 溺水处置：总管" in body
        assert "(http://safety.test/previews/7/)" in body

    git(desk.root, "checkout", "-q", "main")
    git(desk.root, "merge", "-q", "--no-ff", "-m", "merge", "edit")
    check_published(desk)


def check_published(desk: Desk) -> None:
    published = desk.run("publish", "push")
    assert not published.failed, published.printed
    www = desk.home / "www"
    manifest, faults = check_release(www / "current")
    assert faults == []
    assert manifest.provenance.commit == git(desk.root, "rev-parse", "main")
    page = (www / "current/procedures/NA1/index.html").read_text(encoding="utf-8")
    assert "清点人数，不漏一人。" in page
