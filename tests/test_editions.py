"""An edition shows what it may show and not a byte more."""

import gzip
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from generator.cli import main
from generator.ledger import Ledger, read_ledger
from generator.project import read_project
from generator.site.allowed import listable, public_paths, with_editions
from generator.site.mkdocs_run import build_tree
from generator.site.page import Page
from generator.site.tree import plan_tree
from generator.site.verify import verify_site
from tests.canaries import MARKS, WORD, Planted, plant_body, plant_cells, plant_line
from tests.conftest import GOOD, NOW, Check
from tests.leaks import holds, leaks
from tests.sample_copy import sample_copy
from tests.sample_site import ROOT, sample_ledger, sample_tree

UNLISTED = {
    "content/procedures": ("title", "summary", "version"),
    "content/pages": ("title",),
    "records/indicators": ("title",),
}


def good_school(lines: str = "") -> str:
    text = (GOOD / "records/school.yaml").read_text(encoding="utf-8")
    return f"{text}{lines}"


def public_pages_of(ledger: Ledger) -> dict[str, Page]:
    return {page.path: page for page in plan_tree(ledger, "public").pages}


def plant_pages(root: Path) -> int:
    """A canary in every page and declaration that the sample does not list as public."""
    count = 0
    for folder, keys in UNLISTED.items():
        for file in sorted((root / folder).rglob("*.*")):
            if file.suffix in {".md", ".yaml"}:
                count += sum(plant_line(file, key) for key in keys)
            if file.suffix == ".md":
                plant_body(file)
    for key in ("ask", "answer", "title", "question"):
        for name in ("questions", "mechanisms", "printed"):
            count += plant_line(root / f"content/{name}.yml", key)
    for file in sorted((root / "records/rules").glob("*.yaml")):
        count += plant_line(file, "zh")
    return count


def built(root: Path, edition: str, folder: Path) -> Path:
    """The site of a school whose canaries may break rules: faults of rows stop nobody here."""
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    ledger = read_ledger(*read_project(root, NOW))
    with ledger.checked:
        tree = plan_tree(ledger, edition)
    build_tree(root, tree, folder)
    assert verify_site(folder, tree) == []
    return folder


@pytest.fixture(scope="module")
def public_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    root = tmp_path_factory.mktemp("public") / "school"
    sample_copy(root)
    planted = plant_cells(root, "public")
    assert plant_pages(root) > 300
    return built(root, "public", root.parent / "site"), planted


def test_no_byte_of_the_public_edition_tells_what_is_for_staff(
    public_site: tuple[Path, Planted],
) -> None:
    folder, planted = public_site
    assert planted.cells > 3000
    assert len(planted.columns) > 70
    assert leaks(folder, planted.words) == []


def test_the_canaries_are_found_where_they_may_stand(tmp_path: Path) -> None:
    root = tmp_path / "school"
    sample_copy(root)
    plant_line(root / "content/sources.yml", "title")
    found = {file for file, _ in leaks(built(root, "public", tmp_path / "site"), MARKS)}
    assert "sources/index.html" in found
    assert any(file.startswith("assets/search/pairs") for file in found)


def test_the_public_edition_is_whole_without_the_rest(public_site: tuple[Path, Planted]) -> None:
    folder, _ = public_site
    pages = json.loads((folder / "api/pages.json").read_text(encoding="utf-8"))
    assert {page["url"].split("/")[0] for page in pages} == {
        "", "contacts", "glossary", "plan", "policies", "procedures", "records", "search",
        "sources", "year",
    }  # fmt: skip
    assert json.loads((folder / "api/indicators.json").read_text(encoding="utf-8")) == []
    clauses = json.loads((folder / "api/clauses.json").read_text(encoding="utf-8"))
    assert len(clauses) == 107
    assert {clause["status"] for clause in clauses} == {None}
    build = json.loads((folder / "api/build.json").read_text(encoding="utf-8"))
    assert build["edition"] == "public"
    assert build["problems"] == {}
    assert set(build["records"]) == set(public_tables())
    assert not [file for file in folder.rglob("*") if file.suffix in {".ics", ".pdf"}]


def public_tables() -> list[str]:
    tables = sample_ledger().checked.records.package.tables.values()
    return [table.name for table in tables if table.sensitivity == "public"]


def test_public_pages_show_no_status_and_no_way_into_the_repository(
    public_site: tuple[Path, Planted],
) -> None:
    for file in public_site[0].rglob("*.html"):
        text = file.read_text(encoding="utf-8").partition("<body")[2]
        assert " data-status=" not in text, file
        assert "sc-edit" not in text, file
        assert "due/" not in text, file


