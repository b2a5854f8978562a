"""What nobody may see is in no message: no value, no near name, no quoted line."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.problems.problem import Language, Problem
from generator.problems.rendering import render_all
from generator.records.package import read_package
from generator.records.veil import reads_hidden
from tests.conftest import GOOD, Check, MakeProject
from tests.small_school import MEASURE, small_school

if TYPE_CHECKING:
    from generator.project import Project

FORMS = ("text", "line", "json", "github", "gitlab")
SCHEMA = (GOOD / "records/schemas/walks.yaml").read_text(encoding="utf-8")
WALKS = (GOOD / "records/tables/walks.csv").read_text(encoding="utf-8")
HEADER = WALKS.split("\n")[0]
REMARK = "备注, type: string, sensitivity: "
DUTY = "巡查岗位, type: string, sensitivity: "
SECRET = {"records/schemas/walks.yaml": SCHEMA.replace("staff", "restricted")}
CANARIES = {
    "walk": "CANARY-key",
    "walked_on": "2031-07-19",
    "at": "canary-time",
    "duty": "guardcanary",
    "helpers": "divercanary;diver;diver",
    "minutes": "98761",
    "metres": "98762.12345678",
    "indoors": "canary-flag",
    "billed": "canary-month",
    "result": "finecanary",
    "mended_on": "2032-08-21",
    "remark": "canary-remark-that-is-too-long",
}
SOUND = {
    "walk": "W-987", "walked_on": "2026-03-02", "at": "", "duty": "guard", "helpers": "",
    "minutes": "25", "metres": "", "indoors": "false", "billed": "", "result": "fine",
    "mended_on": "", "again_on": "", "remark": "",
}  # fmt: skip


def rows(*changes: dict[str, str]) -> dict[str, str]:
    lines = [",".join((SOUND | {"walk": f"W-{n:03d}"} | c).values()) for n, c in enumerate(changes)]
    return {"records/tables/walks.csv": "\n".join([HEADER, *lines, ""])}


def hides(problems: tuple[Problem, ...], *secrets: str) -> None:
    assert problems
    for form in FORMS:
        for language in Language:
            text = render_all(problems, form, language)
            assert [secret for secret in secrets if secret in text] == []
            assert "***" in text


@pytest.mark.parametrize("column", CANARIES)
def test_a_faulty_value_is_in_no_message(check: Check, column: str) -> None:
    ledger = check(SECRET | rows({column: CANARIES[column]}))
    assert [problem.near for problem in ledger.problems if problem.near] == []
    hides(ledger.problems, CANARIES[column], *CANARIES[column].split(";"))


def test_a_label_in_place_of_a_value_gives_no_near_name(check: Check) -> None:
    assert check(SECRET | rows({"result": "正常"})).problems[0].near == ()
    assert check(rows({"result": "正常"})).problems[0].near == ("fine",)


def test_repeated_keys_and_values_are_in_no_message(check: Check) -> None:
    changes = {"walk": "W-987", "remark": "同一句"}
    unique = SECRET["records/schemas/walks.yaml"].replace("minLength: 2", "unique: true")
    ledger = check({"records/schemas/walks.yaml": unique} | rows(changes, changes))
    assert {problem.rule for problem in ledger.problems} == {"key-duplicate", "cell-unique"}
    hides(ledger.problems, "W-987", "同一句")


def test_a_reference_into_a_hidden_column_gives_no_near_name(check: Check) -> None:
    path = "records/schemas/duties.yaml"
    text = (GOOD / path).read_text(encoding="utf-8")
    hidden = {path: text.replace("sensitivity: staff", "sensitivity: restricted", 1)}
    wrong = rows({"duty": "guards"})
    assert check(wrong).problems[0].near == ("guard",)
    (problem,) = check(wrong | hidden).problems
    assert problem.near == ()
    assert "guards" in problem.wrong.zh


def test_a_restricted_table_hides_all_its_columns(check: Check) -> None:
    package = (GOOD / "records/datapackage.yaml").read_text(encoding="utf-8")
    head, _, tail = package.rpartition("sensitivity: staff")
    files = {"records/datapackage.yaml": f"{head}sensitivity: restricted{tail}"}
    ledger = check(files | rows({"minutes": "98761"}))
    assert "cell-range" in {problem.rule for problem in ledger.problems}
    hides(ledger.problems, "98761")


RULE = """\
- id: K1
  table: walks
  level: reminder
  {test}
  fields: [minutes]
  wrong: {{zh: "用了 {{minutes}}，{{told}}", en: "took {{minutes}}, {{told}}"}}
  fix: {{zh: "核对 {{remark}}", en: "check {{remark}}"}}
