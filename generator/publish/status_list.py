"""The status of indicators and of a clause, as a table for a terminal or as JSON."""

import dataclasses
import json

from rich.console import Console
from rich.table import Table

from generator.compliance.clauses import ClauseState
from generator.compliance.figures import Assessment
from generator.compliance.status import NAMES, Status
from generator.ledger import Ledger
from generator.problems.problem import Language
from generator.problems.rule import near_names
from generator.site.api import api_files
from generator.site.views.figures import figure_text
from generator.usage import UsageError

_COLOURS = {
    Status.MET: "green",
    Status.AT_RISK: "yellow",
    Status.MISSED: "red",
    Status.NO_DATA: "default",
    Status.NOT_APPLICABLE: "bright_black",
}
_WIDE = 160
"""Columns of a table that goes into a file or a pipe."""
_HEADS = ("指标", "时段", "数值", "状态", "责任", "原因")
_HEADS_EN = ("indicator", "period", "figure", "status", "owner", "reason")


@dataclasses.dataclass(frozen=True, slots=True)
class Chosen:
    """What is listed: indicators, and the clause that was asked for."""

    assessments: tuple[Assessment, ...]
    clause: ClauseState | None = None


def choose(ledger: Ledger, role: str, clause: str) -> Chosen:
    """The indicators of a post and of a clause; all when neither is asked for.

    Raises:
        UsageError: there is no such post or clause.
    """
    found = tuple(ledger.assessments.values())
    state = None
    if role:
        owner = _post(ledger, role)
        found = tuple(a for a in found if a.indicator.owner == owner)
    if clause:
        state = _clause(ledger, clause)
        names = state.clause.evidence.indicators
        found = tuple(a for a in found if a.indicator.id in names)
    return Chosen(found, state)


def any_missed(chosen: Chosen) -> bool:
    """Tell whether something that is listed is missed."""
    states = [assessment.status for assessment in chosen.assessments]
    return Status.MISSED in [*states, *([chosen.clause.status] if chosen.clause else [])]


def status_json(ledger: Ledger, chosen: Chosen) -> str:
    """The listed entries of `api/indicators.json`."""
    names = {assessment.indicator.id for assessment in chosen.assessments}
    document = json.loads(api_files(ledger, (), "staff")["api/indicators.json"])
    listed = [entry for entry in document if entry["id"] in names]
    return json.dumps(listed, ensure_ascii=False, indent=2)


def status_table(ledger: Ledger, chosen: Chosen, language: Language) -> str:
    """A table of what is listed, below the clause where one was asked for; for this terminal."""
    console = Console()
    if not console.is_terminal:
        console.width = max(console.width, _WIDE)
    with console.capture() as told:
        _print(console, ledger, chosen, language)
    return told.get()


def _print(console: Console, ledger: Ledger, chosen: Chosen, language: Language) -> None:
    zh = language is Language.ZH
    if chosen.clause is not None:
        clause, status = chosen.clause.clause, chosen.clause.status
        reason = chosen.clause.judgement.reason.in_language(language)
        colon, comma = ("：", "，") if zh else (": ", ", ")
        word = NAMES[status].in_language(language)
        line = f"{clause.id} {clause.title}{colon}{word}{comma}{reason}"
        console.print(line, style=_COLOURS[status], highlight=False, markup=False)
    if not chosen.assessments:
        console.print("没有指标。" if zh else "No indicators.")
        return
    table = Table(box=None, pad_edge=False)
    for head in _HEADS if zh else _HEADS_EN:
        table.add_column(head, overflow="fold")
    for assessment in chosen.assessments:
        indicator, headline = assessment.indicator, assessment.headline
        colour = _COLOURS[headline.status]
        table.add_row(
            f"{indicator.id} {indicator.title}",
            headline.period.title,
            figure_text(indicator, headline),
            f"[{colour}]{NAMES[headline.status].in_language(language)}[/]",
            ledger.checked.registry.title("role", indicator.owner),
            headline.judgement.reason.in_language(language),
        )
    console.print(table)


def _post(ledger: Ledger, written: str) -> str:
    titles = ledger.checked.registry.titles["role"]
    for name, title in titles.items():
        if written in {name, title}:
            return name
    raise UsageError(_unknown("岗位", written, [*titles, *titles.values()]))


def _clause(ledger: Ledger, written: str) -> ClauseState:
    states = {state.clause.id: state for state in ledger.clauses}
    if written in states:
        return states[written]
    raise UsageError(_unknown("条款", written, list(states)))


def _unknown(what: str, written: str, known: list[str]) -> str:
    near = "、".join(near_names(written, known))
    hint = f"；相近的有：{near}" if near else ""
    return f"没有这个{what}：{written}{hint}"
