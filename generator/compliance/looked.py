"""Whether somebody looked: a count of zero only means something when there was a look."""

import datetime as dt

from generator.compliance.declarations import Indicator
from generator.compliance.evidence import columns_of
from generator.problems.catalogue.queries import EVIDENCE_COLUMNS
from generator.problems.problem import Problem
from generator.records.database import Database


def somebody_looked(
    indicator: Indicator, database: Database, as_of: dt.date
) -> tuple[bool, list[Problem]]:
    """Tell whether the `looked` query has a row within its days; true when none is declared."""
    node = indicator.looked
    if node is None:
        return True, []
    columns, problems = columns_of(database, node)
    if problems:
        return False, problems
    if "happened_on" not in columns:
        words = {"what_zh": "缺少列", "what_en": "lacks columns", "names": "happened_on"}
        return False, [EVIDENCE_COLUMNS.at(node.first, **words)]
    first = as_of - dt.timedelta(days=indicator.looked_within)
    text = str(node.value).strip().rstrip(";")
    query = (
        f"select count(*) from (\n{text}\n)"  # noqa: S608
        f" where happened_on > date '{first}' and happened_on <= date '{as_of}'"
    )
    return bool(database.ask(query)[1][0][0]), []
