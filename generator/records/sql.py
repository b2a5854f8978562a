"""Declared SQL: one parsed SELECT over declared relations, by allow-list.

The text is parsed by DuckDB itself (`json_serialize_sql`) and the tree is walked: every
relation must be declared, every function must be on the list, every kind of node must be
known. What is not known is refused, so a new DuckDB feature cannot open a door.
"""

import functools
import json
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from generator.problems.catalogue.queries import (
    SQL_BROKEN,
    SQL_FORBIDDEN,
    SQL_NOT_SELECT,
    SQL_UNKNOWN_RELATION,
)
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem
from generator.problems.rule import near_names
from generator.strict_yaml import Node

_FUNCTIONS = frozenset(
    "as_of + - * / // % || ~~ !~~ ~~* !~~* ** @ abs round floor ceil ceiling trunc sign mod"
    " greatest least coalesce nullif ifnull if lower upper trim ltrim rtrim length strlen"
    " substring substr left right replace concat concat_ws starts_with ends_with contains"
    " regexp_matches regexp_full_match regexp_replace regexp_extract split_part string_split"
    " str_split lpad rpad list_value list_contains array_length list_distinct unnest range"
    " generate_series len date_diff datediff date_part datepart date_trunc year month day"
    " quarter dayofweek isodow last_day make_date strftime to_days to_months to_years"
    " date_add epoch count count_star sum avg min max bool_and bool_or any_value arg_min"
    " arg_max median string_agg list first last row_number rank dense_rank lag lead"
    " first_value last_value not like_escape".split()
)
_CLOCK = frozenset(
    "current_date current_time current_timestamp localtime localtimestamp current_user"
    " session_user user current_role current_catalog current_schema current_database".split()
)
_NODES = frozenset(
    "SELECT_NODE SET_OPERATION_NODE BASE_TABLE JOIN SUBQUERY EMPTY EXPRESSION_LIST TABLE_FUNCTION"
    " COLUMN_REF FUNCTION VALUE_CONSTANT STAR ORDER_MODIFIER DISTINCT_MODIFIER LIMIT_MODIFIER"
    " CASE_EXPR CASE OPERATOR_CAST CAST CONJUNCTION_AND CONJUNCTION_OR OPERATOR_NOT"
    " OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_COALESCE OPERATOR_TRY COMPARE_EQUAL"
    " COMPARE_NOTEQUAL COMPARE_LESSTHAN COMPARE_GREATERTHAN COMPARE_LESSTHANOREQUALTO"
    " COMPARE_GREATERTHANOREQUALTO COMPARE_IN COMPARE_NOT_IN COMPARE_BETWEEN"
    " COMPARE_NOT_BETWEEN COMPARE_DISTINCT_FROM COMPARE_NOT_DISTINCT_FROM WINDOW_AGGREGATE"
    " WINDOW_ROW_NUMBER WINDOW_RANK WINDOW_RANK_DENSE WINDOW_LAG WINDOW_LEAD"
    " WINDOW_FIRST_VALUE WINDOW_LAST_VALUE ARRAY_EXTRACT STRUCT_EXTRACT VALUE_DEFAULT".split()
)
_TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})


def relations_in(text: str) -> frozenset[str]:
    """The names of the relations that a checked query reads."""
    tree = _parse(text)
    return frozenset(_tables(tree)) - frozenset(_common_names(tree))


def check_query(node: Node, relations: Sequence[str]) -> list[Problem]:
    """Report why the query must not run; empty when it may.

    Args:
        node: the YAML text node that holds the query.
        relations: names of the declared relations it may read.
    """
    return check_text(str(node.value or ""), node, relations)


def check_expression(node: Node, table: str, relations: Sequence[str]) -> list[Problem]:
    """The same for a boolean or scalar expression over the columns of one table."""
    return check_text(expression_query(str(node.value), table), node, relations, len("select ("))


def expression_query(expression: str, table: str, columns: str = "_row") -> str:
    """The query that selects the rows of `table` for which the expression holds."""
    return f"select (\n{expression}\n) as broken, {columns} from {table}"  # noqa: S608 - declared names


