"""Write one example of each message from the cases: python -m tests.message_examples.

The page of messages shows them, so that nobody has to guess what a message looks like.
"""

import json
import re
from pathlib import Path

CASES = Path(__file__).parent / "cases"
FILE = Path(__file__).parents[1] / "generator" / "problems" / "examples.json"
_HEAD = re.compile(r"\S.*?: (?:错误|提醒) ([a-z-]+)：")


def examples() -> dict[str, str]:
    """The first message of each rule in the cases that bear its name."""
    found: dict[str, str] = {}
    for file in sorted(CASES.glob("*/*/expected.txt")):
        for block in re.split(r"\n(?=\S)", file.read_text(encoding="utf-8")):
            head = _HEAD.match(block)
            if head and head.group(1) == file.parent.parent.name:
                found.setdefault(head.group(1), block.rstrip())
    return found


if __name__ == "__main__":
    text = json.dumps(examples(), ensure_ascii=False, indent=1, sort_keys=True)
    FILE.write_text(f"{text}\n", encoding="utf-8")
