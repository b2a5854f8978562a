"""What is declared is read anew when its file, or what it is checked against, changes."""

import dataclasses
import datetime as dt

import pytest

from generator.cache import store as cache
from generator.cache.store import Store
from generator.ledger import Checked, check_project, count_ledger
from generator.problems.problem import Problem
from tests.conftest import GOOD, TODAY, MakeProject

DAYS = (TODAY, TODAY - dt.timedelta(days=60))
Files = dict[str, str | bytes | None]
QUESTIONS = """\
- {ask: 看什么, heading: 玩水, answer: "看[[diver]]。", pages: [content/pages/extra.md]}
"""
SYNONYMS = "find:\n  - {to: extra, say: [另一页]}\n  - {to: diver, say: [看水的人]}\n"
CHART = """\
- id: months
  table: walks
  title: 每月巡查
  about: 每月几次。
  kind: columns
  unit: 次
  labels: walks.result
  query: select result as label, count(*) as value from walks group by 1 order by 1
"""
IMPORT = "columns:\n  result: {headers: [结论], values: {fine: [好]}}\nmatch: [walked_on]\n"
EXTRA = "---\ntitle: 另一页\n---\n一句。\n"
BASE: Files = {
    "content/questions.yml": QUESTIONS,
    "content/synonyms.yml": SYNONYMS,
    "content/pages/extra.md": EXTRA,
    "records/charts/walks.yaml": CHART,
    "records/imports/walks.yaml": IMPORT,
}
CHANGES: tuple[tuple[str, str, str, list[str]], ...] = (
    ("content/pages/extra.md", "", "", ["link-missing", "reference-unknown"]),
    ("content/pages/extra.md", "", EXTRA, []),
    ("content/questions.yml", "[[diver]]", "[[diver2]]", ["reference-unknown"]),
    ("content/questions.yml", "[[diver2]]", "[[4.1a]]", []),
    ("records/schemas/walks.yaml", "fine: 正常", "fine: 好的", []),
    ("records/schemas/walks.yaml", "labels: {fine: 好的", "lable: {fine: 好的",
     ["chart-declaration", *["schema-refused"] * 3, "unknown-key"]),
    ("records/schemas/walks.yaml", "lable: {fine: 好的", "labels: {fine: 正常", []),
    ("records/imports/walks.yaml", "fine: [好]", "good: [好]", ["unknown-name"]),
    ("records/imports/walks.yaml", "good: [好]", "mended: [好]", []),
    ("records/indicators/Q1-walks.yaml", "applies: always", "applies: has_pool", ["condition"]),
    ("records/school.yaml", "size: small", "size: small\n  has_pool: false", []),
    ("records/school.yaml", "has_pool: false", "has_pool: true", []),
    ("records/rules/walks.yaml", "mended_on < walked_on", "mended_on > again_on", []),
    ("records/rules/walks.yaml", "again_on", "nowhere_on", ["sql-unknown-column"]),
    ("records/rules/walks.yaml", "nowhere_on", "again_on", []),
    ("content/sources.yml", "id: F1", "id: F2", ["unknown-name"] * 2),
    ("content/sources.yml", "id: F2", "id: F1", []),
    ("records/tables/walks.csv", "W-003,2026-11-02", "W-003,2026-08-15", []),
    ("records/tables/spans.csv", "2026-12-31,open", "2026-11-30,open", []),
    ("records/tables/walks.csv", "W-003,2026-08-15", "W-003,2026-11-02", []),
    ("records/tables/duties.csv", "\ndiver,", "\ndriver,",
     ["unknown-name", "reference-unknown", *["unknown-reference"] * 2]),
    ("records/tables/duties.csv", "\ndriver,", "\ndiver,", []),
    ("records/tables/walks.csv", "W-003", "W-002", ["key-duplicate"]),
    ("records/tables/walks.csv", "\nW-002,2026-11-02", "\nW-003,2026-11-02", []),
    ("content/contacts.yml", 'key: "120"', 'key: "121"',
     ["unknown-name", "reference-unknown"]),
)  # fmt: skip


def declared(checked: Checked) -> tuple[object, ...]:
    return (
        checked.records.package, checked.plan, checked.rules, checked.indicators, checked.charts,
        checked.maps, told(checked), *(count_ledger(checked, day).assessments for day in DAYS),
    )  # fmt: skip


def told(checked: Checked) -> list[Problem]:
    return sorted({*checked.problems})


def test_each_change_changes_what_is_remembered_of_declarations(project: MakeProject) -> None:
    files: Files = dict(BASE)
    read, _ = project(files)
    with check_project(read, []) as checked:
        assert checked.problems == ()
    for number, (path, old, new, rules) in enumerate(CHANGES):
        text = files.get(path) or (GOOD / path).read_text(encoding="utf-8") if old else ""
        assert isinstance(text, str)
        assert old in text, old
        files[path] = (text.replace(old, new) if old else new) or None
        if number % 2:
            cache.forget_at_hand()
        read, faults = project(files)
        with (
            check_project(read, faults) as checked,
            check_project(dataclasses.replace(read, store=Store()), faults) as fresh,
        ):
            assert declared(checked) == declared(fresh), (path, new)
            assert [problem.rule for problem in told(checked)] == rules, (path, new)


@pytest.mark.parametrize("path", ["records/schemas/walks.yaml", "records/rules/walks.yaml"])
def test_a_file_that_cannot_be_read_is_told_each_time(project: MakeProject, path: str) -> None:
    for _ in range(2):
        read, faults = project({path: b"\xff\xfe"})
        with check_project(read, faults) as checked:
            assert "encoding" in {problem.rule for problem in checked.problems}
