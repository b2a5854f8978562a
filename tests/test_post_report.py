"""`deploy/post_report.py`: one comment below a proposal, taken as data, on each kind of forge."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.changes.proposal_report import LONGEST, MARK
from tests.forge_server import TOKEN, Forge, forge_server
from tests.sample_site import ROOT

REPORT = f"{MARK}\n### 这次改动的检查结果\n\n✅ **没有错误，可以请人批准。**\n"


@pytest.fixture(name="forge", params=[True, False], ids=["in pages", "all at once"])
def a_forge(request: pytest.FixtureRequest) -> Iterator[Forge]:
    with forge_server(paged=request.param) as forge:
        yield forge


def post(forge: Forge, *arguments: str, code: int = 0, **settings: str) -> str:
    environment = os.environ | {
        "GITHUB_API_URL": forge.address, "GITHUB_REPOSITORY": "school/safety",
        "GITHUB_TOKEN": TOKEN, "PROPOSAL": "7", "CI_API_V4_URL": forge.address,
        "CI_PROJECT_ID": "3", "SAFECAMPUS_TOKEN": TOKEN, "PYTHONUTF8": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(ROOT / "deploy/post_report.py"), *arguments],
        check=False, capture_output=True, encoding="utf-8", env=environment | settings,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(name="report")
def a_report(tmp_path: Path) -> Path:
    file = tmp_path / "report.md"
    file.write_text(REPORT, encoding="utf-8")
    return file


def test_there_is_one_comment_and_it_is_updated(forge: Forge, report: Path) -> None:
    others = [{"id": n, "body": f"看过 {n}，{MARK}"} for n in range(250)]
    forge.comments["7"] = [*others]
    assert post(forge, str(report)) == "贴出 · posted\n"
    assert post(forge, str(report)) == "没有变化 · unchanged\n"
    report.write_text(REPORT.replace("没有错误", "有 1 处错误"), encoding="utf-8")
    assert post(forge, str(report)) == "更新 · updated\n"
    assert len(forge.bodies("7")) == 251
    assert forge.bodies("7")[-1] == REPORT.replace("没有错误", "有 1 处错误")
    assert [body for body in forge.bodies("7")[:-1] if not body.startswith("看过 ")] == []


def test_the_report_is_data(forge: Forge, report: Path) -> None:
    report.write_text(f"{REPORT}@headmaster 看 <!-- 藏 --> {'长' * 70000}", encoding="utf-8")
    post(forge, str(report))
    (body,) = forge.bodies("7")
    assert "@\u2060headmaster 看 &lt;!-- 藏" in body
    assert len(body) == 65_000 > LONGEST


@pytest.mark.parametrize("text", ["", "hello", f" {MARK}"])
def test_what_is_no_report_is_not_posted(forge: Forge, report: Path, text: str) -> None:
    report.write_text(text, encoding="utf-8")
    assert "不是送审意见，没有贴出" in post(forge, str(report), code=1)
    assert forge.asked == []


def test_what_cannot_be_done_is_told_in_one_line(forge: Forge, report: Path) -> None:
    def told(*arguments: str, code: int = 1, **settings: str) -> str:
        return post(forge, *arguments, code=code, **settings).splitlines()[0]

    file = str(report)
    assert "No such file" in told(str(report.parent / "none.md"))
    assert told(file, PROPOSAL="7/../8") == "PROPOSAL: 7/../8"
    assert told(file, GITHUB_API_URL="file:///etc") == "地址不能用 · not an address: file:///etc"
    assert "401" in told(file, GITHUB_TOKEN="wrong")  # noqa: S106 - a wrong one on purpose
    assert "refused" in told(file, GITHUB_API_URL="http://127.0.0.1:9")
    assert told(code=2).startswith("Posts a finished report")
    forge.refuse = "POST"
    assert told(file) == "POST repos/school/safety/issues/7/comments: 403 Forbidden"


def test_every_open_merge_request_gets_its_newest_report(forge: Forge) -> None:
    forge.requests = [{"id": 90 + n, "iid": n} for n in (1, 2, 3)]
    forge.reports = {
        "1/report/report.md?check": REPORT.encode(),
        "3/report/report.md?check": b"no report",
    }
    assert post(forge, "--gitlab").splitlines() == [
        "!1: 贴出 · posted",
        "!3: 这不是送审意见，没有贴出 · not a report, nothing was posted",
    ]
    assert post(forge, "--gitlab").splitlines()[0] == "!1: 没有变化 · unchanged"
    assert forge.bodies("1") == [REPORT]
