"""The table of what was measured, and what it was measured on."""

import os
import platform
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import ROOT, Cost
from benchmarks.sites.contenders import PINS
from benchmarks.sites.works import Result

LOAD = "loading the CSVs once"
_HEAD = (
    "| pages | contender | work | wall s | CPU s | peak MiB | output MB | search MB | built |",
    "|--:|---|---|--:|--:|--:|--:|--:|--:|",
)


class Key(NamedTuple):
    """What was measured: a school of so many pages and records, who built it, which work."""

    pages: int
    records: int
    contender: str
    work: str


Measured = dict[Key, list[Result]]


def table(measured: Measured) -> Iterator[str]:
    """The lines of one Markdown table, medians of all runs."""
    yield from _HEAD
    for key, results in measured.items():
        name = f"{key.contender}, {key.records:,} records" if key.records else key.contender
        cost, last = middle(results), results[-1]
        cells = [f"{key.pages:,}", name, key.work]
        cells += [f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.peak:.0f}"]
        cells += [_megabytes(last.output), _megabytes(last.found), f"{last.pages:,}"]
        yield f"| {' | '.join(cells)} |"


def middle(results: Sequence[Result]) -> Cost:
    """The median of each cost."""
    return Cost(*(statistics.median(result.cost[n] for result in results) for n in range(3)))


def machine() -> str:
    """What it was measured on, and with which versions."""
    lines = PINS.read_text(encoding="utf-8").splitlines()
    pins = [line.replace("==", " ") for line in lines if line and not line.startswith("#")]
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    ours = subprocess.run(git, check=False, capture_output=True, encoding="utf-8").stdout.strip()
    load = f"load {os.getloadavg()[0]:.1f} at the end; " if hasattr(os, "getloadavg") else ""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, {load}"
        f"Python {platform.python_version()}, ours at {ours}, {', '.join(pins)}"
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}" if size else "–"
