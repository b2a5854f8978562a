"""The one sentence that a link preview or a list of results shows under the title of a page."""

import re

from generator.site.page import Page

LONGEST = 120
_SENTENCE = re.compile(r"[^\s。]+。")
_MARKS = re.compile(r"[\[\]*_`#<>|\\]")


def description(page: Page) -> str:
    """The first sentence of what the search knows of a page; empty where that is no prose."""
    text = page.search[0].text.strip() if page.search else ""
    found = _SENTENCE.match(text)
    if not found or len(found.group()) > LONGEST or _MARKS.search(found.group()):
        return ""
    return found.group()
