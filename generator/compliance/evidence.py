"""Run the evidence query of an indicator: columns, dates and subjects are checked, rows summed.

Sums are made by DuckDB in DECIMAL per period and subject; only the rows of the period shown
are fetched one by one.
"""

import dataclasses
import datetime as dt
from decimal import Decimal
from fractions import Fraction

from generator.compliance.declarations import Indicator
from generator.compliance.periods import Period
from generator.problems.catalogue.queries import EVIDENCE_COLUMNS, EVIDENCE_VALUE, SQL_TOO_LONG
from generator.problems.masking import shown
from generator.problems.problem import Problem, Words
from generator.records.database import TIME_LIMIT, Cell, Database, QueryError, QueryTimeoutError
from generator.records.refusals import refused
from generator.strict_yaml import Node

COLUMNS = ("_row", "subject", "happened_on", "value", "counts", "due_on", "open", "owner", "label")
_DEFAULTS = {
    "subject": "''",
    "happened_on": "null::date",
    "value": "1",
    "counts": "true",
    "due_on": "null::date",
    "open": "true",
    "owner": "null::varchar",
    "label": "null::varchar",
}
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
}


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One record that an indicator stands on."""

    row: int
    subject: str
    happened_on: dt.date | None
    value: Fraction
    counts: bool
    due_on: dt.date | None
    open: bool
    owner: str
    label: str


@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """What the rows of one period and subject add up to."""

    period: str
    subject: str
    value: Fraction
    rows: int
    counting: int


class Evidence:
    """The checked evidence of one indicator, asked in several ways."""

    def __init__(self, database: Database, indicator: Indicator, columns: list[str]) -> None:
        self._database = database
        self._indicator = indicator
        self._as_of = indicator.period == "as_of"
        picked = ", ".join(_pick(column, columns) for column in COLUMNS)
        text = str(indicator.evidence.value).strip().rstrip(";")
        self._from = f"(select {picked} from (\n{text}\n))"

    def tallies(self, as_of: dt.date, lead_days: int = 0) -> list[Tally]:
        """Sums per period and subject of the rows known and standing on the day.

        For an indicator counted on a day, rows whose `due_on` lies before the day plus
        `lead_days` no longer count.
        """
        if self._as_of:
            day = as_of + dt.timedelta(days=lead_days)
            standing = f"(due_on is null or due_on >= date '{day}')"
            value = f"sum(case when {standing} and counts then value else 0 end)"
            counting = f"count(*) filter (where {standing} and counts)"
            query = (
                f"select '{as_of}', subject, {value}, count(*), {counting}"  # noqa: S608
                f" from {self._from} group by all order by all"
            )
        else:
            query = (
                "select p.period, e.subject, sum(case when e.counts then e.value else 0 end),"  # noqa: S608
                f" count(*), count(*) filter (where e.counts) from {self._from} e"
                " join period_days p on p.day = e.happened_on"
                f" and p.kind = '{self._indicator.period}'"
                f" where e.happened_on <= date '{as_of}' group by all order by all"
            )
        return [_tally(row) for row in self._ask(query)]

    def rows(self, period: Period, as_of: dt.date) -> list[EvidenceRow]:
        """The rows of one period, oldest first."""
        where = "true"
        if not self._as_of:
            end = min(period.end, as_of)
            where = f"happened_on between date '{period.start}' and date '{end}'"
        query = f"select * from {self._from} where {where} order by happened_on, subject, _row"  # noqa: S608
        return [_row(row) for row in self._ask(query)]

    def due(self, until: dt.date) -> list[EvidenceRow]:
        """Rows that are still somebody's task and due up to a day, earliest first."""
        query = (
            f"select * from {self._from} where open and due_on <= date '{until}'"  # noqa: S608
            " order by due_on, _row"
        )
        return [_row(row) for row in self._ask(query)]

    def unplaced(self) -> list[EvidenceRow]:
        """Rows whose date lies in no period of the indicator's kind."""
        if self._as_of:
            return []
        query = (
            f"select e.* from {self._from} e where e.happened_on is null or not exists"  # noqa: S608
            " (select 1 from period_days p where p.day = e.happened_on"
            f" and p.kind = '{self._indicator.period}') order by e._row limit 50"
        )
        return [_row(row) for row in self._ask(query)]

    def _ask(self, query: str) -> list[tuple[Cell, ...]]:
        return self._database.ask(query)[1]


