"""Verdicts of the judge to problems of our catalogue, in our words, at our places."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.problems.catalogue.tables import (
    CELL_ENUM,
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
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Words
from generator.problems.rule import near_names
from generator.records.schema import Constraints, Field
from generator.records.tables import RawTable, RawTables

if TYPE_CHECKING:
    from generator.records.judge import Verdict

_TYPES = {
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
    "minimum": "不小于 (at least)",
    "maximum": "不大于 (at most)",
    "minLength": "字数不少于 (characters at least)",
    "maxLength": "字数不多于 (characters at most)",
}


def problem_of(
    verdict: "Verdict", raw: RawTable, rows: Sequence[int], tables: RawTables
) -> Problem:
    """The problem for one verdict.

    Args:
        verdict: what the judge said; its row counts within `rows`.
        raw: the table as written.
        rows: the row identifiers that were judged, in order.
        tables: all tables, for near names of references.
    """
    row = rows[verdict.row]
    if verdict.type == "primary-key":
        return _repeated_key(raw, row)
    if verdict.type == "blank-row":
        return ROW_BLANK.at(raw.place(row))
    if verdict.type == "foreign-key":
        return _lost_reference(raw, row, verdict.field.split(","), tables)
    field = raw.table.field(verdict.field)
    if field is None:
        detail = verdict.type
        return ROW_REFUSED.at(raw.place(row), detail=detail, schema=raw.table.schema.path)
    return _cell(verdict, field, raw, row)


def _cell(verdict: "Verdict", field: Field, raw: RawTable, row: int) -> Problem:
    place = raw.place(row, field.name)
    facts = {"title": field.title, "field": field.name}
    written = raw.written(row, field.name)
    value = shown(written)
    ground = Words(str(field.place), str(field.place))
    if verdict.type == "type-error":
        wanted = _TYPES.get(field.type, Words(f"类型 {field.type}", f"of type {field.type}"))
        example = _EXAMPLES.get(field.type, field.type)
        return CELL_TYPE.at(
            place, (), ground, **facts, value=value, wanted_zh=wanted.zh, wanted_en=wanted.en,
            example=example,
        )  # fmt: skip
    if verdict.type == "unique-error":
        return CELL_UNIQUE.at(place, (), ground, **facts, value=value)
    if verdict.constraint == "required":
        return CELL_REQUIRED.at(place, (), ground, **facts)
    return _constraint(verdict, field, written, place)


def _constraint(verdict: "Verdict", field: Field, written: str, place: Place) -> Problem:
    facts = {"title": field.title, "field": field.name, "value": shown(written)}
    constraints = field.constraints
    ground = Words(str(field.place), str(field.place))
    if verdict.constraint == "enum":
        near = near_names(written, constraints.enum) or _by_label(field, written)
        choices = "、".join(_choice(value, field) for value in constraints.enum)
        return CELL_ENUM.at(place, near, ground, **facts, choices=choices)
    if verdict.constraint == "pattern":
        hint = field.description or field.title
        return CELL_PATTERN.at(place, (), ground, **facts, pattern=constraints.pattern, hint=hint)
    limit = _limit(constraints, verdict.constraint)
    word = _CONSTRAINTS.get(verdict.constraint, verdict.constraint)
    return CELL_RANGE.at(place, (), ground, **facts, constraint=word, limit=limit)


def _by_label(field: Field, written: str) -> tuple[str, ...]:
    """An officer often writes the label instead of the value."""
    return tuple(value for value, label in field.labels.items() if label == written.strip())


def _choice(value: str, field: Field) -> str:
    label = field.labels.get(value, "")
    return f"{value}（{label}）" if label else value


def _limit(constraints: Constraints, name: str) -> str:
    limits = {
        "minimum": constraints.minimum,
        "maximum": constraints.maximum,
        "minLength": str(constraints.min_length),
        "maxLength": str(constraints.max_length),
    }
    return limits.get(name, "")


def _repeated_key(raw: RawTable, row: int) -> Problem:
    names = raw.table.schema.primary_key
    key = [raw.written(row, name) for name in names]
    first = next(
        number
        for number in range(raw.base, row + 1)
        if [raw.written(number, name) for name in names] == key
    )
    place = raw.place(row, names[0])
    return KEY_DUPLICATE.at(
        place, value=shown(",".join(key)), first=str(raw.place(first, names[0]))
    )


def _lost_reference(raw: RawTable, row: int, names: Sequence[str], tables: RawTables) -> Problem:
    field = raw.table.field(names[0])
    reference = next(key for key in raw.table.schema.references if key.fields == tuple(names))
    target = tables.tables[reference.table or raw.table.name]
    known = {
        target.written(target.base + i, reference.target_fields[0]) for i in range(target.size)
    }
    written = raw.written(row, names[0])
    return KEY_REFERENCE.at(
        raw.place(row, names[0]),
        near=near_names(written, known),
        title=field.title if field else names[0],
        field=names[0],
        value=shown(",".join(raw.written(row, name) for name in names)),
        target=target.table.name,
    )
