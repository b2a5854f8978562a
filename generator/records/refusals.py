"""DuckDB's refusal of a query to a problem of ours, at the place of the word it means."""

import re
from collections.abc import Iterable

from generator.problems.catalogue.queries import (
    SQL_REFUSED,
    SQL_UNKNOWN_COLUMN,
    SQL_UNKNOWN_RELATION,
)
from generator.problems.masking import shown
from generator.problems.problem import Problem
from generator.problems.rule import near_names
from generator.records.database import QueryError
from generator.strict_yaml import Node

_COLUMN = re.compile(r'(?:Referenced column|have a column named|^Binder Error: Column) "([^"]+)"')
_TABLE = re.compile(r'Referenced table "([^"]+)" not found')
_CANDIDATES = re.compile(r"Candidate (?:bindings|tables)?: (.*)")
_WHILE_RUNNING = {"Conversion Error", "Invalid Input Error", "Out of Range Error"}
_VALUE = re.compile(r"""\s*(?:['":]| \(?-?[0-9]).*""")
"""From where on DuckDB quotes the records when a query fails on one of them."""
_POINTER = re.compile(r"^LINE \d+: (.*)\n( *)\^", re.MULTILINE)


def refused(error: QueryError, node: Node, known: Iterable[str] = ()) -> Problem:
    """Translate the error; an unknown name keeps its word and gets near names.

    Args:
        error: what DuckDB said.
        node: the declared query.
        known: names of columns, for when DuckDB does not say which it saw: of views it does not.
    """
    message = str(error)
    candidates = _CANDIDATES.search(message)
    near = re.findall(r'"([^"]+)"', candidates.group(1)) if candidates else known
    for pattern, rule in ((_COLUMN, SQL_UNKNOWN_COLUMN), (_TABLE, SQL_UNKNOWN_RELATION)):
        unknown = pattern.search(message)
        if unknown:
            name = unknown.group(1)
            place = node.inside(_offset(message, node, name))
            return rule.at(place, near_names(name, near), name=shown(name))
    kind, _, said = message.splitlines()[0].partition(": ")
    first = _VALUE.sub(" ***", said) if kind in _WHILE_RUNNING else said or kind
    return SQL_REFUSED.at(node.inside(_offset(message, node, "")), detail=first)


def _offset(message: str, node: Node, name: str) -> int:
    """Where in the text DuckDB points; else where the name stands; else the beginning."""
    text = str(node.value or "")
    pointer = _POINTER.search(message)
    if pointer:
        line = pointer.group(1)
        column = len(pointer.group(2)) - (pointer.start(1) - pointer.start())
        cut = 3 if line.startswith("...") else 0
        start = text.find(line[cut:].removesuffix("..."))
        found = start + column - cut
        if start >= 0 and text[found:].lower().startswith(name.lower()):
            return found
    word = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    return word.start() if name and word else 0
