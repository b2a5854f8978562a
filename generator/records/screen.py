"""What DuckDB can clear by itself: a predicate per field that holds for sound cells only.

The screen never refuses. A cell for which the predicate is not true goes to the judge, so a
predicate may be too narrow but must never be too wide.
"""

import functools
import re

from generator.cache.remembered import Form, known
from generator.records.database import literal, quoted
from generator.records.parsing import parser
from generator.records.schema import Constraints, Field

_DAY = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_SIMPLE_PATTERN = re.compile(
    r"\^?(?:\\[d.\-/()+*?]"  # an escaped sign, or a digit
    r"|\[\^?[A-Za-z0-9\u4e00-\u9fff_.,;/()+*?%# \-]+\]"  # a set
    r"|\((?:\?:|(?!\?))|\)|\|"  # groups and choices
    r"|[A-Za-z0-9\u4e00-\u9fff_,:;/%# \-]"  # what stands for itself
    r"|(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})(?!\+))*\$?"  # repetition
)
"""Patterns that mean the same to Python and to DuckDB."""
_KINDS = {
    "string": "varchar",
    "integer": "bigint",
    "number": "decimal(18,6)",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "yearmonth": "varchar",
}


def column_kind(field: Field) -> str:
    """The DuckDB type of a field; what has no exact type stays text."""
    if field.type == "time" and field.format not in {"default", "%H:%M"}:
        return "varchar"
    return _KINDS.get(field.type, "varchar")


def soundness(field: Field) -> str:
    """An SQL predicate over the raw column that is true only for cells that are sound.

    An empty cell is null; for cells that are not sound the predicate is false or null.
    """
    cell = quoted(field.name)
    filled = None if field.special else _filled(field, cell)
    if filled is None:
        return "false"
    if field.constraints.required:
        return f"({cell} is not null and {filled})"
    return f"({cell} is null or {filled})" if filled != "true" else "true"


def conversion(field: Field) -> str:
    """The SQL expression that types a sound raw cell."""
    cell = quoted(field.name)
    if field.type == "boolean":
        values = ", ".join(literal(value) for value in field.true_values or ("true",))
        return f"{cell} in ({values})"
    if field.type == "datetime":
        return f"replace({cell}, 'T', ' ')"
    kind = column_kind(field)
    return cell if kind == "varchar" else f"cast({cell} as {kind})"


def _filled(field: Field, cell: str) -> str | None:
    """The predicate for a cell that is not empty; None when the screen does not know."""
    typed = _typed(field, cell)
    limits = _limits(field, cell)
    if typed is None or limits is None:
        return None
    parts = [part for part in (typed, *limits) if part != "true"]
    return f"({' and '.join(parts)})" if parts else "true"


def _typed(field: Field, cell: str) -> str | None:
    day = f"(regexp_full_match({cell}, '{_DAY}') and try_cast({cell} as date) is not null)"
    forms = {
        ("string", "default"): "true" if _is_told(field) else f"not starts_with({cell}, '#')",
        ("integer", "default"): f"regexp_full_match({cell}, '0|-?[1-9][0-9]{{0,14}}')",
        ("number", "default"): f"regexp_full_match({cell}, '-?[0-9]{{1,11}}([.][0-9]{{1,6}})?')",
        ("date", "default"): day,
        ("date", "%Y-%m-%d"): day,
        ("datetime", "default"): (
            f"(regexp_full_match({cell}, '{_DAY}T{_CLOCK}:[0-5][0-9]')"
            f" and try_cast({cell} as timestamp) is not null)"
        ),
        ("time", "default"): f"regexp_full_match({cell}, '{_CLOCK}:[0-5][0-9]')",
        ("year", "default"): f"regexp_full_match({cell}, '[1-9][0-9]{{3}}')",
        ("any", "default"): "true",
        ("time", "%H:%M"): f"regexp_full_match({cell}, '{_CLOCK}')",
        ("yearmonth", "default"): f"regexp_full_match({cell}, '[1-9][0-9]{{3}}-(0[1-9]|1[0-2])')",
    }
    if field.type == "boolean":
        values = (*(field.true_values or ("true",)), *(field.false_values or ("false",)))
        return f"{cell} in ({', '.join(literal(value) for value in values)})"
    return forms.get((field.type, field.format))


def _is_told(field: Field) -> bool:
    """The words of a field are listed or have a pattern, so the error of a spreadsheet is none."""
    return bool(field.constraints.enum or field.constraints.pattern)


def _limits(field: Field, cell: str) -> list[str] | None:
    """Predicates for the constraints; None when one of them is beyond the screen."""
    constraints = field.constraints
    predicates: list[str] = []
    if constraints.enum:
        predicates.append(f"{cell} in ({', '.join(literal(value) for value in constraints.enum)})")
    if constraints.pattern:
        if field.type != "string" or not _SIMPLE_PATTERN.fullmatch(constraints.pattern):
            return None
        bare = _ascii_digits(constraints.pattern.removeprefix("^").removesuffix("$"))
        if not reads_pattern(bare):
            return None
        predicates.append(f"regexp_full_match({cell}, {literal(bare)})")
    if constraints.min_length is not None or constraints.max_length is not None:
        if field.type != "string":
            return None
        low, high = constraints.min_length or 0, constraints.max_length
        predicates += [f"length({cell}) >= {low}"] if low else []
        predicates += [] if high is None else [f"length({cell}) <= {high}"]
    return _bounds(field, cell, constraints, predicates)


def _bounds(
    field: Field, cell: str, constraints: Constraints, predicates: list[str]
) -> list[str] | None:
    for limit, sign in ((constraints.minimum, ">="), (constraints.maximum, "<=")):
        if not limit:
            continue
        if field.type in {"time", "year", "yearmonth"}:
            predicates.append(f"{cell} {sign} {literal(limit)}")
            continue
        if field.type not in {"integer", "number", "date"}:
            return None
        kind = column_kind(field)
        predicates.append(f"try_cast({cell} as {kind}) {sign} cast({literal(limit)} as {kind})")
    return predicates


def _ascii_digits(pattern: str) -> str:
    return pattern.replace("\\d", "[0-9]")


_READS = Form[bool]("DuckDB reads the pattern")


def reads_pattern(pattern: str) -> bool:
    """Tell whether DuckDB can use a regular expression; its library knows fewer than Python's."""
    return _READS.of(known(), (pattern,), lambda: _reads(pattern))


@functools.cache
def _reads(pattern: str) -> bool:
    import duckdb  # noqa: PLC0415 - as in `parsing`

    try:
        parser().execute("select regexp_full_match('', ?)", [pattern])
    except duckdb.Error:
        return False
    return True
