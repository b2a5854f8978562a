"""Verdicts of the judge to problems of our catalogue, in our words, at our places."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.problems.catalogue.tables import (
    CELL_ENUM,
    CELL_FORM,
    CELL_PATTERN,
    CELL_RANGE,
    CELL_REQUIRED,
    CELL_TYPE,
    CELL_UNIQUE,
    KEY_DUPLICATE,
    KEY_REFERENCE,
    ROW_BLANK,
    ROW_REFUSED,
)
from generator.problems.problem import Place, Problem, Words
from generator.problems.rule import fill, near_names
from generator.records.hints import Hint, hint_of
from generator.records.schema import Field
from generator.records.tables import RawTable, RawTables

if TYPE_CHECKING:
    from generator.records.judge import Verdict

_TYPES = {
    "string": Words("文字", "text"),
    "integer": Words("整数", "a whole number"),
    "number": Words("数字", "a number"),
    "boolean": Words(" true 或 false", "true or false"),
    "date": Words("日期", "a date"),
    "time": Words("时刻", "a time of day"),
    "yearmonth": Words("年月", "a month"),
    "year": Words("年份", "a year"),
    "datetime": Words("日期和时刻", "a date and time"),
}
_EXAMPLES = {
    "string": "已换新",
    "integer": "1200",
    "number": "1.5",
    "boolean": "true",
    "date": "2026-09-01",
    "time": "08:30",
    "yearmonth": "2026-09",
    "year": "2026",
    "datetime": "2026-09-01T08:30:00",
}
_CONSTRAINTS = {
    "minimum": Words("应不小于 {limit}", "at least {limit}"),
    "maximum": Words("应不大于 {limit}", "at most {limit}"),
    "minLength": Words("至少 {limit} 个字", "at least {limit} characters long"),
    "maxLength": Words("最多 {limit} 个字", "at most {limit} characters long"),
}
_NEAR_LIMIT = 100
_MANY = 1000
"""Names from which on only those that begin alike are compared."""
_POSITION = re.compile(r"position (\d+)$")


class Explainer:
    """Turns the verdicts on judged rows of one table into problems."""

    def __init__(self, raw: RawTable, rows: Sequence[int], tables: RawTables) -> None:
        """Take what the verdicts refer to.

        Args:
            raw: the table as written.
            rows: the row identifiers that were judged, in order.
            tables: all tables, for near names of references.
        """
        self._raw = raw
        self._rows = rows
        self._tables = tables
        self._firsts: dict[tuple[str, int], int] = {}
        self._known: dict[str, list[str]] = {}
        self._compared = 0

    def problem_of(self, verdict: "Verdict") -> Problem | None:
        """The problem for one verdict; None when another verdict on the row says it better."""
        if verdict.row < 0:
            schema = self._raw.table.schema.path
            return ROW_REFUSED.at(Place(schema), detail=verdict.type, schema=schema)
        row = self._rows[verdict.row]
        match verdict.type:
            case "blank-row":
                return ROW_BLANK.at(self._raw.place(row))
            case "foreign-key":
                return self._lost_reference(row, tuple(verdict.field.split(",")))
            case "primary-key":
                return self._key(verdict, row)
            case _:
                return self._cell(verdict, row)

    def _cell(self, verdict: "Verdict", row: int) -> Problem:
        field = self._raw.table.field(verdict.field)
        if field is None:
            schema = self._raw.table.schema.path
            return ROW_REFUSED.at(self._raw.place(row), detail=verdict.type, schema=schema)
        if verdict.type != "unique-error":
            return _cell(verdict, field, self._raw, row)
        facts = {"title": field.title, "value": self._raw.told(row, field.name)}
        first = str(self._first(verdict, field.name))
        place = self._raw.place(row, field.name)
        return CELL_UNIQUE.at(place, (), _ground(field), field=field.name, first=first, **facts)

    def _key(self, verdict: "Verdict", row: int) -> Problem | None:
        """A key that is repeated, or empty in all its columns."""
        names = self._raw.table.schema.primary_key
        key = [self._raw.written(row, name) for name in names]
        place = self._raw.place(row, names[0])
        if _POSITION.search(verdict.detail):
            first = str(self._first(verdict, ",".join(names)))
            return KEY_DUPLICATE.at(place, value=self._raw.told(row, *names), first=first)
        field = self._raw.table.field(names[0])
        blank = not any(self._raw.written(row, f.name) for f in self._raw.table.schema.fields)
        if field is None or blank or any(key):
            return None
        return CELL_REQUIRED.at(place, (), _ground(field), title=field.title, field=field.name)

    def _first(self, verdict: "Verdict", names: str) -> Place:
        """Where a repeated value stands first; the judge names the row it met last."""
        match = _POSITION.search(verdict.detail)
        last = int(match.group(1)) - 2 if match else verdict.row
        first = self._firsts.setdefault((names, last), last)
        self._firsts[names, verdict.row] = first
        return self._raw.place(self._rows[first], names.partition(",")[0])

    def _lost_reference(self, row: int, names: tuple[str, ...]) -> Problem:
        table = self._raw.table
        field = table.field(names[0])
        reference = next(key for key in table.schema.references if key.fields == names)
        target = self._tables.tables[reference.table or table.name]
        hidden = names[0] in table.hidden or reference.target_fields[0] in target.table.hidden
        written = self._raw.written(row, names[0])
        return KEY_REFERENCE.at(
            self._raw.place(row, names[0]),
            near=() if hidden else self._near(written, target, reference.target_fields[0]),
            title=field.title if field else names[0],
            field=names[0],
            value=self._raw.told(row, *names),
            target=target.table.label,
        )

    def _near(self, written: str, target: RawTable, column: str) -> tuple[str, ...]:
        """Near names for the first faults only; the rest are not printed in full."""
        self._compared += 1
        if self._compared > _NEAR_LIMIT:
            return ()
        key = f"{target.table.name}.{column}"
        if key not in self._known:
            self._known[key] = sorted(target.values(column))
        known = self._known[key]
        if len(known) > _MANY:
            start = bisect_left(known, written[:2])
            known = known[start : bisect_left(known, f"{written[:2]}\U0010ffff")]
        return near_names(written, known) or self._titled(written, target, column)

    def _titled(self, written: str, target: RawTable, column: str) -> tuple[str, ...]:
        """The keys of records whose titles look like what was written instead of a key."""
        title = target.table.schema.row_title
        if not title or title in target.table.hidden or target.size > _MANY:
            return ()
        rows = range(target.base, target.base + target.size)
        titles = {target.written(row, title): target.written(row, column) for row in rows}
        return tuple(titles[name] for name in near_names(written, titles))


def _ground(field: Field) -> Words:
    return Words(str(field.place), str(field.place))


def told_form(raw: RawTable, row: int, field: Field, hint: Hint) -> Problem:
    """The problem of a cell of which it can be said what it looks like."""
    looks, value = hint
    wanted, example = _wanted(field)
    near = (value,) if value and field.name not in raw.table.hidden else ()
    return CELL_FORM.at(
        raw.place(row, field.name), near, _ground(field),
        title=field.title, field=field.name, value=raw.told(row, field.name),
        wanted_zh=wanted.zh, wanted_en=wanted.en, looks_zh=looks.zh, looks_en=looks.en,
        example=example,
    )  # fmt: skip


def _wanted(field: Field) -> tuple[Words, str]:
    """What a field takes, and an example."""
    plain = Words(f"类型 {field.type}", f"of type {field.type}")
    return _TYPES.get(field.type, plain), _EXAMPLES.get(field.type, field.type)


def _cell(verdict: "Verdict", field: Field, raw: RawTable, row: int) -> Problem:
    place = raw.place(row, field.name)
    facts = {"title": field.title, "field": field.name}
    value = raw.told(row, field.name)
    ground = _ground(field)
    if verdict.type == "type-error":
        hint = hint_of(field, raw.written(row, field.name))
        if hint:
            return told_form(raw, row, field, hint)
        wanted, example = _wanted(field)
        return CELL_TYPE.at(
            place, (), ground, **facts, value=value, wanted_zh=wanted.zh, wanted_en=wanted.en,
            example=example,
        )  # fmt: skip
    if verdict.constraint == "required":
        return CELL_REQUIRED.at(place, (), ground, **facts)
    return _constraint(verdict, field, raw, row)


def _constraint(verdict: "Verdict", field: Field, raw: RawTable, row: int) -> Problem:
    place = raw.place(row, field.name)
    facts = {"title": field.title, "field": field.name, "value": raw.told(row, field.name)}
    constraints = field.constraints
    ground = _ground(field)
    if verdict.constraint == "enum":
        near = (
            () if field.name in raw.table.hidden else _choices(field, raw.written(row, field.name))
        )
        choices = "、".join(_choice(value, field) for value in constraints.enum)
        return CELL_ENUM.at(place, near, ground, **facts, choices=choices)
    if verdict.constraint == "pattern":
        hint = field.description or field.title
        return CELL_PATTERN.at(place, (), ground, **facts, pattern=constraints.pattern, hint=hint)
    limits = {
        "minimum": constraints.minimum,
        "maximum": constraints.maximum,
        "minLength": str(constraints.min_length),
        "maxLength": str(constraints.max_length),
    }
    limit = fill(_CONSTRAINTS[verdict.constraint], {"limit": limits[verdict.constraint]})
    return CELL_RANGE.at(place, (), ground, **facts, limit_zh=limit.zh, limit_en=limit.en)


def _choices(field: Field, written: str) -> tuple[str, ...]:
    """What may be meant; an officer often writes the label instead of the value."""
    labelled = (value for value, label in field.labels.items() if label == written.strip())
    return near_names(written, field.constraints.enum) or tuple(labelled)


def _choice(value: str, field: Field) -> str:
    label = field.labels.get(value, "")
    return f"{value}（{label}）" if label else value
