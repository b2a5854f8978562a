"""Published at once or not at all: releases, roll-back, faults of the disk, a killed publisher."""

import dataclasses
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.ledger import Ledger, read_ledger
from generator.project import read_project
from generator.publish import mirror as mirror_module
from generator.publish import sealing
from generator.publish.lock import only_publisher
from generator.publish.manifest import (
    NAME,
    ManifestError,
    check_release,
    make_manifest,
    manifest_bytes,
    read_manifest,
)
from generator.publish.publishing import publish
from generator.publish.sealing import Order
from generator.publish.showing import known_releases, roll_back
from generator.publish.store import Store, open_store, prune
from generator.site.fault import Fault
from generator.site.mkdocs_run import SiteError
from generator.usage import UsageError
from tests.conftest import GOOD, NOW
from tests.sample_site import ROOT


@pytest.fixture(name="school")
def small_school(tmp_path: Path) -> Path:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


@pytest.fixture(name="ledger")
def small_ledger(school: Path) -> Iterator[Ledger]:
    ledger = read_ledger(*read_project(school, NOW))
    with ledger.checked:
        yield ledger


def order(folder: Path, keep: int = 5, said: list[str] | None = None) -> Order:
    said = [] if said is None else said
    return Order(folder, "staff", keep, lambda zh, _: said.append(zh))


def live(folder: Path) -> dict[str, bytes]:
    current = folder / "current"
    files = (path for path in current.rglob("*") if path.is_file())
    return {path.relative_to(current).as_posix(): path.read_bytes() for path in files}


def no_links(*_: object, **__: object) -> None:
    """What a stick of the kind FAT says."""
    raise OSError(1, "Operation not permitted")


def test_a_release_is_built_verified_sealed_and_shown(ledger: Ledger, tmp_path: Path) -> None:
    said: list[str] = []
    name = publish(ledger, order(tmp_path / "www", said=said))
    assert name == "000001"
    assert (tmp_path / "www/current").readlink() == Path("releases/000001")
    manifest, faults = check_release(tmp_path / "www/current")
    assert faults == []
    assert manifest.provenance.as_of == "2026-11-20"
    assert manifest.provenance.edition == "staff"
    assert "index.html" in manifest.files
    assert [line.split("：")[0].split(" ")[0] for line in said] == [
        "生成", "核对通过", "清单", "读者看到的版本",
    ]  # fmt: skip


def test_the_last_releases_are_kept_and_one_can_go_back(ledger: Ledger, tmp_path: Path) -> None:
    www = tmp_path / "www"
    for _ in range(4):
        publish(ledger, order(www, keep=3))
    assert [(name, shown) for name, shown, _ in known_releases(www)] == [
        ("000002", False), ("000003", False), ("000004", True),
    ]  # fmt: skip
    assert roll_back(www) == "000003"
    assert roll_back(www, "2") == "000002"
    assert roll_back(www, "000004") == "000004"
    with pytest.raises(UsageError, match="没有发布版本 9；现有：000002、000003、000004"):
        roll_back(www, "9")


def test_the_release_shown_is_never_pruned(ledger: Ledger, tmp_path: Path) -> None:
    www = tmp_path / "www"
    for _ in range(3):
        publish(ledger, order(www))
    roll_back(www, "1")
    store = Store(www)
    assert prune(store, 1) == ["000002"]
    assert store.ids() == ["000001", "000003"]


def test_hashed_assets_of_kept_releases_are_carried_and_not_for_ever(
    ledger: Ledger, tmp_path: Path
) -> None:
    www = tmp_path / "www"
    publish(ledger, order(www, keep=2))
    first = www / "releases/000001"
    (first / "assets/old.12345678.css").write_text("old", encoding="utf-8")
    manifest = make_manifest(first, "000001", read_manifest(first).provenance, ())
    (first / NAME).write_bytes(manifest_bytes(manifest))
    publish(ledger, order(www, keep=2))
    assert (www / "current/assets/old.12345678.css").read_text("utf-8") == "old"
    assert read_manifest(www / "current").carried == ("assets/old.12345678.css",)
    publish(ledger, order(www, keep=2))
    publish(ledger, order(www, keep=2))
    assert not (www / "current/assets/old.12345678.css").exists()


