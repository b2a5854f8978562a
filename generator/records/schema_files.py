"""One Table Schema file to a schema, with the place of each part; what is not known is refused.

Frictionless takes a misspelt key for a custom one and never applies it, and raises at the
first row when a constraint does not suit its type; here both are faults of the file.
"""

from pathlib import Path

from generator.cache.remembered import Form, known
from generator.declared import Declared, read_declared
from generator.files import read_bytes
from generator.problems.catalogue.declarations import DUPLICATE_ID, UNKNOWN_NAME
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Severity, Words
from generator.problems.rule import near_names
from generator.records.fields import UNCOMPARED, read_field, refuse
from generator.records.schema import (
    Constraints,
    Field,
    ListReference,
    Plain,
    Reference,
    TableSchema,
)
from generator.strict_yaml import Node

_SCHEMA = Form[tuple[TableSchema | None, tuple[Problem, ...]]](
    "schema", TableSchema, Field, Constraints, ListReference, Reference, Node, Problem, Place,
    Words, Severity,
)  # fmt: skip
_KEYS = {"primaryKey", "foreignKeys"}
_DAYS = {"event_date": {"date", "yearmonth"}, "validity": {"date"}}
"""The types that say when: a row about a month is known once the month has begun."""


def read_schema(root: Path, path: str) -> tuple[TableSchema | None, list[Problem]]:
    """Read one schema file; None when it cannot be used at all."""
    data, problems = read_bytes(root, path, wanted_by="records/datapackage.yaml")
    if data is None:
        return None, problems
    schema, found = _SCHEMA.of(known(), (path, data), lambda: _read(data, path))
    return schema, [*found]


def _read(data: bytes, path: str) -> tuple[TableSchema | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    node = read_declared(data, path, problems)
    if node is None:
        return None, tuple(problems)
    top = Declared(node, "schema", problems)
    fields = [read_field(entry) for entry in top.mappings("fields")]
    _report_repeated(fields, problems)
    valid_from, valid_to = _read_validity(top)
    schema = TableSchema(
        path=path,
        fields=tuple(fields),
        primary_key=_names(top, "primaryKey"),
        references=tuple(_read_reference(entry) for entry in top.mappings("foreignKeys")),
        event_date=top.text("event_date"),
        valid_from=valid_from,
        valid_to=valid_to,
        row_title=top.text("row_title"),
        sort=tuple(str(item.value) for item in top.texts("sort")),
        descriptor=_descriptor(node),
    )
    for key in ("title", "description", "name"):
        top.get(key)
    if any(item.value for item in top.items("missingValues")):
        refuse(top, "missingValues", Words('只许写 [""]', 'it must be [""]'))
    top.close()
    _check_names(schema, top)
    return schema, tuple(problems)


def _read_validity(top: Declared) -> tuple[str, str]:
    inner = top.inner("validity")
    if inner is None:
        return "", ""
    span = inner.text("from", required=True), inner.text("to", required=True)
    inner.close()
    return span


def _read_reference(entry: Declared) -> Reference:
    inner = entry.inner("reference", required=True)
    table = inner.text("resource") if inner else ""
    target = _names(inner, "fields") if inner else ()
    if inner:
        inner.close()
    fields = _names(entry, "fields")
    if len(fields) != len(target):
        words = Words("两边的列数不同", "the two sides have different numbers of columns")
        refuse(entry, "fields", words)
        fields, target = (), ()
    entry.close()
    return Reference(fields, table, target, entry.node.place)


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


def _check_names(schema: TableSchema, top: Declared) -> None:
    """Every name in keys, dates and order is a field of the schema; dates are dates."""
    dates = [
        ("event_date", schema.event_date),
        ("validity", schema.valid_from),
        ("validity", schema.valid_to),
    ]
    wanted = [("primaryKey", name) for name in schema.primary_key]
    wanted += [("foreignKeys", name) for key in schema.references for name in key.fields]
    wanted += [("sort", name.removeprefix("-")) for name in schema.sort]
    wanted += [("row_title", schema.row_title), *dates]
    known = [field.name for field in schema.fields]
    for key, name in wanted:
        field = schema.field(name)
        if not name:
            continue
        if field is None:
            top.problems.append(_unknown(top, key, name, known))
        elif (key, name) in dates and field.type not in _DAYS[key]:
            words = Words(f"用的 {name} 不是日期列", f"names {name}, which is not a date")
            refuse(top, key, words)
        elif key in _KEYS and field.type in UNCOMPARED:
            words = Words(f"用的 {name} 没有可比的值", f"names {name}, whose values do not compare")
            refuse(top, key, words)


def _unknown(top: Declared, key: str, name: str, known: list[str]) -> Problem:
    return UNKNOWN_NAME.at(
        top.place(key),
        near=near_names(name, known),
        key=key,
        value=shown(name),
        among_zh="这张表的列",
        among_en="the columns of the table",
    )


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
