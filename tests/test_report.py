"""`safecampus report`: one comment below a proposed change, in the words of the office."""

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli
from generator.changes.proposal_report import LONGEST, MARK
from generator.cli import FAULTS, FINE, WRONG_USE, main
from tests.conftest import GOOD
from tests.git_repository import git, save, start
from tests.small_school import SmallSchool, small_school

TALKS = """
    t1,a,2026-10-05,1,true,2026-10-20,
    t2,b,2026-10-06,2,true,,2026-10-07
    """
LINES = "https://git.school.example/school/safety/src/commit/abc/{path}#L{line}"
OFFICE = re.compile("HEAD|commit|branch|merge|提交|分支|合并|版本库|main|拉取")
Report = Callable[..., str]


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
    git(school.root, "checkout", "-qb", "edit")
    return school


@pytest.fixture(name="report")
def reporter(school: SmallSchool, capsys: pytest.CaptureFixture[str]) -> Report:
    def run(*arguments: str, base: str = "main", code: int = FINE) -> str:
        options = ("--root", str(school.root), "--as-of", "2026-10-31")
        assert main(["report", base, *options, *arguments]) == code
        printed = capsys.readouterr()
        return printed.out + printed.err

    return run


def test_a_sound_change_is_told_with_all_it_moves(school: SmallSchool, report: Report) -> None:
    school.rows("talks", "t1,a,2026-10-05,2,true,2026-11-20,\nt2,b,2026-10-06,2,true,,2026-10-07")
    printed = report("--preview", "https://look.school.example/edit/")
    assert printed == (
        f"{MARK}\n### 这次改动的检查结果\n\n✅ **没有错误，可以请人批准。**\n\n"
        "[看看改好以后的网站](https://look.school.example/edit/)\n\n"
        "#### 指标的变化\n\n- Q1 安全课 2026年10月：1/2→2/2，临期→达标\n  - 甲班 1→2 课时\n\n"
        "#### 期限的变化\n\n- Q1 t1 t1：期限 2026-10-20 → 2026-11-20\n\n"
        "#### 记录的变化\n\n- talks：新增 0 条，修改 1 条，删去 0 条\n  - 修改 t1\n"
        "    - amount：1 → 2\n    - due\\_on：2026-10-20 → 2026-11-20\n\n"
        "<sub>统计日 2026-10-31。</sub>\n"
    )
    assert not OFFICE.search(printed.replace(MARK, ""))


def test_an_error_links_to_its_line_and_withholds_figures(
    school: SmallSchool, report: Report
) -> None:
    school.rows("talks", "t1,a,2026-13-05,2,true,2026-11-20,")
    school.rows("posts", "head,书记")
    printed = report("--lines", LINES, "--preview", "https://look.example/", code=FAULTS)
    assert "❌ **有 1 处错误。改好再存一次，会自动重新检查。**\n" in printed
    address = LINES.format(path="records/tables/talks.csv", line=2)
    assert f"#### 要改的\n\n- [records/tables/talks.csv 第 2 行]({address})  \n  " in printed
    assert "有错误，指标、条款和期限的变化在改好以后列出" in printed
    assert "- 台账：talks\n" in printed
    assert r"post\_name：校长 → 书记" in printed
    assert "look.example" not in printed
    assert not OFFICE.search(printed.replace(address, ""))


def test_without_a_pattern_the_place_is_told_without_a_link(
    school: SmallSchool, report: Report
) -> None:
    school.rows("talks", "t1,a,2026-13-05,2,true,2026-11-20,")
    assert "- records/tables/talks.csv 第 2 行  \n" in report(code=FAULTS)


def test_only_what_the_change_itself_brings_is_told(school: SmallSchool, report: Report) -> None:
    school.rows("posts", "head,书记")
    save(school.root)
    git(school.root, "checkout", "-q", "main")
    school.rows("groups", "a,甲班,2025-09-01,2027-08-31\nb,丙班,2025-09-01,2027-08-31")
    save(school.root)
    git(school.root, "checkout", "-q", "edit")
    printed = report()
    assert r"post\_name：校长 → 书记" in printed
    assert "丙班" not in printed


def test_what_was_written_is_shown_as_text_and_calls_nobody(
    school: SmallSchool, report: Report
) -> None:
    school.rows("posts", "head,校长\nx,<b>@lee [a](b)")
    assert "post\\_name \\<b\\>\\@\u2060lee \\[a\\](b)" in report()


def test_the_terminal_gets_the_same_as_plain_lines(school: SmallSchool, report: Report) -> None:
    school.rows("posts", "head,书记")
    assert report("--format", "text", "--preview", "https://look.example/").split("\n") == [
        "没有错误，可以请人批准。", "预览：https://look.example/", "", "记录的变化",
        "  posts：新增 0 条，修改 1 条，删去 0 条", "    修改 head", "      post_name：校长 → 书记",
        "", "统计日 2026-10-31。", "",
    ]  # fmt: skip
    school.rows("talks", "\n".join(f"t{n},a,2026-13-05,2,true,," for n in range(40)))
    printed = report("--format", "text", "--lang", "en", code=FAULTS)
    assert printed.startswith("40 errors. Mend them and save; it is checked again by itself.\n")
    assert "  10 more\n" in printed


