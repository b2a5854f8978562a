"""A real nginx that runs `deploy/nginx.conf` on a free port, in a folder of its own."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sample_site import ROOT

CONFIG = ROOT / "deploy/nginx.conf"
_MAIN = """daemon off;
{user}
worker_processes 2;
pid {prefix}/pid;
error_log {prefix}/error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {prefix}/body;
    proxy_temp_path {prefix}/proxy;
    fastcgi_temp_path {prefix}/fastcgi;
    uwsgi_temp_path {prefix}/uwsgi;
    scgi_temp_path {prefix}/scgi;
    include {prefix}/site.conf;
}}
"""
_MIME = "/etc/nginx/mime.types"


def nginx() -> str:
    """The program; a machine without it skips, CI may not."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs nginx: apt-get install nginx")
        pytest.skip("there is no nginx on this machine")
    return found


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def switched_on(text: str, *marks: str) -> str:
    """The configuration with the lines of these marks in use."""
    for mark in marks:
        text = re.sub(rf"^( *)#{mark}# ", r"\1", text, flags=re.MULTILINE)
    return text


@contextmanager
def served(
    root: Path, prefix: Path, *marks: str, changes: dict[str, str] | None = None
) -> Iterator[int]:
    """Serve `root` until the block ends; gives the port.

    Args:
        root: what `current` is on a server.
        prefix: an empty folder for what nginx writes.
        marks: `auth`, `https`: the lines to use.
        changes: further replacements in the configuration, such as where a certificate lies.
    """
    port = free_port()
    text = switched_on(CONFIG.read_text(encoding="utf-8"), *marks)
    swaps = {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "/srv/safecampus/current": str(root),
        "include mime.types;": f"include {_MIME};",
    }
    for old, new in {**swaps, **(changes or {})}.items():
        assert old in text, old
        text = text.replace(old, new)
    user = "user root;" if os.geteuid() == 0 else ""
    prefix.mkdir(parents=True, exist_ok=True)
    (prefix / "site.conf").write_text(text, encoding="utf-8")
    (prefix / "main.conf").write_text(_MAIN.format(prefix=prefix, user=user), encoding="utf-8")
    command = [nginx(), "-e", f"{prefix}/error.log", "-c", f"{prefix}/main.conf", "-p", str(prefix)]
    with subprocess.Popen(command) as process:
        try:
            _wait(port, process, prefix)
            yield port
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes], prefix: Path) -> None:
    for _ in range(200):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    pytest.fail(f"nginx did not start: {(prefix / 'error.log').read_text(encoding='utf-8')}")
