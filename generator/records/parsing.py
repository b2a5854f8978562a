"""Declared SQL to a tree, by DuckDB's own parser: many texts in one go, none of them twice.

Where every answer is remembered no text is parsed, and DuckDB, which takes long to load, is not.
"""

import functools
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import duckdb

Found: TypeAlias = dict[str, Any]
"""A node of the tree as DuckDB writes it."""
Walked: TypeAlias = tuple[tuple[Found, frozenset[str]], ...]
MOST = 4096
"""Texts that are remembered; a preview that runs for days would remember ever more."""
_trees: dict[str, Found] = {}


@functools.cache
def parser() -> "duckdb.DuckDBPyConnection":
    """One connection that looks at texts only; opening one for each would cost 10 ms."""
    import duckdb  # noqa: PLC0415

    return duckdb.connect(config={"enable_external_access": "false", "threads": 1})


def parse_all(texts: Iterable[str]) -> None:
    """Parse texts in one go, so that `tree_of` has them; one by one takes several times as long."""
    if len(_trees) > MOST:
        _trees.clear()
        walk.cache_clear()
    new = [text for text in dict.fromkeys(texts) if text not in _trees]
    query = "select t, json_serialize_sql(t) from (select unnest(?::varchar[]) as t)"
    for text, tree in parser().execute(query, [new]).fetchall() if new else ():
        _trees[text] = dict(json.loads(tree))


def tree_of(text: str) -> Found:
    """The tree of a text; its `error` is set when the text cannot be parsed."""
    if text not in _trees:
        parse_all([text])
    return _trees[text]


@functools.lru_cache(maxsize=MOST)
def walk(text: str) -> Walked:
    """Every node of the tree with the names that `with` has defined where it stands."""
    return tuple(_nodes(tree_of(text), frozenset()))


def _nodes(value: object, names: frozenset[str]) -> Iterator[tuple[Found, frozenset[str]]]:
    if isinstance(value, list):
        for inner in value:
            yield from _nodes(inner, names)
    if isinstance(value, dict):
        if value.get("type") == "RECURSIVE_CTE_NODE":
            names |= {str(value["cte_name"]).lower()}
        for entry in (value.get("cte_map") or {}).get("map", []):
            yield from _nodes(entry["value"], names)
            names |= {str(entry["key"]).lower()}
        if isinstance(value.get("type"), str):
            yield value, names
        yield from _nodes(_inner(value), names)


def _inner(value: Found) -> list[object]:
    """What stands inside a node; a table function is judged once, so its name is left out."""
    if value.get("type") == "TABLE_FUNCTION":
        return [value["function"].get("arguments"), value["function"].get("filter")]
    return [inner for key, inner in value.items() if key != "cte_map"]
