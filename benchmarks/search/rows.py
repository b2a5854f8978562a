"""Record rows found in Chromium among 100,000, without loading them all.

    python -m benchmarks.search.rows SCRATCH [--rows 100000]

The rows are those of the sample school, again and again with later days and numbers of their own.
Each row that is asked for must be first when asked by its code, or by a day and a word of it.
"""

import argparse
import datetime as dt
import random
import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.search.contenders import write_ours
from benchmarks.search.corpus import Corpus, project_corpus
from benchmarks.search.measure import OPEN, RUN, SLOWER, Counting, served
from generator.search.entries import Entry
from tests.browser.install import find_browser, launch_arguments

ASKED = 200
BAR = 100
_DAY = re.compile(r"(?<![0-9-])20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:[0-2][0-9]|3[01])(?![0-9-])")
_CODE = re.compile(r"\b[A-Z]{2,}-[A-Z0-9]+(?:-[A-Z0-9]+)+\b")
_WORD = re.compile("[\u4e00-\u9fff]{2,}")


def many_rows(records: Sequence[Entry], count: int) -> list[Entry]:
    """So many rows, each turn through the records some days and numbers later."""
    return [_later(records[n % len(records)], n // len(records)) for n in range(count)]


def _later(row: Entry, turn: int) -> Entry:
    def day(match: re.Match[str]) -> str:
        return str(dt.date.fromisoformat(match[0]) + dt.timedelta(days=11 * turn))

    title, text = (
        _DAY.sub(day, _CODE.sub(rf"\g<0>-{turn}" if turn else r"\g<0>", said))
        for said in (row.title, row.text)
    )
    return replace(row, title=title, text=text)


def questions(rows: Sequence[Entry], count: int) -> Iterator[tuple[str, set[str]]]:
    """Codes of rows that have one, and days with a word; with the titles that answer."""
    dice = random.Random(4711)  # noqa: S311 - the same questions on every run
    coded = [row for row in rows if _CODE.search(row.title)]
    for row in dice.sample(coded, count // 2):
        code = _CODE.findall(row.title)[0]
        yield code, _titles(rows, code)
    dated = [row for row in rows if _DAY.search(row.text) and _WORD.search(row.text)]
    for row in dice.sample(dated, count - count // 2):
        day, word = _DAY.findall(row.text)[0], dice.choice(_WORD.findall(row.text))
        yield f"{day} {word}", _titles(rows, day, word)


def _titles(rows: Sequence[Entry], *parts: str) -> set[str]:
    """The titles of rows that hold all parts."""
    said = ((row.title, f"{row.title} {row.text}") for row in rows)
    return {title for title, text in said if all(part in text for part in parts)}


def ask(page: Page, rows: Sequence[Entry]) -> tuple[float, float]:
    """How often a right row is first, in percent, and the 95th percentile of slowed answers."""
    asked = list(questions(rows, ASKED))
    queries = [query for query, _ in asked]
    found = page.evaluate(RUN, [queries, False])
    pairs = zip(asked, found, strict=True)
    first = sum(
        next((hit for hit in hits if isinstance(hit, str)), "") in titles
        for (_, titles), (_, hits) in pairs
    )
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times = [ms for ms, _ in page.evaluate(RUN, [queries, False])]
    return 100 * first / len(asked), statistics.quantiles(times, n=20)[-1]


def main(arguments: list[str]) -> int:
    """Write the index, ask in the browser, print the figures; 1 when a row is not found first."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args(arguments)
    small = project_corpus()
    rows = many_rows(small.records, options.rows)
    site = options.scratch.resolve() / "rows"
    site.mkdir(parents=True, exist_ok=True)
    seconds, head = write_ours(Corpus(small.entries, rows, small.synonyms), site)
    size = sum(path.stat().st_size for path in (site / "ours").rglob("*.json"))
    print(f"{options.rows:,} rows: written in {seconds:.1f} s, {size / 1e6:.1f} MB", flush=True)
    with sync_playwright() as playwright, served(site) as base:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=launch_arguments()
        )
        page = browser.new_page()
        Counting.sent = 0
        page.goto(f"{base}/ours.html")
        page.evaluate(OPEN, ["ours", head])
        page.evaluate(RUN, [[next(questions(rows, 2))[0]], False])
        print(f"before the first row: {Counting.sent / 1000:.0f} KB compressed", flush=True)
        first, slowed = ask(page, rows)
        print(
            f"{ASKED} rows asked for: {first:.1f} % first; {slowed:.0f} ms, {SLOWER} times slower"
        )
        browser.close()
    return int(first < BAR)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
