"""Declared rules asked of the records: the rows that break one become problems in our words.

The conditions on one table are asked in one scan, since planning a query takes longer than
running it. When that fails, each rule is asked by itself and told its own fault.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.problems.catalogue.queries import SQL_REFUSED, SQL_TOO_LONG
from generator.problems.masking import HIDDEN, shown
from generator.problems.problem import Problem, Words
from generator.problems.rule import Rule
from generator.records.answers import Cell
from generator.records.database import TIME_LIMIT, Database, QueryError, QueryTimeoutError, quoted
from generator.records.refusals import refused
from generator.records.rules import RecordRule, broken_rule
from generator.records.tables import RawTable, RawTables

_TOGETHER = 60
"""Conditions in one scan; each has its bit in a number of 64."""


def check_rules(
    rules: Sequence[RecordRule], database: Database, raw: RawTables, faulty: frozenset[str]
) -> list[Problem]:
    """Run the rules over the records as they are; tables with faults of their own are left out.

    Args:
        rules: the declared rules.
        database: the sealed tables.
        raw: the tables as written, for places and values.
        faulty: names of tables whose own check found errors.
    """
    asked = [rule for rule in rules if not rule.relations & faulty]
    problems: list[Problem] = []
    with database.as_recorded():
        for group in _groups(asked):
            found = _ask_together(group, database, raw) if len(group) > 1 else None
            if found is None:
                found = [problem for rule in group for problem in _run(rule, database, raw)]
            problems.extend(found)
    return problems


def _groups(rules: Sequence[RecordRule]) -> Iterator[list[RecordRule]]:
    """Rules that can be asked together: conditions on the same table; all others alone."""
    conditions: dict[str, list[RecordRule]] = defaultdict(list)
    for rule in rules:
        if rule.condition:
            conditions[rule.table].append(rule)
        else:
            yield [rule]
    for group in conditions.values():
        for first in range(0, len(group), _TOGETHER):
            yield group[first : first + _TOGETHER]


def _ask_together(
    group: list[RecordRule], database: Database, raw: RawTables
) -> list[Problem] | None:
    """The problems of several conditions on one table; None when one of them cannot be asked."""
    bits = " + ".join(
        f"case when (\n{rule.condition}\n) then {1 << number} else 0 end"
        for number, rule in enumerate(group)
    )
    name = group[0].table
    reads = frozenset().union(*(rule.relations for rule in group))
    query = (
        f"select _row, _bits from (select _row, {bits} as _bits from {quoted(name)})"  # noqa: S608 - checked declared SQL
        " where _bits > 0 order by _row"
    )
    try:
        _, rows = database.ask(query, reads=reads)
    except QueryError:
        return None
    if any(_unknown_facts(rule, ["_row"], raw) for rule in group):
        return None
    return [
        _problem(rule, int(str(row)), {}, raw.tables[name])
        for row, bits in rows
        for number, rule in enumerate(group)
        if int(str(bits)) >> number & 1
    ]


def _run(rule: RecordRule, database: Database, raw: RawTables) -> list[Problem]:
    try:
        names, rows = database.ask(rule.query, reads=rule.relations)
    except QueryTimeoutError:
        return [SQL_TOO_LONG.at(rule.node.first, seconds=int(TIME_LIMIT))]
    except QueryError as error:
        known = {
            field.name
            for name in rule.relations & set(raw.tables)
            for field in raw.tables[name].table.schema.fields
        }
        return [refused(error, rule.node, known)]
    strange = _unknown_facts(rule, names, raw)
    if strange:
        what = Words(
            f"花括号里的 {strange[0]} 既不是表的列，也不是查询的列",
            f"{strange[0]} in braces is no column of the table or the query",
        )
        return [broken_rule(rule.place, rule.id, what)]
    table = raw.tables[rule.table]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    numbers = range(table.base, table.base + table.size)
    broken = [(int(str(e["_row"])), e) for e in found if e.get("_row") in numbers]
    if "_row" not in names or len(broken) < len(found):
        detail = f"没有 _row 列，或它不是 {rule.table} 的行 (no _row of {rule.table})"
        return [SQL_REFUSED.at(rule.node.first, detail=detail)]
    broken.sort(key=lambda entry: entry[0])
    return [_problem(rule, row, extra, table) for row, extra in broken]


def _problem(rule: RecordRule, row: int, extra: dict[str, Cell], table: RawTable) -> Problem:
    facts: dict[str, object] = dict.fromkeys(extra, HIDDEN)
    if not rule.secret:
        facts = {name: shown(_text(value)) for name, value in extra.items()}
    for field in table.table.schema.fields:
        facts[field.name] = table.told(row, field.name)
    kind = Rule(rule.id, rule.wrong, rule.fix, rule.severity)
    wanted = {name: facts[name] for name in kind.facts}
    ground = rule.ground or str(rule.place)
    return kind.at(table.place(row, rule.fields[0]), (), Words(ground, ground), **wanted)


def _text(value: Cell) -> str:
    return "" if value is None else str(value)


def _unknown_facts(rule: RecordRule, columns: list[str], raw: RawTables) -> list[str]:
    """Names in the wording that neither the table nor the query has."""
    known = {*columns, *(field.name for field in raw.tables[rule.table].table.schema.fields)}
    facts = Rule(rule.id, rule.wrong, rule.fix).facts
    return sorted(facts - known)
