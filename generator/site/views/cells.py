"""Columns and cells of record tables as readers see them."""

import dataclasses
from collections.abc import Sequence

from generator.records.answers import Cell
from generator.records.schema import Field
from generator.site.environment import cell_text

_SHORT_TEXT = 20
_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "boolean": "是/否",
    "date": "日期",
    "time": "时刻",
    "yearmonth": "年月",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column as shown; `kind` is `number`, `day`, `text` or `word`."""

    title: str
    kind: str


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """A field with the titles of what it refers to."""

    field: Field
    titles: dict[str, str]

    def texts(self, values: Sequence[Cell]) -> list[str]:
        """The cells of a column as readers see them; equal ones are worked out once."""
        known = {value: self.text(value) for value in set(values)}
        return [known[value] for value in values]

    def text(self, value: Cell) -> str:
        """The cell as readers see it: labels and titles in place of codes."""
        text = cell_text(value)
        if self.field.list_of is not None:
            return "、".join(self.titles.get(part, part) for part in text.split(";") if part)
        return self.titles.get(text) or self.field.labels.get(text, text)


@dataclasses.dataclass(frozen=True, slots=True)
class FieldView:
    """One line of the data dictionary."""

    name: str
    title: str
    kind: str
    description: str


def column_of(field: Field) -> Column:
    """Free text may wrap; everything else stays on one line."""
    if field.type in {"integer", "number"}:
        return Column(field.title, "number")
    if field.type in {"date", "yearmonth", "time"}:
        return Column(field.title, "day")
    longest = field.constraints.max_length or 0
    free = field.list_of is not None or longest > _SHORT_TEXT
    return Column(field.title, "text" if free else "word")


def field_view(field: Field) -> FieldView:
    """A field as the data dictionary explains it."""
    kind = _TYPES.get(field.type, field.type)
    kind += "，必填" if field.constraints.required else ""
    description = field.description
    if field.labels:
        choices = "；".join(f"{value} {label}" for value, label in field.labels.items())
        description = f"{description} 可选：{choices}"
    return FieldView(field.name, field.title, kind, description.strip())
