"""What a build found, and the status of every indicator, for people at a terminal."""

import json
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from generator.compliance.status import NAMES, Status
from generator.ledger import Ledger
from generator.problems.problem import Language
from generator.site.api import api_files
from generator.site.views.indicators import figure_text

_COLOURS = {
    Status.MET: "green",
    Status.AT_RISK: "yellow",
    Status.MISSED: "red",
    Status.NO_DATA: "default",
    Status.NOT_APPLICABLE: "bright_black",
}


def summary(ledger: Ledger, link: Path, pages: int, language: Language) -> str:
    """Where the site is and how far the plan is fulfilled."""
    counts = Counter(state.status for state in ledger.clauses)
    states = "  ".join(f"{NAMES[s].in_language(language)} {counts[s]}" for s in Status)
    if language is Language.ZH:
        first = f"网站：{link}/index.html（{pages} 页，数据截至 {ledger.as_of}）"
        return f"{first}\n条款：{states}"
    first = f"site: {link}/index.html ({pages} pages, as of {ledger.as_of})"
    return f"{first}\nclauses: {states}"


def status_json(ledger: Ledger) -> str:
    """The same document as `api/indicators.json`."""
    document = json.loads(api_files(ledger, (), "staff")["api/indicators.json"])
    return json.dumps(document, ensure_ascii=False, indent=2)


def status_table(ledger: Ledger, language: Language) -> None:
    """Print a table of all indicators."""
    zh = language is Language.ZH
    heads = (
        ("指标", "时段", "数值", "状态", "原因")
        if zh
        else ("indicator", "period", "figure", "status", "reason")
    )
    table = Table(*heads, box=None, pad_edge=False)
    for assessment in ledger.assessments.values():
        indicator, headline = assessment.indicator, assessment.headline
        colour = _COLOURS[headline.status]
        table.add_row(
            f"{indicator.id} {indicator.title}",
            headline.period.title,
            figure_text(indicator, headline),
            f"[{colour}]{NAMES[headline.status].in_language(language)}[/]",
            headline.judgement.reason.in_language(language),
        )
    Console().print(table)