def check_text(text: str, node: Node, relations: Sequence[str], shift: int = 0) -> list[Problem]:
    """Check the SQL `text`; places are found in `node`, `shift` bytes of it are ours."""
    if ";" in text.strip().rstrip(";").replace("';'", ""):
        return [SQL_NOT_SELECT.at(node.first, what="几条语句 (several statements)")]
    tree = _parse(text.strip().rstrip(";"))
    if tree.get("error"):
        return [_syntax(tree, text, node, shift)]
    problems: list[Problem] = []
    names = set(_common_names(tree))
    for found in _nodes(tree):
        problem = _judge(found, node, relations, names, shift)
        if problem is not None:
            problems.append(problem)
    return list(dict.fromkeys(problems))


@functools.cache
def _parser() -> duckdb.DuckDBPyConnection:
    """One connection for parsing only; opening one for each query would cost 10 ms."""
    return duckdb.connect(config={"enable_external_access": "false"})


@functools.lru_cache(maxsize=512)
def _serialized(text: str) -> str:
    row = _parser().execute("select json_serialize_sql(?::varchar)", [text]).fetchone()
    return str(row[0]) if row else "{}"


def _parse(text: str) -> dict[str, Any]:
    return dict(json.loads(_serialized(text)))


def _syntax(tree: dict[str, Any], text: str, node: Node, shift: int) -> Problem:
    if tree.get("error_type") == "not implemented":
        word = text.split(maxsplit=1)[0] if text.split() else ""
        return SQL_NOT_SELECT.at(node.first, what=shown(word))
    offset = int(tree.get("position", 0))
    near = text.encode()[offset : offset + 30].decode("utf-8", "replace").split("\n")[0]
    return SQL_BROKEN.at(_place(node, offset, shift), near_text=shown(near or text[-20:]))


def _place(node: Node, offset: int, shift: int) -> Place:
    """The place of a byte offset that DuckDB reports."""
    text = str(node.value or "")
    inner = max(0, min(offset - shift, len(text.encode())))
    return node.inside(len(text.encode()[:inner].decode("utf-8", "ignore")))


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


def _tables(tree: dict[str, Any]) -> Iterator[str]:
    for node in _nodes(tree):
        if node["type"] == "BASE_TABLE":
            yield ".".join(node["qualified_name"]["path"]).lower()


def _common_names(value: object) -> Iterator[str]:
    """Names that `with` defines inside the query."""
    if isinstance(value, dict):
        for entry in (value.get("cte_map") or {}).get("map", []):
            yield str(entry["key"]).lower()
        for inner in value.values():
            yield from _common_names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _common_names(inner)


def _judge(
    found: dict[str, Any], node: Node, relations: Sequence[str], names: set[str], shift: int
) -> Problem | None:
    kind = found["type"]
    place = _place(node, _offset(found), shift)
    if kind == "BASE_TABLE":
        name = ".".join(found["qualified_name"]["path"])
        if name.lower() in names or name in relations:
            return _sampled(found, place)
        near = near_names(name, relations)
        return SQL_UNKNOWN_RELATION.at(place, near=near, name=shown(name))
    if kind == "FUNCTION" and found["function_name"].lower() not in _FUNCTIONS:
        return SQL_FORBIDDEN.at(place, what=f"{found['function_name']}()")
    if kind == "TABLE_FUNCTION" and found["function"]["function_name"] not in _TABLE_FUNCTIONS:
        return SQL_FORBIDDEN.at(place, what=f"{found['function']['function_name']}()")
    if kind == "COLUMN_REF" and found["column_names"][-1].lower() in _CLOCK:
        return SQL_FORBIDDEN.at(place, what=found["column_names"][-1])
    return _sampled(found, place) if kind in _NODES else SQL_FORBIDDEN.at(place, what=kind)


def _sampled(found: dict[str, Any], place: Place) -> Problem | None:
    return SQL_FORBIDDEN.at(place, what="tablesample") if found.get("sample") else None


def _offset(found: dict[str, Any]) -> int:
    location = int(found.get("query_location") or 0)
    return location if location < 2**31 else 0
