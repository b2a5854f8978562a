"""The table of what was measured, and the bars it is held against."""

import os
import platform
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.sites.contenders import HUGO, MATERIAL, OURS, PINS, PRUNED, ZENSICAL
from benchmarks.sites.works import CLEAN, NOTHING, PAGE, RECORD, Result
from generator import __version__

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
        wall, cpu, peak = (_middle(r.cost[n] for r in results) for n in range(3))
        cells = [f"{key.pages:,}", name, key.work, f"{wall:.2f}", f"{cpu:.2f}", f"{peak:.0f}"]
        cells += [_megabytes(results[-1].output), _megabytes(results[-1].found)]
        yield f"| {' | '.join([*cells, _count(results[-1].pages)])} |"


def bars(measured: Measured, pages: int, growth: Sequence[int]) -> Iterator[str]:
    """Each bar of which both sides were measured: the ratio, the bar, met or not met."""
    yield from ("| bar | ratio | at most | |", "|---|--:|--:|---|")
    for title, ratio, most in (*_against(measured, pages), *_own(measured, growth)):
        verdict = "met" if ratio <= most else "**not met**"
        yield f"| {title} | {ratio:.3g} | {most:.3g} | {verdict} |"


def _against(measured: Measured, pages: int) -> Iterator[tuple[str, float, float]]:
    """Ours over others, who do everything again when nothing may be kept."""

    def wall(name: str, work: str) -> float:
        return _wall(measured, Key(pages, 0, name, work))

    sides = (
        (CLEAN, CLEAN, MATERIAL, 0.35),
        (CLEAN, CLEAN, PRUNED, 0.85),
        (CLEAN, CLEAN, ZENSICAL, 0.75),
        (PAGE, PAGE, ZENSICAL, 0.35),
        (PAGE, CLEAN, MATERIAL, 0.05),
        (NOTHING, NOTHING, ZENSICAL, 0.2),
        (PAGE, CLEAN, HUGO, 1.0),
    )
    for work, theirs, name, most in sides:
        if wall(name, theirs) and wall(OURS, work):
            aim = " (the mark to aim at)" if name == HUGO else ""
            title = f"{pages:,} pages, {work} / {name} {theirs}{aim}"
            yield title, wall(OURS, work) / wall(name, theirs), most
    us, them = (measured.get(Key(pages, 0, name, CLEAN)) for name in (OURS, MATERIAL))
    if us and them:
        yield f"{pages:,} pages, output / {MATERIAL}", us[-1].output / them[-1].output, 0.25
        peaks = [_middle(r.cost.peak for r in results) for results in (us, them)]
        yield f"{pages:,} pages, peak memory / {MATERIAL}", peaks[0] / peaks[1], 1.5


def _own(measured: Measured, growth: Sequence[int]) -> Iterator[tuple[str, float, float]]:
    """Ours over ours: many records, and many pages."""
    for key in [key for key in measured if key.records and key.work == RECORD]:
        page, load = (_wall(measured, key._replace(work=work)) for work in (PAGE, LOAD))
        title = f"{key.records:,} records, {RECORD} / (1.2 × {PAGE} + {LOAD})"
        yield title, _wall(measured, key) / (1.2 * page + load), 1.0
    found = [measured.get(Key(pages, 0, OURS, CLEAN)) for pages in growth]
    if len(found) > 1 and all(found):
        each = [_middle(r.cost.wall for r in rs) / rs[-1].pages for rs in found if rs]
        title = f"{CLEAN}, time per page at {growth[-1]:,} / at {growth[0]:,} pages"
        yield title, each[-1] / each[0], 1.2


def machine() -> str:
    """What it was measured on, and with which versions."""
    lines = PINS.read_text(encoding="utf-8").splitlines()
    pins = [line.replace("==", " ") for line in lines if line and not line.startswith("#")]
    cores = os.cpu_count()
    return (
        f"{_processor()}, {cores} cores, {platform.system()}, Python {platform.python_version()};"
        f" safecampus {__version__}, {', '.join(pins)}"
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _wall(measured: Measured, key: Key) -> float:
    return _middle(result.cost.wall for result in measured.get(key, ()))


def _middle(values: Iterator[float]) -> float:
    found = list(values)
    return statistics.median(found) if found else 0.0


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}" if size else "–"


def _count(pages: int) -> str:
    return f"{pages:,}" if pages else "–"
