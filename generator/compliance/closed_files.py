"""Months that were closed: what was published then, in `records/closed/<month>.yaml`.

The file is written by the program and reviewed like any change; its seal tells when somebody
edited it by hand.
"""

import dataclasses
import datetime as dt
import hashlib
import re
from pathlib import Path

from generator.compliance.status import NAMES, Status
from generator.declared import Declared
from generator.files import read_text
from generator.problems.catalogue.declarations import CLOSED_EDITED, WRONG_SHAPE
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem
from generator.strict_yaml import read_yaml

FOLDER = "records/closed"
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_SEAL = 16


@dataclasses.dataclass(frozen=True, slots=True)
class ClosedFigure:
    """One indicator as published; `n`, `d` and `value` are empty where they were not told."""

    indicator: str
    period: str
    n: str
    d: str
    value: str
    status: Status


@dataclasses.dataclass(frozen=True, slots=True)
class ClosedMonth:
    """Everything published for one month, and the commit it was counted from."""

    month: str
    written_on: dt.date
    commit: str
    figures: tuple[ClosedFigure, ...]

    @property
    def path(self) -> str:
        """Where the month is kept."""
        return f"{FOLDER}/{self.month}.yaml"

    @property
    def last_day(self) -> dt.date:
        """The day up to which the month was counted."""
        return last_day(self.month)


def is_month(text: str) -> bool:
    """Tell whether a text names a month: `2026-11`."""
    return _MONTH.fullmatch(text) is not None


def last_day(month: str) -> dt.date:
    """The last day of a month written `2026-11`."""
    year, number = (int(part) for part in month.split("-"))
    following = dt.date(year + number // 12, number % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def in_letters(text: str) -> str:
    """A digest in letters only, so that no check takes it for a number of somebody."""
    return hashlib.sha256(text.encode()).hexdigest()[:_SEAL].translate(_LETTERS)


def render_closed(month: ClosedMonth) -> str:
    """The one text of a closed month."""
    body = _body(month)
    head = f"# {month.month} 月度结账，由 safecampus close 写成，不要手改；要改正，再结一次账\n"
    return f"{head}{body}seal: {in_letters(body)}\n"


def read_closed(root: Path) -> tuple[tuple[ClosedMonth, ...], list[Problem]]:
    """Every closed month in order; one that is broken or was edited is a problem."""
    found: list[ClosedMonth] = []
    problems: list[Problem] = []
    for file in sorted((root / FOLDER).glob("*.y*ml")):
        path = file.relative_to(root).as_posix()
        text, faults = read_text(root, path)
        node, more = read_yaml(text, path) if text is not None else (None, [])
        problems += [*faults, *more]
        if node is not None:
            before = len(problems)
            month, seal = _read(Declared(node, path, problems), file.stem)
            edited = month is not None and seal != in_letters(_body(month))
            if edited and len(problems) == before:
                problems.append(CLOSED_EDITED.at(Place(path, 1), month=shown(file.stem)))
            if month is not None and len(problems) == before:
                found.append(month)
    return tuple(found), problems


def _body(month: ClosedMonth) -> str:
    lines = [
        f'month: "{month.month}"',
        f"written_on: {month.written_on}",
        f'commit: "{month.commit}"',
        "figures:",
    ]
    lines += [
        f'  - {{id: {f.indicator}, period: "{f.period}", n: "{f.n}", d: "{f.d}",'
        f' value: "{f.value}", status: {f.status.value}}}'
        for f in month.figures
    ]
    return "\n".join([*lines, ""])


def _read(top: Declared, name: str) -> tuple[ClosedMonth | None, str]:
    month = top.text("month", required=True)
    if not is_month(month) or month != name:
        top.problems.append(
            WRONG_SHAPE.at(
                top.place("month"),
                key="month",
                value=shown(month),
                wanted_zh="与文件名相同的月份",
                wanted_en="the month that the file is named after",
                example="2026-11",
            )
        )
        return None, ""
    written_on = top.date("written_on", required=True)
    commit = top.text("commit")
    figures = tuple(_figure(entry) for entry in top.mappings("figures"))
    seal = top.text("seal", required=True)
    top.close()
    return (ClosedMonth(month, written_on, commit, figures) if written_on else None), seal


def _figure(entry: Declared) -> ClosedFigure:
    figure = ClosedFigure(
        entry.text("id", required=True),
        entry.text("period", required=True),
        entry.text("n"),
        entry.text("d"),
        entry.text("value"),
        Status(entry.one_of("status", [s.value for s in NAMES]) or Status.NO_DATA),
    )
    entry.close()
    return figure
