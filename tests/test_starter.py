"""What a new school finds in its repository, and that nothing of the sample came along."""

import csv
import dataclasses
import datetime as dt
import shutil
from collections import Counter
from pathlib import Path

import pytest

from generator import __version__
from generator.compliance.first_day import FirstDayStep, first_day_progress
from generator.ledger import Ledger, read_ledger
from generator.problems.problem import Severity
from generator.product import product_folder
from generator.project import FirstDayTask, read_project
from generator.starter import school as starter
from generator.starter.recipe import RECIPE_FILE, RecipeError, read_recipe
from generator.starter.school import start_school
from generator.usage import UsageError
from tests.new_school import NAME, OPEN, SHORT, fill_in, left_open

DAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
SAMPLE_WORDS = ("示例", "平安路", "田径场", "篮球场", "北门", "南门", "023-0000", "2026—2027")


@pytest.fixture(name="root")
def new_school(tmp_path: Path) -> Path:
    root = tmp_path / "our-school"
    start_school(root, NAME, DAY, SHORT)
    return root


def ledger_of(root: Path) -> Ledger:
    return read_ledger(*read_project(root, NOON))


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def problems_of(root: Path) -> list[tuple[str, str, str]]:
    """What must be mended; a new school's drafts are reminders of their own."""
    found = [(p.place.file, p.rule, p.severity) for p in ledger_of(root).problems]
    return [problem for problem in found if problem[1] != "category-open"]


def test_the_check_lists_exactly_what_the_school_has_to_fill_in(root: Path) -> None:
    every = ledger_of(root).problems
    problems = [problem for problem in every if problem.rule != "category-open"]
    assert {p.severity for p in every if p not in problems} == {Severity.REMINDER}
    assert Counter(problem.place.file for problem in problems) == OPEN
    assert {problem.rule for problem in problems} == {"sample-left"}
    assert {problem.severity for problem in problems} == {Severity.ERROR}
    assert all(problem.place.line and problem.place.column for problem in problems)
    assert left_open(root) == OPEN


def test_filled_in_the_school_has_no_problem(root: Path) -> None:
    fill_in(root)
    assert problems_of(root) == []


def test_nothing_of_the_sample_is_left(root: Path) -> None:
    files = [*root.glob("content/**/*.*"), *root.glob("records/**/*.*"), root / "mkdocs.yml"]
    texts = {f: f.read_text(encoding="utf-8") for f in files if f.suffix != ".png"}
    left = [(f.name, word) for f, text in texts.items() for word in SAMPLE_WORDS if word in text]
    assert left == []
    assert not (root / RECIPE_FILE).exists()


def test_every_edit_of_the_recipe_is_used(root: Path, tmp_path: Path) -> None:
    recipe = read_recipe(product_folder())
    unused = []
    for number, edit in enumerate(recipe.edits):
        shorter = recipe.edits[:number] + recipe.edits[number + 1 :]
        without = dataclasses.replace(recipe, edits=shorter)
        if starter._files(product_folder(), without) == starter._files(product_folder(), recipe):  # noqa: SLF001 - the same without the edit: the edit does nothing
            unused.append(edit.pattern.pattern)
    assert unused == []
    assert root.parent == tmp_path


def test_only_lists_that_every_school_needs_have_rows(root: Path) -> None:
    sizes = {file.stem: len(rows_of(file)) for file in root.glob("records/tables/*.csv")}
    seeded = read_recipe(product_folder()).seeds
    assert {name for name, size in sizes.items() if size} == set(seeded)
    checked = ledger_of(root).checked
    assert set(sizes) == set(checked.records.package.tables)


def test_rows_taken_over_state_no_fact_of_the_sample(root: Path) -> None:
    posts = rows_of(root / "records/tables/roles.csv")
    assert {post["duty_signed_on"] + post["valid_to"] for post in posts} == {""}
    assert {post["filled"] for post in posts} == {"false"}
    assert {post["valid_from"] for post in posts} == {DAY.isoformat()}
    papers = rows_of(root / "records/tables/documents.csv")
    assert {paper["approved_on"] + paper["review_due"] for paper in papers} == {""}
    assert {paper["version"] for paper in papers} == {"0.1"}


def test_procedures_start_as_drafts_and_an_approved_one_needs_its_dates(root: Path) -> None:
    fill_in(root)
    file = root / "content/procedures/EP01-fire.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("status: draft", "status: approved"), encoding="utf-8")
    wanted = (file.relative_to(root).as_posix(), "missing-key", "error")
    assert problems_of(root) == [wanted, wanted]


