import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from generator.cache import store as cache
from generator.cache.store import FILE, Store
from generator.plan.plan import Plan, read_plan
from generator.problems.problem import Problem
from generator.project import Project, School
from tests.test_procedures import GOOD

DAY = dt.date(2026, 11, 20)
SECTION = """\
---
section: "{0}"
title: 节
order: {1}
---

## {0}.1 条

```clause
addressee: school
exempt: 无
```

文字。
"""
FREE = "---\ntitle: 帮助\norder: 3\nnav: false\n---\n见 [[119]]。\n"


def write(root: Path, **files: str) -> None:
    """Keyword `plan__a` is the file content/plan/a.md."""
    for name, text in files.items():
        file = root / "content" / f"{name.replace('__', '/')}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def read(root: Path) -> tuple[Plan, list[Problem]]:
    return read_plan(Project(root, School(), DAY, DAY))


def test_sections_are_in_their_order_and_procedures_by_id(tmp_path: Path) -> None:
    write(
        tmp_path,
        plan__b=SECTION.format("1", 2),
        plan__a=SECTION.format("2", 1),
        procedures__z=GOOD,
        procedures__a=GOOD.replace("EP01", "EP02"),
        pages__help__one=FREE,
    )
    plan, problems = read(tmp_path)
    assert problems == []
    assert [section.id for section in plan.sections] == ["2", "1"]
    assert [clause.id for clause in plan.clauses] == ["2.1", "1.1"]
    assert [procedure.id for procedure in plan.procedures] == ["EP01", "EP02"]
    (page,) = plan.pages
    assert (page.path, page.title, page.order, page.in_navigation, page.body) == (
        "content/pages/help/one.md", "帮助", 3, False, "见 [[119]]。\n",
    )  # fmt: skip
    assert "119" in {name.name for name in plan.names}
    assert plan.unread == frozenset()


def test_ids_stand_once_in_the_whole_plan(tmp_path: Path) -> None:
    write(
        tmp_path,
        plan__a=SECTION.format("1", 1),
        plan__b=SECTION.format("1", 2),
        procedures__a=GOOD,
        procedures__b=GOOD,
    )
    _, problems = read(tmp_path)
    assert sorted((p.rule, str(p.place)) for p in problems) == [
        ("duplicate-id", "content/plan/b.md:1"),
        ("duplicate-id", "content/plan/b.md:7:1"),
        ("duplicate-id", "content/procedures/b.md:1"),
    ]


@pytest.mark.parametrize(
    ("path", "rules"),
    [
        pytest.param("content/pages/photo.PNG", [], id="a-picture"),
        pytest.param("content/notes.docx", [], id="a-word-file-that-the-privacy-lint-refuses"),
        pytest.param("content/loose.md", ["file-unexpected"], id="a-page-outside-the-folders"),
        pytest.param("content/plan/a.yml", ["file-unexpected"], id="a-register-elsewhere"),
        pytest.param("content/contacts.yml", [], id="a-register"),
    ],
)
def test_only_known_kinds_of_files_belong_into_content(
    tmp_path: Path, path: str, rules: list[str]
) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("", encoding="utf-8")
    assert [problem.rule for problem in read(tmp_path)[1]] == rules


def test_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, plan__a=SECTION.format("1", 1))
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.md").write_text(SECTION.format("2", 2), encoding="utf-8")
    (tmp_path / "content/pages").symlink_to(outside)
    (tmp_path / "content/plan/c.md").symlink_to(outside / "b.md")
    plan, problems = read(tmp_path)
    assert [section.id for section in plan.sections] == ["1"]
    assert {(p.rule, str(p.place)) for p in problems} == {
        ("file-link", "content/pages"),
        ("file-link", "content/plan/c.md"),
    }


def test_a_file_that_cannot_be_read_marks_its_folder(tmp_path: Path) -> None:
    write(tmp_path, plan__a=SECTION.format("1", 1), plan__b="没有说明", procedures__a="没有")
    plan, problems = read(tmp_path)
    assert [section.id for section in plan.sections] == ["1"]
    assert plan.unread == {"plan", "procedures"}
    assert [problem.rule for problem in problems] == ["front-matter", "front-matter"]


def test_faults_of_all_files_are_reported_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        plan__a=SECTION.format("1", 1).replace("exempt", "exemt"),
        pages__b=FREE.replace("order: 3", "order: drei"),
    )
    assert sorted(problem.rule for problem in read(tmp_path)[1]) == ["unknown-key", "wrong-shape"]


def test_a_project_without_content_is_an_empty_plan(tmp_path: Path) -> None:
    assert read(tmp_path) == (Plan(), [])


RULES = """\
kinds:
  - {kind: plan_special, numbers_marked: true}
words: [{word: 予以, better: 给}]
"""
CHANGES: tuple[tuple[str, str, str, list[str]], ...] = (
    ("content/pages/one.md", "一句。", "两句。", []),
    ("content/pages/one.md", "两句。", "予以两句。", ["plain-word"]),
    ("content/rules.yml", "予以, better: 给", "予以两, better: 给两", ["plain-word"]),
    ("content/rules.yml", "words: [{word: 予以两, better: 给两}]\n", "", []),
    ("content/pages/one.md", "two.md", "three.md", ["link-missing"]),
    ("content/pages/one.md", "three.md", "two.md", []),
    ("content/procedures/a.md", "清点。", "清点 7 人，见 [[1.1]]。", []),
    ("content/plan/a.md", "1.1 条", "1.2 条", ["number-unmarked"]),
    ("content/rules.yml", "numbers_marked: true", "numbers_marked: false", []),
)


def test_each_change_changes_what_is_remembered_of_the_pages(tmp_path: Path) -> None:
    """A link, a rule, a clause elsewhere: what depends on it is told as by a first reading."""
    page = "---\ntitle: 页\n---\n一句。见[那里](two.md)。\n"
    write(
        tmp_path,
        plan__a=SECTION.format("1", 1),
        procedures__a=GOOD,
        pages__one=page,
        pages__two=FREE,
    )
    (tmp_path / "content/rules.yml").write_text(RULES, encoding="utf-8")
    read_remembering(tmp_path)
    for path, old, new, rules in CHANGES:
        file = tmp_path / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        cache.forget_at_hand()
        for _ in range(2):
            plan, problems = read_remembering(tmp_path)
            assert (plan, sorted(problems)) == (read(tmp_path)[0], sorted(read(tmp_path)[1]))
            assert [problem.rule for problem in problems] == rules, new


def test_only_the_page_that_changed_is_read_anew(tmp_path: Path) -> None:
    write(tmp_path, plan__a=SECTION.format("1", 1), pages__one=FREE, pages__two=FREE)
    read_remembering(tmp_path)
    (tmp_path / "content/pages/two.md").write_text(FREE.replace("见", "看"), encoding="utf-8")
    before = kept(tmp_path)
    read_remembering(tmp_path)
    assert kept(tmp_path) == before + 1


def read_remembering(root: Path) -> tuple[Plan, list[Problem]]:
    project = Project(root, School(), DAY, DAY, Store(root / FILE))
    result = read_plan(project)
    project.store.close()
    return result


def kept(root: Path) -> int:
    with sqlite3.connect(root / FILE) as connection:
        (count,) = connection.execute("select count(*) from kept").fetchone()
    return int(count)
