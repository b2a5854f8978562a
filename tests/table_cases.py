"""Hypothesis strategies: random schemas over all that Table Schema knows, and rows for them."""

import dataclasses
import datetime as dt
from typing import Any

from hypothesis import strategies as st

from generator.records.fields import UNCOMPARED

Cells = st.SearchStrategy[str]


@dataclasses.dataclass(frozen=True)
class Reference:
    """A foreign key; an empty table is the own one."""

    fields: list[str]
    table: str
    target: list[str]


@dataclasses.dataclass(frozen=True)
class Case:
    """A schema of one table with a parent table, and rows for both."""

    parent_fields: list[dict[str, Any]]
    parent: list[list[str]]
    fields: list[dict[str, Any]]
    primary_key: list[str]
    references: list[Reference]
    rows: list[list[str]]


@dataclasses.dataclass(frozen=True)
class Kind:
    """A type with a format: cells that are good, limits it may have, and other keys."""

    good: Cells
    common: bool = False
    """The screen must clear its good cells."""
    limits: tuple[str, str] | None = None
    extra: dict[str, Any] = dataclasses.field(default_factory=dict)
    lengths: bool = False


_DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 3, 1))
_CLOCK = st.sampled_from(["08:30", "00:00", "23:59"])
_DAY_LIMITS = ("2024-01-10", "2024-02-20")
KINDS: dict[tuple[str, str], list[Kind]] = {
    ("string", "default"): [
        Kind(st.sampled_from(["a", "bb", "A-1", "中文", "C-12", "x;y"]), common=True, lengths=True)
    ],
    ("string", "email"): [Kind(st.sampled_from(["a@b.cn", "x.y@school.example"]))],
    ("string", "uri"): [Kind(st.sampled_from(["http://a.cn/b", "urn:isbn:1"]))],
    ("string", "uuid"): [Kind(st.uuids().map(str))],
    ("string", "binary"): [Kind(st.sampled_from(["YQ==", "YWI="]))],
    ("integer", "default"): [
        Kind(st.integers(-20, 120).map(str), common=True, limits=("-5", "100")),
        Kind(st.sampled_from(["5元", "约12", "7"]), extra={"bareNumber": False}),
    ],
    ("number", "default"): [
        Kind(
            st.decimals(-50, 150, places=2, allow_nan=False).map(str),
            common=True,
            limits=("-1.5", "99.5"),
        ),
        Kind(st.sampled_from(["1,5", "-2,25", "3"]), extra={"decimalChar": ","}),
        Kind(st.sampled_from(["1,000.5", "20", "3,0"]), extra={"groupChar": ","}),
        Kind(st.sampled_from(["1.5元", "95%", "2"]), extra={"bareNumber": False}),
    ],
    ("boolean", "default"): [
        Kind(
            st.sampled_from(["true", "false"]),
            common=True,
            extra={"trueValues": ["true"], "falseValues": ["false"]},
        ),
        Kind(
            st.sampled_from(["是", "否"]),
            common=True,
            extra={"trueValues": ["是"], "falseValues": ["否"]},
        ),
        Kind(st.sampled_from(["true", "false"]), common=True),
    ],
    ("date", "default"): [Kind(_DAYS.map(str), common=True, limits=_DAY_LIMITS)],
    ("date", "any"): [Kind(st.sampled_from(["2024-01-05", "5 Jan 2024"]))],
    ("date", "%Y/%m/%d"): [Kind(_DAYS.map(lambda day: day.strftime("%Y/%m/%d")))],
    ("datetime", "default"): [
        Kind(st.sampled_from(["2024-01-05T08:30:00", "2024-02-29T23:59:59"]), common=True)
    ],
    ("datetime", "any"): [Kind(st.sampled_from(["2024-01-05 08:30", "5 Jan 2024 08:30:00"]))],
    ("datetime", "%Y-%m-%d %H:%M"): [Kind(st.sampled_from(["2024-01-05 08:30"]))],
    ("time", "default"): [
        Kind(_CLOCK.map(lambda text: f"{text}:15"), common=True, limits=("00:30:00", "20:00:00"))
    ],
    ("time", "any"): [Kind(st.sampled_from(["08:30", "8:30:15"]))],
    ("time", "%H:%M"): [Kind(_CLOCK, common=True, limits=("00:30", "20:00"))],
    ("year", "default"): [
        Kind(st.sampled_from(["2024", "1999"]), common=True, limits=("2000", "2024"))
    ],
    ("yearmonth", "default"): [
        Kind(
            st.sampled_from(["2024-01", "2024-12", "2023-07"]),
            common=True,
            limits=("2023-08", "2024-06"),
        )
    ],
    ("duration", "default"): [Kind(st.sampled_from(["P1D", "PT30M"]))],
    ("object", "default"): [Kind(st.sampled_from(['{"a": 1}', "{}"]), lengths=True)],
    ("array", "default"): [Kind(st.sampled_from(["[1, 2]", "[]"]), lengths=True)],
    ("list", "default"): [Kind(st.sampled_from(["a,b", "a"]), lengths=True)],
    ("geopoint", "default"): [Kind(st.sampled_from(["106.5,29.5", "0,0"]))],
    ("geojson", "default"): [
        Kind(st.just('{"type": "Point", "coordinates": [106.5, 29.5]}')),
    ],
    ("any", "default"): [Kind(st.sampled_from(["a", "1", "2024-01-01"]), common=True)],
}  # fmt: skip
PLAIN = [
    ("string", "default"), ("integer", "default"), ("number", "default"), ("date", "default"),
    ("boolean", "default"), ("time", "%H:%M"), ("yearmonth", "default"),
]  # fmt: skip
KEYS = PLAIN[:4]
_BAD = st.sampled_from(
    [
        *("", "x", "1.0", "01", "+1", "-0", "1e1", " 1", "1_0", "1,000", "\uff11", "inf", "NaN"),
        *(
            "2024-02-30",
            "2024-1-1",
            "20240101",
            "2024-01-01T08:30",
            "2024-13",
            "24-01",
            "0113-01-01",
        ),
        *("24:00", "8:30", "08:30:00", "08:30:61", "True", "TRUE", "是", "None", "null", "''"),
        *("a\nb", "a,b", '{"a": 1}', "[", "P", "999,1", "a@b", "://", "\u3000", "a ", "0", "-"),
    ]
)
_PATTERNS = [
    "[A-Z]-[0-9]{1,2}", "^[a-z]+$", r"\w+", "a|bb", r"[A-Z]-\d+", "(?:C-)?.*", "[^;]*", "^(a|b)*",
]  # fmt: skip
_YES = st.sampled_from([True])


