"""A node of a parsed query: what it is called, and whether it may stand there.

Every relation must be declared, every function must be on the list, every kind of node must be
known.
"""

from collections.abc import Callable, Sequence
from functools import partial

from generator.problems.catalogue.queries import SQL_FORBIDDEN, SQL_UNKNOWN_RELATION
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem
from generator.problems.rule import near_names
from generator.records.allowed import CLOCK, FUNCTIONS, NODES, TABLE_FUNCTIONS, TYPES, WORDS
from generator.records.parsing import Found


def refusal(
    found: Found, relations: Sequence[str], names: frozenset[str]
) -> Callable[[Place], Problem] | None:
    """What is wrong with a node, to be told at its place, which takes long to find; or None.

    Args:
        found: the node.
        relations: the names of the declared relations.
        names: what `with` has defined where the node stands.
    """
    kind = found["type"]
    if kind == "BASE_TABLE":
        name = path_of(found)
        known = name in relations or (name.lower() in names and _is_plain(found))
        if not known:
            near = near_names(name, relations)
            return partial(SQL_UNKNOWN_RELATION.at, near=near, name=shown(name))
    what, allowed = _named(found, kind)
    if allowed is None or (kind in NODES and what.lower() in allowed):
        odd = [key for key in ("sample", "at_clause") if found.get(key)]
        return partial(SQL_FORBIDDEN.at, what=WORDS[odd[0]]) if odd else None
    near = near_names(what.lower(), allowed, 0.8)
    called = "()" if kind.endswith("FUNCTION") and what.isidentifier() else ""
    return partial(SQL_FORBIDDEN.at, near=near, what=WORDS.get(what, what) + called)


def _named(found: Found, kind: str) -> tuple[str, frozenset[str] | None]:
    """What a node calls by name and the names allowed; None when nothing is to be refused."""
    if kind == "FUNCTION" or kind.startswith("WINDOW_"):
        return found["function_name"], FUNCTIONS
    if kind == "TABLE_FUNCTION":
        return found["function"]["function_name"], TABLE_FUNCTIONS
    if kind == "TYPE":
        return found["type_name"], TYPES
    if kind == "COLUMN_REF":
        bare = len(found["column_names"]) == 1 and found["column_names"][0].lower() in CLOCK
        return found["column_names"][0], frozenset() if bare else None
    return kind, None if kind in NODES else frozenset()


def path_of(found: Found) -> str:
    """The name of a relation as written, with its schema."""
    return ".".join(found["qualified_name"]["path"])


def _is_plain(found: Found) -> bool:
    return len(found["qualified_name"]["path"]) == 1
