"""The queries of an indicator, checked once: their columns, their types, the rows they name."""

from collections.abc import Mapping

from generator.compliance.declarations import Indicator
from generator.compliance.evidence import Evidence
from generator.problems.catalogue.queries import EVIDENCE_COLUMNS, EVIDENCE_VALUE, SQL_TOO_LONG
from generator.problems.masking import shown
from generator.problems.problem import Problem, Words
from generator.records.database import TIME_LIMIT, Database, QueryError, QueryTimeoutError
from generator.records.facts import relations_in
from generator.records.refusals import refused
from generator.strict_yaml import Node

_CASTS = {
    "_row": "bigint",
    "subject": "varchar",
    "happened_on": "date",
    "value": "decimal(18,3)",
    "counts": "boolean",
    "due_on": "date",
    "open": "boolean",
    "owner": "varchar",
    "label": "varchar",
    "part": "bigint",
    "whole": "bigint",
    "waits": "boolean",
    "warn_on": "date",
}
_DEFAULTS = {"subject": "''", "value": "1", "waits": "false", "whole": "1"}
_SHARE = {"part", "whole"}


def open_evidence(
    database: Database, indicator: Indicator, spans: Mapping[str, range]
) -> tuple[Evidence | None, list[Problem]]:
    """Run the query once and convert every value; None when it fails or has wrong columns.

    Args:
        database: the sealed tables, counted on the day of the check.
        indicator: what is measured.
        spans: the identifiers of the rows of every table.
    """
    node = indicator.evidence
    columns, problems = columns_of(database, node)
    problems = problems or _check_columns(indicator, columns)
    if problems:
        return None, problems
    picked = ", ".join(_pick(column, columns) for column in _CASTS)
    source = f"select {picked} from (\n{text_of(node)}\n)"  # noqa: S608 - checked declared SQL
    evidence = Evidence(indicator, database, source)
    query = (
        f"select count(columns(*)), count(*) filter (where {_placed(evidence.reads, spans)}),"  # noqa: S608 - ours
        f" count(*) from ({evidence.source})"
    )
    try:
        *_, placed, rows = database.ask(query, reads=evidence.reads)[1][0]
    except QueryError as error:
        return None, [translated(error, node)]
    if placed != rows:
        why = Words("不是记录的行", "it is no row of a record")
        wanted = Words("给出表里的 _row", "gives the _row of a table")
        return None, [stray(indicator, "_row", [""], why, wanted)]
    return evidence, []


def _placed(reads: frozenset[str], spans: Mapping[str, range]) -> str:
    """The condition that a row is one of the tables read; of any, when relations of ours are."""
    names = min(reads, spans.keys())
    rows = [span for name, span in spans.items() if name in names and span]
    return " or ".join(f"_row between {r.start} and {r.stop - 1}" for r in rows) or "false"


def columns_of(database: Database, node: Node) -> tuple[list[str], list[Problem]]:
    """The columns a checked query gives, without its rows."""
    try:
        query = f"select * from (\n{text_of(node)}\n) limit 0"  # noqa: S608 - checked declared SQL
        return database.ask(query, reads=relations_in(str(node.value)))[0], []
    except QueryError as error:
        return [], [translated(error, node)]


def text_of(node: Node) -> str:
    """The text of a query without a closing semicolon."""
    return str(node.value).strip().rstrip(";")


def translated(error: QueryError, node: Node) -> Problem:
    """What DuckDB says about a query, at its place."""
    if isinstance(error, QueryTimeoutError):
        return SQL_TOO_LONG.at(node.first, seconds=int(TIME_LIMIT))
    return refused(error, node)


def stray(
    indicator: Indicator, column: str, values: list[str], why: Words, wanted: Words
) -> Problem:
    """The values of the evidence that the engine cannot place, in one message."""
    more = f" … ({len(values)})" if len(values) > 1 else ""
    return EVIDENCE_VALUE.at(
        indicator.evidence.first,
        column=column,
        value=f"{shown(values[0])}{more}",
        why_zh=why.zh,
        why_en=why.en,
        wanted_zh=wanted.zh,
        wanted_en=wanted.en,
    )


def missing_columns(node: Node, names: list[str]) -> Problem:
    """Columns that a query must give and does not."""
    return _columns(node, Words("缺少列", "lacks columns"), names)


def _columns(node: Node, what: Words, names: list[str]) -> Problem:
    return EVIDENCE_COLUMNS.at(node.first, what_zh=what.zh, what_en=what.en, names="、".join(names))


def _check_columns(indicator: Indicator, columns: list[str]) -> list[Problem]:
    node = indicator.evidence
    needed = {"_row"}
    needed |= {"subject"} if indicator.subjects.table or indicator.subjects.values else set()
    needed |= {"happened_on"} if indicator.period != "as_of" else set()
    if indicator.kind == "ratio":
        needed |= _SHARE if _SHARE & set(columns) else {"counts"}
    missing, strange = sorted(needed - set(columns)), sorted(set(columns) - set(_CASTS))
    problems = [missing_columns(node, missing)] if missing else []
    if strange:
        problems.append(_columns(node, Words("有不认识的列", "has unknown columns"), strange))
    return problems


def _pick(column: str, columns: list[str]) -> str:
    counts = "part >= whole" if "part" in columns else "true"
    counts = f"coalesce({'counts' if 'counts' in columns else counts}, false)"
    known = "counts" in columns or "part" in columns
    defaults = _DEFAULTS | {
        "counts": counts,
        "part": f"case when {counts} then 1 else 0 end",
        "open": f"not {counts}" if known else "true",
    }
    source = column if column in columns else defaults.get(column, "null")
    if column in {"counts", "waits"}:
        source = f"coalesce({source}, false)"
    if column in _SHARE:
        source = f"coalesce({source}, 0)"
    return f"cast({source} as {_CASTS[column]}) as {column}"
