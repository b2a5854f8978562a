"""What a sample site leaves behind must not stay in a real school."""

from pathlib import Path

import pytest

from generator.product import (
    product_folder,
    row_fingerprint,
    sample_fingerprints,
    table_fingerprints,
)
from tests.sample_copy import ROOT, sample_copy
from tests.small_school import SCHOOL, SmallSchool, small_school

REAL = SCHOOL.replace("sample: true\n", "")
PAGE = "---\ntitle: 帮助\n---\n{}\n"


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    school = small_school(tmp_path)
    school.write("records/school.yaml", REAL)
    return school


def places(school: SmallSchool) -> list[str]:
    return [place for rule, place in school.problems() if rule == "sample-left"]


def test_a_real_school_of_its_own_is_without_problems(school: SmallSchool) -> None:
    assert school.problems() == []


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        pytest.param("content/pages/a.md", PAGE.format("打〔待填：座机〕"), ":4:2", id="page"),
        pytest.param("content/pages/a.md", PAGE.format("示例中学的帮助"), ":4:1", id="sample-name"),
        pytest.param(
            "content/contacts.yml",
            '- {key: k, title: 值班, number: "023-1", note: 示例号码}\n',
            ":1:46",
            id="contact",
        ),
        pytest.param(
            "content/plan/a.md",
            '---\nsection: "1"\ntitle: 示例中学\n---\n文字\n',
            ":3:8",
            id="section",
        ),
    ],
)
def test_what_is_left_to_fill_in_is_found_where_it_stands(
    school: SmallSchool, path: str, text: str, place: str
) -> None:
    school.write(path, text)
    assert places(school) == [f"{path}{place}"]


def test_a_placeholder_in_a_table_is_found(school: SmallSchool) -> None:
    school.rows("posts", "head,〔待填：岗位〕")
    assert places(school) == ["records/tables/posts.csv:2:6"]


def test_a_sample_may_be_a_sample(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    school.write("content/pages/a.md", PAGE.format("示例中学〔待填：座机〕"))
    assert school.problems() == []


def test_a_row_of_the_sample_among_the_records_is_found(tmp_path: Path) -> None:
    school = sample_copy(tmp_path)
    file = tmp_path / "records/school.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("sample: true ", "sample: false"), encoding="utf-8")
    school.change("drills", "DR-2025-001", evac_seconds="170")
    with school.checked() as checked:
        left = [p.place for p in checked.problems if p.rule == "sample-left"]
    lines = [place.line for place in left if place.file == "records/tables/drills.csv"]
    count = len((tmp_path / "records/tables/drills.csv").read_text(encoding="utf-8").splitlines())
    assert lines == list(range(3, count + 1))
    assert "records/tables/roles.csv" not in {place.file for place in left}


def test_a_fingerprint_knows_table_and_cells() -> None:
    known = row_fingerprint("drills", ["a", "b"])
    assert len(known) == 12
    assert known == row_fingerprint("drills", ("a", "b"))
    assert known != row_fingerprint("talks", ["a", "b"])
    assert known != row_fingerprint("drills", ["ab"])


def test_a_checkout_that_is_the_sample_knows_its_rows() -> None:
    assert product_folder() == ROOT
    assert sample_fingerprints() == frozenset(table_fingerprints(ROOT / "records/tables"))
    assert len(sample_fingerprints()) > 1000