def test_a_row_of_the_sample_in_a_real_school_is_named(root: Path) -> None:
    fill_in(root)
    name = "records/tables/inspections.csv"
    lines = (product_folder() / name).read_text(encoding="utf-8").splitlines(keepends=True)
    (root / name).write_text("".join(lines[:2]), encoding="utf-8")
    assert (name, "sample-left", "error") in problems_of(root)


def test_the_school_is_named_in_full_and_the_site_in_short(root: Path) -> None:
    project, _ = read_project(root, NOON)
    assert (project.school.name, project.school.site_name) == (NAME, f"{SHORT} 平安校园")
    assert (project.school.sample, project.as_of) == (False, DAY)
    script = (root / "content/procedures/EP01-fire.md").read_text(encoding="utf-8")
    assert f"我是{NAME}〔岗位〕" in script


def test_the_files_around_the_content_are_there(root: Path) -> None:
    assert f"safe-campus=={__version__}\n" in (root / "requirements.txt").read_text("utf-8")
    readme = (root / "README.md").read_text("utf-8")
    assert readme.startswith(f"# {NAME} 平安校园\n")
    assert "{" not in readme
    assert {".gitattributes", ".gitignore"} <= {file.name for file in root.iterdir()}


def test_the_same_school_is_the_same_bytes(root: Path, tmp_path: Path) -> None:
    written = start_school(tmp_path / "again", NAME, DAY, SHORT)
    again = {file.relative_to(tmp_path / "again"): file.read_bytes() for file in written}
    there = {f.relative_to(root): f.read_bytes() for f in root.rglob("*") if f.is_file()}
    assert again == there
    assert [f for f, data in there.items() if b"\r" in data and f.suffix != ".png"] == []


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=tmp_path.name):
        start_school(tmp_path, NAME, DAY)
    with pytest.raises(UsageError, match=r"thesis\.txt"):
        start_school(tmp_path / "thesis.txt", NAME, DAY)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("name", ["", "甲", "一中: 本部", '"一中"', "{day}", "-一中", "一\n中"])
def test_a_name_that_would_break_a_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="校名"):
        start_school(tmp_path / "school", name, DAY)
    assert not (tmp_path / "school").exists()


def test_a_damaged_recipe_is_a_fault_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(RecipeError):
        read_recipe(tmp_path)
    (tmp_path / "records").mkdir()
    (tmp_path / RECIPE_FILE).write_text("copy: [a]\nmoves: []\n", encoding="utf-8")
    with pytest.raises(RecipeError, match="moves"):
        read_recipe(tmp_path)


def test_a_seed_that_does_not_fit_its_table_is_a_fault_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = tmp_path / "product"
    for folder in ("content", "records"):
        shutil.copytree(product_folder() / folder, product / folder)
    shutil.copy(product_folder() / "mkdocs.yml", product)
    monkeypatch.setattr(starter, "product_folder", lambda: product)
    recipe = product / RECIPE_FILE
    good = recipe.read_text(encoding="utf-8")
    for wrong in (good.replace("table: roles", "table: posts"), good.replace("filled:", "felled:")):
        recipe.write_text(wrong, encoding="utf-8")
        with pytest.raises(RecipeError):
            start_school(tmp_path / "school", NAME, DAY)
    assert not (tmp_path / "school").exists()


def test_the_first_day_is_ticked_off_as_the_files_are_filled(root: Path) -> None:
    def steps() -> tuple[FirstDayStep, ...]:
        checked = ledger_of(root).checked
        return first_day_progress(checked.project, checked.records)

    assert {step.done for step in steps()} == {False}
    assert all((root / step.where).is_file() for step in steps())
    fill_in(root)
    assert [step.where for step in steps() if not step.done] == [
        "records/tables/school_calendar.csv",
        "records/tables/classes.csv",
        "records/tables/inspections.csv",
    ]
    with (root / "records/tables/school_calendar.csv").open("a", encoding="utf-8") as stream:
        stream.write("2026-09-01,2027-01-29,teaching,2026-2027-1,秋季学期\n")
    assert sum(not step.done for step in steps()) == 2
    assert problems_of(root) == []


def test_a_task_may_wait_for_a_fact_and_an_unknown_table_is_never_done(root: Path) -> None:
    checked = ledger_of(root).checked
    school = dataclasses.replace(
        checked.project.school,
        profile={"stage": "junior", "asked": "〔待填〕", "boards": False},
        first_day=(
            *(FirstDayTask(fact, "", fact, "") for fact in ("stage", "asked", "boards", "missing")),
            FirstDayTask("table", "none", "", ""),
        ),
    )
    project = dataclasses.replace(checked.project, school=school)
    steps = first_day_progress(project, checked.records)
    assert {step.title: step.done for step in steps} == {
        "stage": True, "asked": False, "boards": True, "missing": False, "table": False,
    }  # fmt: skip
    assert {step.where for step in steps} == {"records/school.yaml"}
