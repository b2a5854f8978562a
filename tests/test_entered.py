"""When records came in: from real git repositories, by key."""

import datetime as dt
from pathlib import Path

import pytest

from generator.compliance.entered import Entries, Kind
from tests.git_repository import clone, git, save, start
from tests.small_school import SmallSchool, small_school

DAY = dt.date(2026, 12, 31)
FIRST = "t1,a,2026-05-05,2,true,,\nt2,a,2026-09-30,2,true,,"


@pytest.fixture(name="school")
def small(tmp_path: Path) -> SmallSchool:
    school = small_school(tmp_path / "school")
    start(school.root, "2026-06-01")
    school.rows("talks", FIRST)
    save(school.root, "2026-10-01")
    return school


def kinds(school: SmallSchool) -> dict[str, tuple[str, str]]:
    """Kind and day of first sight of each talk, by key."""
    with school.checked() as checked:
        records = checked.records
        entries = Entries(checked.project, checked.history, records, DAY)
        raw = records.raw.tables["talks"]
        found = {}
        for row in range(raw.base, raw.base + raw.size):
            entry = entries.entered(row)
            assert entry is not None
            found[raw.written(row, "talk_id")] = (entry.kind.value, str(entry.first_seen_on))
        return found


def test_what_came_with_the_first_import_is_from_before_the_site(school: SmallSchool) -> None:
    assert kinds(school) == {"t1": ("founding", "2026-10-01"), "t2": ("founding", "2026-10-01")}


@pytest.mark.parametrize(
    ("held", "committed", "kind"),
    [
        pytest.param("2026-10-02", "2026-10-02", "in_time", id="same day"),
        pytest.param("2026-10-02", "2026-11-01", "in_time", id="thirty days"),
        pytest.param("2026-10-02", "2026-11-02", "late", id="thirty-one days"),
        pytest.param("2026-10-20", "2026-10-10", "in_time", id="ahead"),
        pytest.param("", "2026-12-10", "in_time", id="no day"),
    ],
)
def test_a_later_record_is_late_after_thirty_days(
    school: SmallSchool, held: str, committed: str, kind: str
) -> None:
    school.rows("talks", f"{FIRST}\nt3,a,{held},2,true,,")
    save(school.root, committed)
    assert kinds(school)["t3"] == (kind, committed)


def test_how_late_is_late_is_a_rule_of_the_house(school: SmallSchool) -> None:
    profile = (school.root / "records/school.yaml").read_text(encoding="utf-8")
    school.write("records/school.yaml", f"{profile}house_rules: {{late_entry_days: 5}}\n")
    school.rows("talks", f"{FIRST}\nt3,a,2026-10-02,2,true,,")
    save(school.root, "2026-10-08")
    assert kinds(school)["t3"] == ("late", "2026-10-08")


def test_a_record_is_followed_by_key_however_its_line_changes(school: SmallSchool) -> None:
    school.rows("talks", f"t3,b,2026-10-02,2,true,,\n{FIRST}")
    save(school.root, "2026-10-03")
    school.rows("talks", FIRST.replace("t1,a", "t1,b") + '\nt3,"b",2026-10-02,1,true,,')
    save(school.root, "2026-12-20")
    assert kinds(school) == {
        "t1": ("founding", "2026-10-01"),
        "t2": ("founding", "2026-10-01"),
        "t3": ("in_time", "2026-10-03"),
    }


def test_a_new_column_makes_nothing_late(school: SmallSchool) -> None:
    git(school.root, "checkout", "-q", "-b", "old", "main~1")
    git(school.root, "checkout", "-q", "main")
    file = school.root / "records/tables/talks.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(",", ",,", 1), encoding="utf-8")
    save(school.root, "2026-11-20")
    file.write_text(text, encoding="utf-8")
    save(school.root, "2026-12-20")
    assert {kind for kind, _ in kinds(school).values()} == {"founding"}


def test_a_cell_over_several_lines_is_one_record(school: SmallSchool) -> None:
    schema = school.root / "records/schemas/talks.yaml"
    schema.write_text(schema.read_text(encoding="utf-8"), encoding="utf-8")
    school.write(
        "records/tables/talks.csv",
        "talk_id,group_id,held_on,amount,fine,due_on,done_on\n"
        't1,a,2026-05-05,2,true,,\nt2,a,2026-09-30,2,true,,\nt3,"a\nb",2026-10-05,2,true,,\n',
    )
    save(school.root, "2026-12-01")
    assert kinds(school)["t3"] == ("late", "2026-12-01")


def test_what_is_not_committed_is_judged_on_the_day_counted_on(school: SmallSchool) -> None:
    school.rows("talks", f"{FIRST}\nt3,a,2026-10-02,2,true,,\nt4,a,2026-12-24,2,true,,")
    found = kinds(school)
    assert (found["t3"], found["t4"]) == (("late", "None"), ("in_time", "None"))


def test_a_shallow_clone_and_no_repository_cannot_tell(school: SmallSchool, tmp_path: Path) -> None:
    save(school.root, "2026-10-02")
    shallow = SmallSchool(clone(school.root, tmp_path / "shallow", depth=1))
    bare = small_school(tmp_path / "bare", talks=FIRST)
    for copy in (shallow, bare):
        assert {kind for kind, _ in kinds(copy).values()} == {"unknown"}
    whole = SmallSchool(clone(school.root, tmp_path / "whole"))
    assert {kind for kind, _ in kinds(whole).values()} == {"founding"}


def test_tables_without_a_day_of_their_own_are_not_judged(school: SmallSchool) -> None:
    with school.checked() as checked:
        entries = Entries(checked.project, checked.history, checked.records, DAY)
        posts = checked.records.raw.tables["posts"]
        assert entries.entered(posts.base) is None
        assert entries.counts("posts") == {}
        assert entries.counts("talks") == {Kind.FOUNDING: 2}
