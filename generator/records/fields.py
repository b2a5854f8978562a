"""One entry of a Table Schema's `fields` to a field; constraints must suit its type."""

import datetime as dt
import re

from generator.declared import Declared
from generator.problems.catalogue.declarations import WRONG_SHAPE
from generator.problems.catalogue.tables import SCHEMA_REFUSED
from generator.problems.masking import shown
from generator.problems.problem import Words
from generator.records.schema import Constraints, Field, ListReference

TYPES = (
    "string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth",
    "duration", "any", "list", "array", "object", "geopoint", "geojson",
)  # fmt: skip
RESTRICTED = "restricted"
SENSITIVITIES = ("public", "staff", RESTRICTED)
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_SPECIAL = ("decimalChar", "groupChar", "bareNumber")
UNCOMPARED = frozenset({"array", "geojson", "list", "object"})
"""Types whose values Frictionless cannot compare; it fails where they are keys."""
_ALWAYS = frozenset({"required", "unique", "enum"})
_LENGTH = _ALWAYS | {"minLength", "maxLength"}
_RANGE = _ALWAYS | {"minimum", "maximum"}
_KNOWN = {
    "string": _LENGTH | {"pattern"}, "array": _LENGTH, "list": _LENGTH - {"enum"},
    "object": _LENGTH,
    "integer": _RANGE, "number": _RANGE, "date": _RANGE, "datetime": _RANGE, "time": _RANGE,
    "year": _RANGE, "yearmonth": _RANGE,
}  # fmt: skip
"""The constraints that Table Schema knows for a type."""
_VALUES = {
    ("integer", "default"): r"-?[0-9]{1,15}",
    ("number", "default"): r"-?[0-9]{1,11}(\.[0-9]{1,6})?",
    ("date", "default"): r"[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    ("time", "default"): r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
    ("time", "%H:%M"): r"([01][0-9]|2[0-3]):[0-5][0-9]",
    ("year", "default"): r"[1-9][0-9]{3}",
    ("yearmonth", "default"): r"[1-9][0-9]{3}-(0[1-9]|1[0-2])",
}
"""How a limit is written for a type and format; for other formats there are no limits."""


def read_field(entry: Declared) -> Field:
    """Read one entry of `fields`."""
    for key in (*_SPECIAL, "rdfType", "example"):
        entry.get(key)
    kind = entry.one_of("type", TYPES)
    form = entry.text("format", "default")
    constraints = _read_constraints(entry, kind, form)
    field = Field(
        name=_name(entry),
        title=entry.text("title", required=True),
        description=entry.text("description"),
        type=kind,
        format=form,
        sensitivity=entry.one_of("sensitivity", SENSITIVITIES),
        constraints=constraints,
        labels=_read_labels(entry, constraints),
        future=entry.flag("future"),
        list_of=_read_list_of(entry),
        derived=entry.text("derived"),
        unit=entry.text("unit"),
        special=any(key in entry for key in _SPECIAL),
        true_values=tuple(str(item.value) for item in entry.texts("trueValues")),
        false_values=tuple(str(item.value) for item in entry.texts("falseValues")),
        place=entry.node.place,
        derived_node=entry.get("derived"),
    )
    entry.close()
    return field


def _name(entry: Declared) -> str:
    name = entry.text("name", required=True)
    if name and not NAME.fullmatch(name):
        entry.problems.append(
            WRONG_SHAPE.at(
                entry.place("name"),
                key="name",
                value=shown(name),
                wanted_zh="小写字母开头的英文名",
                wanted_en="a name of small letters, digits and _",
                example="found_on",
            )
        )
    return name


def _read_constraints(entry: Declared, kind: str, form: str) -> Constraints:
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
        min_length=_length(inner, "minLength"),
        max_length=_length(inner, "maxLength"),
    )
    if not inner.close():
        _check_constraints(inner, kind, form)
    return result


def _length(inner: Declared, key: str) -> int | None:
    return inner.integer(key) if inner.get(key) else None


def _check_constraints(inner: Declared, kind: str, form: str) -> None:
    """Constraints that do not suit the type, patterns and limits that cannot be read."""
    known = _KNOWN.get(kind, _ALWAYS) - ({"unique"} if kind in UNCOMPARED else set())
    for key in inner.entries:
        if key not in known:
            words = Words(f"不能用于类型 {kind}", f"does not suit the type {kind}")
            refuse(inner, key, words)
        elif key == "pattern":
            _check_pattern(inner)
        elif key in {"minimum", "maximum"}:
            value = inner.text(key)
            if not _is_value(value, kind, form):
                words = Words(f"{shown(value)} 不是 {kind} 的值", f"{shown(value)} is no {kind}")
                refuse(inner, key, words)


def _is_value(text: str, kind: str, form: str) -> bool:
    if not re.fullmatch(_VALUES.get((kind, form), "(?!)"), text):
        return False
    try:
        return kind != "date" or bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _check_pattern(inner: Declared) -> None:
    pattern = inner.text("pattern")
    try:
        re.compile(f"^{pattern}$")
    except re.error as error:
        words = Words(f"{shown(pattern)} 不是正则表达式", f"{shown(pattern)}: {error}")
        refuse(inner, "pattern", words)


def refuse(owner: Declared, key: str, what: Words) -> None:
    """Report what is wrong with the value of a key."""
    zh, en = f"{key} {what.zh}", f"{key} {what.en}"
    owner.problems.append(SCHEMA_REFUSED.at(owner.place(key), detail_zh=zh, detail_en=en))


def _read_labels(entry: Declared, constraints: Constraints) -> dict[str, str]:
    inner = entry.inner("labels")
    labels = {key: inner.text(key) for key in inner.entries} if inner else {}
    for value in constraints.enum:
        if value not in labels:
            words = Words(f"缺少 {shown(value)} 的说法", f"lacks a label for {shown(value)}")
            refuse(entry, "labels", words)
    for value in labels:
        if value not in constraints.enum:
            words = Words(f"里的 {shown(value)} 不在 enum 里", f"has {shown(value)}, not in enum")
            refuse(entry, "labels", words)
    return labels


def _read_list_of(entry: Declared) -> ListReference | None:
    inner = entry.inner("list_of")
    if inner is None:
        return None
    reference = ListReference(
        inner.text("resource", required=True),
        inner.text("field", required=True),
        inner.place("resource"),
    )
    inner.close()
    return reference
