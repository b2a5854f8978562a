"""One message of each rule as people see it; `tests/message_examples.py` writes the file."""

import functools
import json
from pathlib import Path


@functools.cache
def message_examples() -> dict[str, str]:
    """Rule names to a message in Chinese, personal data masked."""
    text = Path(__file__).with_name("examples.json").read_text(encoding="utf-8")
    return {str(name): str(example) for name, example in json.loads(text).items()}
