"""`safecampus diff`: two states of a small school, read out of real git repositories."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli
from generator.cli import FAULTS, FINE, WRONG_USE, main
from tests.git_repository import git, save, start
from tests.sample_copy import SampleCopy, sample_copy
from tests.small_school import MEASURE, SmallSchool, small_school

TALKS = """
    t1,a,2026-10-05,1,true,2026-10-20,
    t2,b,2026-10-06,2,true,,2026-10-07
    """
Diff = Callable[..., str]
PATH = "records/datapackage.yaml"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_now", lambda: dt.datetime(2026, 12, 31, 4, 0, tzinfo=dt.UTC))


@pytest.fixture(name="school")
def small(tmp_path: Path) -> SmallSchool:
    school = small_school(tmp_path / "school", talks=TALKS)
    school.indicator(
        subjects="{table: groups}",
        evidence="""
        select _row, group_id as subject, held_on as happened_on, amount as value, due_on,
          done_on is null as open, talk_id as label from talks
        """,
    )
    start(school.root)
    return school


@pytest.fixture(name="diff")
def differ(school: SmallSchool, capsys: pytest.CaptureFixture[str]) -> Diff:
    def run(*arguments: str, base: str = "HEAD", code: int = FINE) -> str:
        options = ("--root", str(school.root), "--as-of", "2026-10-31")
        assert main(["diff", base, *options, *arguments]) == code
        printed = capsys.readouterr()
        return printed.out + printed.err

    return run


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_nothing_changes(diff: Diff) -> None:
    assert lines(diff()) == ["与 HEAD 相比，统计日 2026-10-31", "没有变化。"]
    assert lines(diff("--lang", "en"))[-1] == "Nothing changes."
    assert lines(diff("--format", "markdown"))[-1] == "没有变化。"


def test_a_changed_cell_moves_the_figure_the_status_and_the_due_date(
    school: SmallSchool, diff: Diff
) -> None:
    school.rows("talks", "t1,a,2026-10-05,2,true,2026-11-20,\nt2,b,2026-10-06,2,true,,2026-10-07")
    assert lines(diff()) == [
        "与 HEAD 相比，统计日 2026-10-31",
        "指标的变化",
        "Q1 安全课 2026年10月：1/2→2/2，临期→达标",
        "甲班 1→2 课时",
        "期限的变化",
        "Q1 t1 t1：期限 2026-10-20 → 2026-11-20",
        "记录的变化",
        "talks：新增 0 条，修改 1 条，删去 0 条",
        "修改 t1",
        "amount：1 → 2",
        "due_on：2026-10-20 → 2026-11-20",
    ]


def test_a_figure_of_the_whole_school_has_its_unit_once(school: SmallSchool, diff: Diff) -> None:
    school.indicator()
    school.rows("talks", "t1,a,2026-10-05,1,true,,")
    save(school.root)
    school.rows("talks", "t1,a,2026-10-05,2,true,,")
    assert "Q1 安全课 2026年10月：1→2 课时，临期→达标" in lines(diff())


def test_added_and_removed_records_are_told_with_titles(school: SmallSchool, diff: Diff) -> None:
    school.rows("talks", "t1,a,2026-10-05,1,true,2026-10-20,\nt3,b,2026-10-09,3,false,,2026-10-09")
    found = lines(diff())
    row = "group_id b，held_on 2026-10-09，amount 3，fine 否，done_on 2026-10-09"
    gone = "group_id b，held_on 2026-10-06，amount 2，fine 是，done_on 2026-10-07"
    assert found[-3:] == [
        "talks：新增 1 条，修改 0 条，删去 1 条",
        f"新增 t3：{row}",
        f"删去 t2：{gone}",
    ]
    english = lines(diff("--lang", "en"))
    assert english[-3] == "talks: 1 added, 0 changed, 1 removed"
    assert "Q1 安全课 2026年10月: 1/2, still at risk" not in english


def test_due_dates_appear_and_vanish(school: SmallSchool, diff: Diff) -> None:
    school.rows(
        "talks", "t1,a,2026-10-05,1,true,2026-10-20,2026-10-09\nt4,b,2026-10-06,2,true,2026-11-01,"
    )
    found = lines(diff())
    assert "Q1 t1 t1：期限 2026-10-20 不再有" in found
    assert "Q1 t4 t4：新的期限 2026-11-01" in found


def test_a_new_indicator_and_a_new_column_are_told(school: SmallSchool, diff: Diff) -> None:
    other = MEASURE.replace("id: Q1", "id: Q2").replace("title: 安全课", "title: 讲座")
    school.write("records/indicators/Q2.yaml", other)
    schema = school.root / "records/schemas/posts.yaml"
    field = "  - {name: phone, title: 电话, description: 分机, type: string, sensitivity: public}\n"
    schema.write_text(schema.read_text(encoding="utf-8") + field, encoding="utf-8")
    school.write("records/tables/posts.csv", "post_id,post_name,phone\nhead,校长,\n")
    found = lines(diff())
    assert "Q2 讲座 2026年10月：新增 3 课时，达标" in found
    assert found[-2:] == ["posts：新增 0 条，修改 0 条，删去 0 条", "新的列：电话"]
    (school.root / "records/indicators/Q2.yaml").unlink()
    school.write("records/indicators/Q1.yaml", other)
    assert "Q1 安全课 2026年10月：不再有，原为 1/2，临期" in lines(diff())


def test_a_clause_whose_status_moves_is_told(school: SmallSchool, diff: Diff) -> None:
    section = '---\nsection: "1"\ntitle: 教育\n---\n\n## 1.1 课时\n\n```clause\naddressee: school\n'
    school.write("content/plan/1.md", f"{section}evidence: {{indicators: [Q1]}}\n```\n\n上课。\n")
    save(school.root)
    school.rows("talks", TALKS.replace("10-05,1", "10-05,2"))
    assert "1.1 课时：临期→达标" in lines(diff())


def test_json_holds_the_same(school: SmallSchool, diff: Diff) -> None:
    school.rows("talks", TALKS.replace("10-05,1", "10-05,2"))
    document = json.loads(diff("--format", "json"))
    assert document["as_of"] == "2026-10-31"
    assert document["indicators"] == [
        {
            "id": "Q1",
            "title": "安全课",
            "before": {"figure": "1/2", "status": "at_risk"},
            "after": {"figure": "2/2", "status": "met"},
            "details": ["甲班 1→2 课时"],
            "period": "2026年10月",
        }
    ]
    assert document["due"] == []
    (table,) = document["tables"]
    assert table["counts"] == {"added": "0", "changed": "1", "removed": "0"}
    cell = {"field": "amount", "title": "amount", "old": "1", "new": "2"}
    assert table["changed"] == [{"key": "t1", "cells": [cell]}]


def test_markdown_shows_what_was_written_as_text(school: SmallSchool, diff: Diff) -> None:
    school.rows("posts", "head,校长\nx,<b>*安* [a](b)|")
    printed = diff("--format", "markdown")
    assert printed.startswith("### 这次改动会带来的变化\n\n统计日 2026-10-31\n\n#### 记录的变化\n")
    assert r"  - 新增 x：post\_name \<b\>\*安\* \[a\](b)\|" in printed
    for word in ("HEAD", "commit", "提交", "分支"):
        assert word not in printed


def test_a_folder_can_be_the_base(school: SmallSchool, diff: Diff, tmp_path: Path) -> None:
    shutil.copytree(school.root, tmp_path / "old")
    school.rows("posts", "head,书记")
    assert "post_name：校长 → 书记" in lines(diff(base=str(tmp_path / "old")))


def test_a_school_inside_a_larger_repository_is_found(tmp_path: Path) -> None:
    school = small_school(tmp_path / "whole" / "schools" / "one", talks=TALKS)
    school.indicator()
    start(tmp_path / "whole")
    school.rows("posts", "head,书记")
    before = git(tmp_path / "whole", "status", "--short")
    assert main(["diff", "HEAD", "--root", str(school.root), "--as-of", "2026-10-31"]) == FINE
    assert git(tmp_path / "whole", "status", "--short") == before


def test_the_working_tree_and_the_index_stay_as_they_are(school: SmallSchool, diff: Diff) -> None:
    school.rows("posts", "head,书记")
    (school.root / "new.txt").write_text("x", encoding="utf-8")
    before = (git(school.root, "status", "--short"), git(school.root, "stash", "list"))
    diff()
    assert (git(school.root, "status", "--short"), git(school.root, "stash", "list")) == before


@pytest.mark.parametrize(
    ("base", "words"),
    [
        pytest.param("mian", "没有这个版本，也没有这个文件夹：mian；相近的有：main", id="near"),
        pytest.param("HEAD:records", "没有这个版本", id="no commit"),
    ],
)
def test_an_unknown_base_is_wrong_use(diff: Diff, base: str, words: str) -> None:
    assert words in diff(base=base, code=WRONG_USE)


def test_a_base_without_a_school_is_wrong_use(
    school: SmallSchool, diff: Diff, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert "里没有 records/school.yaml，不能比较" in diff(
        base=str(tmp_path / "empty"), code=WRONG_USE
    )
    git(school.root, "checkout", "-q", "--orphan", "other")
    git(school.root, "rm", "-rq", "--cached", ".")
    git(school.root, "commit", "-qm", "empty", "--allow-empty")
    assert "里没有 records/school.yaml，不能比较" in diff(code=WRONG_USE)


def test_errors_of_the_present_state_are_problems(school: SmallSchool, diff: Diff) -> None:
    school.rows("talks", "t1,a,2026-13-05,1,true,,")
    assert "records/tables/talks.csv:2:6: 错误 " in diff(code=FAULTS)


def test_errors_of_the_base_are_told_and_the_rest_is_compared(
    school: SmallSchool, diff: Diff
) -> None:
    school.rows("talks", "t1,a,2026-13-05,1,true,,")
    save(school.root)
    school.rows("talks", TALKS)
    school.rows("posts", "head,书记")
    found = lines(diff())
    assert found[1] == "没有比的"
    assert found[2].startswith("原来的状态有 1 处错误，第一处是 records/tables/talks.csv:2:6：")
    assert found[3:6] == ["台账：talks", "指标：Q1 安全课（原来算不出）", "记录的变化"]
    assert "post_name：校长 → 书记" in found
    assert not any(line.startswith("talks：") for line in found)


def _restrict(school: SmallSchool) -> None:
    package = (school.root / PATH).read_text(encoding="utf-8")
    head, talks = package.split("{name: talks")
    school.write(PATH, f"{head}{{name: talks{talks.replace('public', 'restricted')}")
    schema = school.root / "records/schemas/talks.yaml"
    strict = 'type: string, constraints: {pattern: "[a-z][0-9]?"}'
    schema.write_text(
        schema.read_text(encoding="utf-8").replace("type: string", strict), encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("count", "told"),
    [pytest.param(1, "不足 5", id="one"), pytest.param(4, "不足 5", id="four"),
     pytest.param(5, "5", id="five")],
)  # fmt: skip
def test_a_restricted_table_gives_suppressed_numbers_only(
    school: SmallSchool, diff: Diff, count: int, told: str
) -> None:
    _restrict(school)
    save(school.root)
    more = "\n".join(f"s{n},a,2026-10-0{n + 1},3,true,2026-11-0{n + 1}," for n in range(count))
    school.rows("talks", f"{TALKS}\n{more}")
    printed = diff()
    assert lines(printed)[-1] == f"talks：新增 {told} 条，修改 0 条，删去 0 条"
    assert "Q1 安全课 2026年10月：临期→达标" in lines(printed)
    document = json.loads(diff("--format", "json"))
    assert document["tables"][0]["added"] == []
    assert document["due"] == []
    assert [move["before"]["figure"] for move in document["indicators"]] == [""]
    assert "s0" not in printed
    assert "甲班" not in printed


def test_a_hidden_column_tells_only_that_it_changed(school: SmallSchool, diff: Diff) -> None:
    schema = school.root / "records/schemas/posts.yaml"
    text = schema.read_text(encoding="utf-8")
    name = "name: post_name, title: post_name, description: post_name, type: string"
    hidden = text.replace(f"{name}, sensitivity: public", f"{name}, sensitivity: restricted")
    assert hidden != text
    schema.write_text(hidden, encoding="utf-8")
    save(school.root)
    school.rows("posts", "head,书记\nnew,园长")
    found = lines(diff())
    assert found[-3:] == ["新增 new", "修改 head", "post_name：不公开的内容有改动"]


def test_long_lists_are_cut_and_counted(school: SmallSchool, diff: Diff) -> None:
    school.rows("posts", "\n".join(["head,校长", *(f"p{n:02},岗位" for n in range(25))]))
    found = lines(diff())
    assert found[-1] == "另有 5 条"
    assert sum(line.startswith("新增 p") for line in found) == 20


def test_the_sample_school_shows_labels_and_titles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy: SampleCopy = sample_copy(tmp_path / "sample")
    start(copy.root)
    copy.change("drills", "DR-2025-001", scenario="earthquake")
    assert main(["diff", "HEAD", "--root", str(copy.root)]) == FINE
    printed = lines(capsys.readouterr().out)
    assert printed[-3:] == [
        "应急演练：新增 0 条，修改 1 条，删去 0 条",
        "修改 DR-2025-001",
        "情景：火灾 → 地震",
    ]
