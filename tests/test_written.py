"""A page of the site before is linked into the next one only while its file is as it was left."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cache.store import FILE, Store
from generator.site.written import Written

PAGE, KEY = "a/index.html", b"key of a page"


def written(tmp_path: Path) -> Written:
    """What the second build knows of the first, which wrote one page."""
    store = Store(tmp_path / FILE)
    first = Written(store)
    file = tmp_path / "first" / PAGE
    file.parent.mkdir(parents=True)
    file.write_bytes(b"<p>")
    first.note(PAGE, KEY, tmp_path / "first")
    first.keep()
    store.close()
    return Written(Store(tmp_path / FILE))


def link(second: Written, tmp_path: Path, key: bytes = KEY) -> bool:
    return second.link(PAGE, key, tmp_path / "first", tmp_path / "second")


def test_an_unchanged_page_is_the_same_file(tmp_path: Path) -> None:
    second = written(tmp_path)
    assert second.key(PAGE, tmp_path / "first" / PAGE) == KEY.hex()
    assert link(second, tmp_path)
    first, after = tmp_path / "first" / PAGE, tmp_path / "second" / PAGE
    assert first.samefile(after)
    assert second.key(PAGE, after) == KEY.hex()


def longer(file: Path) -> None:
    file.write_bytes(b"<p><b>")


def as_long(file: Path) -> None:
    file.write_bytes(b"<q>")
    os.utime(file, ns=(1, 1))


def another(file: Path) -> None:
    told = file.stat()
    file.with_name("fresh").write_bytes(b"<q>")
    file.with_name("fresh").replace(file)
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))


@pytest.mark.parametrize("change", [longer, as_long, another, Path.unlink])
def test_a_file_that_somebody_wrote_is_not_linked(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    second = written(tmp_path)
    change(tmp_path / "first" / PAGE)
    assert not link(second, tmp_path)
    assert second.key(PAGE, tmp_path / "first" / PAGE) == ""
    assert not (tmp_path / "second" / PAGE).exists()


def test_another_page_is_not_linked(tmp_path: Path) -> None:
    second = written(tmp_path)
    assert not link(second, tmp_path, b"key of another")
    assert not link(second, tmp_path, b"")
    assert not second.link("b/index.html", KEY, tmp_path / "first", tmp_path / "second")


def test_where_links_are_refused_nothing_is_linked(tmp_path: Path) -> None:
    second = written(tmp_path)
    (tmp_path / "second").write_text("no folder", encoding="ascii")
    assert not link(second, tmp_path)
