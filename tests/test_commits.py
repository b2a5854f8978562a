import subprocess
from pathlib import Path

import pytest

from generator.history.commits import History, read_history

IDENTITY = ["-c", "user.name=学校", "-c", "user.email=school@example.org"]


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *IDENTITY, "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def commit(root: Path, summary: str, **files: str) -> str:
    for name, text in files.items():
        (root / f"{name}.csv").write_text(text, encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", summary)
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "school"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    return root


def test_a_file_knows_its_last_change(repository: Path) -> None:
    first = commit(repository, "登记隐患", hazards="a", drills="b")
    second = commit(repository, "整改\t完成", hazards="c")
    history = read_history(repository)
    assert (history.commit, history.shallow, history.known) == (second, False, True)
    assert history.changed["hazards.csv"].summary == "整改\t完成"
    assert history.changed["drills.csv"].commit == first
    assert [change.summary for change in history.recent] == ["整改\t完成", "登记隐患"]
    assert len(history.recent[0].day) == len("2026-11-20")


def test_a_chinese_name_is_kept_as_it_is(repository: Path) -> None:
    commit(repository, "新表", 隐患="a")
    assert set(read_history(repository).changed) == {"隐患.csv"}


def test_only_so_many_recent_changes_are_kept(repository: Path) -> None:
    for number in range(4):
        commit(repository, f"第{number}次")
    history = read_history(repository, count=2)
    assert [change.summary for change in history.recent] == ["第3次", "第2次"]


def test_a_moved_file_begins_anew(repository: Path) -> None:
    commit(repository, "旧", a="x")
    (repository / "a.csv").rename(repository / "b.csv")
    commit(repository, "改名")
    assert read_history(repository).changed["b.csv"].summary == "改名"


def test_a_shallow_clone_knows_nothing_for_certain(repository: Path, tmp_path: Path) -> None:
    commit(repository, "一", a="1")
    commit(repository, "二", a="2")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), str(clone))
    history = read_history(clone)
    assert (history.shallow, history.known) == (True, False)


def test_the_settings_of_a_hook_do_not_lead_elsewhere(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = commit(repository, "本校", a="1")
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    commit(other, "别处", b="1")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert read_history(repository).commit == own


def test_a_folder_that_is_no_repository_has_no_history(tmp_path: Path, repository: Path) -> None:
    assert read_history(tmp_path) == History()
    assert read_history(repository) == History()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/.git").write_text("gitdir: nowhere", encoding="utf-8")
    assert read_history(tmp_path / "broken") == History()
    assert not History().known


def test_without_git_there_is_no_history(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repository, "一")
    monkeypatch.setenv("PATH", "")
    assert read_history(repository) == History()
