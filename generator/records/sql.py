"""Declared SQL: one parsed SELECT over declared relations, by allow-list.

The text is parsed by DuckDB itself (`json_serialize_sql`) and the tree is walked: every
relation must be declared, every function must be on the list, every kind of node must be
known. What is not known is refused, so a new DuckDB feature cannot open a door.
"""

from collections.abc import Callable, Sequence
from functools import partial

from generator.problems.catalogue.queries import (
    SQL_BROKEN,
    SQL_FORBIDDEN,
    SQL_NOT_SELECT,
    SQL_UNKNOWN_RELATION,
)
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem
from generator.problems.rule import near_names
from generator.records.allowed import CLOCK, FUNCTIONS, NODES, TABLE_FUNCTIONS, TYPES, WORDS
from generator.records.parsing import Found, parser, tree_of, walk
from generator.strict_yaml import Node

_BEFORE = "select (\n"


def relations_in(text: str) -> frozenset[str]:
    """The names of the relations that a checked query reads."""
    return frozenset(
        _path(found)
        for found, names in walk(text)
        if found["type"] == "BASE_TABLE" and _path(found).lower() not in names
    )


def names_in(text: str) -> tuple[frozenset[str], dict[str, str]]:
    """The columns a checked query mentions, `*` for all, and what it calls its relations.

    A relation's name among the columns stands for its whole row.
    """
    columns: set[str] = set()
    relations: dict[str, str] = {}
    for found, _ in walk(text):
        if found["type"] == "COLUMN_REF":
            path = [name.lower() for name in found["column_names"]]
            columns.update(path[1:] or path)
        elif found["type"] == "STAR":
            columns.add("*")
        elif found["type"] == "BASE_TABLE":
            relations[str(found.get("alias") or _path(found)).lower()] = _path(found)
    return frozenset(columns), relations


def has_window(text: str) -> bool:
    """Tell whether a checked query looks at other rows by a window, which `where` refuses."""
    return any(found["type"].startswith("WINDOW_") for found, _ in walk(text))


def check_query(node: Node, relations: Sequence[str]) -> list[Problem]:
    """Report why the query must not run; empty when it may.

    Args:
        node: the YAML text node that holds the query.
        relations: names of the declared relations it may read.
    """
    text = str(node.value or "")
    problems = check_text(text, node, relations)
    bare = text.strip().rstrip(";")
    wrapped = f"select * from (\n{bare}\n)"  # noqa: S608 - parsed only
    if not problems and ";" in bare and tree_of(wrapped).get("error"):
        return [_not_select(node.first, "分号之后还有内容", "text follows the semicolon")]
    return problems


def check_expression(node: Node, table: str, relations: Sequence[str]) -> list[Problem]:
    """The same for a boolean or scalar expression over the columns of one table."""
    text = expression_query(str(node.value), table)
    return check_text(text, node, relations, len(_BEFORE))


def check_derived(node: Node, table: str) -> list[Problem]:
    """The same for an expression that may look at nothing but its own row."""
    problems = check_expression(node, table, [table])
    text = expression_query(str(node.value), table)
    kinds = {found["type"] for found, _ in walk(text)}
    if not problems and "SUBQUERY" in kinds:
        return [SQL_FORBIDDEN.at(node.first, what="select")]
    return problems


def expression_query(expression: str, table: str, columns: str = "_row") -> str:
    """The query that selects the rows of `table` for which the expression holds."""
    return f'{_BEFORE}{expression}\n) as broken, {columns} from "{table}"'


def check_text(text: str, node: Node, relations: Sequence[str], shift: int = 0) -> list[Problem]:
    """Check the SQL `text`; places are found in `node`, `shift` characters of it are ours."""
    tree = tree_of(text)
    if tree.get("error"):
        return [_syntax(tree, text, node, shift)]
    count = len(tree.get("statements", []))
    if count != 1:
        what = ("这里写了几条", "these are several") if count else ("这里是空的", "this is none")
        return [_not_select(node.inside(_second(text)), *what)]
    problems = []
    for found, names in walk(text):
        wrong = _judge(found, relations, names)
        if wrong is not None:
            problems.append(wrong(_place(node, text, _offset(found), shift)))
    return list(dict.fromkeys(problems))


def _second(text: str) -> int:
    """Where the second statement of a text begins; 0 when there is none."""
    statements = parser().extract_statements(text)
    first = statements[0].query if statements else ""
    return len(first) if len(statements) > 1 else 0


def _not_select(place: Place, zh: str, en: str) -> Problem:
    return SQL_NOT_SELECT.at(place, what_zh=zh, what_en=en)


def _syntax(tree: Found, text: str, node: Node, shift: int) -> Problem:
    if tree.get("error_type") == "not implemented":
        statements = parser().extract_statements(text)
        kinds = [statement.type.name.lower() for statement in statements]
        strange = next((i for i, kind in enumerate(kinds) if kind != "select"), 0)
        offset = sum(len(statement.query) for statement in statements[:strange])
        what = WORDS.get(kinds[strange], kinds[strange])
        return _not_select(node.inside(offset), f"写的是 {what}", f"this is {what}")
    offset = int(tree.get("position", 0))
    near = text.encode()[offset : offset + 30].decode("utf-8", "ignore").split("\n")[0]
    place = _place(node, text, offset, shift)
    return SQL_BROKEN.at(place, near_text=shown(near or text[-20:]))


def _place(node: Node, text: str, offset: int, shift: int) -> Place:
    """The place of a byte offset that DuckDB reports."""
    before = text.encode()[:offset].decode("utf-8", "ignore")
    return node.inside(max(0, len(before) - shift))


def _judge(
    found: Found, relations: Sequence[str], names: frozenset[str]
) -> Callable[[Place], Problem] | None:
    """What is wrong with a node, to be told at its place, which takes long to find."""
    kind = found["type"]
    if kind == "BASE_TABLE":
        name = _path(found)
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


def _path(found: Found) -> str:
    return ".".join(found["qualified_name"]["path"])


def _is_plain(found: Found) -> bool:
    return len(found["qualified_name"]["path"]) == 1


def _offset(found: Found) -> int:
    location = int(found.get("query_location") or 0)
    return location if location < 2**31 else 0
