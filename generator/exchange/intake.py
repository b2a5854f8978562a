"""The body of a sheet to rows for a table: every change of a cell noted, every doubt a fault."""

import dataclasses
import datetime as dt

from generator.exchange.dates import read_date
from generator.exchange.layout import Layout
from generator.exchange.names import KeyNames, split_list
from generator.exchange.people import hide_person, personal_in
from generator.exchange.sheets import BLANK, Cell, Sheet
from generator.exchange.totals import Tally
from generator.exchange.typed import is_free, read_typed
from generator.exchange.values import (
    EMPTY,
    Reading,
    UnfitError,
    fold,
    plain,
    read_code,
    refuse_broken,
    tidy,
)
from generator.problems.catalogue.exchange import DITTO, PERSONAL_DATA, WHOLE_EMPTY
from generator.problems.masking import HIDDEN, shown
from generator.problems.problem import Place, Problem, Words, errors
from generator.records.import_maps import ImportMap
from generator.records.package import Table
from generator.records.schema import Field

_DITTO = {"同上", "〃", '"', "″", "”", "''", "\u2032\u2032", "∥"}
_FILLED = Words("沿用上面的格子", "taken from the cell above")
_UNSEEN = Words("这一行在表格里是隐藏的，也收了", "a hidden row of the sheet, read like the others")
_COPIED = Words("同上", "ditto")


@dataclasses.dataclass(frozen=True, slots=True)
class Note:
    """A change made on the way in: where, what was written, what is recorded, and why."""

    place: Place
    title: str
    written: str
    value: str
    how: Words
    hidden: bool = False
    """The values may not be shown."""


@dataclasses.dataclass(frozen=True, slots=True)
class Incoming:
    """One row for the table, with the places of its cells."""

    sheet: Sheet
    row: int
    values: dict[str, str]
    columns: dict[str, int]

    def place(self, field: str = "") -> Place:
        """The place of a cell; of the row's first column when the sheet lacks the field."""
        first = min(self.columns.values(), default=0)
        return self.sheet.place(self.row, self.columns.get(field, first))


@dataclasses.dataclass(frozen=True, slots=True)
class Desk:
    """What is needed to read rows of one table."""

    table: Table
    header_map: ImportMap
    names: dict[str, KeyNames]
    day: dt.date
    example: str
    """Titles of posts, to be written instead of a person's name."""
    accept_ditto: bool = False
    prefilled: frozenset[str] = frozenset()


