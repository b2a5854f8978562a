"""`make bench`: sites side by side, then the records and the indicators.

python benchmarks/run.py [sites|records|indicators] [options of the one]
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("sites", "records", "indicators")


def main(arguments: list[str]) -> int:
    """Run the one that is named, else all; the highest exit code."""
    named = arguments[:1] if arguments and arguments[0] in NAMES else []
    rest = arguments[len(named) :]
    codes = [
        subprocess.call([sys.executable, "-m", f"benchmarks.{name}", *rest], cwd=ROOT)
        for name in named or NAMES
    ]
    return max(codes)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
