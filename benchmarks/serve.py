"""How long after a save the browser shows it: `safecampus serve` on a copy of the sample school.

A text, a policy and a record are edited in turn while Chromium shows their page. The clock runs
from the write of the file until the words stand in the page that the browser loaded anew by
itself. Ends with exit code 1 when a median is above the bar.

    python -m benchmarks.serve [--runs 5]
"""

import argparse
import csv
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.processes import ROOT
from tests.browser.install import find_browser, launch_arguments

BAR = 1.0
"""Seconds."""
PATIENCE = 30_000
"""Milliseconds after which an edit is taken for lost."""
REST = 1.5
"""Seconds between two edits, so that none meets the build of the one before."""
TABLE, COLUMN, DAY = "records/tables/hazards.csv", "description", "found_on"
GIT = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
Edit = Callable[[Path, str], None]


def edit_text(file: Path, said: str) -> None:
    """Add a sentence to a page in Markdown."""
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{said}\n", encoding="utf-8")


def edit_record(file: Path, said: str) -> None:
    """Write a sentence into a cell of the newest row of a table, which its page shows first."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    max(rows, key=lambda row: row[DAY])[COLUMN] = said
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


EDITS: dict[str, tuple[str, str, Edit]] = {
    "a text": ("content/pages/help/index.md", "help/", edit_text),
    "a policy": ("content/policies/ZD02-gate.md", "policies/ZD02/", edit_text),
    "a record": (TABLE, "records/hazards/", edit_record),
}
"""What is edited: its file, the page that shows it, how."""


def main() -> int:
    """Print the median and the worst of each edit; the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks.serve")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    slow = False
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = school(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=launch_arguments()
        )
        with serving(root) as address:
            for name, (path, url, edit) in EDITS.items():
                page = browser.new_page()
                page.goto(f"{address}{url}")
                times = [shown_after(page, root / path, edit, run) for run in range(runs + 1)][1:]
                middle = statistics.median(times)
                slow |= middle > BAR
                print(f"{name}: {middle:.2f} s, at most {max(times):.2f} s (bar {BAR:.0f} s)")
                page.close()
        browser.close()
    return int(slow)


def school(folder: Path) -> Path:
    """A copy of the sample school under git, as a school is."""
    for name in ("content", "records"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / ".gitignore").write_text("/site\n/.build/\n", encoding="utf-8")
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "school"]):
        subprocess.run([*GIT, *words], cwd=folder, check=True)
    return folder


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """The preview of a school; gives its address once it is built."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "generator", "serve", "--root", str(root)]
    with subprocess.Popen(
        [*command, "--address", address], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        if server.stdout is None or not server.stdout.readline().startswith("http"):
            raise SystemExit("the preview did not begin")
        try:
            yield f"http://{address}/"
        finally:
            server.terminate()


def shown_after(page: Page, file: Path, edit: Edit, number: int) -> float:
    """Seconds from an edit until the open page shows it."""
    said = f"第{number}次改动，{file.stem}。"
    time.sleep(REST)
    start = time.perf_counter()
    edit(file, said)
    page.wait_for_function(
        "said => document.body && document.body.innerText.includes(said)",
        arg=said,
        timeout=PATIENCE,
        polling=20,
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(main())
