"""Pages without the indentation of their templates: four tenths of what they would weigh."""

import re

_AS_WRITTEN = re.compile(
    r"<(pre|textarea|script|style|code|kbd)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
"""Elements in which white space counts, or is none of our business."""
_INDENTED = re.compile(r"[ \t]*\n\s*")


def squeezed(text: str) -> str:
    """A page as HTML in which each run of white space with a line end is one line end."""
    parts = []
    start = 0
    for kept in _AS_WRITTEN.finditer(text):
        parts += [_INDENTED.sub("\n", text[start : kept.start()]), kept.group()]
        start = kept.end()
    return "".join([*parts, _INDENTED.sub("\n", text[start:])])
