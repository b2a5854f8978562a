"""A comparison as text for a terminal, Markdown for a pull request, or JSON."""

import json
import re

from generator.changes.comparing import Comparison
from generator.changes.due_dates import DueMove
from generator.changes.movements import Movement, Side
from generator.changes.records import RowDiff, TableDiff
from generator.changes.wording import head_line, sections_of
from generator.problems.problem import Language, Words

_NOTHING = Words("没有变化。", "Nothing changes.")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~@&!])")
INDENT = "  "


def render_text(found: Comparison, language: Language) -> str:
    """Plain lines."""
    lines = [head_line(found.as_of, found.base, language)]
    sections = sections_of(found, language)
    if not sections:
        return "\n".join([*lines, _NOTHING.in_language(language)])
    for section in sections:
        lines += ["", section.title]
        lines += [f"{INDENT * (depth + 1)}{text}" for depth, text in section.lines]
    return "\n".join(lines)


def render_markdown(found: Comparison, language: Language) -> str:
    """A comment below a pull request; what officers wrote is shown as text, never as markup."""
    zh = language is Language.ZH
    title = "这次改动会带来的变化" if zh else "What this change does"
    day = f"统计日 {found.as_of}" if zh else f"Counted on {found.as_of}."
    lines = [f"### {title}", "", day]
    sections = sections_of(found, language)
    if not sections:
        return "\n".join([*lines, "", _NOTHING.in_language(language)])
    for section in sections:
        lines += ["", f"#### {section.title}", ""]
        lines += [f"{INDENT * depth}- {escaped(text)}" for depth, text in section.lines]
    return "\n".join(lines)


def render_json(found: Comparison) -> str:
    """The whole comparison; `status` are the words of the API, numbers of few are `<5`."""
    document = {
        "base": found.base,
        "as_of": found.as_of.isoformat(),
        "not_compared": {
            "errors": len(found.faults),
            "tables": list(found.unread),
            "indicators": list(found.uncounted),
        },
        "indicators": [_movement(move) | {"period": move.period} for move in found.indicators],
        "clauses": [_movement(move) for move in found.clauses],
        "due": [_due(move) for move in found.dues],
        "tables": [_table(diff) for diff in found.tables],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def escaped(text: str) -> str:
    """Text that Markdown shows as it is; a word joiner keeps `@name` from calling anybody."""
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " ")).replace("@", "@\u2060")


def _movement(move: Movement) -> dict[str, object]:
    sides = {"before": _side(move.before), "after": _side(move.after)}
    return {"id": move.id, "title": move.title, **sides, "details": list(move.details)}


def _side(side: Side | None) -> dict[str, str] | None:
    return {"figure": side.figure, "status": side.status.value} if side else None


def _due(move: DueMove) -> dict[str, str | None]:
    return {
        "indicator": move.indicator,
        "key": move.key,
        "label": move.label,
        "before": move.before.isoformat() if move.before else None,
        "after": move.after.isoformat() if move.after else None,
    }


def _table(diff: TableDiff) -> dict[str, object]:
    added, changed, removed = diff.numbers
    return {
        "table": diff.table.name,
        "title": diff.table.title,
        "counts": {"added": added, "changed": changed, "removed": removed},
        "added": [_row(row) for row in diff.added],
        "changed": [_row(row) for row in diff.changed],
        "removed": [_row(row) for row in diff.removed],
    }


def _row(row: RowDiff) -> dict[str, object]:
    cells = [
        {"field": c.field, "title": c.title, "hidden": True}
        if c.hidden
        else {"field": c.field, "title": c.title, "old": c.old, "new": c.new}
        for c in row.cells
    ]
    return {"key": row.key, "cells": cells}
