"""Declared rules over the records: what is written about them, checked before any is asked."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

from generator.cache.remembered import Form, known
from generator.declared import Declared, read_declared
from generator.files import read_folder
from generator.problems.catalogue.declarations import DUPLICATE_ID
from generator.problems.catalogue.queries import RULE_BROKEN
from generator.problems.masking import shown
from generator.problems.problem import NO_WORDS, Place, Problem, Severity, Words
from generator.records.database import quoted
from generator.records.facts import has_window, relations_in, study
from generator.records.package import Package, Table, columns_of
from generator.records.sql import check_expression, check_query, expression_query
from generator.records.veil import reads_hidden
from generator.strict_yaml import Node

RULES_FOLDER = "records/rules"
_SQL = ("when", "query")
_NAME = re.compile(r"\{\w+\}")


@dataclasses.dataclass(frozen=True, slots=True)
class RecordRule:
    """One declared rule over the records."""

    id: str
    table: str
    severity: Severity
    query: str
    condition: str
    """What holds for the rows that break it; empty when only the whole query can be asked."""
    node: Node
    relations: frozenset[str]
    """The relations that its query reads."""
    fields: tuple[str, ...]
    wrong: Words
    fix: Words
    ground: str
    place: Place
    secret: bool
    """The query asks for columns that nobody may see; what it adds to the row is not told."""

    @property
    def is_dated(self) -> bool:
        """Its answer may depend on the day counted on."""
        return "as_of" in self.query.lower()


_READ = Form[tuple[tuple[RecordRule, ...], tuple[Problem, ...]]](
    "rules", RecordRule, Node, Problem, Place, Words, Severity
)


def read_rules(
    root: Path, package: Package, relations: list[str]
) -> tuple[tuple[RecordRule, ...], list[Problem]]:
    """Read every file of the rules folder, in name order.

    Args:
        root: the project root.
        package: the declared tables.
        relations: names of the engine's own relations that rules may also read.
    """
    files, faults = read_folder(root, RULES_FOLDER)
    told = columns_of(package), repr(relations)
    parts = *told, *(part for file in files.items() for part in file)
    rules, problems = _READ.of(known(), parts, lambda: _read(files, package, relations))
    return rules, [*faults, *problems]


def _read(
    files: dict[str, bytes], package: Package, relations: list[str]
) -> tuple[tuple[RecordRule, ...], tuple[Problem, ...]]:
    problems: list[Problem] = []
    rules: dict[str, RecordRule] = {}
    entries: list[Declared] = []
    for path, data in files.items():
        entries += _entries(read_declared(data, path, problems), problems)
    study(text for entry in entries for text in _texts(entry))
    for entry in entries:
        rule = _read_rule(entry, package, [*package.tables, *relations])
        if rule is None:
            continue
        if rule.id in rules:
            first = str(rules[rule.id].place)
            problems.append(DUPLICATE_ID.at(rule.place, value=shown(rule.id), first=first))
        rules.setdefault(rule.id, rule)
    return tuple(rules.values()), tuple(problems)


def _texts(entry: Declared) -> Iterator[str]:
    """The SQL of a rule as it will be looked at, to be parsed together with that of the others."""
    parts = {key: str(entry.entries[key].value) for key in _SQL if key in entry.entries}
    if "when" in parts and "table" in entry.entries:
        yield expression_query(parts["when"], str(entry.entries["table"].value))
    if "query" in parts:
        yield parts["query"]


def _entries(node: Node | None, problems: list[Problem]) -> list[Declared]:
    if node is None or node.value is None:
        return []
    holder = Node({"rules": node}, node.place, node.place, node.place)
    return Declared(holder, "rules", problems).mappings("rules")


def _read_rule(entry: Declared, package: Package, relations: list[str]) -> RecordRule | None:
    before = len(entry.problems)
    name = entry.text("id", required=True)
    table = package.tables.get(entry.one_of("table", package.tables))
    severity = entry.one_of("level", [level.value for level in Severity])
    condition, query = entry.get("when"), entry.get("query")
    fields = tuple(str(node.value) for node in entry.texts("fields"))
    wrong, fix = _words(entry, "wrong"), _words(entry, "fix")
    ground = entry.text("ground")
    entry.close()
    if table is None:
        return None
    node = condition or query
    if node is None or (condition and query) or not fields:
        what = Words(
            "when 与 query 写且只写一个；fields 至少写一列",
            "it needs either when or query, and at least one of fields",
        )
        entry.problems.append(broken_rule(entry.node.place, name, what))
        return None
    checked = query_text = str(node.value)
    if condition:
        entry.problems.extend(check_expression(condition, table.name, relations))
        checked = expression_query(query_text, table.name)
        query_text = f"select _row from {quoted(table.name)} where (\n{node.value}\n)"  # noqa: S608
    else:
        entry.problems.extend(check_query(node, relations))
    _check_fields(entry, table)
    if len(entry.problems) > before:
        return None
    return RecordRule(
        name, table.name, Severity(severity), query_text,
        str(node.value) if condition and not has_window(checked) else "",
        node, relations_in(checked), fields, wrong, fix, ground, entry.node.place,
        reads_hidden(checked, package),
    )  # fmt: skip


def _check_fields(entry: Declared, table: Table) -> None:
    among = Words(f"表 {table.name} 的列", f"the columns of {table.name}")
    known = [field.name for field in table.schema.fields]
    for item in entry.texts("fields"):
        if item.value not in known:
            entry.unknown(item, "fields", among, known)


def broken_rule(place: Place, name: str, what: Words) -> Problem:
    """The problem of a rule that is not written as a rule."""
    return RULE_BROKEN.at(
        place,
        rule=name,
        what_zh=what.zh,
        what_en=what.en,
        remedy_zh="照别的规则的写法改正",
        remedy_en="write it as the other rules are written",
    )


def _words(entry: Declared, key: str) -> Words:
    """Words in both languages; braces may only hold the name of a column."""
    inner = entry.inner(key, required=True)
    if inner is None:
        return NO_WORDS
    words = Words(inner.text("zh", required=True), inner.text("en", required=True))
    for language in ("zh", "en"):
        if set(_NAME.sub("", inner.text(language))) & {"{", "}"}:
            what = Words("花括号里只许写列名", "braces may only hold the name of a column")
            entry.problems.append(broken_rule(inner.place(language), entry.text("id"), what))
    inner.close()
    return words
