"""One Table Schema file to fields and keys, with the place of each; unknown keys refused.

Beyond the standard, a schema says what the engine needs by meaning: the day a row became
true, the life of a thing, the human title of a row, labels of choices, sensitivity.
"""

import dataclasses
import datetime as dt
import re
from pathlib import Path
from typing import TypeAlias

from generator.declared import Declared
from generator.files import read_text
from generator.problems.catalogue.declarations import DUPLICATE_ID, UNKNOWN_NAME
from generator.problems.catalogue.tables import SCHEMA_REFUSED
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Words
from generator.problems.rule import near_names
from generator.strict_yaml import Node, read_yaml

TYPES = (
    "string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth",
    "duration", "any", "list", "array", "object", "geopoint", "geojson",
)  # fmt: skip
SENSITIVITIES = ("public", "staff", "restricted")
_CONSTRAINTS = (
    "required", "unique", "pattern", "enum", "minimum", "maximum", "minLength", "maxLength",
)  # fmt: skip
_FORMATTING = (
    "format", "trueValues", "falseValues", "decimalChar", "groupChar", "bareNumber", "missingValues",
)  # fmt: skip
Plain: TypeAlias = "str | bool | int | float | list[Plain] | dict[str, Plain] | None"


@dataclasses.dataclass(frozen=True, slots=True)
class Constraints:
    """What Table Schema lets a field demand; text as written, absent is None or empty."""

    required: bool = False
    unique: bool = False
    pattern: str = ""
    enum: tuple[str, ...] = ()
    minimum: str = ""
    maximum: str = ""
    min_length: int | None = None
    max_length: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class ListReference:
    """A cell that lists keys of another table, separated by `;`."""

    table: str
    field: str


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One declared column."""

    name: str
    title: str
    description: str
    type: str
    format: str
    sensitivity: str
    constraints: Constraints
    labels: dict[str, str]
    future: bool
    list_of: ListReference | None
    derived: str
    unit: str
    special: bool
    """The field uses formatting keys that the screen leaves to the judge."""
    true_values: tuple[str, ...]
    false_values: tuple[str, ...]
    place: Place
    derived_place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key; `table` is empty when it points into its own table."""

    fields: tuple[str, ...]
    table: str
    target_fields: tuple[str, ...]
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class TableSchema:
    """A schema file: fields, keys, and what the rows mean in time."""

    path: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    references: tuple[Reference, ...]
    event_date: str
    valid_from: str
    valid_to: str
    row_title: str
    sort: tuple[str, ...]
    descriptor: "dict[str, Plain]"
    """The schema as Frictionless reads it."""

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)


def read_schema(root: Path, path: str) -> tuple[TableSchema | None, list[Problem]]:
    """Read one schema file; None when it cannot be used at all."""
    text, problems = read_text(root, path, wanted_by="records/datapackage.yaml")
    if text is None:
        return None, problems
    node, problems = read_yaml(text, path)
    if node is None:
        return None, problems
    top = Declared(node, "schema", problems)
    fields = [_read_field(entry) for entry in top.mappings("fields")]
    _report_repeated(fields, problems)
    validity = top.inner("validity")
    schema = TableSchema(
        path=path,
        fields=tuple(fields),
        primary_key=_names(top, "primaryKey"),
        references=tuple(_read_reference(entry) for entry in top.mappings("foreignKeys")),
        event_date=top.text("event_date"),
        valid_from=validity.text("from", required=True) if validity else "",
        valid_to=validity.text("to", required=True) if validity else "",
        row_title=top.text("row_title"),
        sort=tuple(str(item.value) for item in top.texts("sort")),
        descriptor={},
    )
    if validity:
        validity.close()
    for key in ("missingValues", "title", "description", "name"):
        top.get(key)
    top.close()
    problems.extend(_check_names(schema, top))
    return dataclasses.replace(schema, descriptor=_descriptor(node)), problems


def _read_field(entry: Declared) -> Field:
    for key in _FORMATTING:
        entry.get(key)
    for key in ("rdfType", "example"):
        entry.get(key)
    constraints = _read_constraints(entry)
    labels = _read_labels(entry, constraints)
    special = any(
        key in entry for key in ("decimalChar", "groupChar", "bareNumber", "missingValues")
    )
    derived = entry.entries.get("derived", entry.node)
    field = Field(
        name=entry.text("name", required=True),
        title=entry.text("title", required=True),
        description=entry.text("description"),
        type=entry.one_of("type", TYPES),
        format=entry.text("format", "default"),
        sensitivity=entry.one_of("sensitivity", SENSITIVITIES),
        constraints=constraints,
        labels=labels,
        future=entry.flag("future"),
        list_of=_read_list_of(entry),
        derived=entry.text("derived"),
        unit=entry.text("unit"),
        special=special,
        true_values=tuple(str(item.value) for item in entry.texts("trueValues")),
        false_values=tuple(str(item.value) for item in entry.texts("falseValues")),
        place=entry.node.place,
        derived_place=derived.place,
    )
    entry.close()
    return field


