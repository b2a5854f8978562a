"""Build aside, verify, switch: whatever fails, the site that readers see stays."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.ledger import Ledger, read_ledger
from generator.project import read_project
from generator.publish import release
from generator.publish.release import build_site
from generator.site.fault import Fault
from generator.site.mkdocs_run import SiteError
from tests.conftest import GOOD, NOW
from tests.sample_site import ROOT


@pytest.fixture(name="ledger")
def small_ledger(tmp_path: Path) -> Iterator[Ledger]:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    ledger = read_ledger(*read_project(root, NOW))
    with ledger.checked:
        yield ledger


def builds(root: Path) -> list[str]:
    return sorted(entry.name for entry in (root / ".build/sites").iterdir())


def test_a_school_that_is_not_the_sample_builds(ledger: Ledger) -> None:
    link, pages, _ = build_site(ledger)
    assert link.is_symlink()
    assert pages > 15
    text = (link / "index.html").read_text(encoding="utf-8")
    assert "河湾活动中心 安全簿" in text
    assert "示例" not in text


def test_faults_stop_the_switch_and_leave_no_folder(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = build_site(ledger).link
    before = link.readlink()
    faults = [Fault(f"p{number}", "x") for number in range(25)]
    monkeypatch.setattr(release, "verify_site", lambda *_: faults)
    with pytest.raises(SiteError) as caught:
        build_site(ledger)
    lines = str(caught.value).split("\n")
    assert len(lines) == 22
    assert lines[0].endswith("原来的网站不变：")
    assert lines[1] == "p0: x"
    assert lines[-1] == "… 共 25 处 (in all)"
    assert link.readlink() == before
    assert builds(link.parent) == ["000001"]


def test_few_faults_are_all_told(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "verify_site", lambda *_: [Fault("a", "b")])
    with pytest.raises(SiteError, match=r"a: b$"):
        build_site(ledger)
    assert not (ledger.checked.project.root / "site").exists()


def test_an_interruption_leaves_no_half_built_folder(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(release, "verify_site", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build_site(ledger)
    assert builds(ledger.checked.project.root) == []


def test_the_same_ledger_builds_the_same_bytes(ledger: Ledger) -> None:
    first = build_site(ledger).link
    before = contents(first.resolve())
    second = build_site(ledger).link
    assert contents(second.resolve()) == before


def contents(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
