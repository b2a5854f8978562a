"""What an import would change, in words: counts, cells old to new, everything rewritten."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.exchange.importing import Outcome
from generator.exchange.intake import Note
from generator.exchange.merging import RowChange, TableChange
from generator.exchange.names import KeyNames, target_of
from generator.ledger import Checked
from generator.problems.masking import HIDDEN, mask, shown
from generator.problems.problem import Language, Words
from generator.records.package import Table
from generator.records.schema import Field

_SHOWN = 20
_PLACES = 3
_EMPTY = Words("（空）", "(empty)")
_OPEN, _CLOSE, _COLON = Words("（", " ("), Words("）", ")"), Words("：", ": ")


class Titles:
    """Shows recorded values by their Chinese titles."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked
        self._names: dict[tuple[str, str], KeyNames | None] = {}

    def shown(self, table: Table, field: Field, value: str) -> str:
        """A value as people say it."""
        if value and field.name in table.hidden:
            return HIDDEN
        if field.type == "boolean":
            return {"true": "是", "false": "否"}.get(value, value)
        if value in field.labels:
            return field.labels[value]
        names = self._of(table, field)
        if names is None or not value:
            return value
        day = self._checked.project.as_of.isoformat()
        entries = value.split(";") if field.list_of else [value]
        return "；".join(names.written(entry, day) for entry in entries)

    def _of(self, table: Table, field: Field) -> KeyNames | None:
        place = (table.name, field.name)
        if place not in self._names:
            target = target_of(self._checked.records.package, table, field)
            self._names[place] = KeyNames(self._checked, *target) if target else None
        return self._names[place]


def render_outcome(outcome: Outcome, checked: Checked, language: Language) -> str:
    """The whole report without the problems."""
    titles = Titles(checked)
    lines: list[str] = []
    for change in outcome.changes:
        if not (change or change.unchanged or len(outcome.changes) == 1):
            continue
        lines += [*_table(change, titles, language)]
    if outcome.notes:
        count = len(outcome.notes)
        words = Words(f"读入时改写 {count} 处：", f"rewritten on the way in, {count} places:")
        lines += ["", words.in_language(language), *_notes(outcome.notes, language)]
    return "\n".join(lines)


def _table(change: TableChange, titles: Titles, language: Language) -> Iterator[str]:
    added, changed = len(change.added), len(change.changed)
    yield Words(
        f"{change.table.label}：新增 {added} 条，修改 {changed} 条，不变 {change.unchanged} 条",
        f"{change.table.name}: {added} added, {changed} changed, {change.unchanged} unchanged",
    ).in_language(language)
    word = Words("新增", "add").in_language(language)
    for row in change.added[:_SHOWN]:
        yield f"  {word} {_head(row, change.table, language)}{_summary(row, change.table, titles)}"
    if added > _SHOWN:
        more = added - _SHOWN
        yield Words(f"  另有 {more} 条新增", f"  {more} more added").in_language(language)
    word = Words("修改", "change").in_language(language)
    empty, colon = (words.in_language(language) for words in (_EMPTY, _COLON))
    for row in change.changed:
        yield f"  {word} {_head(row, change.table, language)}".rstrip(": ：")
        for cell in row.cells:
            old, new = (titles.shown(change.table, cell.field, v) for v in (cell.old, cell.new))
            yield f"    {cell.field.title}{colon}{mask(old) or empty} → {mask(new) or empty}"


def _head(row: RowChange, table: Table, language: Language) -> str:
    """The key of a row and where it stands in the sheet."""
    hidden = table.hidden & set(table.schema.primary_key)
    key = HIDDEN if hidden else ",".join(row.key)
    return key + _aside(row.incoming.place().cell, language)


def _aside(text: str, language: Language) -> str:
    """Text in brackets, and a colon behind it."""
    return "".join(
        words.in_language(language) for words in (_OPEN, Words(text, text), _CLOSE, _COLON)
    )


def _summary(row: RowChange, table: Table, titles: Titles) -> str:
    filled = [
        f"{field.title} {mask(titles.shown(table, field, row.values[field.name]))}"
        for field in table.schema.fields
        if row.values[field.name] and field.name not in table.schema.primary_key
    ]
    return "，".join(filled)


def _notes(notes: Sequence[Note], language: Language) -> Iterator[str]:
    """Equal changes of a column in one line, with the first places and how many there are."""
    groups: dict[tuple[str, str, str, Words], list[str]] = defaultdict(list)
    for note in notes:
        words = (shown(note.written), mask(note.value))
        words = (HIDDEN, HIDDEN) if note.hidden else words
        groups[(note.title, *words, note.how)].append(note.place.cell)
    for (title, written, value, how), cells in groups.items():
        where = "、".join(cells[:_PLACES])
        if len(cells) > _PLACES:
            more = Words(f" 等 {len(cells)} 格", f" … {len(cells)} cells")
            where += more.in_language(language)
        arrow = f" → {value or _EMPTY.in_language(language)}"
        yield f"  {title} {written}{arrow}{_aside(how.in_language(language), language)}{where}"