@pytest.mark.soak
def test_no_byte_of_the_staff_edition_tells_what_is_restricted(tmp_path: Path) -> None:
    root = tmp_path / "school"
    sample_copy(root)
    planted = plant_cells(root, "staff")
    assert len(planted.columns) > 20
    assert leaks(built(root, "staff", tmp_path / "site"), planted.words) == []


def test_no_page_of_the_staff_edition_tells_what_is_restricted(tmp_path: Path) -> None:
    root = tmp_path / "school"
    sample_copy(root)
    planted = plant_cells(root, "staff")
    ledger = read_ledger(*read_project(root, NOW))
    with ledger.checked:
        tree = plan_tree(ledger)
    texts = {page.path: page.markdown.encode() for page in tree.pages} | tree.files
    for page in tree.pages:
        texts[f"search of {page.path}"] = repr(page.search).encode()
    assert [path for path, data in texts.items() if holds(data, planted.words)] == []


def test_the_sample_holds_no_canary() -> None:
    assert leaks(ROOT / "content", MARKS) == []
    assert leaks(ROOT / "records", MARKS) == []


def test_the_list_knows_the_edition_of_every_page_it_may_name() -> None:
    pages = {page.path: page.edition for page in sample_tree().pages}
    for path, edition in listable(sample_ledger()).items():
        assert pages[path] == edition, path
    public = {path for path, edition in pages.items() if edition == "public"}
    assert public - set(listable(sample_ledger())) == {
        "index.md", "procedures/index.md", "search.md",
    }  # fmt: skip


def test_without_a_list_only_the_way_in_is_public(check: Check) -> None:
    assert set(public_pages_of(check())) == {"index.md", "procedures/index.md", "search.md"}


def test_a_page_for_staff_cannot_be_listed(check: Check) -> None:
    ledger = with_editions(
        check({"records/school.yaml": good_school("public: [procedures/NA1/, contacts/]\n")})
    )
    assert [(p.rule, str(p.place)) for p in ledger.problems if "public" in p.rule] == [
        ("page-not-public", "records/school.yaml:22:10")
    ]
    assert "procedures/NA1.md" not in public_paths(ledger)


def test_a_page_that_is_not_there_cannot_be_listed(check: Check) -> None:
    ledger = with_editions(check({"records/school.yaml": good_school("public: [contact/]\n")}))
    (problem,) = [p for p in ledger.problems if p.rule == "unknown-name"]
    assert problem.near == ("contacts/",)


def test_a_public_page_names_posts_of_a_staff_table_by_a_common_word(
    check: Check,
) -> None:
    page = "---\ntitle: 告示\norder: 1\n---\n\n找[[guard]]，看[[NA1]]和[[Q1]]。\n"
    files = {
        "records/school.yaml": good_school("public: [notice/]\n"),
        "content/pages/notice.md": page,
    }
    ledger = check(files)
    assert [p.rule for p in ledger.problems if p.severity == "error"] == []
    text = public_pages_of(ledger)["notice.md"].markdown
    assert "找相关岗位，看NA1和Q1。" in text


def test_a_link_to_a_page_that_is_not_shown_is_plain_text(check: Check) -> None:
    files = {
        "records/school.yaml": good_school("public: [notice/]\n"),
        "content/pages/notice.md": (
            "---\ntitle: 告示\norder: 1\n---\n\n看[这里](../procedures/NA1-water.md)"
            "和[那里](notice.md#s1)。\n\n## 一\n\n二\n"
        ),
    }
    text = public_pages_of(check(files))["notice.md"].markdown
    assert "看<span>这里</span>和<a href=" in text


def test_the_commands_take_an_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "school"
    shutil.copytree(GOOD, root)
    (root / "records/school.yaml").write_text(
        good_school("public: [contacts/]\n"), encoding="utf-8"
    )
    target = tmp_path / "stage"
    assert main(["stage", str(target), "--root", str(root), "--edition", "public"]) == 0
    assert "：4 页" in capsys.readouterr().out
    assert (target / "docs/contacts.md").is_file()
    assert not (target / "docs/due.md").exists()
    assert main(["stage", str(target), "--root", str(root), "--edition", "all"]) == 2


def test_a_planted_word_is_seen_in_packed_and_folded_files(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(WORD.encode()))
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{WORD}</t>")
    (tmp_path / "c.ics").write_bytes(f"SUMMARY:{WORD[:1]}\r\n {WORD[1:]}".encode())
    (tmp_path / "d.json").write_text(json.dumps({"a": WORD}), encoding="ascii")
    (tmp_path / "e.html").write_text("&#40738;&#x9f39;zqxjk", encoding="ascii")
    found = {file for file, word in leaks(tmp_path, [WORD])}
    assert found == {"a.gz", "b.xlsx", "c.ics", "d.json", "e.html"}
