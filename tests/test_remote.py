"""Publishing to another machine; `ssh` is a stand-in that runs the command here, rsync is real."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.ledger import Ledger, read_ledger
from generator.project import read_project
from generator.publish.manifest import check_release, read_manifest
from generator.publish.places import check_shown, releases_of, roll_back_in
from generator.publish.remote_host import RemoteError, RemoteHost, parse_target
from generator.publish.sealing import Order
from generator.publish.target import publish_to
from generator.usage import UsageError
from tests.conftest import GOOD, NOW
from tests.sample_site import ROOT

STAND_IN = """#!/bin/sh
# A server that refuses some commands, when it is told to. rsync names the user with -l.
[ "$1" != -l ] || shift 2
shift
[ -z "$REFUSE" ] || case "$*" in $REFUSE) echo "connection lost" >&2; exit 255;; esac
exec sh -c "$*"
"""


@pytest.fixture(name="ssh", autouse=True)
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ssh HOST COMMAND` runs the command on this machine."""
    if shutil.which("rsync") is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs rsync: apt-get install rsync")
        pytest.skip("there is no rsync on this machine")
    program = tmp_path / "ssh"
    program.write_text(STAND_IN, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("SAFECAMPUS_SSH", str(program))


@pytest.fixture(name="ledger", scope="module")
def small_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    root = tmp_path_factory.mktemp("school") / "school"
    shutil.copytree(GOOD, root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    ledger = read_ledger(*read_project(root, NOW))
    with ledger.checked:
        yield ledger


@pytest.fixture(name="www")
def folder_over_there(tmp_path: Path) -> Path:
    return tmp_path / "over there/www"


def publish(ledger: Ledger, www: Path, keep: int = 5, said: list[str] | None = None) -> str:
    said = [] if said is None else said
    order = Order(Path(), "staff", keep, lambda zh, _: said.append(zh))
    return publish_to(ledger, f"web@school.test:{www}", order)


@pytest.mark.parametrize(
    ("written", "remote"),
    [
        ("web@school.test:/srv/www", RemoteHost("web@school.test", "/srv/www")),
        ("server:/srv/www/", RemoteHost("server", "/srv/www")),
        ("/srv/www", Path("/srv/www")),
        ("C:/www", Path("C:/www")),
        ("-oProxyCommand=x:/srv", Path("-oProxyCommand=x:/srv")),
        ("a b:/srv", Path("a b:/srv")),
    ],
)
def test_another_machine_is_told_from_a_folder(written: str, remote: Path | RemoteHost) -> None:
    assert parse_target(written) == remote


def test_a_release_is_sealed_here_read_back_there_and_shown(ledger: Ledger, www: Path) -> None:
    said: list[str] = []
    assert publish(ledger, www, said=said) == "000001"
    assert (www / "current").readlink() == Path("releases/000001")
    assert check_release(www / "current")[1] == []
    assert said[-3:] == [
        f"已经传到 web@school.test:{www}", "对方逐字节核对通过", "读者看到的版本：000001",
    ]  # fmt: skip
    assert (www / "current/index.html").stat().st_mode & 0o777 == 0o644
    manifest, faults = check_shown(f"web@school.test:{www}")
    assert (manifest.id, faults) == ("000001", [])


def test_assets_are_carried_old_releases_go_and_one_can_go_back(ledger: Ledger, www: Path) -> None:
    publish(ledger, www)
    first = www / "releases/000001"
    shutil.copytree(first, www.parent / "kept")
    extra = first / "assets/old.12345678.css"
    extra.write_text("old", encoding="utf-8")
    reseal(first)
    assert publish(ledger, www, keep=2) == "000002"
    assert (www / "current/assets/old.12345678.css").read_text(encoding="utf-8") == "old"
    assert read_manifest(www / "current").carried == ("assets/old.12345678.css",)
    target = f"web@school.test:{www}"
    assert roll_back_in(target, "") == "000001"
    assert [(name, live) for name, live, _ in releases_of(target)] == [
        ("000001", True), ("000002", False),
    ]  # fmt: skip
    assert roll_back_in(target, "2") == "000002"
    assert publish(ledger, www, keep=2) == "000003"
    assert [name for name, _, _ in releases_of(target)] == ["000002", "000003"]
    with pytest.raises(UsageError, match="没有发布版本 9；现有：000002、000003"):
        roll_back_in(target, "9")


def reseal(folder: Path) -> None:
    from generator.publish.manifest import (  # noqa: PLC0415 - only this test forges a release
        NAME,
        make_manifest,
        manifest_bytes,
    )

    manifest = make_manifest(folder, folder.name, read_manifest(folder).provenance, ())
    (folder / NAME).write_bytes(manifest_bytes(manifest))


def test_a_changed_byte_over_there_is_found(
    ledger: Ledger, www: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(ledger, www)
    page = www / "current/index.html"
    page.write_bytes(page.read_bytes().replace(b"<html", b"<htmL", 1))
    (www / "current/extra.html").write_text("x", encoding="utf-8")
    assert main(["verify", f"web@school.test:{www}"]) == 1
    told = capsys.readouterr().out
    assert "index.html: 内容被改动过 (changed)" in told
    assert "extra.html: 多出的文件 (not in the manifest)" in told


@pytest.mark.parametrize(
    "refused", ["*rsync*", "*sha256sum*", "*mv*releases/.new-*", "*ln*-sfn*"],
    ids=["copying", "reading-back", "naming", "switching"],
)  # fmt: skip
def test_a_connection_that_breaks_changes_nothing_and_the_next_run_recovers(
    refused: str, ledger: Ledger, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(ledger, www)
    before = (www / "current").readlink()
    monkeypatch.setenv("REFUSE", refused)
    with pytest.raises(RemoteError, match=r"school\.test：没有做成，原来的网站不变"):
        publish(ledger, www)
    assert (www / "current").readlink() == before
    assert check_release(www / "current")[1] == []
    monkeypatch.delenv("REFUSE")
    name = publish(ledger, www)
    assert (www / "current").readlink() == Path("releases", name)
    left = [entry.name for entry in (www / "releases").iterdir()]
    assert not [one for one in left if one.startswith(".")]


def test_two_publishers_do_not_meet_over_there(ledger: Ledger, www: Path) -> None:
    host = RemoteHost("web@school.test", str(www))
    with host.only_publisher(), pytest.raises(UsageError, match="正有另一次发布在进行"):
        publish(ledger, www)
    assert publish(ledger, www) == "000001"


def test_a_publisher_that_is_killed_lets_go_of_the_lock(www: Path) -> None:
    script = (
        "import time; from generator.publish.remote_host import RemoteHost\n"
        f"with RemoteHost('a.test', {str(www)!r}).only_publisher():\n"
        "    print('in', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in\n"
        process.kill()
    for _ in range(50):
        try:
            with RemoteHost("a.test", str(www)).only_publisher():
                return
        except UsageError:
            continue
    pytest.fail("the lock is still held")


def test_a_folder_that_is_not_ours_is_left_alone(ledger: Ledger, www: Path) -> None:
    (www / "current").mkdir(parents=True)
    with pytest.raises(UsageError, match="里的 current 不是本程序建的链接"):
        publish(ledger, www)


def test_what_cannot_be_reached_is_said_in_one_line(
    www: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REFUSE", "*")
    assert main(["rollback", f"web@school.test:{www}"]) == 3
    told = capsys.readouterr().err
    assert told == ("web@school.test：没有做成，原来的网站不变：connection lost (refused)\n")
    monkeypatch.setenv("SAFECAMPUS_SSH", "no-such-program")
    assert main(["releases", f"web@school.test:{www}"]) == 3
