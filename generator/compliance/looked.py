"""Whether somebody looked: a count of zero only means something when there was a look."""

import dataclasses
import datetime as dt

from generator.compliance.declarations import Indicator
from generator.compliance.queries import columns_of, missing_columns, text_of
from generator.problems.problem import Problem
from generator.records.database import Database
from generator.records.facts import relations_in


@dataclasses.dataclass(frozen=True, slots=True)
class Looks:
    """The days on which somebody looked, and for how many days a look is good.

    Where `within` is 0, a look is good for the period in which it happened.
    """

    days: tuple[dt.date, ...]
    within: int

    def cover(self, start: dt.date, day: dt.date) -> bool:
        """Somebody looked on the day or at most `within` days before; or since the start."""
        first = day - dt.timedelta(days=self.within) if self.within else start
        return any(first <= look <= day for look in self.days)


def check_looked(indicator: Indicator, database: Database) -> list[Problem]:
    """Report why the `looked` query cannot be used."""
    node = indicator.looked
    if node is None:
        return []
    columns, problems = columns_of(database, node)
    if not problems and "happened_on" not in columns:
        return [missing_columns(node, ["happened_on"])]
    return problems


def looked_reads(indicator: Indicator) -> frozenset[str]:
    """The relations that `read_looks` asks."""
    return relations_in(str(indicator.looked.value)) if indicator.looked else frozenset()


def read_looks(indicator: Indicator, database: Database) -> Looks | None:
    """The days that the `looked` query gives; None when none is declared."""
    node = indicator.looked
    if node is None:
        return None
    query = f"select distinct happened_on from (\n{text_of(node)}\n) order by 1"  # noqa: S608 - checked declared SQL
    days = [row[0] for row in database.ask(query, reads=relations_in(str(node.value)))[1]]
    return Looks(tuple(day for day in days if isinstance(day, dt.date)), indicator.looked_within)
