"""`safecampus close`, and published figures beside what is counted now; real git repositories."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli
from generator.cli import BROKEN, FAULTS, FINE, WRONG_USE, main
from generator.compliance.published import Published
from generator.past import look_back
from tests.git_repository import clone, save, start
from tests.small_school import MEASURE, SmallSchool, small_school

TALKS = """
    t1,a,2026-10-05,2,true,,
    t2,b,2026-10-06,1,true,,
    t3,b,2026-11-06,1,true,,
    """
CLOSED = "records/closed/2026-10.yaml"
Close = Callable[..., str]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_now", lambda: dt.datetime(2026, 11, 9, 4, 0, tzinfo=dt.UTC))


@pytest.fixture(name="school")
def small(tmp_path: Path) -> SmallSchool:
    school = small_school(tmp_path / "school", talks=TALKS)
    evidence = (
        "select _row, group_id as subject, held_on as happened_on, amount as value from talks"
    )
    school.indicator(subjects="{table: groups}", evidence=evidence)
    year = MEASURE.replace("id: Q1", "id: Q2").replace("calendar_month", "school_year")
    school.write("records/indicators/Q2.yaml", year)
    start(school.root)
    return school


@pytest.fixture(name="close")
def closer(school: SmallSchool, capsys: pytest.CaptureFixture[str]) -> Close:
    def run(*arguments: str, code: int = FINE) -> str:
        assert main(["close", *arguments, "--root", str(school.root)]) == code
        printed = capsys.readouterr()
        return printed.out + printed.err

    return run


def published(school: SmallSchool, root: Path | None = None) -> dict[str, tuple[Published, ...]]:
    now = dt.datetime(2026, 11, 9, 4, 0, tzinfo=dt.UTC)
    with SmallSchool(root or school.root).checked(now) as checked:
        from generator.ledger import count_ledger  # noqa: PLC0415 - next to its use

        return look_back(count_ledger(checked, dt.date(2026, 11, 9))).published


def test_a_month_is_written_with_its_figures_and_the_commit(
    school: SmallSchool, close: Close
) -> None:
    commit = save(school.root)
    told = close("2026-10")
    assert told == f"已写入 {CLOSED}：2 项指标，依据的版本 {commit[:12]}。请照常提交并送审。\n"
    text = (school.root / CLOSED).read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0] == "# 2026-10 月度结账，由 safecampus close 写成，不要手改；要改正，再结一次账"
    assert lines[1:4] == ['month: "2026-10"', "written_on: 2026-11-09", f'commit: "{commit}"']
    assert lines[4:7] == [
        "figures:",
        '  - {id: Q1, period: "2026-10", n: "1", d: "2", value: "3", status: missed}',
        '  - {id: Q2, period: "2026-2027", n: "1", d: "1", value: "3", status: met}',
    ]
    assert main(["check", "--root", str(school.root), "--as-of", "2026-11-09"]) == FINE


def test_what_happened_later_does_not_count(school: SmallSchool, close: Close) -> None:
    close("2026-10")
    (figure,) = published(school)["Q2"]
    assert (figure.then.value, figure.differs, figure.rows) == ("3", False, ())


@pytest.mark.parametrize(
    ("month", "words"),
    [
        pytest.param("2026-11", "2026-11 还没有结束，不能结账；2026-11-30 之后再结", id="open"),
        pytest.param("2026-13", "月份写成 2026-11 的样子：2026-13", id="none"),
        pytest.param("十月", "月份写成 2026-11 的样子：十月", id="words"),
    ],
)
def test_a_month_that_is_none_or_not_over_is_refused(
    school: SmallSchool, close: Close, month: str, words: str
) -> None:
    assert words in close(month, code=WRONG_USE)
    assert not (school.root / "records/closed").exists()


def test_a_closed_month_is_only_replaced_when_asked(school: SmallSchool, close: Close) -> None:
    close("2026-10")
    save(school.root)
    before = (school.root / CLOSED).read_bytes()
    assert "2026-10 已经结过账；要改正，加上 --again 再结一次" in close("2026-10", code=WRONG_USE)
    assert (school.root / CLOSED).read_bytes() == before
    school.rows("talks", TALKS.replace("t2,b,2026-10-06,1", "t2,b,2026-10-06,2"))
    save(school.root)
    close("2026-10", "--again", "--lang", "en")
    assert 'n: "2", d: "2"' in (school.root / CLOSED).read_text(encoding="utf-8")


def test_records_that_no_commit_holds_are_not_closed(school: SmallSchool, close: Close) -> None:
    school.rows("talks", "")
    assert "有还没有提交的改动" in close("2026-10", code=WRONG_USE)
    assert not (school.root / CLOSED).exists()


def test_errors_are_problems_and_nothing_is_written(school: SmallSchool, close: Close) -> None:
    school.rows("talks", "t1,a,2026-13-05,2,true,,")
    save(school.root)
    assert "records/tables/talks.csv:2:6" in close("2026-10", code=FAULTS)
    assert not (school.root / CLOSED).exists()


def test_a_school_without_a_repository_closes_without_a_commit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = small_school(tmp_path / "bare", talks=TALKS)
    school.indicator()
    assert main(["close", "2026-10", "--root", str(school.root)]) == FINE
    assert "依据的版本 —。" in capsys.readouterr().out
    school.rows("talks", "")
    (figure,) = published(school)["Q1"]
    assert (figure.commit, figure.differs, figure.rows) == ("", True, None)


def test_an_interrupted_close_leaves_no_half_file(
    school: SmallSchool, close: Close, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    assert "No space left" in close("2026-10", code=BROKEN)
    assert list((school.root / "records/closed").iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        pytest.param('n: "1", d: "2"', 'n: "2", d: "2"', "closed-edited", id="figure"),
        pytest.param("status: missed", "status: met", "closed-edited", id="status"),
        pytest.param("status: missed", "status: good", "unknown-name", id="no status"),
        pytest.param('month: "2026-10"', 'month: "2026-09"', "wrong-shape", id="month"),
        pytest.param("written_on: 2026-11-09", "written_on: soon", "wrong-shape", id="day"),
        pytest.param("figures:", "figures: [", "yaml-broken", id="yaml"),
        pytest.param("commit:", "colour: red\ncommit:", "unknown-key", id="key"),
    ],
)
def test_a_closed_month_edited_by_hand_is_a_problem_with_its_place(
    school: SmallSchool, close: Close, old: str, new: str, rule: str
) -> None:
    close("2026-10")
    text = (school.root / CLOSED).read_text(encoding="utf-8")
    assert old in text
    school.write(CLOSED, text.replace(old, new))
    found = school.problems()
    assert rule in [name for name, _ in found]
    assert {place.split(":")[0] for _, place in found} == {CLOSED}
    close("2026-10", "--again")
    assert school.problems() == []


def test_a_figure_that_differs_names_the_rows(school: SmallSchool, close: Close) -> None:
    close("2026-10")
    save(school.root)
    school.rows(
        "talks",
        """
        t2,b,2026-10-06,2,true,,
        t4,a,2026-10-20,2,true,,
        t5,a,2026-11-02,2,true,,
        """,
    )
    save(school.root, "2026-11-09")
    (figure,) = published(school)["Q1"]
    assert (figure.then.n, figure.then.status.value) == ("1", "missed")
    assert figure.now is not None
    assert (figure.now.n, figure.now.d, figure.now.status.value) == ("2", "2", "met")
    assert figure.rows is not None
    assert [(row.key, row.how, bool(row.row)) for row in figure.rows] == [
        ("t1", "removed", False),
        ("t2", "changed", True),
        ("t4", "added", True),
    ]


def test_a_shallow_clone_cannot_tell_the_rows(
    school: SmallSchool, close: Close, tmp_path: Path
) -> None:
    close("2026-10")
    save(school.root)
    school.rows("talks", TALKS.replace("t2,b,2026-10-06,1", "t2,b,2026-10-06,2"))
    save(school.root)
    shallow = clone(school.root, tmp_path / "shallow", depth=1)
    (figure,) = published(school, shallow)["Q1"]
    assert (figure.differs, figure.rows) == (True, None)


def test_an_indicator_that_is_gone_is_not_shown_and_no_fault(
    school: SmallSchool, close: Close
) -> None:
    close("2026-10")
    (school.root / "records/indicators/Q2.yaml").unlink()
    assert list(published(school)) == ["Q1"]
    assert school.problems("2026-11-09") == []


def test_months_are_told_newest_first_and_only_those_before_the_day(
    school: SmallSchool, close: Close
) -> None:
    close("2026-10")
    close("2026-09")
    found = published(school)["Q1"]
    assert [entry.month for entry in found] == ["2026-10", "2026-09"]
    with school.checked() as checked:
        from generator.ledger import count_ledger  # noqa: PLC0415 - next to its use

        past = look_back(count_ledger(checked, dt.date(2026, 10, 15)))
    assert [entry.month for entry in past.published["Q1"]] == ["2026-09"]
