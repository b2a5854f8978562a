"""Measure the search in Chromium: the bars of ours, and the others beside it.

    python -m benchmarks.search.measure SCRATCH [--ours]

Installs the contenders into the folder SCRATCH, never into the project; `--ours` leaves them out.
Ends with exit code 1 when a bar is missed.
"""

import argparse
import functools
import gzip
import http.server
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.search.contenders import NAMES, install, write_all
from benchmarks.search.corpus import (
    Asked,
    Corpus,
    answers,
    large_corpus,
    own_questions,
    phrases,
    project_corpus,
    questions,
)
from tests.browser.install import find_browser, launch_arguments

SLOWER = 4
PHRASES = {"ours": 1000}
OTHERS = 200
LEAST = {"rank1": 95.0, "top3": 99.0, "phrases": 100.0}
MOST = {"kilobytes": 300.0, "p95": 50.0, "build": 3.0}
OPEN = """([name, head]) => {
  window.contender = window.contenders[name]();
  return window.contender.open(head);
}"""
FIRST = "火灾疏散"
RUN = """async ([queries, many]) => {
  window.all = many;
  const out = [];
  for (const query of queries) {
    const started = performance.now();
    const found = await window.contender.search(query);
    out.push([performance.now() - started, found]);
  }
  return out;
}"""


class Counting(http.server.SimpleHTTPRequestHandler):
    """Serves compressed files and counts their bytes."""

    sent = 0

    def do_GET(self) -> None:
        """Send one file, compressed as a school's server would."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        packed = gzip.compress(path.read_bytes(), 6)
        Counting.sent += 0 if path.name in {"harness.js", "favicon.ico"} else len(packed)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder."""
    handler = functools.partial(Counting, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def opened(browser: Browser, base: str, name: str, head: str) -> tuple[Page, float]:
    """A page with the contender ready, and the kilobytes until its first answer."""
    page = browser.new_page()
    Counting.sent = 0
    page.goto(f"{base}/{name}.html")
    page.evaluate(OPEN, [name, head])
    page.evaluate(RUN, [[FIRST], False])
    return page, Counting.sent / 1000


def ranks(
    page: Page, corpus: Corpus, asked: list[Asked], *, records: bool
) -> tuple[float, float, int]:
    """How often the right page is first, and among three: percentages, and of how many."""
    if not records:
        asked = [a for a in asked if not all(w.startswith(("record:", "none")) for w in a.answers)]
    found = page.evaluate(RUN, [[a.query for a in asked], False])
    firsts, threes = 0, 0
    rows = {entry.title: entry for entry in corpus.records}
    for question, (_, hits) in zip(asked, found, strict=True):
        entries = [rows[h] if isinstance(h, str) else corpus.entries[h] for h in hits[:3]]
        right = [any(answers(entry, wanted) for wanted in question.answers) for entry in entries]
        nothing = question.answers == ["none"] and not hits
        firsts += nothing or right[:1] == [True]
        threes += nothing or any(right)
    return 100 * firsts / len(asked), 100 * threes / len(asked), len(asked)


def recall(page: Page, corpus: Corpus, count: int) -> float:
    """How many of random phrases are found on every page that holds them, in percent."""
    wanted = phrases(corpus, count)
    found = page.evaluate(RUN, [[phrase for phrase, _ in wanted], True])
    pairs = zip(wanted, found, strict=True)
    whole = [set(holders) <= set(hits) for (_, holders), (_, hits) in pairs]
    return 100 * sum(whole) / len(whole)


def slow(page: Page, corpus: Corpus) -> float:
    """The 95th percentile of a warm answer in milliseconds, the processor slowed four times."""
    mixed = [phrase for phrase, _ in phrases(corpus, 60)] + [a.query for a in questions()][:140]
    page.evaluate(RUN, [mixed, False])
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times = [ms for ms, _ in page.evaluate(RUN, [mixed, False])]
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return statistics.quantiles(times, n=20)[-1]


def measure(browser: Browser, scratch: Path, names: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """All figures of all contenders."""
    python = install(scratch)
    small = project_corpus()
    large = large_corpus(small)
    table: dict[str, dict[str, float]] = {name: {} for name in names}
    for label, corpus in (("small", small), ("large", large)):
        seconds, head = write_all(corpus, scratch, scratch / label, python)
        with served(scratch / label) as base:
            for name in names:
                page, kilobytes = opened(browser, base, name, head)
                _fill(table[name], page, corpus, label, name)
                if label == "large":
                    table[name] |= {"kilobytes": kilobytes, "build": seconds[name]}
                page.close()
                print(label, name, {k: round(v, 1) for k, v in table[name].items()}, flush=True)
    return table


def _fill(row: dict[str, float], page: Page, corpus: Corpus, label: str, name: str) -> None:
    if label == "small":
        records = name == "ours"
        held = [asked for asked in questions() if asked.held_out]
        tuned = [asked for asked in questions() if not asked.held_out]
        row["rank1"], row["top3"], row["asked"] = ranks(page, corpus, held, records=records)
        row["tuned1"], row["tuned3"], _ = ranks(page, corpus, tuned, records=records)
        row["own1"], row["own3"], _ = ranks(page, corpus, own_questions(), records=records)
    else:
        row["phrases"] = recall(page, corpus, PHRASES.get(name, OTHERS))
        row["p95"] = slow(page, corpus)


def missed(row: dict[str, float]) -> list[str]:
    """The bars that a row does not reach."""
    low = [name for name, limit in LEAST.items() if row[name] < limit]
    return low + [name for name, limit in MOST.items() if row[name] > limit]


def main(arguments: list[str]) -> int:
    """Measure, print the table, tell which bars are missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--ours", action="store_true")
    options = parser.parse_args(arguments)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=launch_arguments()
        )
        names: tuple[str, ...] = ("ours",) if options.ours else NAMES
        table: dict[str, dict[str, Any]] = measure(browser, options.scratch.resolve(), names)
        browser.close()
    for name, row in table.items():
        print(name, " ".join(f"{key}={value:.1f}" for key, value in row.items()))
    faults = missed(table["ours"])
    print("missed:", ", ".join(faults) or "none")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
