"""Every rule of the catalogue has cases: a bad project and the exact words it must give.

A case holds only the files that differ from `tests/good`. `x.absent` deletes the file `x`;
`x.link` makes a symbolic link `x` to the path it holds. To refresh the expected texts after
reading them, run with ACCEPT=1.
"""

import os
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from generator.ledger import read_ledger
from generator.problems.catalogue import FAMILIES, all_rules
from generator.problems.problem import Language, Problem
from generator.problems.rendering import render_text
from generator.problems.rule import Rule
from generator.project import read_project
from generator.site.allowed import with_editions
from tests.conftest import GOOD, NOW

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/expected.txt"))
TESTED_ELSEWHERE = {
    "file-too-large": "takes a file of 256 MB; see test_files",
    "privacy-more": "takes a thousand faults; see test_privacy",
    "row-refused": "what Frictionless may say one day; see test_verdicts",
    "sql-too-long": "takes a minute; see test_rules",
}
OTHER_FAMILIES = {
    "cards": "faults of sheets, which take Typst and a font; see test_cards",
    "exchange": "faults of spreadsheets, which no project on disk can show",
}


def problems_of(case: Path, root: Path) -> tuple[Problem, ...]:
    shutil.copytree(GOOD, root)
    for source in sorted(path for path in case.rglob("*") if path.is_file()):
        target = root / source.relative_to(case)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.name.startswith("expected."):
            continue
        if source.suffix in {".absent", ".link"}:
            target = target.with_suffix("")
            target.unlink(missing_ok=True)
            if source.suffix == ".link":
                target.symlink_to(source.read_text(encoding="utf-8").strip())
            continue
        shutil.copyfile(source, target)
    ledger = with_editions(read_ledger(*read_project(root, NOW)))
    ledger.checked.database.close()
    return ledger.problems


def test_the_good_project_has_no_problems(tmp_path: Path) -> None:
    empty = tmp_path / "case"
    empty.mkdir()
    assert problems_of(empty, tmp_path / "project") == ()


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.relative_to(CASES).as_posix())
def test_a_bad_project_is_told_in_exactly_these_words(case: Path, tmp_path: Path) -> None:
    problems = problems_of(case, tmp_path / "project")
    for name, language in (("expected.txt", Language.ZH), ("expected.en.txt", Language.EN)):
        file = case / name
        text = "\n\n".join(render_text(problem, language) for problem in problems) + "\n"
        if "ACCEPT" in os.environ:
            file.write_text(text, encoding="utf-8") if file.exists() else None
        if file.exists():
            assert text == file.read_text(encoding="utf-8")
    assert case.parent.name in {problem.rule for problem in problems} | {"declared-rule"}


def test_every_rule_of_the_catalogue_has_a_case() -> None:
    tested = {case.parent.name for case in FOLDERS} | set(TESTED_ELSEWHERE)
    families = [family for family in FAMILIES if family not in OTHER_FAMILIES]
    wanted = {
        value.name
        for family in families
        for value in vars(import_module(f"generator.problems.catalogue.{family}")).values()
        if isinstance(value, Rule)
    }
    assert sorted(wanted - tested) == []


def test_every_case_stands_below_a_rule_of_the_catalogue() -> None:
    assert {case.parent.name for case in FOLDERS} - set(all_rules()) <= {"declared-rule"}


def test_what_is_tested_elsewhere_is_a_rule_and_has_a_reason() -> None:
    assert set(TESTED_ELSEWHERE) <= set(all_rules())
    assert all(TESTED_ELSEWHERE.values())
