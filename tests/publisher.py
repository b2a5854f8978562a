"""Commands in processes that can be killed or given a faulty disk: `Publisher().run([...])`.

One process has loaded the program and starts a child for each command, so that none waits for the
imports. It is the parent of what it kills, so a number is never that of somebody else.
"""

import contextlib
import dataclasses
import importlib
import io
import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tests.faulty_disk import FaultyDisk
from tests.sample_site import ROOT

_LOADED = (
    "generator.cli", "generator.cards.deck", "generator.exchange.progress",
    "generator.publish.release", "generator.publish.target", "generator.site.allowed",
    "generator.site.worker",
)  # fmt: skip
KILLED = -int(signal.SIGKILL)


@dataclass(frozen=True)
class Fault:
    """A write that fails: its number among all, or among the calls of one name; 0 for none.

    `lasting`: all that come after it fail as well.
    """

    number: int = 0
    lasting: bool = False
    only: str = ""


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code, what it said, the disk's calls that were counted."""

    code: int
    told: str
    seconds: float
    calls: tuple[tuple[str, str, str], ...]
    failed: tuple[str, str, str] | None


class Publisher:
    """Runs commands one after the other, each in a process of its own."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.publisher"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            encoding="utf-8",
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._process.communicate()

    def run(
        self, arguments: list[str], *, kill_after: float = 0, fault: Fault | None = None
    ) -> Ran:
        """Run a command.

        Args:
            arguments: of `safecampus`.
            kill_after: seconds after which it is killed; 0 lets it end.
            fault: which write fails; without one nothing is counted either.
        """
        asked = {
            "arguments": arguments,
            "kill": kill_after,
            "fault": dataclasses.astuple(fault) if fault else None,
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        calls = tuple((call, path, line) for call, path, line in answer["calls"])
        failed = calls[answer["failed"] - 1] if answer["failed"] else None
        return Ran(answer["code"], answer["told"], answer["seconds"], calls, failed)


def _serve() -> None:
    for name in _LOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(asked, writing)
    os.close(writing)
    if asked["kill"] and not select.select([reading], [], [], asked["kill"])[0]:
        os.kill(child, signal.SIGKILL)  # not waited for yet, so the number is still its own
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read() if code != KILLED else b""
    told = json.loads(said) if said else {"told": "", "calls": [], "failed": 0}
    return {**told, "code": code, "seconds": time.monotonic() - start}


def _work(asked: dict[str, Any], writing: int) -> None:
    """The child: run, tell, end."""
    write, main = os.write, importlib.import_module("generator.cli").main
    disk = FaultyDisk(*(asked["fault"] or ()))
    said = io.StringIO()
    code = 70
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        if asked["fault"] is not None:
            disk.install()
        try:
            code = main(asked["arguments"])
        except BaseException:
            traceback.print_exc(file=said)
    data = json.dumps(
        {"told": said.getvalue(), "calls": disk.calls, "failed": disk.failed}
    ).encode()
    while data:
        data = data[write(writing, data) :]
    os._exit(code)


if __name__ == "__main__":
    _serve()
