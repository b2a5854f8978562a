"""`safecampus review`: a changed clause makes what rests on it suspect until somebody confirms."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli
from generator.cli import BROKEN, FAULTS, FINE, WRONG_USE, main
from generator.starter.school import start_school
from tests.small_school import MEASURE, SmallSchool, small_school
from tests.test_procedures import GOOD

SECTION = """\
---
section: "1"
title: 安全教育
---

## 1.1 课时

```clause
addressee: school
duty: 每班每月两课时
evidence: {indicators: [Q1]}
```

每个班上满安全课。
不挪作他用。
"""
PLAN = "content/plan/1.md"
REVIEWED = "content/reviewed.yml"
Review = Callable[..., str]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_now", lambda: dt.datetime(2026, 11, 9, 4, 0, tzinfo=dt.UTC))


@pytest.fixture(name="school")
def small(tmp_path: Path) -> SmallSchool:
    school = small_school(tmp_path / "school", talks="t1,a,2026-10-05,2,true,,")
    school.indicator(source="{clause: 1.1}")
    house = MEASURE.replace("id: Q1", "id: Q2")
    school.write("records/indicators/Q2.yaml", house)
    school.write(PLAN, SECTION)
    return school


@pytest.fixture(name="review")
def reviewer(school: SmallSchool, capsys: pytest.CaptureFixture[str]) -> Review:
    def run(*arguments: str, code: int = FINE) -> str:
        assert main(["review", *arguments, "--root", str(school.root)]) == code
        printed = capsys.readouterr()
        return printed.out + printed.err

    return run


def suspects(school: SmallSchool) -> dict[str, tuple[str, ...]]:
    with school.checked() as checked:
        return checked.suspicion.suspects


def test_what_was_never_confirmed_is_listed_but_not_suspect(
    school: SmallSchool, review: Review
) -> None:
    assert review() == "Q1 安全课：还没有确认过\n"
    assert review("--lang", "en") == "Q1 安全课: new\n"
    assert suspects(school) == {}
    assert school.problems() == []


def test_a_changed_clause_is_a_reminder_until_it_is_confirmed(
    school: SmallSchool, review: Review
) -> None:
    assert review("Q1") == "已确认 Q1。\n"
    assert review() == "没有待复核的。\n"
    school.write(PLAN, SECTION.replace("两课时", "三课时"))
    assert suspects(school) == {"Q1": ("1.1",)}
    assert school.problems() == [("clause-changed", "records/indicators/Q1.yaml:1:1")]
    assert review() == "Q1 安全课：待复核，条款改过：1.1\n"
    assert review("--lang", "en") == "Q1 安全课: to be reviewed, changed clauses: 1.1\n"
    assert main(["check", "--root", str(school.root)]) == FINE
    review("Q1", "--lang", "en")
    assert suspects(school) == {}
    assert school.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "suspect"),
    [
        pytest.param("满安全课。\n不挪", "满安全课。 不挪", False, id="line break"),
        pytest.param(
            "{indicators: [Q1]}", "{indicators: [Q1], tables: [talks]}", False, id="proof"
        ),
        pytest.param("不挪作他用", "不得挪用", True, id="words"),
        pytest.param("## 1.1 课时", "## 1.1 课程", True, id="title"),
        pytest.param("addressee: school", "addressee: mixed", True, id="addressee"),
    ],
)
def test_only_the_words_of_a_clause_count(
    school: SmallSchool, review: Review, old: str, new: str, *, suspect: bool
) -> None:
    review("Q1")
    assert old in SECTION
    school.write(PLAN, SECTION.replace(old, new))
    assert bool(suspects(school)) == suspect


def test_the_file_is_sorted_and_drops_what_is_gone(school: SmallSchool, review: Review) -> None:
    review("Q1")
    first = (school.root / REVIEWED).read_text(encoding="utf-8")
    school.write(REVIEWED, f'{first}Z9: {{"1.1": abc}}\n')
    review("Q1")
    assert (school.root / REVIEWED).read_text(encoding="utf-8") == first
    head, line = first.splitlines()
    assert head.startswith("# 每个程序、制度和指标上次确认时，它所依据的条款是什么样子；")
    assert head.endswith("由 safecampus review 写成，不用手改。")
    assert line.startswith('Q1: {"1.1": ')


def test_a_procedure_rests_on_the_clauses_of_its_front_matter(school: SmallSchool) -> None:
    school.write("content/procedures/EP01.md", GOOD.replace("clauses: [3.2a]", "clauses: [1.1]"))
    with school.checked() as checked:
        assert checked.suspicion.dependents["EP01"].clauses == ("1.1",)
        assert checked.suspicion.unconfirmed == ("EP01", "Q1")


def test_all_are_listed_and_asked_about_first(
    school: SmallSchool, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.confirm", lambda _: False)
    assert review("--all") == "Q1 安全课：还没有确认过\n没有写入。\n"
    assert not (school.root / REVIEWED).exists()
    assert review("--all", "--yes") == "Q1 安全课：还没有确认过\n已确认 Q1。\n"
    assert review("--all", "--yes", "--lang", "en") == "Nothing to review.\n"


def test_an_unknown_name_is_wrong_use_with_near_names(review: Review) -> None:
    told = review("Q11", code=WRONG_USE)
    assert told == "没有依据条款的程序、制度或指标叫 Q11；相近的有：Q1\n"
    assert review("Q2", code=WRONG_USE).startswith("没有依据条款的程序、制度或指标叫 Q2")


def test_errors_stop_a_review(school: SmallSchool, review: Review) -> None:
    school.write(PLAN, "没有说明")
    assert f"{PLAN}:1" in review("--all", "--yes", code=FAULTS)


def test_a_broken_file_is_a_problem_with_its_place(school: SmallSchool) -> None:
    school.write(REVIEWED, "Q1: [a]\n")
    assert school.problems() == [("wrong-shape", f"{REVIEWED}:1:5")]
    school.write(REVIEWED, "Q1: {")
    assert [rule for rule, _ in school.problems()] == ["yaml-broken"]


def test_an_interrupted_review_leaves_the_file_as_it_was(
    school: SmallSchool, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    review("Q1")
    before = (school.root / REVIEWED).read_bytes()
    school.write(PLAN, SECTION.replace("两课时", "三课时"))

    def full(_: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    assert "No space left" in review("Q1", code=BROKEN)
    assert (school.root / REVIEWED).read_bytes() == before
    left = [file.name for file in (school.root / "content").iterdir()]
    assert sorted(left) == ["plan", "reviewed.yml"]


def test_what_a_killed_writer_left_beside_its_target_is_nobodys_problem(
    school: SmallSchool, review: Review
) -> None:
    review("Q1")
    school.write("content/.reviewed.yml.new.tmp", "half a fi")
    school.write("records/imports/.talks.yaml.old.tmp", "half a fi")
    with school.checked() as checked:
        assert checked.problems == ()


def test_a_new_school_starts_without_suspects(tmp_path: Path) -> None:
    start_school(tmp_path / "new", "江北实验中学", dt.date(2026, 11, 9))
    with SmallSchool(tmp_path / "new").checked() as checked:
        assert checked.suspicion.suspects == {}
        assert checked.suspicion.confirmed
