"""The command: parse, call, print, exit code. In this process, and as a program of its own."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from generator import __version__, cli
from generator.cli import BROKEN, FAULTS, FINE, WRONG_USE, main
from generator.publish import release
from generator.site.fault import Fault
from tests.conftest import GOOD
from tests.sample_site import ROOT

DAY = "2026-11-20"
WALKS = "records/tables/walks.csv"
Edit = Callable[[str, str, str], None]


@pytest.fixture(name="root")
def small_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture(name="edit")
def edit_file(root: Path) -> Edit:
    def edit(path: str, old: str, new: str) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8", newline="")

    return edit


def program(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder, env={**os.environ, **environment}, check=False, capture_output=True,
        encoding="utf-8",
    )  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_sound_school_is_fine(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--as-of", DAY]) == FINE
    assert capsys.readouterr().out == "没有问题：检查了 4 张表、10 条记录、1 项指标。\n"
    assert not (root / "site").exists()
    assert main(["check", "--as-of", DAY, "--lang", "en"]) == FINE
    assert capsys.readouterr().out == "No problems: checked 4 tables, 10 records, 1 indicators.\n"


def test_a_folder_inside_the_school_will_do(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root / "records/tables")
    assert main(["check", "--as-of", DAY]) == FINE
    monkeypatch.chdir(root.parent)
    assert main(["check", "--root", "school", "--as-of", DAY]) == FINE
    assert capsys.readouterr().err == ""


def test_an_error_is_printed_with_place_and_remedy(
    edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(WALKS, "W-003", "X")
    assert main(["check", "--as-of", DAY]) == FAULTS
    lines = capsys.readouterr().out.split("\n")
    wrong = '巡查编号（walk）的值 "X" 不合格式 W-[0-9]{3}'
    assert lines[0] == f"{WALKS}:5:1: 错误 cell-pattern：{wrong}"
    assert lines[1].startswith("  5 | X,2026-11-02")
    assert lines[2] == "    | ^"
    assert lines[-2].startswith("共 1 处错误、0 处提醒，涉及 1 个文件。")


@pytest.mark.parametrize("form", ["text", "line", "json", "github", "gitlab"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_problems_in_every_form(
    edit: Edit, capsys: pytest.CaptureFixture[str], form: str, lang: str
) -> None:
    edit(WALKS, "W-003", "X")
    assert main(["check", "--as-of", DAY, "--format", form, "--lang", lang]) == FAULTS
    printed = capsys.readouterr().out
    chinese = "不合格式" in printed
    assert chinese == (lang == "zh")
    if form == "json":
        document = json.loads(printed)
        assert document["counts"] == {"errors": 1, "reminders": 0}
        assert list(document["problems"][0]) == [
            "file", "line", "column", "rule", "severity", "wrong", "fix", "near", "ground",
        ]  # fmt: skip
    elif form == "gitlab":
        assert json.loads(printed)[0]["location"] == {"path": WALKS, "lines": {"begin": 5}}
    elif form == "github":
        assert printed.startswith(f"::error file={WALKS},line=5,col=1,title=cell-pattern::")
    else:
        assert printed.startswith(f"{WALKS}:5:1: ")
    assert (printed.count("\n") == 1) == (form in {"line", "github"})


def test_nothing_to_say_is_said_in_the_form_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert root.is_dir()
    assert main(["check", "--as-of", DAY, "--format", "line"]) == FINE
    assert capsys.readouterr().out == ""
    assert main(["check", "--as-of", DAY, "--format", "json"]) == FINE
    assert json.loads(capsys.readouterr().out)["problems"] == []


def test_build_makes_a_site_and_says_where(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--as-of", DAY]) == FINE
    printed = capsys.readouterr().out
    pages = len(json.loads((root / "site/api/pages.json").read_text(encoding="utf-8")))
    assert f"网站：{root}/site/index.html（{pages} 页，数据截至 {DAY}）" in printed
    assert (root / "site").readlink() == Path(".build/sites/000001")
    assert main(["build", "--as-of", DAY, "--format", "line"]) == FINE
    assert capsys.readouterr().out == ""


def test_broken_content_leaves_the_site_as_it_was(
    root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--as-of", DAY]) == FINE
    target, before = (root / "site").readlink(), contents(root / "site")
    edit(WALKS, "W-003", "X")
    capsys.readouterr()
    assert main(["build", "--as-of", DAY]) == FAULTS
    assert "没有生成网站，原来的网站不变" in capsys.readouterr().out
    assert (root / "site").readlink() == target
    assert contents(root / "site") == before
    assert main(["build", "--as-of", DAY, "--lang", "en"]) == FAULTS
    assert "no site was built, the previous one stays" in capsys.readouterr().out


def test_a_link_that_leads_nowhere_is_a_fault_of_the_build(
    root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--as-of", DAY]) == FINE
    target, before = (root / "site").readlink(), contents(root / "site")
    edit("content/pages/privacy.md", "(../plan/4-walks.md)", "(../plan/4-walks.md#nowhere)")
    capsys.readouterr()
    assert main(["build", "--as-of", DAY]) == BROKEN
    said = capsys.readouterr().err
    assert "网站没有通过核对，原来的网站不变" in said
    assert "privacy/index.html: 链接 ../plan/4/#nowhere 没有这个锚点" in said
    assert (root / "site").readlink() == target
    assert contents(root / "site") == before
    assert [entry.name for entry in (root / ".build/sites").iterdir()] == ["000001"]


def test_a_fault_of_the_builder_is_told_in_one_line(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "verify_site", lambda *_: [Fault("index.html", "x")])
    assert main(["build", "--as-of", DAY]) == BROKEN
    assert "Traceback" not in capsys.readouterr().err
    assert not (root / "site").exists()


def test_a_fault_of_the_disk_is_told_in_one_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(root / ".build", ignore_errors=True)
    (root / ".build").write_text("in the way", encoding="utf-8")
    assert main(["build", "--as-of", DAY]) == BROKEN
    assert ".build" in capsys.readouterr().err


def test_a_bug_keeps_its_traceback(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object, **__: object) -> None:
        raise ZeroDivisionError(str(root))

    monkeypatch.setattr(cli, "_read", wrong)
    with pytest.raises(ZeroDivisionError):
        main(["check"])


def test_a_folder_called_site_is_wrong_use(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "site").mkdir()
    (root / "site/mine.txt").write_text("mine", encoding="utf-8")
    assert main(["build", "--as-of", DAY]) == WRONG_USE
    assert "不是本程序建的链接" in capsys.readouterr().err
    assert contents(root / "site") == {"mine.txt": b"mine"}


@pytest.mark.parametrize("command", ["check", "build", "status", "serve", "stage"])
def test_outside_a_school_is_wrong_use(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([command, *(["out"] if command == "stage" else [])]) == WRONG_USE
    assert "这里没有 records/school.yaml" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["check", "--as-of", "20.11.2026"],
        ["check", "--as-of", "2026-02-30"],
        ["check", "--format", "xml"],
        ["check", "--lang", "fr"],
        ["check", "extra"],
        ["stage"],
        ["new", "x"],
    ],
)
def test_wrong_options_are_wrong_use(
    arguments: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert root.is_dir()
    assert main(arguments) == WRONG_USE
    said = capsys.readouterr()
    assert said.err or said.out
    assert "Traceback" not in said.err


def test_an_interruption_is_no_success(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt(str(root))

    monkeypatch.setattr(cli, "_read", interrupt)
    assert main(["check"]) != FINE


def test_status_lists_every_indicator(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["status", "--root", str(root), "--as-of", DAY]) == FINE
    printed = capsys.readouterr().out
    assert "Q1 巡查次数" in printed
    assert "达标" in printed
    assert main(["status", "--as-of", DAY, "--lang", "en"]) == FINE
    assert "met" in capsys.readouterr().out
    assert main(["status", "--as-of", DAY, "--format", "json"]) == FINE
    assert [entry["id"] for entry in json.loads(capsys.readouterr().out)] == ["Q1"]


def test_status_lists_one_post_or_one_clause(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--as-of", DAY, "--clause", "4.1a"]) == FINE
    first, heads, *rows = capsys.readouterr().out.splitlines()
    assert first.startswith("4.1a ")
    assert heads.split() == ["指标", "时段", "数值", "状态", "责任", "原因"]
    assert [row.split()[0] for row in rows] == ["Q1"]
    ledger = json.loads(printed_status(capsys, "--format", "json"))
    owner = ledger[0]["owner"]
    assert json.loads(printed_status(capsys, "--format", "json", "--role", owner)) == ledger
    assert printed_status(capsys, "--role", "diver", "--lang", "en") == "No indicators.\n"
    assert printed_status(capsys, "--role", "diver") == "没有指标。\n"
    assert root.is_dir()


def printed_status(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["status", "--as-of", DAY, *arguments]) == FINE
    return capsys.readouterr().out


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    ("option", "name", "words"),
    [
        pytest.param("--role", "divr", "没有这个岗位：divr；相近的有：diver\n", id="post"),
        pytest.param("--clause", "4.1", "没有这个条款：4.1；相近的有：4.1", id="clause"),
        pytest.param("--clause", "安全", "没有这个条款：安全\n", id="nothing near"),
    ],
)
def test_an_unknown_post_or_clause_is_wrong_use(
    capsys: pytest.CaptureFixture[str], option: str, name: str, words: str
) -> None:
    assert main(["status", option, name, "--as-of", DAY]) == WRONG_USE
    assert capsys.readouterr().err.startswith(words)


def test_status_may_fail_on_what_is_missed(edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--as-of", DAY, "--strict"]) == FINE
    edit("records/indicators/Q1-walks.yaml", "at_least: 1", "at_least: 9")
    assert main(["status", "--as-of", "2027-02-01", "--strict"]) == FAULTS
    assert main(["status", "--as-of", "2027-02-01"]) == FINE
    edit(WALKS, "W-003", "X")
    capsys.readouterr()
    assert main(["status", "--as-of", DAY]) == FAULTS
    assert "cell-pattern" in capsys.readouterr().out


def test_stage_writes_a_tree(
    root: Path, edit: Edit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["stage", str(out), "--as-of", DAY]) == FINE
    pages = len(list((out / "docs").rglob("*.md")))
    assert capsys.readouterr().out == f"{out}：{pages} 页\n"
    assert main(["stage", str(out), "--as-of", DAY, "--lang", "en"]) == FINE
    assert capsys.readouterr().out == f"{out}: {pages} pages\n"
    before = contents(out)
    edit(WALKS, "W-003", "X")
    assert main(["stage", str(out), "--as-of", DAY]) == FAULTS
    assert contents(out) == before
    assert not (root / "site").exists()


def test_new_starts_a_school(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "ours"
    assert main(["new", str(target), "--name", "某区第一中学", "--short", "一中"]) == FINE
    assert "下一步：打开 README.md" in capsys.readouterr().out
    assert "一中 平安校园" in (target / "records/school.yaml").read_text(encoding="utf-8")
    assert main(["new", str(target), "--name", "某区第一中学"]) == WRONG_USE
    other = tmp_path / "other"
    assert main(["new", str(other), "--name", "某区第二中学", "--lang", "en"]) == FINE
    assert "follow the first-day list" in capsys.readouterr().out


def test_help_is_quick_and_imports_no_builder(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom generator.cli import main\ncode = main(['--help'])\n"
        "heavy = {'mkdocs', 'frictionless', 'duckdb', 'jinja2'} & set(sys.modules)\n"
        "print('heavy', sorted(heavy)); raise SystemExit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, check=False, capture_output=True,
        encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "heavy []" in done.stdout
    for command in ("check", "build", "serve", "status", "stage", "new"):
        assert re.search(rf"\b{command}\b", done.stdout)


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == WRONG_USE
    assert "check" in capsys.readouterr().out


def test_the_program_returns_the_exit_code_and_speaks_utf8(root: Path, tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = program("check", "--as-of", DAY, folder=root, **plain)
    assert done.returncode == FINE, done.stderr
    assert done.stdout.startswith("没有问题")
    (root / WALKS).write_text("broken\n", encoding="utf-8")
    assert program("check", folder=root, **plain).returncode == FAULTS
    away = program("check", folder=tmp_path, **plain)
    assert away.returncode == WRONG_USE
    assert "records/school.yaml" in away.stderr


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
        return str(answer.read().decode("utf-8"))


def wait_for(address: str, word: str, seconds: float) -> str:
    """The page once it holds the word; what was last seen when it never does."""
    text = ""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            text = get(address)
            if word in text:
                return text
        time.sleep(0.2)
    return text


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.mark.skipif(os.name == "nt", reason="stopping a child by signal is told apart there")
def test_serve_answers_and_follows_an_edit_until_it_is_stopped(root: Path, edit: Edit) -> None:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", "--address", f"127.0.0.1:{port}"],
        cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}/records/walks/"
            assert "灯坏了" in wait_for(address, "灯坏了", 90)
            edit(WALKS, "灯坏了", escape("路灯亮了"))
            assert "路灯亮了" in wait_for(address, "路灯亮了", 60)
        finally:
            server.send_signal(signal.SIGINT)
            try:
                code = server.wait(timeout=20)
            finally:
                server.kill()
    assert code in {FINE, 130, -signal.SIGINT}
    assert not (root / "site").exists()


def test_the_program_says_which_version_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"safecampus {__version__}\n"