"""


@pytest.mark.parametrize(
    "query",
    [
        "select _row, remark as told from walks where minutes = 187",
        "select _row, upper(w.remark) as told from walks w where minutes = 187",
        "select w.*, 'x' as told from walks w where minutes = 187",
        "select _row, w as told from walks w where minutes = 187",
        (
            "with c as (select _row, remark as told, minutes from walks) select _row, told from c"
            " where minutes = 187"
        ),
    ],
)
def test_a_rule_tells_no_hidden_value(check: Check, query: str) -> None:
    files = SECRET | {"records/rules/walks.yaml": RULE.format(test=f"query: {query}")}
    ledger = check(files | rows({"minutes": "187", "remark": "canary"}))
    assert [problem.rule for problem in ledger.problems] == ["K1"]
    hides(ledger.problems, "187", "canary", "CANARY")


def test_a_rule_tells_what_anybody_may_see(check: Check) -> None:
    hidden = SCHEMA.replace(f"{REMARK}staff", f"{REMARK}restricted")
    test = "query: select _row, count(*) over () as told from walks where minutes = 187"
    files = {
        "records/schemas/walks.yaml": hidden,
        "records/rules/walks.yaml": RULE.format(test=test),
    }
    ledger = check(files | rows({"minutes": "187", "remark": "canary"}))
    assert ledger.problems[0].wrong.zh == '用了 "187"，"1"'
    assert ledger.problems[0].fix.zh == '核对 "***"'


@pytest.mark.parametrize(
    ("query", "hidden"),
    [
        ("select _row from walks", False),
        ("select _row, count(*) from walks group by _row", False),
        ("select _row from walks where REMARK is null", True),
        ("select columns('m.*') from walks", True),
        ("select _row, walks from walks", True),
        ("select _row, before from row_changes", True),
        ("select _row from row_changes", False),
        ("select remark from papers remark", False),
    ],
)
def test_which_queries_may_tell_hidden_values(
    project: MakeProject,
    query: str,
    hidden: bool,  # noqa: FBT001
) -> None:
    made: tuple[Project, list[Problem]] = project(SECRET)
    package, _ = read_package(made[0])
    assert reads_hidden(query, package) is hidden


def test_an_error_while_running_quotes_no_record(check: Check) -> None:
    for test in ("cast(remark as integer) = 1", "strptime(remark, '%Y') is null"):
        text = RULE.format(test=f"when: {test}").replace("，{told}", "").replace(", {told}", "")
        ledger = check({"records/rules/walks.yaml": text} | rows({"remark": "canary 77"}))
        (problem,) = ledger.problems
        assert problem.rule == "sql-refused"
        assert "canary" not in problem.wrong.zh
        assert "***" in problem.wrong.zh


def quoted(check: Check, files: dict[str, str]) -> list[str]:
    return render_all(check(files).problems, "text", Language.EN).split("\n")[1:3]


def test_the_quoted_line_keeps_what_may_be_seen_and_its_caret(check: Check) -> None:
    one = {"records/schemas/walks.yaml": SCHEMA.replace(f"{DUTY}staff", f"{DUTY}restricted")}
    assert quoted(check, one | rows({"minutes": "999"})) == [
        "  2 | W-000,2026-03-02,,***,,999,,false,,fine,,,",
        "    |                        ^",
    ]
    assert quoted(check, one | rows({"duty": "canary"})) == [
        "  2 | W-000,2026-03-02,,***,,25,,false,,fine,,,",
        "    |                   ^",
    ]


def test_the_lines_of_a_hidden_cell_are_all_hidden(check: Check) -> None:
    secret = SCHEMA.replace(f"{REMARK}staff", f"{REMARK}restricted")
    text = WALKS.replace("池边地砖松动，\n已围挡", "canary,\ncanary 13800138000")
    ledger = check({"records/schemas/walks.yaml": secret, "records/tables/walks.csv": text})
    hides(ledger.problems, "canary")
    first, second = ledger.problems
    assert (first.rule, first.place.line, first.place.column) == ("cell-range", 3, 72)
    assert (second.rule, second.place.line, second.place.column) == ("privacy-mobile", 4, 8)
    assert (second.source, second.caret) == ("***", 1)


def test_the_header_is_quoted_and_a_broken_file_is_not(check: Check) -> None:
    (problem,) = check(SECRET | {"records/tables/walks.csv": WALKS + "canary,1\n"}).problems
    assert (problem.rule, problem.source, problem.caret) == ("row-short", "***", 1)
    renamed = check(SECRET | {"records/tables/walks.csv": WALKS.replace("remark", "remarks", 1)})
    assert '"remarks"' in renamed.problems[0].wrong.zh + renamed.problems[1].wrong.zh
    headless = check(SECRET | {"records/tables/walks.csv": WALKS.partition("\n")[2]})
    hides(headless.problems, "W-001", "guard", "820.5", "一切正常")


def test_a_table_of_nothing_but_hidden_blanks_is_quoted_too(check: Check) -> None:
    blank = {"records/tables/walks.csv": f"{HEADER}\n,,,,,,,,,,,,\n"}
    assert quoted(check, SECRET | blank)[0].startswith("  2 | ***,***,")


def test_a_strange_subject_that_is_hidden_is_not_told(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks="1,canary,2026-09-10,1,true,,")
    path = tmp_path / "records/schemas/talks.yaml"
    lines = path.read_text(encoding="utf-8").replace(
        "group_id, type: string, sensitivity: public",
        "group_id, type: string, sensitivity: restricted",
    )
    path.write_text(lines, encoding="utf-8")
    evidence = "select _row, group_id as subject, held_on as happened_on from talks"
    school.indicator(MEASURE, subjects="{table: groups}", evidence=f"{evidence}\n")
    problems = school.ledger("2026-11-20").problems
    assert [problem.rule for problem in problems] == ["evidence-value"]
    hides(problems, "canary")


def test_json_says_the_same_and_no_more(check: Check) -> None:
    ledger = check(SECRET | rows({"minutes": "98761"}))
    (entry,) = json.loads(render_all(ledger.problems, "json", Language.ZH))["problems"]
    assert entry["wrong"].startswith('用时（minutes）的值 "***" 超出范围')
