"""What a build found, in two lines for people at a terminal."""

from collections import Counter
from pathlib import Path

from generator.compliance.status import NAMES, Status
from generator.ledger import Ledger
from generator.problems.problem import Language


def summary(ledger: Ledger, link: Path, pages: int, language: Language) -> str:
    """Where the site is and how far the plan is fulfilled."""
    counts = Counter(state.status for state in ledger.clauses)
    states = "  ".join(f"{NAMES[s].in_language(language)} {counts[s]}" for s in Status)
    if language is Language.ZH:
        first = f"网站：{link}/index.html（{pages} 页，数据截至 {ledger.as_of}）"
        return f"{first}\n条款：{states}"
    first = f"site: {link}/index.html ({pages} pages, as of {ledger.as_of})"
    return f"{first}\nclauses: {states}"
