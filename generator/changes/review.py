"""Confirm that what rests on a changed clause was read again."""

from pathlib import Path

from generator.compliance.suspects import Suspicion, confirm
from generator.disk import write_whole
from generator.plan.plan import REVIEWED_FILE
from generator.problems.problem import Language
from generator.problems.rule import near_names
from generator.usage import UsageError


def open_lines(found: Suspicion, language: Language) -> list[str]:
    """What is open, in words: what changed, then what was never confirmed."""
    zh = language is Language.ZH
    lines = []
    for name, clauses in found.suspects.items():
        title = found.dependents[name].title
        told = "、".join(clauses) if zh else ", ".join(clauses)
        lines.append(
            f"{name} {title}：待复核，条款改过：{told}"
            if zh
            else f"{name} {title}: to be reviewed, changed clauses: {told}"
        )
    for name in found.unconfirmed:
        if name not in found.suspects:
            title = found.dependents[name].title
            lines.append(f"{name} {title}：还没有确认过" if zh else f"{name} {title}: new")
    return lines


def chosen(found: Suspicion, name: str, *, every: bool) -> tuple[str, ...]:
    """The documents and indicators to confirm.

    Raises:
        UsageError: there is none of that name, or it rests on no clause.
    """
    if every:
        return tuple(sorted({*found.suspects, *found.unconfirmed}))
    if name in found.dependents:
        return (name,)
    near = "、".join(near_names(name, found.dependents))
    hint = f"；相近的有：{near}" if near else ""
    message = f"没有依据条款的程序、制度或指标叫 {name}{hint}"
    raise UsageError(message)


def write_review(root: Path, found: Suspicion, names: tuple[str, ...]) -> None:
    """Write the new fingerprints, whole or not at all."""
    write_whole([(root / REVIEWED_FILE, confirm(found, names).encode())])