def _optional(**strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=strategies)


@st.composite
def field_descriptors(
    draw: st.DrawFn, name: str, kinds: list[tuple[str, str]]
) -> tuple[dict[str, Any], Kind]:
    """One field with some constraints that suit its type, and how its good cells look."""
    kind, form = draw(st.sampled_from(kinds))
    chosen = draw(st.sampled_from(KINDS[kind, form]))
    keyed = {} if kind in UNCOMPARED else {"unique": _YES}
    constraints = draw(_optional(required=_YES, **keyed))
    if chosen.limits:
        low, high = chosen.limits
        constraints |= draw(_optional(minimum=st.just(low), maximum=st.just(high)))
    if chosen.lengths:
        constraints |= draw(_optional(minLength=st.just(2), maxLength=st.just(3)))
    if (kind, form) == ("string", "default"):
        constraints |= draw(_optional(pattern=st.sampled_from(_PATTERNS)))
        constraints |= draw(_optional(enum=st.just(["a", "bb", "中文"])))
    if (kind, form) == ("integer", "default"):
        constraints |= draw(_optional(enum=st.just(["1", "2", "10"])))
    field: dict[str, Any] = {"name": name, "type": kind, "constraints": constraints}
    field |= chosen.extra | ({} if form == "default" else {"format": form})
    return field, chosen


@st.composite
def table_cases(
    draw: st.DrawFn, kinds: list[tuple[str, str]] | None = None, *, clean: bool = False
) -> Case:
    """Random rows over a random schema; `clean` rows hold good values only."""
    made = [
        draw(field_descriptors(f"f{number}", kinds or list(KINDS)))
        for number in range(draw(st.integers(1, 4)))
    ]
    names = [field["name"] for field, _ in made]
    keyed = [field["name"] for field, _ in made if field["type"] not in UNCOMPARED]
    some = st.sampled_from(keyed or names)
    primary_key = draw(st.lists(some, max_size=2 if keyed else 0, unique=True))
    parent_kinds = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=2))
    parents: list[dict[str, Any]] = [
        {"name": f"k{number}", "type": kind, "constraints": {}}
        for number, (kind, _) in enumerate(parent_kinds)
    ]
    goods = [KINDS[kind][0].good for kind in parent_kinds]
    keys = draw(st.lists(st.tuples(*goods).map(list), min_size=1, max_size=4, unique_by=tuple))
    owns: list[dict[str, Any]] = [
        field | {"name": f"p{number}"} for number, field in enumerate(parents)
    ]
    references = [Reference([f["name"] for f in owns], "parents", [f["name"] for f in parents])]
    if draw(st.booleans()) and len(primary_key) == 1:
        own = next(field for field, _ in made if field["name"] == primary_key[0])
        made.append((own | {"name": "up", "constraints": {}}, made[names.index(own["name"])][1]))
        references.append(Reference(["up"], "", primary_key))
    rows = [draw(_rows(made, keys, goods, clean=clean)) for _ in range(draw(st.integers(0, 6)))]
    fields = [*(field for field, _ in made), *owns]
    return Case(parents, keys, fields, primary_key, references, rows)


@st.composite
def _rows(
    draw: st.DrawFn,
    made: list[tuple[dict[str, Any], Kind]],
    keys: list[list[str]],
    goods: list[Cells],
    *,
    clean: bool,
) -> list[str]:
    cells = [draw(kind.good if clean or draw(st.integers(0, 4)) else _BAD) for _, kind in made]
    stray = [draw(st.one_of(good, st.just(""), _BAD)) for good in goods]
    return [*cells, *draw(st.sampled_from([*keys, *keys, keys[0] if clean else stray]))]
