"""Canonical table files: sorted, plainly quoted, and never another value."""

import csv
import dataclasses
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.disk import write_whole
from generator.exchange.canonical import canonical_text, plan_rewrites
from generator.problems.problem import Place
from generator.project import read_project
from generator.records.package import Package, read_package
from generator.records.schema import Constraints, Field, TableSchema
from tests.conftest import Check, MakeProject
from tests.exchange_school import NOW, ferry_school
from tests.strategies import CELL_TEXT

ROOT = Path(__file__).resolve().parents[1]
WALKS = "records/tables/walks.csv"


def field(name: str, kind: str) -> Field:
    return Field(
        name, name, "", kind, "default", "public", Constraints(), {}, False, None, "", "", False,
        (), (), Place(""), None,
    )  # fmt: skip


def schema(*kinds: str, key: tuple[str, ...] = ("c0",)) -> TableSchema:
    fields = tuple(field(f"c{index}", kind) for index, kind in enumerate(kinds))
    return TableSchema("s.yaml", fields, key, (), "", "", "", "", (), {})


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@given(
    st.lists(st.lists(CELL_TEXT, min_size=3, max_size=3), max_size=6), st.permutations([0, 1, 2])
)
def test_values_never_change_and_twice_is_once(rows: list[list[str]], order: list[int]) -> None:
    shape = schema("string", "integer", "any", key=("c1", "c0"))
    header = [f"c{index}" for index in order]
    text = canonical_text(shape, header, [[row[index] for index in order] for row in rows])
    head, *body = read(text)
    assert head == ["c0", "c1", "c2"]
    assert sorted(body) == sorted(rows)
    assert canonical_text(shape, head, body) == text
    assert text.endswith("\n")
    assert "\r" not in text


@given(st.lists(st.dates().map(str), unique=True), st.sampled_from("-/."))
def test_a_date_becomes_the_same_date(days: list[str], sign: str) -> None:
    rows = [[day.replace("-", sign)] for day in days]
    assert read(canonical_text(schema("date"), ["c0"], rows))[1:] == [[day] for day in sorted(days)]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2026年9月1日", "2026-09-01"),
        ("2026/9/1", "2026-09-01"),
        ("2026-02-30", "2026-02-30"),
        ("2026/2/30", "2026/2/30"),
        ("2026/9.1", "2026/9.1"),
        ("9月1日", "9月1日"),
    ],
)
def test_only_a_date_that_exists_becomes_iso(raw: str, value: str) -> None:
    assert read(canonical_text(schema("date"), ["c0"], [[raw]]))[1] == [value]


def test_a_date_of_another_declared_format_stays() -> None:
    shape = schema("date")
    other = dataclasses.replace(shape.fields[0], format="%Y/%m/%d")
    shape = dataclasses.replace(shape, fields=(other,))
    assert read(canonical_text(shape, ["c0"], [["2026/9/1"]]))[1] == ["2026/9/1"]


def test_numbers_are_sorted_by_size_and_what_is_none_comes_last() -> None:
    rows = [["10"], ["x"], ["9"], ["NaN"], ["-1"]]
    text = canonical_text(schema("integer"), ["c0"], rows)
    assert read(text)[1:] == [["-1"], ["9"], ["10"], ["NaN"], ["x"]]


def package_of(root: Path) -> Package:
    return read_package(read_project(root, NOW)[0])[0]


def test_an_untidy_file_is_mended_and_its_records_stay(project: MakeProject) -> None:
    tidy, _ = project()
    lines = (tidy.root / WALKS).read_text(encoding="utf-8").split("\n")
    untidy = "\ufeff" + "\r\n".join([lines[0], *lines[4:5], *lines[1:4]])
    opened, _ = project({WALKS: untidy.replace("2026-03-02", "2026/3/2")})
    rewrites, problems = plan_rewrites(opened.root, package_of(opened.root))
    assert problems == []
    assert [entry.path for entry in rewrites] == ["records/tables/duties.csv", WALKS]
    assert rewrites[1].text == "\n".join(lines)


def test_columns_are_put_in_the_order_of_the_schema(project: MakeProject) -> None:
    opened, _ = project({"records/tables/duties.csv": "label,duty,above\n总管,head,\n"})
    rewrites, problems = plan_rewrites(opened.root, package_of(opened.root))
    assert problems == []
    assert rewrites[0].text == "duty,label,above\nhead,总管,\n"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("", "table-empty"),
        (b"duty,label,above\n\xff\xff,a,\n", "encoding"),
        ("duty,label,above\nhead\n", "row-short"),
        ("duty,label,over\nhead,a,\n", "header-unknown"),
        ("duty,label,above\n\nhead,a,\n", "row-blank"),
    ],
)
def test_what_cannot_be_read_is_refused(
    project: MakeProject, content: str | bytes, rule: str
) -> None:
    opened, _ = project({"records/tables/duties.csv": content})
    rewrites, problems = plan_rewrites(opened.root, package_of(opened.root))
    assert rule in {problem.rule for problem in problems}
    assert rewrites == []


def test_the_repository_is_canonical() -> None:
    assert plan_rewrites(ROOT, package_of(ROOT)) == ([], [])


def test_formatting_changes_no_judgement(check: Check, project: MakeProject) -> None:
    before = check().problems
    opened, _ = project()
    assert main(["fmt", "--root", str(opened.root)]) == 0
    assert (
        check(
            {"records/tables/duties.csv": (opened.root / "records/tables/duties.csv").read_bytes()}
        ).problems
        == before
    )


def test_the_command_lists_then_mends_then_is_content(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = ferry_school(tmp_path)
    file = school.root / "records/tables/rooms.csv"
    tidy = file.read_bytes()
    file.write_bytes(tidy.replace(b"\n", b"\r\n"))
    root = ["--root", str(school.root)]
    assert main(["fmt", "--check", *root]) == 1
    assert capsys.readouterr().out == "records/tables/rooms.csv\n1 个文件要整理。\n"
    assert main(["fmt", *root]) == 0
    assert file.read_bytes() == tidy
    assert main(["fmt", "--check", *root]) == 0
    file.write_bytes(b"room,label\nR\n")
    assert main(["fmt", *root, "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "records/tables/rooms.csv:2:1: error row-short" in out
    assert "nothing was changed" in out


def test_all_files_are_replaced_or_none(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(b"old")
    (tmp_path / "blocked").write_bytes(b"a file, not a folder")
    with pytest.raises(OSError, match="blocked"):
        write_whole([(first, b"new"), (tmp_path / "blocked" / "c.csv", b"new")])
    assert first.read_bytes() == b"old"
    write_whole([(first, b"new"), (second, b"new")])
    assert (first.read_bytes(), second.read_bytes()) == (b"new", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv", "blocked"]
