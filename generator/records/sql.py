"""Declared SQL: one parsed SELECT over declared relations, by allow-list.

The text is parsed by DuckDB itself (`json_serialize_sql`) and the tree is walked: every
relation must be declared, every function must be on the list, every kind of node must be
known. What is not known is refused, so a new DuckDB feature cannot open a door.
"""

from collections.abc import Sequence

from generator.problems.catalogue.queries import SQL_BROKEN, SQL_FORBIDDEN, SQL_NOT_SELECT
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem
from generator.records.allowed import WORDS
from generator.records.facts import facts_of
from generator.records.nodes import refusal
from generator.records.parsing import Found, parser, tree_of, walk
from generator.strict_yaml import Node

_BEFORE = "select (\n"


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
    if not problems and ";" in bare and not facts_of(wrapped).kinds:
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
    if not problems and "SUBQUERY" in facts_of(text).kinds:
        return [SQL_FORBIDDEN.at(node.first, what="select")]
    return problems


def expression_query(expression: str, table: str, columns: str = "_row") -> str:
    """The query that selects the rows of `table` for which the expression holds."""
    return f'{_BEFORE}{expression}\n) as broken, {columns} from "{table}"'


def check_text(text: str, node: Node, relations: Sequence[str], shift: int = 0) -> list[Problem]:
    """Check the SQL `text`; places are found in `node`, `shift` characters of it are ours."""
    facts = facts_of(text)
    if facts.clean and facts.relations.issubset(relations):
        return []
    tree = tree_of(text)
    if tree.get("error"):
        return [_syntax(tree, text, node, shift)]
    count = len(tree.get("statements", []))
    if count != 1:
        what = ("这里写了几条", "these are several") if count else ("这里是空的", "this is none")
        return [_not_select(node.inside(_second(text)), *what)]
    problems = []
    for found, names in walk(text):
        wrong = refusal(found, relations, names)
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


def _offset(found: Found) -> int:
    location = int(found.get("query_location") or 0)
    return location if location < 2**31 else 0
