"""The search index: what each page and part says, as text, in one file with a hashed name."""

import html
import json
import re

from generator.site.page import Page, SearchEntry

_MARKS = re.compile(r"\[\[([^\]]*)\]\]|[`*_#>|]+|!!! ?\w*|\]\([^)]*\)|[\[\]]")
_SPACE = re.compile(r"\s+")


def search_index(pages: tuple[Page, ...]) -> bytes:
    """The index as JSON; every Chinese substring of it can be found by the script."""
    documents = [_document(page, entry) for page in pages for entry in page.search]
    text = json.dumps(
        {"version": 1, "documents": documents}, ensure_ascii=False, separators=(",", ":")
    )
    return text.encode()


def _document(page: Page, entry: SearchEntry) -> dict[str, object]:
    url = page.url + (f"#{entry.anchor}" if entry.anchor else "")
    document: dict[str, object] = {
        "doc": entry.doc,
        "kind": entry.kind,
        "title": entry.title,
        "url": url,
        "text": plain(entry.text),
    }
    if entry.keys:
        document["keys"] = list(entry.keys)
    return document


def plain(text: str) -> str:
    """Markdown as readable text: marks removed, white space folded."""
    bare = _MARKS.sub(lambda match: match.group(1) or " ", html.unescape(text))
    return _SPACE.sub(" ", bare).strip()