def _read_constraints(entry: Declared) -> Constraints:
    inner = entry.inner("constraints")
    if inner is None:
        return Constraints()
    result = Constraints(
        required=inner.flag("required"),
        unique=inner.flag("unique"),
        pattern=inner.text("pattern"),
        enum=tuple(str(item.value) for item in inner.texts("enum")),
        minimum=inner.text("minimum"),
        maximum=inner.text("maximum"),
        min_length=inner.integer("minLength") if "minLength" in inner else None,
        max_length=inner.integer("maxLength") if "maxLength" in inner else None,
    )
    if result.pattern:
        _check_pattern(inner, result.pattern)
    inner.close()
    return result


def _check_pattern(inner: Declared, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        detail = f"pattern {shown(pattern)}: {error}"
        inner.problems.append(SCHEMA_REFUSED.at(inner.place("pattern"), detail=detail))


def _read_labels(entry: Declared, constraints: Constraints) -> dict[str, str]:
    inner = entry.inner("labels")
    labels = {key: inner.text(key) for key in inner.entries} if inner else {}
    for value in constraints.enum:
        if value not in labels and "labels" in entry:
            entry.problems.append(
                SCHEMA_REFUSED.at(entry.place("labels"), detail=f"labels 缺少 {shown(value)}")
            )
    return labels


def _read_list_of(entry: Declared) -> ListReference | None:
    inner = entry.inner("list_of")
    if inner is None:
        return None
    reference = ListReference(
        inner.text("resource", required=True), inner.text("field", required=True)
    )
    inner.close()
    return reference


def _read_reference(entry: Declared) -> Reference:
    inner = entry.inner("reference", required=True)
    table, target = "", ()
    if inner:
        table = inner.text("resource")
        target = _names(inner, "fields")
        inner.close()
    reference = Reference(_names(entry, "fields"), table, target, entry.node.place)
    entry.close()
    return reference


def _names(owner: Declared, key: str) -> tuple[str, ...]:
    """A list of names; Table Schema also allows one name alone."""
    node = owner.get(key)
    if node is None:
        return ()
    if isinstance(node.value, str):
        return (node.value,)
    return tuple(str(item.value) for item in owner.texts(key))


def _report_repeated(fields: list[Field], problems: list[Problem]) -> None:
    first: dict[str, Field] = {}
    for field in fields:
        earlier = first.setdefault(field.name, field)
        if earlier is not field:
            place = str(earlier.place)
            problems.append(DUPLICATE_ID.at(field.place, value=shown(field.name), first=place))


def _check_names(schema: TableSchema, top: Declared) -> list[Problem]:
    """Every name in keys, dates and order is a field of the schema."""
    known = [field.name for field in schema.fields]
    wanted = [("primaryKey", name) for name in schema.primary_key]
    wanted += [("foreignKeys", name) for key in schema.references for name in key.fields]
    wanted += [("sort", name.removeprefix("-")) for name in schema.sort]
    wanted += [
        ("event_date", schema.event_date),
        ("row_title", schema.row_title),
        ("validity", schema.valid_from),
        ("validity", schema.valid_to),
    ]
    among = Words("这张表的列", "the columns of the table")
    return [
        UNKNOWN_NAME.at(
            top.place(key),
            near=near_names(name, known),
            key=key,
            value=shown(name),
            among_zh=among.zh,
            among_en=among.en,
        )
        for key, name in wanted
        if name and name not in known
    ]


def _descriptor(node: Node) -> "dict[str, Plain]":
    """The schema with the types that Frictionless expects where they matter."""
    plain = _plain(node, "")
    return plain if isinstance(plain, dict) else {}


_NUMBERS = {"minLength", "maxLength"}
_FLAGS = {"required", "unique", "bareNumber"}


def _plain(node: Node, key: str) -> Plain:
    value = node.value
    if isinstance(value, dict):
        return {name: _plain(inner, name) for name, inner in value.items() if name != "labels"}
    if isinstance(value, list):
        return [_plain(item, key) for item in value]
    if value is None:
        return ""
    if key in _FLAGS:
        return value == "true"
    return int(value) if key in _NUMBERS and value.isdigit() else value


def parse_day(text: str) -> dt.date | None:
    """A date cell as a day; None when it is not YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text) if len(text) == len("2026-01-01") else None
    except ValueError:
        return None
