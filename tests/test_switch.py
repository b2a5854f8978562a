"""A finished build becomes the site by one rename of a link."""

from pathlib import Path

import pytest

from generator.publish.switch import BUILDS, next_folder, switch
from generator.site.assets import is_hashed
from generator.usage import UsageError


def build(root: Path, **files: str) -> Path:
    folder = next_folder(root)
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def test_the_link_is_relative_and_points_at_the_build(tmp_path: Path) -> None:
    link = switch(tmp_path, build(tmp_path, index_html="1"))
    assert link == tmp_path / "site"
    assert link.is_symlink()
    assert link.readlink() == Path(".build/sites/000001")
    assert (link / "index.html").read_text(encoding="utf-8") == "1"
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".site")] == []


def test_builds_are_numbered_and_the_last_three_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        switch(tmp_path, build(tmp_path, index_html=str(number)))
    kept = sorted(entry.name for entry in (tmp_path / BUILDS).iterdir())
    assert kept == ["000003", "000004", "000005"]
    assert (tmp_path / "site/index.html").read_text(encoding="utf-8") == "4"


def test_assets_of_the_build_before_are_carried_over(tmp_path: Path) -> None:
    first = {"assets__old_11111111_css": "old", "media__old_22222222_png": "picture"}
    switch(tmp_path, build(tmp_path, index_html="1", plain_css="1", **first))
    switch(tmp_path, build(tmp_path, index_html="2", assets__new_33333333_css="new"))
    assert hashed_files(tmp_path) == [
        "assets/new.33333333.css", "assets/old.11111111.css", "media/old.22222222.png",
    ]  # fmt: skip
    assert not (tmp_path / "site/plain.css").exists()


def test_assets_are_not_carried_for_ever(tmp_path: Path) -> None:
    switch(tmp_path, build(tmp_path, index_html="1", assets__old_11111111_css="old"))
    switch(tmp_path, build(tmp_path, index_html="2"))
    switch(tmp_path, build(tmp_path, index_html="3"))
    assert hashed_files(tmp_path) == []


def test_nothing_of_one_edition_is_carried_into_another(tmp_path: Path) -> None:
    staff, public = '{"edition": "staff"}', '{"edition": "public"}'
    switch(tmp_path, build(tmp_path, api__build_json=staff, search__head_11111111_json="names"))
    switch(tmp_path, build(tmp_path, api__build_json=public))
    assert hashed_files(tmp_path) == []


def hashed_files(root: Path) -> list[str]:
    site = (root / "site").resolve()
    found = (file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    return sorted(path for path in found if is_hashed(path))


def test_pages_of_the_build_before_are_not_carried_over(tmp_path: Path) -> None:
    switch(tmp_path, build(tmp_path, gone_html="1"))
    switch(tmp_path, build(tmp_path, index_html="2"))
    assert not (tmp_path / "site/gone.html").exists()


def test_a_link_to_nothing_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to("missing")
    switch(tmp_path, build(tmp_path, index_html="1"))
    assert (tmp_path / "site/index.html").is_file()


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_something_else_called_site_is_left_alone(tmp_path: Path, kind: str) -> None:
    site = tmp_path / "site"
    if kind == "folder":
        site.mkdir()
        (site / "mine.txt").write_text("mine", encoding="utf-8")
    else:
        site.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="site"):
        next_folder(tmp_path)
    assert site.exists()
    assert not (tmp_path / BUILDS).exists()


def test_foreign_entries_among_the_builds_are_not_counted(tmp_path: Path) -> None:
    (tmp_path / BUILDS / "notes").mkdir(parents=True)
    (tmp_path / BUILDS / "readme.txt").write_text("x", encoding="utf-8")
    assert next_folder(tmp_path).name == "000001"
