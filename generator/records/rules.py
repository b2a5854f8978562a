"""Declared rules: a query returns the rows that break it; each becomes a problem in our words."""

import dataclasses
import re
from pathlib import Path

from generator.declared import Declared
from generator.files import read_text
from generator.problems.catalogue.declarations import DUPLICATE_ID
from generator.problems.catalogue.queries import RULE_BROKEN, SQL_REFUSED, SQL_TOO_LONG
from generator.problems.masking import HIDDEN, shown
from generator.problems.problem import NO_WORDS, Place, Problem, Severity, Words
from generator.problems.rule import Rule
from generator.records.database import (
    TIME_LIMIT,
    Cell,
    Database,
    QueryError,
    QueryTimeoutError,
    quoted,
)
from generator.records.package import Package, Table
from generator.records.refusals import refused
from generator.records.sql import check_expression, check_query, relations_in
from generator.records.tables import RawTable, RawTables
from generator.records.veil import reads_hidden
from generator.strict_yaml import Node, read_yaml

RULES_FOLDER = "records/rules"
_NAME = re.compile(r"\{\w+\}")


@dataclasses.dataclass(frozen=True, slots=True)
class RecordRule:
    """One declared rule over the records."""

    id: str
    table: Table
    severity: Severity
    query: str
    node: Node
    fields: tuple[str, ...]
    wrong: Words
    fix: Words
    ground: str
    place: Place
    secret: bool
    """The query asks for columns that nobody may see; what it adds to the row is not told."""

    @property
    def relations(self) -> frozenset[str]:
        """The relations that its query reads."""
        return relations_in(self.query)


def read_rules(
    root: Path, package: Package, relations: list[str]
) -> tuple[tuple[RecordRule, ...], list[Problem]]:
    """Read every file of the rules folder, in name order.

    Args:
        root: the project root.
        package: the declared tables.
        relations: names of the engine's own relations that rules may also read.
    """
    problems: list[Problem] = []
    rules: dict[str, RecordRule] = {}
    folder = root / RULES_FOLDER
    for file in sorted(folder.glob("*.yaml")):
        path = file.relative_to(root).as_posix()
        text, found = read_text(root, path)
        problems.extend(found)
        node, found = read_yaml(text, path) if text is not None else (None, [])
        problems.extend(found)
        for entry in _entries(node, problems):
            rule = _read_rule(entry, package, [*package.tables, *relations])
            if rule is None:
                continue
            if rule.id in rules:
                first = str(rules[rule.id].place)
                problems.append(DUPLICATE_ID.at(rule.place, value=shown(rule.id), first=first))
            rules.setdefault(rule.id, rule)
    return tuple(rules.values()), problems


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
        entry.problems.append(_broken(entry.node.place, name, what))
        return None
    text = str(node.value)
    if condition:
        entry.problems.extend(check_expression(condition, table.name, relations))
        text = f"select _row from {quoted(table.name)} where (\n{text}\n)"  # noqa: S608
    else:
        entry.problems.extend(check_query(node, relations))
    _check_fields(entry, table)
    if len(entry.problems) > before:
        return None
    level = Severity(severity)
    place = entry.node.place
    secret = reads_hidden(text, package)
    return RecordRule(name, table, level, text, node, fields, wrong, fix, ground, place, secret)


def _check_fields(entry: Declared, table: Table) -> None:
    among = Words(f"表 {table.name} 的列", f"the columns of {table.name}")
    known = [field.name for field in table.schema.fields]
    for item in entry.texts("fields"):
        if item.value not in known:
            entry.unknown(item, "fields", among, known)


def _broken(place: Place, name: str, what: Words) -> Problem:
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
            entry.problems.append(_broken(inner.place(language), entry.text("id"), what))
    inner.close()
    return words


def check_rules(
    rules: tuple[RecordRule, ...], database: Database, raw: RawTables, faulty: frozenset[str]
) -> list[Problem]:
    """Run the rules over the records as they are; tables with faults of their own are left out.

    Args:
        rules: the declared rules.
        database: the sealed tables.
        raw: the tables as written, for places and values.
        faulty: names of tables whose own check found errors.
    """
    problems: list[Problem] = []
    with database.as_recorded():
        for rule in rules:
            if not rule.relations & faulty:
                problems.extend(_run(rule, database, raw))
    return problems


def _run(rule: RecordRule, database: Database, raw: RawTables) -> list[Problem]:
    try:
        names, rows = database.ask(rule.query)
    except QueryTimeoutError:
        return [SQL_TOO_LONG.at(rule.node.first, seconds=int(TIME_LIMIT))]
    except QueryError as error:
        known = {
            field.name
            for name in rule.relations & set(raw.tables)
            for field in raw.tables[name].table.schema.fields
        }
        return [refused(error, rule.node, known)]
    strange = _unknown_facts(rule, names)
    if strange:
        what = Words(
            f"花括号里的 {strange[0]} 既不是表的列，也不是查询的列",
            f"{strange[0]} in braces is no column of the table or the query",
        )
        return [_broken(rule.place, rule.id, what)]
    table = raw.tables[rule.table.name]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    numbers = range(table.base, table.base + table.size)
    broken = [(int(str(e["_row"])), e) for e in found if e.get("_row") in numbers]
    if "_row" not in names or len(broken) < len(found):
        detail = f"没有 _row 列，或它不是 {rule.table.name} 的行 (no _row of {rule.table.name})"
        return [SQL_REFUSED.at(rule.node.first, detail=detail)]
    broken.sort(key=lambda entry: entry[0])
    return [_problem(rule, row, extra, table) for row, extra in broken]


def _problem(rule: RecordRule, row: int, extra: dict[str, Cell], table: RawTable) -> Problem:
    facts: dict[str, object] = dict.fromkeys(extra, HIDDEN)
    if not rule.secret:
        facts = {name: shown(_text(value)) for name, value in extra.items()}
    for field in rule.table.schema.fields:
        facts[field.name] = table.told(row, field.name)
    kind = Rule(rule.id, rule.wrong, rule.fix, rule.severity)
    wanted = {name: facts[name] for name in kind.facts}
    ground = rule.ground or str(rule.place)
    return kind.at(table.place(row, rule.fields[0]), (), Words(ground, ground), **wanted)


def _text(value: Cell) -> str:
    return "" if value is None else str(value)


def _unknown_facts(rule: RecordRule, columns: list[str]) -> list[str]:
    """Names in the wording that neither the table nor the query has."""
    known = {*columns, *(field.name for field in rule.table.schema.fields)}
    facts = Rule(rule.id, rule.wrong, rule.fix).facts
    return sorted(facts - known)
