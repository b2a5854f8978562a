from pathlib import Path

import pytest

from generator.plan.markdown import read_source
from generator.plan.names import Named
from generator.plan.procedure_files import read_procedure
from generator.plan.procedures import Procedure

PAGE = "content/procedures/EP01.md"
REPORT = "report: {verbal_hours: 1, written_hours: 2, to: [duty], basis: R34, script: 起火了}\n"
GOOD = """\
---
doc_id: EP01
title: 火灾
summary: 起火时用
kind: plan_special
category: fire
icon: fire
status: approved
version: "1.0"
owner_role: office
commander_role: head
deputy_role: second
approved_on: 2026-09-01
review_due: 2027-08-31
source_refs: [R07]
clauses: [3.2a]
first_minute:
  - 喊人
  - 打119
  - 疏散
do_not: [不坐电梯]
roles:
  - {group: 指挥, role_id: head, task: 下令}
  - {group: 疏散, role_id: guide, task: 引导}
  - {group: 联络, role_id: office, task: 报警}
  - {group: 救护, role_id: doctor, task: 救治}
contacts: ["119"]
phases: [1, 5]
report: {verbal_hours: 1, written_hours: 2, to: [duty], basis: R34, script: 起火了}
assembly_points: [FIELD]
drills: {table: drills, scenario: fire, min_per_year: 2}
related_assets: [hose]
sensitivity: staff
card: true
---

## 第1分钟

见 [[119]]。

## 第5分钟

清点。
"""


def read(
    root: Path, *changes: tuple[str, str]
) -> tuple[Procedure, list[Named], list[tuple[str, str]]]:
    text = GOOD
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = root / PAGE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    source, _ = read_source(root, PAGE)
    assert source is not None
    procedure, names, problems = read_procedure(source)
    every = dict.fromkeys([*source.front.problems, *problems])
    return procedure, names, [(p.rule, str(p.place).removeprefix(f"{PAGE}:")) for p in every]


def test_a_procedure_is_read_with_all_it_says(tmp_path: Path) -> None:
    procedure, _, problems = read(tmp_path)
    assert problems == []
    assert (procedure.id, procedure.commander, procedure.deputy) == ("EP01", "head", "second")
    assert procedure.first_minute == ("喊人", "打119", "疏散")
    assert [task.role for task in procedure.tasks] == ["head", "guide", "office", "doctor"]
    assert procedure.report is not None
    assert (procedure.report.to, procedure.report.script) == (("duty",), "起火了")
    assert procedure.drills is not None
    assert (procedure.drills.table, procedure.drills.per_year) == ("drills", 2)
    assert procedure.body.startswith("\n## 第1分钟")


def test_every_name_of_a_procedure_is_looked_up(tmp_path: Path) -> None:
    _, names, _ = read(tmp_path)
    assert {(name.kind, name.name) for name in names} == {
        ("", "119"),
        ("source", "R07"),
        ("clause", "3.2a"),
        ("contact", "119"),
        ("place", "FIELD"),
        *(("role", role) for role in ("office", "head", "second", "guide", "doctor")),
        ("document", "EP01"),
        ("table", "drills"),
        ("contact", "duty"),
        ("source", "R34"),
    }


def test_a_procedure_may_have_no_drills_and_its_report_no_basis(tmp_path: Path) -> None:
    procedure, names, problems = read(
        tmp_path,
        ("drills: {table: drills, scenario: fire, min_per_year: 2}\n", ""),
        ("basis: R34, ", ""),
    )
    assert (procedure.drills, problems) == (None, [])
    assert "R34" not in {name.name for name in names}


def test_a_draft_needs_no_dates_yet(tmp_path: Path) -> None:
    dates = "approved_on: 2026-09-01\nreview_due: 2027-08-31\n"
    draft, _, problems = read(tmp_path, (dates, ""), ("status: approved", "status: draft"))
    assert (draft.approved_on, draft.review_due, problems) == (None, None, [])
    assert read(tmp_path, (dates, ""))[2] == [("missing-key", "2:1"), ("missing-key", "2:1")]


@pytest.mark.parametrize(
    ("changes", "rule", "place"),
    [
        pytest.param(
            [("group: 救护", "group: 联络")], "procedure-incomplete", "23:3", id="three-groups"
        ),
        pytest.param(
            [("phases: [1, 5]", "phases: [1, 15]")],
            "phase-missing",
            "28:13",
            id="a-phase-without-its-heading",
        ),
        pytest.param(
            [("deputy_role: second", "deputy_role: head")],
            "same-post",
            "12:14",
            id="a-commander-who-is-his-own-deputy",
        ),
        pytest.param(
            [("review_due: 2027-08-31", "review_due: 2026-09-01")],
            "review-order",
            "14:13",
            id="a-review-on-the-day-of-approval",
        ),
        pytest.param([("status: approved", "status: done")], "unknown-name", "8:9", id="status"),
        pytest.param(
            [("sensitivity: staff", "sensitivity: all")], "unknown-name", "33:14", id="edition"
        ),
        pytest.param(
            [("approved_on: 2026-09-01", "approved_on: 2026-02-30")],
            "wrong-shape",
            "13:14",
            id="no-day-of-the-calendar",
        ),
        pytest.param([(", task: 下令", "")], "missing-key", "23:5", id="a-post-without-a-task"),
        pytest.param(
            [(", task: 下令", ", task: 下令, name: 某")],
            "unknown-key",
            "23:42",
            id="a-person-beside-the-post",
        ),
        pytest.param([("card: true", "cart: true")], "unknown-key", "34:1", id="unknown-key"),
        pytest.param(
            [(", script: 起火了", "")], "missing-key", "29:9", id="no-words-to-read-aloud"
        ),
        pytest.param([(REPORT, "")], "missing-key", "2:1", id="no-report"),
        pytest.param(
            [("scenario: fire, min", "scenaro: fire, min")],
            "missing-key",
            "31:9",
            id="drills-without-a-scenario",
        ),
    ],
)
def test_a_fault_of_a_procedure_has_its_place(
    tmp_path: Path, changes: list[tuple[str, str]], rule: str, place: str
) -> None:
    _, _, problems = read(tmp_path, *changes)
    assert problems[0] == (rule, place)


def test_minutes_in_a_fence_are_no_phases(tmp_path: Path) -> None:
    _, _, problems = read(tmp_path, ("## 第5分钟\n", "```\n## 第5分钟\n```\n"))
    assert problems == [("phase-missing", "28:13")]


def test_a_minute_may_be_written_with_spaces(tmp_path: Path) -> None:
    assert read(tmp_path, ("## 第5分钟", "##  第 5 分钟 "))[2] == []
