"""A school of four tables in a temporary folder, for tests that need records of their own."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from generator.compliance.figures import Assessment
from generator.ledger import Checked, Ledger, check_project, count_ledger
from generator.project import read_project

NOW = dt.datetime(2026, 12, 31, 4, 0, tzinfo=dt.UTC)
SCHOOL = """\
name: 小学校
site_name: 小学校 平安校园
sample: true
profile: {stage: primary, has_boarders: false, has_lifts: true}
bindings:
  calendar:
    table: dates
    start: first_day
    end: last_day
    kind: sort
    name: called
    term: term
    teaching: [lessons]
    makeup: [swap]
    holiday: [free]
  roles: {table: posts, id: post_id, title: post_name}
"""
FIELDS = {
    "dates": "first_day:date* last_day:date* sort:string term:string called:string",
    "posts": "post_id:string* post_name:string",
    "groups": "group_id:string* group_name:string opens:date* closes:date*",
    "talks": (
        "talk_id:string* group_id:string held_on:date amount:number fine:boolean"
        " due_on:date* done_on:date"
    ),
}
KEYS = {"dates": "first_day", "posts": "post_id", "groups": "group_id", "talks": "talk_id"}
EXTRA = {
    "groups": "row_title: group_name\nvalidity: {from: opens, to: closes}\n",
    "talks": "event_date: held_on\n",
}
ROWS = {
    "dates": """
        2025-09-01,2026-01-16,lessons,2025-2026-1,秋季学期
        2026-01-17,2026-02-28,free,2025-2026-1,寒假
        2026-03-01,2026-07-03,lessons,2025-2026-2,春季学期
        2026-07-04,2026-08-31,free,2025-2026-2,暑假
        2026-09-01,2027-01-15,lessons,2026-2027-1,秋季学期
        """,
    "posts": "head,校长",
    "groups": """
        a,甲班,2025-09-01,2027-08-31
        b,乙班,2025-09-01,2027-08-31
        """,
    "talks": "",
}
MEASURE = """\
id: Q1
title: 安全课
statement: 每班不少于 {target}
source: {house: 本校自定}
unit: 课时
kind: measure
target: {at_least: 2}
period: calendar_month
owner: head
evidence: |
  select _row, held_on as happened_on, amount as value from talks
"""


@dataclass(frozen=True)
class SmallSchool:
    root: Path

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def rows(self, table: str, text: str) -> None:
        header = ",".join(name for name, _ in _fields(table))
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        self.write(f"records/tables/{table}.csv", "\n".join([header, *lines, ""]))

    def indicator(self, text: str = MEASURE, **changed: str) -> None:
        """Write the indicator; a keyword replaces the line (or block) of that key, or adds it."""
        for key, value in changed.items():
            text = _replaced(text, key, dedent(value))
        self.write("records/indicators/Q1.yaml", text)

    @contextmanager
    def checked(self, now: dt.datetime = NOW) -> Iterator[Checked]:
        project, problems = read_project(self.root, now)
        with check_project(project, problems) as checked:
            yield checked

    def ledger(self, as_of: str, now: dt.datetime = NOW) -> Ledger:
        with self.checked(now) as checked:
            return count_ledger(checked, dt.date.fromisoformat(as_of))

    def assessment(self, as_of: str) -> Assessment:
        """The only indicator, counted on a day; there must be no problem."""
        ledger = self.ledger(as_of)
        assert [problem.wrong.zh for problem in ledger.problems] == []
        (assessment,) = ledger.assessments.values()
        return assessment

    def problems(self, as_of: str = "2026-11-20") -> list[tuple[str, str]]:
        """(rule, place) of every problem."""
        return [(p.rule, str(p.place)) for p in self.ledger(as_of).problems]


def small_school(root: Path, **rows: str) -> SmallSchool:
    """Write the school; keywords give the rows of a table."""
    school = SmallSchool(root)
    school.write("records/school.yaml", SCHOOL)
    resources = "".join(_resource(table) for table in FIELDS)
    school.write("records/datapackage.yaml", f"name: small\nresources:\n{resources}")
    for table in FIELDS:
        school.write(f"records/schemas/{table}.yaml", _schema(table))
        school.rows(table, rows.get(table, ROWS[table]))
    return school


def _fields(table: str) -> list[tuple[str, str]]:
    pairs = (field.split(":") for field in FIELDS[table].split())
    return [(name, kind) for name, kind in pairs]


def _resource(table: str) -> str:
    return (
        f"  - {{name: {table}, title: {table}, description: {table}, type: table,"
        f" path: tables/{table}.csv, encoding: utf-8, schema: schemas/{table}.yaml,"
        " sensitivity: public}\n"
    )


def _schema(table: str) -> str:
    lines = []
    for name, kind in _fields(table):
        future = ", future: true" if kind.endswith("*") and kind.startswith("date") else ""
        lines.append(
            f"  - {{name: {name}, title: {name}, description: {name},"
            f" type: {kind.rstrip('*')}, sensitivity: public{future}}}\n"
        )
    extra = EXTRA.get(table, "")
    return f"primaryKey: [{KEYS[table]}]\n{extra}fields:\n{''.join(lines)}".replace(
        "type: boolean", 'type: boolean, trueValues: ["true"], falseValues: ["false"]'
    )


def _replaced(text: str, key: str, value: str) -> str:
    written = f"{key}: |\n" + "".join(f"  {line}\n" for line in value.strip().splitlines())
    line = written if "\n" in value.strip() else f"{key}: {value}\n"
    kept: list[str] = []
    inside = False
    for old in text.splitlines(keepends=True):
        inside = old.startswith(f"{key}:") or (inside and old.startswith(" "))
        if not inside:
            kept.append(old)
    return "".join([*kept, line])