def test_a_site_with_faults_changes_nothing(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    www = tmp_path / "www"
    publish(ledger, order(www))
    before = live(www)
    monkeypatch.setattr(sealing, "verify_site", lambda *_: [Fault("a.html", "坏了")])
    with pytest.raises(SiteError, match=r"a\.html: 坏了"):
        publish(ledger, order(www))
    assert live(www) == before
    assert [entry.name for entry in (www / "releases").iterdir()] == ["000001"]


@pytest.mark.parametrize("step", ["make_manifest", "sync_tree", "carry_assets", "build_tree"])
def test_an_error_of_the_disk_at_any_step_changes_nothing(
    step: str, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    www = tmp_path / "www"
    publish(ledger, order(www))
    before = live(www)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "releases/x/index.html")

    monkeypatch.setattr(sealing, step, full)
    with pytest.raises(OSError, match=r"releases/x/index\.html"):
        publish(ledger, order(www))
    assert live(www) == before
    assert Store(www).ids() == ["000001"]
    monkeypatch.undo()
    assert publish(ledger, order(www)) == "000002"


@pytest.mark.parametrize("mode", ["links", "no links"])
def test_a_switch_that_fails_goes_back_and_leaves_no_release(
    mode: str, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    www = tmp_path / "www"
    if mode == "no links":
        monkeypatch.setattr(Path, "symlink_to", no_links)
    publish(ledger, order(www))
    before = live(www)
    rename = Path.replace

    def broken(self: Path, target: Path) -> Path:
        if Path(target).name in {"current", "index.html"} and self.name.startswith("."):
            monkeypatch.setattr(Path, "replace", rename)
            raise OSError(5, "Input/output error", str(target))
        return rename(self, target)

    page = www / "current/index.html"
    if mode == "no links":
        page.write_bytes(before["index.html"] + b"<!-- another -->")
    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="Input/output error"):
        publish(ledger, order(www))
    assert live(www) == before
    assert Store(www).ids() == ["000001"]
    assert publish(ledger, order(www)) == "000002"


def test_a_full_disk_is_not_taken_for_one_without_links(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, *_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "symlink_to", full)
    with pytest.raises(OSError, match=r"No space left on device: '.*current-"):
        publish(ledger, order(tmp_path / "www"))
    assert not (tmp_path / "www/current").exists()


def test_editions_are_published_to_folders_of_their_own(ledger: Ledger, tmp_path: Path) -> None:
    www = tmp_path / "www"
    publish(ledger, order(www))
    other = dataclasses.replace(order(www), edition="public")
    with pytest.raises(UsageError, match="发布的是 staff 版；public 版请发布到另一个文件夹"):
        publish(ledger, other)
    assert Store(www).ids() == ["000001"]


def test_what_must_be_forgotten_stands_in_no_old_file(ledger: Ledger, tmp_path: Path) -> None:
    www = tmp_path / "www"
    publish(ledger, order(www))
    first = www / "releases/000001"
    (first / "assets/rows.12345678.json").write_text("a name", encoding="utf-8")
    manifest = make_manifest(first, "000001", read_manifest(first).provenance, ())
    (first / NAME).write_bytes(manifest_bytes(manifest))
    publish(ledger, dataclasses.replace(order(www), forget=True))
    assert Store(www).ids() == ["000002"]
    assert not list(www.rglob("rows.12345678.json"))


def test_a_second_publisher_is_told_to_wait(ledger: Ledger, tmp_path: Path) -> None:
    store = open_store(tmp_path / "www")
    with only_publisher(store.lock), pytest.raises(UsageError, match="正有另一次发布在进行"):
        publish(ledger, order(tmp_path / "www"))
    assert publish(ledger, order(tmp_path / "www")) == "000001"


_KILLED = """
import os, pathlib, signal, sys, time
from generator.publish.lock import only_publisher
with only_publisher(pathlib.Path(sys.argv[1])):
    if os.fork() == 0:
        print(os.getpid(), flush=True)
        os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts no helpers")
def test_a_killed_publisher_whose_helpers_still_work_is_nobody_to_wait_for(tmp_path: Path) -> None:
    store = open_store(tmp_path / "www")
    command = [sys.executable, "-c", _KILLED, str(store.lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as killed:
        assert killed.stdout
        helper = int(killed.stdout.readline())
        killed.wait()
        try:
            with only_publisher(store.lock):
                os.kill(helper, 0)
        finally:
            os.kill(helper, signal.SIGKILL)


def test_a_foreign_folder_called_current_is_left_alone(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "www/current").mkdir(parents=True)
    (tmp_path / "www/current/mine.html").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="不是本程序发布的"):
        publish(ledger, order(tmp_path / "www"))
    assert live(tmp_path / "www") == {"mine.html": b"mine"}


def test_any_changed_byte_is_found(
    ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    www = tmp_path / "www"
    publish(ledger, order(www))
    assert main(["verify", str(www)]) == 0
    current = (www / "current").resolve()
    page = current / "index.html"
    page.write_bytes(page.read_bytes().replace(b"<html", b"<htmL", 1))
    (current / "api/build.json").unlink()
    (current / "extra.html").write_text("x", encoding="utf-8")
    (current / "search").rename(current / "moved")
    (current / "search").symlink_to("moved")
    assert main(["verify", str(www)]) == 1
    told = capsys.readouterr().out
    assert "index.html: 内容被改动过 (changed)" in told
    assert "api/build.json: 文件不见了 (missing)" in told
    assert "extra.html: 多出的文件 (not in the manifest)" in told
    assert "search: 多出的文件" in told


def test_a_changed_manifest_is_found_too(
    ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    www = tmp_path / "www"
    publish(ledger, order(www))
    file = www / "current" / NAME
    content = json.loads(file.read_bytes())
    for broken in (
        file.read_bytes().replace(b"2026-11-20", b"2026-11-21"),
        json.dumps(content).encode(),
        b"{}",
        b"[]",
        b"not json",
        b"\xff",
    ):
        file.write_bytes(broken)
        with pytest.raises(ManifestError):
            read_manifest(www / "current")
        assert main(["verify", str(www)]) == 3
    assert main(["releases", str(www)]) == 0
    assert "* 000001  清单损坏" in capsys.readouterr().out
    file.unlink()
    with pytest.raises(ManifestError, match="没有发布清单"):
        roll_back(www)


def test_without_links_the_folder_is_brought_up_file_by_file(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "symlink_to", no_links)
    www = tmp_path / "www"
    publish(ledger, order(www))
    assert not (www / "current").is_symlink()
    assert check_release(www / "current")[1] == []
    (www / "current/stale").mkdir()
    (www / "current/stale/old.html").write_text("old", encoding="utf-8")
    publish(ledger, order(www))
    manifest, faults = check_release(www / "current")
    assert (manifest.id, faults) == ("000002", [])
    assert not (www / "current/stale").exists()
    assert roll_back(www) == "000001"
    assert check_release(www / "current")[0].id == "000001"
    monkeypatch.undo()
    assert not mirror_module.has_links(Store(www)), "a folder that is served stays a folder"


def test_the_command_publishes_and_lists(
    school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    www = tmp_path / "www"
    assert main(["publish", "--to", str(www), "--root", str(school)]) == 0
    assert "读者看到的版本：000001" in capsys.readouterr().out
    assert main(["releases", str(www)]) == 0
    assert re.match(
        r"\* 000001  \d{4}-\d\d-\d\d  staff  \d+ 页  safecampus ", capsys.readouterr().out
    )
    assert main(["rollback", str(www), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "now live: 000001\n"
    assert main(["rollback", str(tmp_path / "www"), "7"]) == 2
    code = f"import sys; from generator.cli import main; main(['rollback', {str(www)!r}]);"
    code += "print(*{name.split('.')[0] for name in sys.modules}, *sys.modules)"
    quick = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    slow = {"duckdb", "frictionless", "mkdocs", "jinja2", "yaml", "generator.ledger"}
    assert slow & set(quick.stdout.split()) == set(), "going back waits for nothing that builds"


def test_going_back_where_nothing_was_published_leaves_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rollback", str(tmp_path / "www")]) == 2
    assert "www 里没有发布过的版本 (nothing was published here)" in capsys.readouterr().err
    assert not (tmp_path / "www").exists()


def test_errors_in_the_content_publish_nothing(school: Path, tmp_path: Path) -> None:
    (school / "records/school.yaml").write_text("name: [", encoding="utf-8")
    assert main(["publish", "--to", str(tmp_path / "www"), "--root", str(school)]) == 1
    assert not (tmp_path / "www").exists()
