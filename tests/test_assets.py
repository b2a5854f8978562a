"""Everything a page loads has a name that changes with its content."""

import hashlib
import re
from pathlib import Path

import pytest

from generator.site import assets
from generator.site.assets import (
    ICONS,
    SCRIPTS,
    STYLES,
    TABLE_SCRIPTS,
    gather_assets,
    hashed,
    table_script,
)
from generator.site.environment import theme_folder
from tests.sample_site import sample_site, sample_tree

THEME = theme_folder() / "assets"
HASHED = re.compile(r"\.[0-9a-f]{8}\.(min\.)?\w+$")


def test_a_name_changes_with_the_content_and_only_with_it() -> None:
    first = hashed("assets/css/base.css", b"a")
    assert first == f"assets/css/base.{hashlib.sha256(b'a').hexdigest()[:8]}.css"
    assert first == hashed("assets/css/base.css", b"a")
    assert first != hashed("assets/css/base.css", b"b")


def test_the_head_names_one_style_sheet_and_one_script_with_all_in_order() -> None:
    found = gather_assets()
    named = {*found.styles, *found.scripts, found.favicon, *found.icons.values()}
    assert named | {table_script()} == set(found.files)
    for (name,), kind, parts in (
        (found.styles, "css", STYLES),
        (found.scripts, "js", SCRIPTS),
        ((table_script(),), "js", TABLE_SCRIPTS),
    ):
        texts = [(THEME / kind / f"{part}.{kind}").read_bytes() for part in parts]
        assert found.files[name] == b"\n".join(texts)


def test_a_changed_style_has_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("css", "js", "app"):
        (tmp_path / "assets" / folder).mkdir(parents=True)
    for name in STYLES:
        (tmp_path / f"assets/css/{name}.css").write_text("a{}", encoding="utf-8")
    for name in (*SCRIPTS, *TABLE_SCRIPTS):
        (tmp_path / f"assets/js/{name}.js").write_text("1", encoding="utf-8")
    for size in ICONS:
        (tmp_path / f"assets/app/icon-{size}.png").write_bytes(b"png")
    (tmp_path / "assets/favicon.svg").write_text("<svg/>", encoding="utf-8")
    monkeypatch.setattr(assets, "theme_folder", lambda: tmp_path)
    before = gather_assets()
    (tmp_path / "assets/css/base.css").write_text("b{}", encoding="utf-8")
    after = gather_assets()
    assert before.styles != after.styles
    assert before.scripts == after.scripts


def test_no_own_asset_is_published_without_a_hash() -> None:
    site = sample_site()
    files = [f.relative_to(site).as_posix() for f in (site / "assets").rglob("*") if f.is_file()]
    own = [path for path in files if path in sample_tree().files]
    assert own
    assert [path for path in own if not HASHED.search(path)] == []
    material = {"assets/stylesheets", "assets/javascripts", "assets/images"}
    others = [path for path in files if path not in own and not HASHED.search(path)]
    assert {path.rpartition("/")[0] for path in others} <= material


def test_every_file_a_page_loads_has_a_hashed_name() -> None:
    pattern = re.compile(r"<(?:link|script|img)\b[^>]*?\s(?:href|src)=\"([^\"]+)\"")
    for file in sample_site().rglob("*.html"):
        for address in pattern.findall(file.read_text(encoding="utf-8")):
            if address.endswith((".css", ".js", ".svg", ".png", ".json")):
                assert HASHED.search(address), (file.name, address)
