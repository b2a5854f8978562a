"""Run a whole process and tell what it cost: wall time, processor time, peak memory."""

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SAMPLED = 0.05
PROC = Path("/proc")


class Cost(NamedTuple):
    """Wall and processor seconds, and the peak memory of a process with all it started, in MiB."""

    wall: float
    cpu: float
    peak: float


def run(command: list[str], folder: Path, right: tuple[int, ...] = (0,)) -> Cost:
    """Run a command to its end.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        right: the exit codes that are not a failure.

    Raises:
        SystemExit: it failed; the text is what it said.
    """
    environment = dict(os.environ, NO_MKDOCS_2_WARNING="1")
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=said
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        if process.returncode not in right:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}\n{said.read().decode(errors='replace')}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(watch.peak, _largest(usage)))


def _largest(usage: resource.struct_rusage) -> float:
    """The peak of the largest single process."""
    scale = 1 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss * scale / 2**20


class _Watch(threading.Thread):
    """Adds up the memory of a process and its children, pages they share counted once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        """Look again and again until the process has ended; only Linux tells."""
        while PROC.is_dir() and not self._ended.wait(SAMPLED):
            self.peak = max(self.peak, sum(map(_memory, _family(self._pid))))

    def stop(self) -> None:
        """End the watch."""
        self._ended.set()
        self.join()


def _family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        tasks = list((PROC / str(pid) / "task").iterdir())
    except OSError:  # it has ended meanwhile
        return
    for task in tasks:
        for child in _read(task / "children").split():
            yield from _family(int(child))


def _memory(pid: int) -> float:
    """The proportional share of a process in MiB."""
    lines = _read(PROC / str(pid) / "smaps_rollup").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _read(path: Path) -> str:
    """The text of a file of the kernel, which may vanish at any time."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
