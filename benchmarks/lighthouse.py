"""What Lighthouse says of four pages of the sample site, as `deploy/nginx.conf` serves them.

Lighthouse is installed from npm into a temporary folder (Node 18.16 or newer is needed) and drives
the browser of the browser tests: a mid-range telephone on a slow network, its own default. Builds
the site first if there is none. Ends with exit code 1 when a category of a page is below the bar.

    python -m benchmarks.lighthouse [--runs 3] [--desktop] [PATH ...]
"""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.install import find_browser, launch_arguments
from tests.web_server import served

ROOT = Path(__file__).resolve().parents[1]
LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = ("", "procedures/EP01/", "indicators/I01/", "records/hazards/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
BAR = 95


def install(folder: Path) -> Path:
    """The program, after npm has put it into a folder."""
    command = ["npm", "install", "--silent", "--prefix", str(folder), LIGHTHOUSE]
    subprocess.run(command, check=True)
    return folder / "node_modules/.bin/lighthouse"


def audit(program: Path, address: str, options: list[str]) -> dict[str, Any]:
    """Lighthouse's report on one page, of one run."""
    flags = shlex.join(["--headless=new", *launch_arguments()])
    command = [str(program), address, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": str(find_browser())}
    only = f"--only-categories={','.join(CATEGORIES)}"
    done = subprocess.run(
        [*command, only, *options], env=environment, stdout=subprocess.PIPE, check=True
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def scores(reports: list[dict[str, Any]]) -> list[int]:
    """The median of each category over the runs, from 0 to 100."""
    return [
        round(100 * statistics.median(report["categories"][name]["score"] for report in reports))
        for name in CATEGORIES
    ]


def complaints(report: dict[str, Any]) -> list[str]:
    """What a page lost points for."""
    found = []
    for name in CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            result = report["audits"][part["id"]]
            if part["weight"] and result["score"] is not None and result["score"] < 1:
                value = f" {result['displayValue']}" if "displayValue" in result else ""
                found.append(f"{name}: {result['title']}{value} ({result['score']:.2f})")
    return found


def main(arguments: list[str]) -> int:
    """Print the table; the exit code says whether the bar holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--desktop", action="store_true", help="a desk's screen and network")
    parser.add_argument("paths", nargs="*", default=PAGES)
    chosen = parser.parse_args(arguments)
    site = ROOT / "site"
    if not site.exists():
        subprocess.run([sys.executable, "-m", "generator", "build"], cwd=ROOT, check=True)
    options = ["--preset=desktop"] if chosen.desktop else []
    lowest = 100
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as scratch:
        program = install(Path(scratch))
        with served(site.resolve(), Path(scratch) / "nginx") as port:
            print(f"| page | {' | '.join(CATEGORIES)} |\n|---|{'--:|' * len(CATEGORIES)}")
            for path in chosen.paths:
                address = f"http://127.0.0.1:{port}/{path}"
                reports = [audit(program, address, options) for _ in range(chosen.runs)]
                row = scores(reports)
                lowest = min(lowest, *row)
                print(f"| `/{path}` | {' | '.join(map(str, row))} |", flush=True)
                for line in complaints(reports[-1]):
                    print(f"    {line}", file=sys.stderr)
    return int(lowest < BAR)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
