"""Hypothesis strategies: CSV text, personal numbers, YAML, and tables over a random schema."""

import csv
import dataclasses
import datetime as dt
import io
from typing import Any

import yaml
from hypothesis import strategies as st

CELL_TEXT = st.text(alphabet='ab,"\n 中文0-', max_size=8)
TABLES = st.lists(st.lists(CELL_TEXT, min_size=2, max_size=4), min_size=1, max_size=6)
CSV_LIKE = st.text(alphabet='a中,"\n', max_size=40)
PLAIN = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
SPLITS = st.sampled_from(["", " ", "-", ".", "\u3000", "\u00a0", "\u200b", "–"])


@st.composite
def written_tables(draw: st.DrawFn) -> tuple[list[list[str]], str]:
    """Rows and the CSV text that Python writes for them."""
    rows = draw(TABLES)
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return rows, target.getvalue()


@st.composite
def personal_numbers(draw: st.DrawFn) -> str:
    """A mobile or identity number, perhaps full-width or split up."""
    mobile = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
    identity = st.from_regex(r"[1-6][0-9]{16}[0-9Xx]", fullmatch=True)
    number = draw(st.one_of(mobile, identity))
    if draw(st.booleans()):
        number = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in number)
    return draw(SPLITS).join(number)


_SCALARS = st.text(alphabet="ab: #'\"\n[]{}-中|>&*!%@`~", min_size=1, max_size=12)
YAML_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_SCALARS, inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def yaml_texts(draw: st.DrawFn) -> tuple[Any, str]:
    """A nested value of text and YAML for it, in a style of PyYAML's choice."""
    value = draw(YAML_VALUES)
    style = draw(st.sampled_from([None, "'", '"', "|", ">"]))
    flow = draw(st.sampled_from([None, True, False]))
    text = yaml.dump(
        value,
        Dumper=_PlainDumper,
        default_style=style,
        default_flow_style=flow,
        allow_unicode=True,
        width=draw(st.sampled_from([20, 1000])),
    )
    return value, text


class _PlainDumper(yaml.SafeDumper):
    """Writes repeated values again instead of referring to the first."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


@dataclasses.dataclass(frozen=True)
class Case:
    """A schema of one table with a parent table, and rows for both."""

    parent: list[list[str]]
    fields: list[dict[str, Any]]
    primary_key: list[str]
    rows: list[list[str]]


_GOOD: dict[str, st.SearchStrategy[str]] = {
    "string": st.sampled_from(["a", "bb", "A-1", "中文", "C-12", "x;y"]),
    "integer": st.integers(-20, 120).map(str),
    "number": st.decimals(-50, 150, places=2, allow_nan=False).map(str),
    "boolean": st.sampled_from(["true", "false"]),
    "date": st.dates(dt.date(2024, 1, 1), dt.date(2024, 3, 1)).map(str),
    "yearmonth": st.sampled_from(["2024-01", "2024-12", "2023-07"]),
    "time": st.sampled_from(["08:30", "00:00", "23:59"]),
}
_BAD = st.sampled_from(
    [
        "",
        "x",
        "1.0",
        "01",
        "+1",
        "-0",
        "1e1",
        " 1",
        "2024-02-30",
        "2024-1-1",
        "20240101",
        "24:00",
        "True",
        "TRUE",
        "是",
        "2024-13",
        "8:30",
        "08:30:00",
        "\uff11",
        "1,000",
        "a\nb",
        "''",
        "None",
    ]
)
_LIMITS: dict[str, tuple[st.SearchStrategy[str], st.SearchStrategy[str]]] = {
    "integer": (st.integers(-5, 5).map(str), st.integers(50, 100).map(str)),
    "number": (st.sampled_from(["-1.5", "0"]), st.sampled_from(["99.5", "100"])),
    "date": (st.just("2024-01-10"), st.just("2024-02-20")),
    "yearmonth": (st.just("2023-08"), st.just("2024-06")),
    "time": (st.just("00:30"), st.just("20:00")),
}
_PATTERNS = ["[A-Z]-[0-9]{1,2}", "^[a-z]+$", r"\w+", "a|bb", r"[A-Z]-\d+", "(?:C-)?.*"]


_YES = st.sampled_from([True])
_TEXT_CONSTRAINTS: list[dict[str, Any]] = [
    {},
    {"minLength": 2},
    {"maxLength": 3},
    {"enum": ["a", "bb", "中文"]},
    *({"pattern": pattern} for pattern in _PATTERNS),
]


def _optional(**strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=strategies)


@st.composite
def field_descriptors(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """One field with some constraints that suit its type."""
    kind = draw(st.sampled_from(list(_GOOD)))
    constraints = draw(_optional(required=_YES, unique=_YES))
    if kind == "string":
        constraints |= draw(st.sampled_from(_TEXT_CONSTRAINTS))
    elif kind in _LIMITS:
        low, high = _LIMITS[kind]
        constraints |= draw(_optional(minimum=low, maximum=high))
    if kind == "integer":
        constraints |= draw(_optional(enum=st.just(["1", "2", "10"])))
    field: dict[str, Any] = {"name": name, "type": kind, "constraints": constraints}
    if kind == "time":
        field["format"] = "%H:%M"
    if kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    return field


@st.composite
def table_cases(draw: st.DrawFn, *, clean: bool = False) -> Case:
    """Random rows over a random schema; `clean` rows hold good values only."""
    count = draw(st.integers(1, 4))
    fields = [draw(field_descriptors(f"f{number}")) for number in range(count)]
    parent_kind = draw(st.sampled_from(["string", "integer"]))
    reference = {"name": "parent_id", "type": parent_kind, "constraints": {}}
    keys = draw(st.lists(_GOOD[parent_kind], min_size=1, max_size=4, unique=True))
    fields.append(reference)
    names = [field["name"] for field in fields[:-1]]
    primary_key = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    rows = []
    for _ in range(draw(st.integers(0, 6))):
        cells = []
        for field in fields[:-1]:
            good = draw(_GOOD[field["type"]])
            cells.append(good if clean or draw(st.integers(0, 4)) else draw(_BAD))
        stray = draw(st.one_of(_GOOD[parent_kind], st.just("")))
        cells.append(draw(st.sampled_from([*keys, *keys, stray])))
        rows.append(cells)
    return Case([[key] for key in keys], fields, primary_key, rows)
