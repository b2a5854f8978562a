"""Author text without its marks, as the search shows it."""

import html
import re

_MARKS = re.compile(r"\[\[([^\]]*)\]\]|[`*_#>|]+|!!! ?\w*|\]\([^)]*\)|[\[\]]")


def plain(text: str) -> str:
    """Markdown as readable text: marks removed, white space folded."""
    bare = _MARKS.sub(lambda match: match.group(1) or " ", html.unescape(text))
    return " ".join(bare.split())
