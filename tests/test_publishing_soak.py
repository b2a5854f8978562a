"""Readers during 200 publishes, 100 killed publishers, a full disk and one that only reads.

`make soak ARGS="tests/test_publishing_soak.py -n0 -s"` runs it at length and prints the figures.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.publish.manifest import check_release
from tests.conftest import GOOD
from tests.publisher import KILLED, Publisher, Ran
from tests.readers import Readers, Shelf
from tests.sample_site import ROOT
from tests.web_server import served

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="publishers are forked, and /proc tells what they write"
)
_EXTRA_PAGES = 24
"""So many that pages are rendered by several processes, as in a real school."""
_CHANGED = {
    "records/school.yaml": ("河湾活动中心 安全簿", "安全簿 {mark}"),
    "content/pages/privacy.md": ("不记姓名。", "不记姓名，{mark}。"),
    "records/tables/duties.csv": ("门岗", "门岗{mark}"),
}
"""Where a release says which it is: in every page, in the text that is searched, in a table."""


_SELDOM = 0.5
_OFTEN = 0.1
"""Seconds between two pages of a reader: in the suite, and at length."""


@dataclass
class Site:
    """A school, the folder that it is published to, and who publishes."""

    school: Path
    publisher: Publisher
    www: Path = Path()
    shelf: Shelf = field(default_factory=lambda: Shelf(Path()))
    number: int = 0
    seconds: float = 0

    def start(self, www: Path) -> "Site":
        """Show the first release in another folder."""
        self.www, self.shelf = www, Shelf(www)
        first = self.publish()
        assert first.code == 0, first.told
        self.seconds = first.seconds
        return self

    def publish(self, kill_after: float = 0) -> Ran:
        """Change every page, then publish."""
        self.number += 1
        for path, (old, new) in _CHANGED.items():
            text = (GOOD / path).read_text(encoding="utf-8")
            assert old in text, path
            marked = text.replace(old, new.format(mark=f"标记{self.number:06d}"))
            (self.school / path).write_text(marked, encoding="utf-8")
        command = ["publish", "--to", str(self.www), "--root", str(self.school)]
        ran = self.publisher.run(command, kill_after=kill_after)
        self.shelf.look()
        return ran


@pytest.fixture(name="school_site", scope="module")
def one_school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A school and its publisher, for all folders that it is published to."""
    school = tmp_path_factory.mktemp("soak") / "school"
    shutil.copytree(GOOD, school)
    shutil.copy(ROOT / "mkdocs.yml", school)
    for number in range(_EXTRA_PAGES):
        page = school / f"content/pages/extra-{number}.md"
        page.write_text(
            f"---\ntitle: 说明{number}\norder: {number + 2}\n---\n\n见说明。\n", "utf-8"
        )
    with Publisher() as publisher:
        yield Site(school, publisher)


@contextmanager
def read(made: Site, folder: Path, pause: float) -> Iterator[Readers]:
    """Eight readers until the block ends; all were served, each with one release at a time."""
    with served(made.www / "current", folder / "nginx") as port, Readers(port, 8, pause) as readers:
        yield readers
    assert readers.failed == []
    assert made.shelf.strange(readers.got) == []
    assert (folder / "nginx/error.log").read_text(encoding="utf-8") == ""
    assert readers.requests > 0


def whole(made: Site) -> str:
    """The release that readers see; every byte of it is there."""
    manifest, faults = check_release(made.www / "current")
    assert faults == []
    return manifest.id


@pytest.mark.soak
def test_readers_get_one_release_at_a_time(school_site: Site, tmp_path: Path) -> None:
    made = school_site.start(tmp_path / "www")
    with read(made, tmp_path, _OFTEN) as readers:
        start = time.monotonic()
        for _ in range(200):
            ran = made.publish()
            assert ran.code == 0, ran.told
        seconds = time.monotonic() - start
    assert len(made.shelf.manifests) == 201
    print(
        f"\n200 publishes in {seconds:.0f} s, 8 readers: {readers.pages} pages,"
        f" {readers.requests} requests, {len(readers.marks())} releases seen, 0 failed, 0 mixed"
    )


@pytest.mark.parametrize(
    ("count", "pause"), [(2, _SELDOM), pytest.param(100, _OFTEN, marks=pytest.mark.soak)]
)
def test_a_publisher_killed_at_any_moment_leaves_the_old_or_the_new(
    count: int, pause: float, school_site: Site, tmp_path: Path
) -> None:
    choice = random.Random(count)  # noqa: S311 - when it is killed
    states: Counter[str] = Counter()
    made = school_site.start(tmp_path / "www")
    with read(made, tmp_path, pause) as readers:
        killed, longest = 0, made.seconds
        while killed < count:
            before = whole(made)
            ran = made.publish(kill_after=longest * choice.uniform(0.1, 1))
            if ran.code != KILLED:
                states["ended before the kill"] += 1
                longest = ran.seconds
                continue
            killed += 1
            states[_state(made, before)] += 1
            after = made.publish()
            assert after.code == 0, after.told
            longest = 0.7 * longest + 0.3 * after.seconds
            assert whole(made) > before
            left = [path.name for path in made.www.rglob(".new-*")]
            assert left == []
    print(
        f"\n{killed} kills: {dict(states)}; {readers.pages} pages, {readers.requests} requests,"
        f" {len(readers.marks())} releases seen, 0 failed, 0 mixed"
    )


def _state(made: Site, before: str) -> str:
    """What a killed publisher left."""
    if whole(made) != before:
        return "new release shown"
    if list((made.www / "releases").glob(".new-*")):
        return "release half made, old one shown"
    newest = max(path.name for path in (made.www / "releases").glob("[0-9]*"))
    return "nothing begun" if newest <= before else "release made, old one shown"


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of its own in memory; only root may mount one."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"this system does not let root mount: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize(
    ("count", "pause"), [(1, _SELDOM), pytest.param(40, _OFTEN, marks=pytest.mark.soak)]
)
def test_on_a_full_disk_and_on_one_that_only_reads_readers_keep_what_they_had(
    count: int, pause: float, school_site: Site, tmp_path: Path
) -> None:
    choice = random.Random(count)  # noqa: S311 - how full the disk is
    with (
        small_disk(tmp_path / "disk", "64m") as disk,
        read(school_site.start(disk / "www"), tmp_path, pause) as readers,
    ):
        made = school_site
        size = sum(f.stat().st_size for f in (made.www / "current").rglob("*") if f.is_file())
        refused = 0
        ballast = disk / "ballast"
        for _ in range(count):
            before = whole(made)
            free = shutil.disk_usage(disk).free
            with ballast.open("wb") as file:
                file.truncate(0)
                os.posix_fallocate(file.fileno(), 0, free - choice.randrange(4096, size))
            ran = made.publish()
            assert ran.code == 3, ran.told
            assert "No space left on device" in ran.told
            assert f"{made.www}/releases/.new-" in ran.told
            assert whole(made) == before
            refused += 1
            ballast.unlink()
        again = made.publish()
        assert again.code == 0, again.told
        _refuse_writing(made, disk)
    print(f"\nfull disk: {refused} refused, {readers.requests} requests, 0 failed, 0 mixed")


def _refuse_writing(made: Site, disk: Path) -> None:
    before = whole(made)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    ran = made.publish()
    assert ran.code == 3
    assert "Read-only file system" in ran.told
    assert str(made.www) in ran.told
    assert whole(made) == before
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert made.publish().code == 0
    assert whole(made) != before
