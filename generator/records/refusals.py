"""DuckDB's refusal of a query to a problem of ours, at the place of the word it means."""

import re

from generator.problems.catalogue.queries import SQL_REFUSED, SQL_UNKNOWN_COLUMN
from generator.problems.masking import shown
from generator.problems.problem import Problem
from generator.records.database import QueryError
from generator.strict_yaml import Node


def refused(error: QueryError, node: Node) -> Problem:
    """Translate the error; an unknown column keeps its name and the near names DuckDB saw."""
    message = str(error)
    text = str(node.value or "")
    column = re.search(r'(?:Referenced column|column named|have a column named) "([^"]+)"', message)
    if column:
        name = column.group(1)
        candidates = re.search(r"Candidate bindings?: (.*)", message)
        near = tuple(re.findall(r'"([^"]+)"', candidates.group(1)))[:3] if candidates else ()
        near = tuple(candidate for candidate in near if not candidate.startswith("_"))
        offset = max(0, text.find(name))
        return SQL_UNKNOWN_COLUMN.at(node.inside(offset), near=near, name=shown(name))
    first = message.splitlines()[0].partition(": ")[2] or message.splitlines()[0]
    return SQL_REFUSED.at(node.first, detail=first)