class Intake:
    """Reads one sheet; `rows`, `notes` and `problems` hold what came of it."""

    def __init__(self, desk: Desk, sheet: Sheet, layout: Layout) -> None:
        self.desk = desk
        self.sheet = sheet
        self.layout = layout
        self.rows: list[Incoming] = []
        self.notes: list[Note] = []
        self.problems: list[Problem] = []
        self._carried: dict[str, Cell] = {}
        self._above: dict[str, Cell] = {}
        self._tally = Tally(desk.table, desk.header_map, sheet, layout.columns)

    def read(self) -> None:
        """Read every row of the body."""
        for row in range(self.layout.body, len(self.sheet.rows)):
            texts = [cell.text.strip() for cell in self.sheet.rows[row]]
            label = next((text for text in texts if text), "")
            if not label or self._is_form_line(label):
                continue
            if self._tally.is_total(label):
                self.problems += self._tally.check(row)
                note = Words("合计已核对，这一行不收", "a total, checked and dropped")
                self.notes.append(Note(self.sheet.place(row, 0), "", label, "", note))
                self._carried.clear()
                continue
            if row in self.sheet.hidden_rows:
                self.notes.append(Note(self.sheet.place(row, 0), "", label, "", _UNSEEN))
            self._read_row(row)

    def _is_form_line(self, label: str) -> bool:
        return any(fold(label).startswith(fold(word)) for word in self.desk.header_map.skip)

    def _read_row(self, row: int) -> None:
        cells = {name: self.sheet.cell(row, at) for name, at in self.layout.columns.items()}
        filled = {name for name, cell in cells.items() if cell.text.strip()}
        if not filled or filled <= self.desk.prefilled:
            return
        before = len(self.problems)
        used = {name: self._carry(row, name, cell) for name, cell in cells.items()}
        day = self._day(used)
        values: dict[str, str] = {}
        for name, cell in used.items():
            field = self.desk.table.field(name)
            if field is not None:
                values[name] = self._value(row, field, cell, day)
        self._tally.add(values, cells)
        if not errors(tuple(self.problems[before:])):
            self._add(row, values, day)
        self._above = used

    def _carry(self, row: int, name: str, cell: Cell) -> Cell:
        """The cell itself, or the one above where that is declared or asked for."""
        place, title = self._where(row, name)
        if plain(cell.text) in _DITTO or cell.text.strip() in _DITTO:
            above = self._above.get(name, BLANK)
            if not self.desk.accept_ditto or not above.text:
                written = self.desk.table.told(name, cell.text)
                self.problems.append(DITTO.at(place, title=title, field=name, value=written))
                return BLANK
            self._note(place, name, (cell.text, above.text), _COPIED)
            return above
        if self.desk.header_map.column(name).fill_down:
            if not cell.text.strip() and name in self._carried:
                above = self._carried[name]
                self._note(place, name, ("", above.text), _FILLED)
                return above
            self._carried[name] = cell
        return cell

    def _note(self, place: Place, name: str, change: tuple[str, str], how: Words) -> None:
        field = self.desk.table.field(name)
        hidden = name in self.desk.table.hidden
        self.notes.append(Note(place, field.title if field else name, *change, how, hidden))

    def _where(self, row: int, name: str) -> tuple[Place, str]:
        field = self.desk.table.field(name)
        place = self.sheet.place(row, self.layout.columns[name])
        return place, field.title if field else name

    def _day(self, cells: dict[str, Cell]) -> str:
        """The day that the row is about, for names that change over time."""
        field = self.desk.table.field(self.desk.header_map.id_date)
        if field is not None and field.name in cells:
            try:
                return read_date(cells[field.name], field).value
            except UnfitError:
                pass
        return self.desk.day.isoformat()

    def _value(self, row: int, field: Field, cell: Cell, day: str) -> str:
        place, title = self._where(row, field.name)
        hidden = field.name in self.desk.table.hidden
        kind = personal_in(cell.text)
        if kind is not None:
            names = self.desk.names.get(field.name)
            example = "、".join(list(names.titles.values())[:3]) if names else self.desk.example
            self.problems.append(
                PERSONAL_DATA.at(
                    place, title=title, field=field.name, kind_zh=kind.zh, kind_en=kind.en,
                    value=HIDDEN if hidden else shown(hide_person(cell.text)), example=example,
                )
            )  # fmt: skip
            return ""
        try:
            reading = self._reading(field, cell, day)
        except UnfitError as fault:
            self.problems.append(fault.at(place, field, hidden=hidden))
            return ""
        if reading.doubt is not None:
            self.problems.append(reading.doubt.at(place, field, hidden=hidden))
        if reading.how is not None:
            self._note(place, field.name, (cell.text, reading.value), reading.how)
        return reading.value

    def _reading(self, field: Field, cell: Cell, day: str) -> Reading:
        column = self.desk.header_map.column(field.name)
        refuse_broken(cell)
        names = self.desk.names.get(field.name)
        free = names is None and is_free(field, self.desk.table)
        empty = {
            fold(word) for word in (*column.empty, *(() if free else self.desk.header_map.empty))
        }
        if not plain(cell.text):
            return EMPTY
        if fold(cell.text) in empty:
            return Reading("", Words("空", "empty"))
        if free:
            text = tidy(cell.text)
            return Reading(text, Words("去掉空白", "trimmed") if text != cell.text else None)
        if names is not None:
            return self._reference(field, cell, day, names)
        return read_typed(cell, field, column, from_1904=self.sheet.from_1904)

    def _reference(self, field: Field, cell: Cell, day: str, names: KeyNames) -> Reading:
        label = names.table.label
        whole = self.desk.header_map.column(field.name).whole
        if whole and fold(cell.text) == fold(whole):
            if not names.in_force(day):
                raise UnfitError(WHOLE_EMPTY, value=shown(cell.text))
            return Reading(whole)
        code = read_code(cell).value
        if field.list_of is not None:
            return Reading(";".join(names.key(entry, day, label) for entry in split_list(code)))
        return Reading(names.key(code, day, label))

    def _add(self, row: int, values: dict[str, str], day: str) -> None:
        """Add the row, or one for each record in force where it stands for all of them."""
        columns = self.layout.columns
        for name, names in self.desk.names.items():
            whole = self.desk.header_map.column(name).whole
            if whole and values.get(name) == whole:
                keys = names.in_force(day)
                place, _ = self._where(row, name)
                how = Words(f"展开成 {len(keys)} 行", f"expanded to {len(keys)} rows")
                self._note(place, name, (whole, "；".join(keys)), how)
                blank = dict.fromkeys(set(self.desk.table.schema.primary_key) & set(values), "")
                for key in keys:
                    entry = values | blank | {name: key}
                    self.rows.append(Incoming(self.sheet, row, entry, columns))
                return
        self.rows.append(Incoming(self.sheet, row, values, columns))