def open_evidence(
    database: Database, indicator: Indicator
) -> tuple[Evidence | None, list[Problem]]:
    """Run the query once for its columns; None when it fails or has the wrong ones."""
    columns, problems = columns_of(database, indicator.evidence)
    if problems:
        return None, problems
    node = indicator.evidence
    needed = {"_row"} | ({"subject"} if _has_subjects(indicator) else set())
    needed |= {"happened_on"} if indicator.period != "as_of" else set()
    needed |= {"counts"} if indicator.kind == "ratio" else set()
    missing = sorted(needed - set(columns))
    if missing:
        words = Words("缺少列", "lacks columns")
        problems.append(_columns(node, words, missing))
    strange = sorted(set(columns) - set(COLUMNS))
    if strange:
        words = Words("有不认识的列", "has unknown columns")
        problems.append(_columns(node, words, strange))
    if problems:
        return None, problems
    evidence = Evidence(database, indicator, columns)
    try:
        evidence.due(dt.date.max)
    except QueryTimeoutError:
        return None, [SQL_TOO_LONG.at(node.first, seconds=int(TIME_LIMIT))]
    except QueryError as error:
        return None, [refused(error, node)]
    return evidence, []


def columns_of(database: Database, node: Node) -> tuple[list[str], list[Problem]]:
    """The columns a checked query gives, without its rows."""
    text = str(node.value).strip().rstrip(";")
    try:
        return database.ask(f"select * from (\n{text}\n) limit 0")[0], []  # noqa: S608
    except QueryTimeoutError:
        return [], [SQL_TOO_LONG.at(node.first, seconds=int(TIME_LIMIT))]
    except QueryError as error:
        return [], [refused(error, node)]


def stray(indicator: Indicator, column: str, value: str, why: Words, wanted: Words) -> Problem:
    """A value of the evidence that the engine cannot place."""
    return EVIDENCE_VALUE.at(
        indicator.evidence.first,
        column=column,
        value=shown(value),
        why_zh=why.zh,
        why_en=why.en,
        wanted_zh=wanted.zh,
        wanted_en=wanted.en,
    )


def _has_subjects(indicator: Indicator) -> bool:
    return bool(indicator.subjects.table or indicator.subjects.values)


def _columns(node: Node, what: Words, names: list[str]) -> Problem:
    return EVIDENCE_COLUMNS.at(node.first, what_zh=what.zh, what_en=what.en, names="、".join(names))


def _pick(column: str, columns: list[str]) -> str:
    default = _DEFAULTS.get(column, column)
    if column == "open" and "open" not in columns and "counts" in columns:
        default = "not coalesce(counts, false)"
    source = column if column in columns else default
    if column == "counts":
        source = f"coalesce({source}, false)"
    return f"cast({source} as {_CASTS[column]}) as {column}"


def _tally(row: tuple[Cell, ...]) -> Tally:
    period, subject, value, rows, counting = row
    return Tally(str(period), str(subject or ""), _fraction(value), _int(rows), _int(counting))


def _row(row: tuple[Cell, ...]) -> EvidenceRow:
    number, subject, happened, value, counts, due, is_open, owner, label = row
    return EvidenceRow(
        row=_int(number),
        subject=str(subject or ""),
        happened_on=happened if isinstance(happened, dt.date) else None,
        value=_fraction(value),
        counts=counts is True,
        due_on=due if isinstance(due, dt.date) else None,
        open=is_open is True,
        owner=str(owner or ""),
        label=str(label or ""),
    )


def _int(value: Cell) -> int:
    return value if isinstance(value, int) else 0


def _fraction(value: Cell) -> Fraction:
    return Fraction(value) if isinstance(value, (int, Decimal)) else Fraction(0)
