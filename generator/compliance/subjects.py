"""Who is counted: the whole school, declared values, or the rows of a table in force."""

import dataclasses
import datetime as dt

from generator.compliance.declarations import Indicator
from generator.compliance.periods import Period
from generator.problems.catalogue.queries import SQL_REFUSED
from generator.problems.problem import Problem
from generator.records.answers import Cell
from generator.records.database import Database, QueryError, quoted
from generator.records.facts import relations_in
from generator.records.package import Package
from generator.records.refusals import refused
from generator.records.sql import expression_query


@dataclasses.dataclass(frozen=True, slots=True)
class SubjectInForce:
    """One subject with the span in which it exists; open ends are None."""

    id: str
    title: str
    start: dt.date | None = None
    end: dt.date | None = None

    def in_force(self, period: Period) -> bool:
        """The subject exists on some day of the period."""
        begun = self.start is None or self.start <= period.end
        return begun and (self.end is None or self.end >= period.start)


def check_subjects(
    indicator: Indicator, database: Database, package: Package, school: str
) -> list[Problem]:
    """A table of subjects needs a primary key of one column, and a condition that can be asked."""
    table = indicator.subjects.table
    if table and len(package.tables[table].schema.primary_key) != 1:
        detail = f"subjects: {table} 没有单列主键 (has no single primary key)"
        return [SQL_REFUSED.at(indicator.place, detail=detail)]
    where = indicator.subjects.where
    if where is not None:
        try:
            subjects_of(indicator, database, package, school)
        except QueryError as error:
            return [refused(error, where)]
    return []


def subjects_of(
    indicator: Indicator, database: Database, package: Package, school: str
) -> tuple[SubjectInForce, ...]:
    """The subjects of an indicator; also those that have no row of evidence."""
    declared = indicator.subjects
    if declared.values:
        kept = [value for value in declared.values if value.applies]
        return tuple(SubjectInForce(value.id, value.title) for value in kept)
    if not declared.table:
        return (SubjectInForce("", school),)
    schema = package.tables[declared.table].schema
    key = quoted(schema.primary_key[0])
    title = quoted(schema.row_title) if schema.row_title else key
    start = quoted(schema.valid_from) if schema.valid_from else "null::date"
    end = quoted(schema.valid_to) if schema.valid_to else "null::date"
    where = "true" if declared.where is None else str(declared.where.value)
    reads = subject_reads(indicator)
    query = (
        f"select {key}, {title}, {start}, {end} from {quoted(declared.table)}"  # noqa: S608 - declared names and checked declared SQL
        f" where (\n{where}\n) order by {key}"
    )
    return tuple(_subject(row) for row in database.ask(query, reads=reads)[1])


def subject_reads(indicator: Indicator) -> frozenset[str]:
    """The relations that `subjects_of` asks."""
    declared = indicator.subjects
    if declared.values or not declared.table:
        return frozenset()
    where = "true" if declared.where is None else str(declared.where.value)
    return relations_in(expression_query(where, declared.table))


def _subject(row: tuple[Cell, ...]) -> SubjectInForce:
    key, title, start, end = row
    return SubjectInForce(
        str(key),
        str(title or key),
        start if isinstance(start, dt.date) else None,
        end if isinstance(end, dt.date) else None,
    )
