"""A comparison in sentences that officers read: sections of lines, each with its depth."""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator

from generator.changes.comparing import Comparison
from generator.changes.due_dates import DueMove
from generator.changes.movements import Movement, Side
from generator.changes.records import FEW, RowDiff, TableDiff
from generator.compliance.status import NAMES
from generator.problems.problem import Language, Words

_SHOWN = 20
_PERIODS = 6
_EMPTY = Words("（空）", "(empty)")
_HIDDEN = Words("不公开的内容有改动", "something that is not shown has changed")
Line = tuple[int, str]
"""Depth from 0, and the text."""


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it."""

    title: str
    lines: tuple[Line, ...]


def sections_of(found: Comparison, language: Language) -> tuple[Section, ...]:
    """Everything there is to say, what matters most first; empty sections are left out."""
    say = Speech(language)
    every = (
        Section(say("没有比的", "not compared"), tuple(say.gaps(found))),
        Section(say("指标的变化", "indicators that move"), tuple(say.movements(found.indicators))),
        Section(say("条款的变化", "clauses that move"), tuple(say.movements(found.clauses))),
        Section(say("期限的变化", "due dates that move"), tuple(say.dues(found.dues))),
        Section(say("记录的变化", "records that change"), tuple(say.tables(found.tables))),
    )
    return tuple(section for section in every if section.lines)


class Speech:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.zh = language is Language.ZH

    def __call__(self, zh: str, en: str) -> str:
        """The sentence in the language."""
        return zh if self.zh else en

    def gaps(self, found: Comparison) -> Iterator[Line]:
        """What could not be compared, and why."""
        if found.faults:
            count, first = len(found.faults), found.faults[0]
            wrong = first.wrong.in_language(self.language)
            yield (
                0,
                self(
                    f"原来的状态有 {count} 处错误，第一处是 {first.place}：{wrong}",
                    f"the earlier state has {count} errors, the first: {first.place}: {wrong}",
                ),
            )
        for title in found.unread:
            yield 0, self(f"台账：{title}", f"table: {title}")
        for name in found.uncounted:
            yield 0, self(f"指标：{name}（原来算不出）", f"indicator: {name} (not counted before)")

    def movements(self, moves: tuple[Movement, ...]) -> Iterator[Line]:
        """Figures and statuses; of one indicator the newest periods."""
        for _, group in itertools.groupby(moves, key=lambda move: move.id):
            periods = list(group)
            for move in periods[:_PERIODS]:
                yield 0, self.movement(move)
                yield from self._some(list(move.details), 1)
            more = len(periods) - _PERIODS
            if more > 0:
                yield 1, self(f"更早的另有 {more} 期", f"{more} earlier ones")

    def movement(self, move: Movement) -> str:
        """The name and period, then figure and status: `1→2 课时，未达标→达标`."""
        head = " ".join(filter(None, (move.id, move.title, move.period)))
        colon, comma = self("：", ": "), self("，", ", ")
        if move.before is None or move.after is None:
            side = move.after or move.before
            word = self("新增", "new") if move.after else self("不再有，原为", "gone, was")
            told = comma.join(filter(None, (side.figure, self._status(side)))) if side else ""
            return f"{head}{colon}{word} {told}"
        figure = _arrow(move.before.figure, move.after.figure)
        status = self._status(move.after)
        if move.before.status is not move.after.status:
            status = f"{self._status(move.before)}→{status}"
        else:
            status = self(f"仍是{status}", f"still {status}")
        return f"{head}{colon}{comma.join(filter(None, (figure, status)))}"

    def dues(self, moves: tuple[DueMove, ...]) -> Iterator[Line]:
        """Due dates, earliest first."""
        yield from self._some([self._due(move) for move in moves], 0)

    def tables(self, tables: tuple[TableDiff, ...]) -> Iterator[Line]:
        """Counts of every table, then its records."""
        for diff in tables:
            added, changed, removed = (self._number(number) for number in diff.numbers)
            yield (
                0,
                self(
                    f"{diff.table.title}：新增 {added} 条，修改 {changed} 条，删去 {removed} 条",
                    f"{diff.table.name}: {added} added, {changed} changed, {removed} removed",
                ),
            )
            for word, titles in zip(
                (self("新的列", "new columns"), self("删去的列", "columns removed")),
                diff.columns,
                strict=True,
            ):
                if titles:
                    yield 1, f"{word}{self('：', ': ')}{self('、', ', ').join(titles)}"
            yield from self._rows(diff)

    def _rows(self, diff: TableDiff) -> Iterator[Line]:
        whole = ((self("新增", "added"), diff.added), (self("删去", "removed"), diff.removed))
        yield from self._some([self._row(*whole[0][:1], row) for row in whole[0][1]], 1)
        for row in diff.changed[:_SHOWN]:
            yield 1, f"{self('修改', 'changed')} {row.key}"
            for cell in row.cells:
                yield 2, self._cell(cell.title, cell.old, cell.new, hidden=cell.hidden)
        yield from self._rest(len(diff.changed), 1)
        yield from self._some([self._row(*whole[1][:1], row) for row in whole[1][1]], 1)

    def _row(self, word: str, row: RowDiff) -> str:
        cells = self("，", ", ").join(f"{c.title} {c.new or c.old}" for c in row.cells)
        return f"{word} {row.key}{self('：', ': ')}{cells}" if cells else f"{word} {row.key}"

    def _cell(self, title: str, old: str, new: str, *, hidden: bool) -> str:
        colon, empty = self("：", ": "), _EMPTY.in_language(self.language)
        if hidden:
            return f"{title}{colon}{_HIDDEN.in_language(self.language)}"
        return f"{title}{colon}{old or empty} → {new or empty}"

    def _due(self, move: DueMove) -> str:
        head = f"{move.indicator} {move.key} {move.label}".rstrip() + self("：", ": ")
        if move.before is None:
            return head + self(f"新的期限 {move.after}", f"now due on {move.after}")
        if move.after is None:
            return head + self(f"期限 {move.before} 不再有", f"no longer due on {move.before}")
        return head + self(
            f"期限 {move.before} → {move.after}", f"due {move.before} → {move.after}"
        )

    def _some(self, texts: list[str], depth: int) -> Iterator[Line]:
        yield from ((depth, text) for text in texts[:_SHOWN])
        yield from self._rest(len(texts), depth)

    def _rest(self, count: int, depth: int) -> Iterator[Line]:
        more = count - _SHOWN
        if more > 0:
            yield depth, self(f"另有 {more} 条", f"{more} more")

    def _number(self, number: str) -> str:
        return self(f"不足 {FEW} ", f"fewer than {FEW}").rstrip() if "<" in number else number

    def _status(self, side: Side) -> str:
        return NAMES[side.status].in_language(self.language)


def _arrow(old: str, new: str) -> str:
    """`1→2 课时`: the unit once where both have it; one figure where it stays."""
    if old == new:
        return new
    number, blank, unit = old.partition(" ")
    same = blank and new.endswith(f" {unit}") and "（" not in old
    return f"{number if same else old}→{new}"


def head_line(as_of: dt.date, base: str, language: Language) -> str:
    """What was compared, and the day both states were counted on."""
    zh = f"与 {base} 相比，统计日 {as_of}"
    return zh if language is Language.ZH else f"compared with {base}, counted on {as_of}"
