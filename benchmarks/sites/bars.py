"""The bars: how ours stands to the others, and to itself with more pages and more records."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.processes import Cost
from benchmarks.sites.contenders import HUGO, MATERIAL, OURS, PRUNED, ZENSICAL
from benchmarks.sites.report import LOAD, Key, Measured, middle
from benchmarks.sites.works import CLEAN, NOTHING, PAGE, RECORD

SIDES = (
    (CLEAN, CLEAN, MATERIAL, 0.35),
    (CLEAN, CLEAN, PRUNED, 0.85),
    (CLEAN, CLEAN, ZENSICAL, 0.75),
    (PAGE, PAGE, ZENSICAL, 0.35),
    (PAGE, CLEAN, MATERIAL, 0.05),
    (NOTHING, NOTHING, ZENSICAL, 0.2),
    (PAGE, CLEAN, HUGO, 1.0),
)
"""Our work, the work of the other, the other, the bar; MkDocs does all its work in every build."""


class Bar(NamedTuple):
    """A ratio and the most it may be; for a time also the ratio of processor times."""

    title: str
    ratio: float
    cpu: float | None
    most: float


def bars(measured: Measured, sizes: Sequence[int], growth: Sequence[int]) -> Iterator[str]:
    """Each bar of which both sides were measured, as the lines of a Markdown table."""
    yield from ("| bar | ratio | by CPU time | at most | |", "|---|--:|--:|--:|---|")
    found = [bar for pages in sizes for bar in _against(measured, pages)]
    for title, ratio, cpu, most in (*found, *_records(measured), *_growth(measured, growth)):
        verdict = "met" if ratio <= most else "**not met**"
        by_cpu = f"{cpu:.3g}" if cpu is not None else ""
        yield f"| {title} | {ratio:.3g} | {by_cpu} | {most:.3g} | {verdict} |"


def _against(measured: Measured, pages: int) -> Iterator[Bar]:
    for work, theirs, name, most in SIDES:
        us, them = Key(pages, 0, OURS, work), Key(pages, 0, name, theirs)
        if us in measured and them in measured:
            aim = " (the mark to aim at)" if name == HUGO else ""
            title = f"{pages:,} pages, {work} / {name} {theirs}{aim}"
            wall, cpu = (one(measured, us) / one(measured, them) for one in (_wall, _cpu))
            yield Bar(title, wall, cpu, most)
    us, them = (Key(pages, 0, name, CLEAN) for name in (OURS, MATERIAL))
    if us in measured and them in measured:
        output = measured[us][-1].output / measured[them][-1].output
        yield Bar(f"{pages:,} pages, output / {MATERIAL}", output, None, 0.25)
        peak = _cost(measured, us).peak / _cost(measured, them).peak
        yield Bar(f"{pages:,} pages, peak memory / {MATERIAL}", peak, None, 1.5)


def _records(measured: Measured) -> Iterator[Bar]:
    """One record edited costs no more than one page, and reading the records once."""
    for key in [key for key in measured if key.records and key.work == RECORD]:
        wall, cpu = (_share(measured, key, one) for one in (_wall, _cpu))
        title = f"{key.records:,} records, {RECORD} / (1.2 × {PAGE} + {LOAD})"
        yield Bar(title, wall, cpu, 1.0)


def _share(measured: Measured, key: Key, one: Callable[[Measured, Key], float]) -> float:
    page, load = (one(measured, key._replace(work=work)) for work in (PAGE, LOAD))
    return one(measured, key) / (1.2 * page + load)


def _growth(measured: Measured, sizes: Sequence[int]) -> Iterator[Bar]:
    """A page costs as much among many as among few."""
    keys = [Key(pages, 0, OURS, CLEAN) for pages in sizes]
    if len(keys) > 1 and all(key in measured for key in keys):
        few, many = keys[0], keys[-1]
        built = measured[many][-1].pages / measured[few][-1].pages
        wall, cpu = (one(measured, many) / one(measured, few) / built for one in (_wall, _cpu))
        title = f"{CLEAN}, time per page at {many.pages:,} / at {few.pages:,} pages"
        yield Bar(title, wall, cpu, 1.2)


def _cost(measured: Measured, key: Key) -> Cost:
    return middle(measured[key])


def _wall(measured: Measured, key: Key) -> float:
    return _cost(measured, key).wall


def _cpu(measured: Measured, key: Key) -> float:
    return _cost(measured, key).cpu
