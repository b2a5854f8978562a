"""Neither check nor build opens a socket, and both work where there is no network at all."""

import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.conftest import GOOD
from tests.sample_site import ROOT

AUDITED = dedent(
    """
    import sys
    seen = []
    def audit(event, arguments):
        if event.startswith(("socket.", "urllib.", "http.client", "ftplib", "smtplib")):
            seen.append((event, repr(arguments)[:80]))
    sys.addaudithook(audit)
    from generator.cli import main
    code = main(sys.argv[1:])
    print("SOCKETS", code, seen)
    """
)
WITHOUT_NETWORK = ("unshare", "--net", "--map-root-user")


def good_project(target: Path) -> Path:
    shutil.copytree(GOOD, target)
    shutil.copyfile(ROOT / "mkdocs.yml", target / "mkdocs.yml")
    return target


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("command", ["check", "build", "status"])
def test_no_socket_is_opened(tmp_path: Path, command: str) -> None:
    root = good_project(tmp_path / "school")
    found = run(sys.executable, "-c", AUDITED, command, "--root", str(root))
    assert found.stdout.splitlines()[-1] == "SOCKETS 0 []", found.stderr


@pytest.mark.skipif(
    shutil.which("unshare") is None or run(*WITHOUT_NETWORK, "true").returncode != 0,
    reason="this machine cannot take the network away from a process",
)
def test_check_and_build_work_without_any_network(tmp_path: Path) -> None:
    root = good_project(tmp_path / "school")
    found = run(*WITHOUT_NETWORK, "ip", "link") if shutil.which("ip") else None
    assert found is None or found.stdout.count("\n") <= 2
    for command in ("check", "build"):
        found = run(
            *WITHOUT_NETWORK, sys.executable, "-m", "generator", command, "--root", str(root)
        )
        assert found.returncode == 0, found.stderr
    assert (root / "site/index.html").is_file()