def test_the_report_goes_into_a_file(report: Report, tmp_path: Path) -> None:
    target = tmp_path / "out/report.md"
    assert report("--to", str(target)) == ""
    assert target.read_text(encoding="utf-8").startswith(f"{MARK}\n### 这次改动的检查结果\n")
    assert target.read_bytes().endswith("<sub>统计日 2026-10-31。</sub>\n".encode())


def test_a_report_is_no_longer_than_a_forge_takes(school: SmallSchool, report: Report) -> None:
    rows = [f"p{n},{'长' * 4000}" for n in range(20)]
    school.rows("posts", "\n".join(["head,校长", *rows]))
    printed = report()
    assert len(printed) < LONGEST + 50
    assert printed.endswith("\n\n内容太长，后面的省略。\n")


@pytest.mark.parametrize("pattern", ["https://x/{commit}", "https://x/{0}", "https://x/{"])
def test_an_address_that_asks_for_more_is_wrong_use(report: Report, pattern: str) -> None:
    assert "--lines 只能用 {path} 和 {line}" in report("--lines", pattern, code=WRONG_USE)


def test_an_unknown_start_is_wrong_use(report: Report) -> None:
    assert "没有这个版本，也没有这个文件夹：mian；相近的有：main" in report(
        base="mian", code=WRONG_USE
    )


def test_a_forge_is_told_of_errors_and_new_reminders_on_their_lines(
    school: SmallSchool, report: Report, tmp_path: Path
) -> None:
    school.rows("talks", "t1,a,2026-13-05,2,true,2026-11-20,")
    to = ("--to", str(tmp_path / "report.md"))
    printed = report(*to, "--annotate", "github", code=FAULTS)
    assert printed.startswith(
        "::error file=records/tables/talks.csv,line=2,col=6,title=cell-form::"
    )
    (entry,) = json.loads(report(*to, "--annotate", "gitlab", code=FAULTS))
    assert entry["location"] == {"path": "records/tables/talks.csv", "lines": {"begin": 2}}
    school.rows("talks", TALKS)
    assert report(*to, "--annotate", "github").strip() == ""
    assert report(*to, "--annotate", "gitlab").strip() == "[]"


@pytest.fixture(name="centre")
def good_centre(tmp_path: Path) -> Path:
    root = tmp_path / "centre"
    shutil.copytree(GOOD, root)
    start(root)
    git(root, "checkout", "-qb", "edit")
    return root


def test_a_changed_page_is_told_with_the_post_that_approves_it(
    centre: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = centre / "content/procedures/NA1-water.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("\n清点人数。\n", "\n清点人数，不漏一人。\n"), encoding="utf-8")
    (centre / "content/pages/more.md").write_text("---\ntitle: 补充\n---\n\n一段。\n", "utf-8")
    assert main(["report", "main", "--root", str(centre)]) == FINE
    printed = capsys.readouterr().out
    assert "#### 要请谁批准\n\n- NA1 溺水处置：总管\n" in printed
    assert "#### 文字的变化\n\n- 新增 补充\n- 修改 NA1 溺水处置\n" in printed
    (centre / "content/pages/privacy.md").unlink()
    main(["report", "main", "--root", str(centre), "--lang", "en"])
    assert "- removed 隐私说明\n" in capsys.readouterr().out


def test_new_reminders_stand_apart_from_those_there_before(
    centre: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = "review_due: 2026-12-01"
    page = centre / "content/procedures/NA1-water.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("review_due: 2027-03-01", late), encoding="utf-8")
    papers = centre / "records/tables/papers.csv"
    papers.write_text(papers.read_text("utf-8").replace("2027-03-01", "2026-12-01"), "utf-8")
    assert main(["report", "main", "--root", str(centre)]) == FINE
    fresh = capsys.readouterr().out
    assert "#### 新的提醒\n\n- content/procedures/NA1-water.md 第 " in fresh
    assert "原来就有的提醒" not in fresh
    save(centre)
    assert main(["report", "HEAD", "--root", str(centre)]) == FINE
    again = capsys.readouterr().out
    assert "新的提醒" not in again
    assert "原来就有的提醒 1 处" in again
    page.write_text(text, encoding="utf-8")
    papers.write_text(papers.read_text("utf-8").replace("2026-12-01", "2027-03-01"), "utf-8")
    main(["report", "HEAD", "--root", str(centre)])
    assert "这次消除的问题 1 处" in capsys.readouterr().out
