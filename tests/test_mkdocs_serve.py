"""Preview: a save is on the page, a fault stands on every page and goes when it is mended."""

import shutil
from pathlib import Path

import pytest

from generator.ledger import read_ledger
from generator.project import read_project
from generator.publish.again import runs_of
from generator.publish.release import build_site
from generator.site.mkdocs_serve import Preview
from tests.conftest import GOOD, NOW
from tests.sample_site import ROOT

FAULTS = 'id="sc-faults"'


@pytest.fixture(name="root")
def small_root(tmp_path: Path) -> Path:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root, ignore=shutil.ignore_patterns(".build"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def test_a_fault_stands_on_every_page_until_it_is_mended(root: Path, tmp_path: Path) -> None:
    preview = Preview(root, "staff", tmp_path / "out", lambda: runs_of(root, NOW))
    preview.build()
    pages = sorted(preview.shown.rglob("index.html"))
    assert len(pages) > 10
    assert not any(FAULTS in page.read_text(encoding="utf-8") for page in pages)
    text = root / "content/pages/privacy.md"
    sound, shown = text.read_text(encoding="utf-8"), ""
    for wrong in ("见[没有](gone.md)。", "见[没有](lost.md)。"):
        text.write_text(f"{sound}\n{wrong}\n", encoding="utf-8")
        assert "content/pages/privacy.md:8" in preview.build()
        told = {page: page.read_text(encoding="utf-8") for page in pages}
        shown = (preview.shown / "privacy/index.html").read_text(encoding="utf-8")
        assert shown.count(FAULTS) == 1
        assert "1 处错误" in shown
        assert "content/pages/privacy.md:8" in shown
        assert all(found.count(FAULTS) == 1 for found in told.values())
    assert "gone.md" not in shown
    text.write_text(f"{sound}\n又写一句。\n", encoding="utf-8")
    preview.build()
    shown = (preview.shown / "privacy/index.html").read_text(encoding="utf-8")
    assert "又写一句。" in shown
    assert FAULTS not in shown


def test_a_school_that_begins_with_a_fault_has_one_page_that_says_so(
    root: Path, tmp_path: Path
) -> None:
    (root / "records/tables/walks.csv").write_text("x\n", encoding="utf-8")
    preview = Preview(root, "staff", tmp_path / "out", lambda: runs_of(root, NOW))
    preview.build()
    found = preview.missing(404)
    assert found is not None
    assert "records/tables/walks.csv" in found.decode()


def test_a_fault_of_the_site_is_told_too(root: Path, tmp_path: Path) -> None:
    preview = Preview(root, "staff", tmp_path / "out", lambda: runs_of(root, NOW))
    assert preview.missing(404) is None
    (root / "mkdocs.yml").write_text("theme: {name: nothing}\n", encoding="utf-8")
    preview.build()
    assert FAULTS in (preview.shown / "index.html").read_text(encoding="utf-8")


def test_a_site_built_after_a_preview_is_none_of_its_pages(root: Path, tmp_path: Path) -> None:
    preview = Preview(root, "staff", tmp_path / "out", lambda: runs_of(root, NOW))
    assert preview.build() == ""
    ledger = read_ledger(*read_project(root, NOW))
    with ledger.checked:
        site = build_site(ledger).link
    assert "Content-Security-Policy" in (site / "index.html").read_text(encoding="utf-8")
    shown = (preview.shown / "index.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" not in shown


def test_a_fault_told_on_a_page_does_not_stay_in_the_next_site(root: Path, tmp_path: Path) -> None:
    """Pages of the preview before are linked into the next one, but not those written over."""
    preview = Preview(root, "staff", tmp_path / "out", lambda: runs_of(root, NOW))
    preview.build()
    page = preview.shown / "privacy/index.html"
    number = page.stat().st_ino
    add = root / "content/contacts.yml"
    add.write_text(add.read_text(encoding="utf-8") + "# 说明\n", encoding="utf-8")
    preview.build()
    assert page.stat().st_ino == number
    table = root / "records/tables/walks.csv"
    sound = table.read_text(encoding="utf-8")
    table.write_text("x\n", encoding="utf-8")
    preview.build()
    assert FAULTS in page.read_text(encoding="utf-8")
    table.write_text(sound, encoding="utf-8")
    preview.build()
    assert FAULTS not in page.read_text(encoding="utf-8")
