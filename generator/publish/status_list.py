"""The status of every indicator, as a table for a terminal or as JSON."""

import json

from rich.console import Console
from rich.table import Table

from generator.compliance.status import NAMES, Status
from generator.ledger import Ledger
from generator.problems.problem import Language
from generator.site.api import api_files
from generator.site.views.figures import figure_text

_COLOURS = {
    Status.MET: "green",
    Status.AT_RISK: "yellow",
    Status.MISSED: "red",
    Status.NO_DATA: "default",
    Status.NOT_APPLICABLE: "bright_black",
}


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
