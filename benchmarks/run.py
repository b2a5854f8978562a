"""Side-by-side measurements that anyone can run: `make bench`.

Each contender is run as a whole process, in turn, several times; the medians of wall time and
the peak memory are printed with the ratio to ours.

1. `safecampus build` of the sample school (reading, checking, counting, search, verifying).
2. Plain MkDocs with Material (pruned navigation, its own search) on the staged copy of the
   same pages.

Then `records.py` does the same for `safecampus check` and Frictionless, and `indicators.py` for
`safecampus status` and loading the tables into DuckDB three times.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 5
PLUGINS = "plugins:\n  - search: {lang: zh}\n"


def main() -> int:
    """Stage the pages, run the contenders in turn and print the table."""
    command = [sys.executable, "-m", "generator"]
    with tempfile.TemporaryDirectory() as folder:
        staged = Path(folder)
        subprocess.run([*command, "stage", str(staged)], cwd=ROOT, check=True, capture_output=True)
        config = staged / "mkdocs.yml"
        config.write_text(config.read_text(encoding="utf-8") + PLUGINS, encoding="utf-8")
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)]
        contenders = {
            "safecampus build": [*command, "build", "--root", str(ROOT)],
            "mkdocs + material, same pages": mkdocs,
        }
        results = measure(contenders)
        pages = len(list((staged / "docs").rglob("*.md")))
        built = len(list((staged / "site").rglob("index.html")))
    print_table(results, pages)
    if built < pages:
        print(f"mkdocs built {built} of {pages} pages: the comparison does not hold")
        return 1
    return 0


def measure(contenders: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    """Run each contender in turn, `RUNS` times after a warm-up: median seconds, peak MiB."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    peaks: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(RUNS + 1):
        for name, command in contenders.items():
            elapsed, peak = run_once(command)
            if turn:
                seconds[name].append(elapsed)
                peaks[name].append(peak)
    return {name: (statistics.median(seconds[name]), max(peaks[name])) for name in contenders}


def run_once(command: list[str], folder: Path = ROOT) -> tuple[float, float]:
    """Run a command to its end; wall seconds and peak memory of its process in MiB.

    Exit code 1 says that faults were found, by `safecampus check` and by others alike.
    """
    environment = dict(os.environ, NO_MKDOCS_2_WARNING="1")
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        message = process.stderr.read().decode() if process.stderr else ""
        raise SystemExit(f"{' '.join(command)}\n{message}")
    if process.stderr:
        process.stderr.close()
    process.returncode = 0
    return elapsed, _mebibytes(usage)


def _mebibytes(usage: resource.struct_rusage) -> float:
    scale = 1 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss * scale / 2**20


def print_table(results: dict[str, tuple[float, float]], pages: int) -> None:
    """Print medians and ratios; the last contender is the measure."""
    names = list(results)
    base_seconds, base_peak = results[names[-1]]
    print(f"{pages} pages, {RUNS} runs each in turn, medians; whole processes")
    print(f"{'':34}{'wall s':>9}{'ratio':>8}{'peak MiB':>10}{'ratio':>8}")
    for name, (elapsed, peak) in results.items():
        ratios = f"{elapsed / base_seconds:8.2f}", f"{peak / base_peak:8.2f}"
        print(f"{name:34}{elapsed:9.2f}{ratios[0]}{peak:10.0f}{ratios[1]}")


if __name__ == "__main__":
    records = [sys.executable, str(Path(__file__).with_name("records.py")), *sys.argv[1:]]
    indicators = [sys.executable, str(Path(__file__).with_name("indicators.py"))]
    codes = [main(), subprocess.call(records), subprocess.call(indicators)]
    raise SystemExit(max(codes))
