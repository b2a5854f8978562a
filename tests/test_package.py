"""The data package: our strict reading, and Frictionless' own verdict on it."""

from pathlib import Path

import frictionless
import pytest

from generator.records.package import read_package
from tests.conftest import GOOD, MakeProject

PACKAGE = "records/datapackage.yaml"
ROOT = Path(__file__).resolve().parents[1]
GOOD_TEXT = (GOOD / PACKAGE).read_text(encoding="utf-8")


def test_the_tables_come_in_the_order_they_are_declared(project: MakeProject) -> None:
    package, problems = read_package(project()[0])
    assert problems == []
    assert list(package.tables) == ["spans", "duties", "papers", "walks"]
    walks = package.tables["walks"]
    assert (walks.label, walks.paths) == ("巡查（walks）", ("records/tables/walks.csv",))
    assert walks.field("walk") is not None
    assert package.title == "河湾活动中心记录"


@pytest.mark.parametrize("root", [ROOT, GOOD], ids=["the product's sample", "the good project"])
def test_frictionless_accepts_the_package_as_it_stands(root: Path) -> None:
    report = frictionless.validate(str(root / PACKAGE))
    assert report.valid, report.flatten(["type", "note"])


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"),
    [
        pytest.param("- name: duties", "- name: walks", "duplicate-id", "walks", id="twice"),
        pytest.param("- name: duties", "- name: Duties", "wrong-shape", "Duties", id="capital"),
        pytest.param(
            "- name: duties", "- name: calendar_days", "wrong-shape", "calendar", id="own"
        ),
        pytest.param("name: riverbend\n", "", "missing-key", "name", id="package without name"),
        pytest.param("    path: tables/walks.csv\n", "", "missing-key", "path", id="no path"),
        pytest.param("path: tables/walks.csv", "path: [[x]]", "wrong-shape", "path", id="odd path"),
        pytest.param("tables/walks.csv", "/etc/passwd", "file-outside", "/etc", id="outside"),
        pytest.param(
            "schemas/walks.yaml", "../s.yaml", "file-outside", "../s", id="schema outside"
        ),
        pytest.param(
            "schemas/walks.yaml", "schemas/w.yaml", "file-missing", "没有", id="no schema"
        ),
        pytest.param("sensitivity: staff", "sensitivity: none", "unknown-name", "none", id="level"),
        pytest.param("resources:", "resorces:", "unknown-key", "resorces", id="top key"),
    ],
)
def test_what_is_wrong_in_the_package_is_told(
    project: MakeProject, old: str, new: str, rule: str, words: str
) -> None:
    assert old in GOOD_TEXT
    read, _ = project({PACKAGE: GOOD_TEXT.replace(old, new)})
    _, problems = read_package(read)
    assert [problem for problem in problems if problem.rule == rule and words in problem.wrong.zh]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("schemas/walks.yaml", "resource: duties, fields", "resource: posts, fields", "posts"),
        ("schemas/walks.yaml", "duties, fields: [duty]", "duties, fields: [post]", "post"),
        ("schemas/walks.yaml", "duties, field: duty", "duties, field: post", "post"),
        ("school.yaml", "table: spans", "table: span", "span"),
        ("school.yaml", "from_day", "from_date", "from_date"),
    ],
    ids=["table of a key", "column of a key", "column of a list", "bound table", "bound column"],
)
def test_a_name_that_is_not_declared_is_told(
    project: MakeProject, file: str, old: str, new: str, words: str
) -> None:
    text = (GOOD / "records" / file).read_text(encoding="utf-8")
    assert old in text
    read, _ = project({f"records/{file}": text.replace(old, new)})
    _, problems = read_package(read)
    assert [problem.rule for problem in problems] == ["unknown-name"]
    assert words in problems[0].wrong.zh


@pytest.mark.parametrize("text", [None, "a: [\n"], ids=["missing", "broken"])
def test_without_a_package_there_are_no_tables(project: MakeProject, text: str | None) -> None:
    read, _ = project({PACKAGE: text})
    package, problems = read_package(read)
    assert package.tables == {}
    assert len(problems) == 1


def test_a_table_may_have_several_files(project: MakeProject) -> None:
    text = GOOD_TEXT.replace("path: tables/walks.csv", "path: [tables/a.csv, tables/b.csv]")
    read, _ = project({PACKAGE: text})
    package, problems = read_package(read)
    assert problems == []
    assert package.tables["walks"].paths == ("records/tables/a.csv", "records/tables/b.csv")
