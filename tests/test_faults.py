"""An error of the disk at any write: what was there stays whole, and the file is named.

The suite lets one write of each kind fail; `make soak ARGS="tests/test_faults.py -n0 -s"` each.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cache.store import FILE
from generator.disk import is_left_over, told
from generator.publish.manifest import check_release
from tests.conftest import GOOD
from tests.exchange_school import SCHOOL
from tests.publisher import KILLED, Fault, Publisher, Ran
from tests.sample_site import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="publishers are forked, and /proc tells what they write"
)
Shown = tuple[str, int]
"""What readers see, and how many faults it has."""


@dataclass
class School:
    """A school whose site is out, and the commands that write."""

    root: Path
    publisher: Publisher
    turn: int = 0

    @property
    def www(self) -> Path:
        return self.root.parent / "www"

    def run(self, command: str, fault: Fault | None = None) -> Ran:
        """Change a page and forget what was kept, so that there is everything to do, then run."""
        self.turn += 1
        (self.root / FILE).unlink(missing_ok=True)
        page = self.root / "content/pages/privacy.md"
        text = (GOOD / "content/pages/privacy.md").read_text(encoding="utf-8")
        page.write_text(f"{text}\n{self.turn}\n", encoding="utf-8")
        target = ["--to", str(self.www), "--keep", "2"] if command == "publish" else []
        return self.publisher.run([command, "--root", str(self.root), *target], fault=fault)

    def shown(self, command: str) -> Shown:
        if command == "publish":
            manifest, faults = check_release(self.www / "current")
            return manifest.id, len(faults)
        site = self.root / "site"
        files = (site / "index.html", site / "api/build.json", site / "404.html")
        return site.readlink().name, sum(not file.is_file() for file in files)


@pytest.fixture(name="publisher", scope="module")
def one_publisher() -> Iterator[Publisher]:
    with Publisher() as publisher:
        yield publisher


@pytest.fixture(name="school", scope="module")
def one_school(publisher: Publisher, tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school that was published and built so often that old releases go."""
    root = tmp_path_factory.mktemp("faults") / "school"
    shutil.copytree(GOOD, root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    made = School(root, publisher)
    for command in ("publish", "publish", "publish", "build"):
        assert made.run(command).code == 0
    return made


def came(ran: Ran, before: Shown, after: Shown) -> str:
    """What a fault led to; anything but these three is a failure of the test."""
    assert after[1] == 0, ran.told
    assert "Traceback" not in ran.told
    if ran.code == 0:
        assert after[0] > before[0]
        return "went on"
    assert ran.code == 3, ran.told
    assert after[0] == before[0], ran.told
    return "old site stayed"


def let_fail(school: School, command: str, fault: Fault) -> tuple[str, str, str]:
    """Let a write fail; gives the module and the call that it hit, and what came of it."""
    before = school.shown(command)
    ran = school.run(command, fault)
    what = came(ran, before, school.shown(command))
    if ran.failed is None:
        return "", "", "nothing failed"
    call, path, line = ran.failed
    removed = call in {"unlink", "rmdir"}  # the message names the folder that was to go
    where = "TMPDIR" if "connection" in line and fault.lasting else path
    assert what == "went on" or removed or where in ran.told, (ran.failed, ran.told)
    return line.split(":")[0], call, what


@pytest.mark.parametrize(
    ("command", "call", "module", "what"),
    [
        ("publish", "mkdir", "records/connection.py", "old site stayed"),
        ("publish", "write", "disk.py", "old site stayed"),
        ("publish", "sendfile", "site/mkdocs_pages.py", "went on"),
        ("publish", "fsync", "disk.py", "old site stayed"),
        ("publish", "rename", "publish/sealing.py", "old site stayed"),
        ("publish", "symlink", "publish/store.py", "old site stayed"),
        ("publish", "replace", "publish/store.py", "old site stayed"),
        ("publish", "rmdir", "disk.py", "went on"),
        ("build", "replace", "publish/switch.py", "old site stayed"),
    ],
)
def test_one_write_fails(command: str, call: str, module: str, what: str, school: School) -> None:
    assert let_fail(school, command, Fault(2 if call == "write" else 1, only=call)) == (
        module, call, what,
    )  # fmt: skip


def test_after_a_fault_the_next_publish_clears_up(school: School) -> None:
    let_fail(school, "publish", Fault(3, only="rmdir"))
    ran = school.run("publish")
    assert ran.code == 0
    assert "清理上次没有做完的 .old-" in ran.told
    assert [path.name for path in (school.www / "releases").glob(".*")] == []


@pytest.mark.soak
@pytest.mark.parametrize("command", ["publish", "build"])
@pytest.mark.parametrize("step", [1, 7])
def test_every_write_fails(command: str, step: int, school: School) -> None:
    """Each once, and each seventh with all that come after it, like a disk that is full."""
    count = len(school.run(command, Fault()).calls)
    found = Counter(
        let_fail(school, command, Fault(number, lasting=step > 1))
        for number in range(1, count + 1, step)
    )
    assert count > 300
    for (module, call, what), times in sorted(found.items()):
        print(f"\n{command}, {step}: {times:3} × {call} in {module}: {what}", end="")


def test_without_a_temporary_folder_the_message_says_so(school: School) -> None:
    before = school.shown("publish")
    ran = school.run("publish", Fault(1, lasting=True))
    assert came(ran, before, school.shown("publish")) == "old site stayed"
    words = "没有能写的临时文件夹；腾出空间，或者用环境变量 TMPDIR 指定一个 (No usable "
    assert words in ran.told


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left", "a"), "a：磁盘满了；腾出空间再运行一次 (No space left)"),
        (OSError(13, "No", "a"), "a：没有读写的权限；让管理员给运行命令的账户这个权限 (No)"),
        (OSError(5, "I/O", "a"), "a：磁盘读写出错；检查磁盘，再运行一次 (I/O)"),
        (OSError(99, "Strange", "a"), "a：磁盘不让读写；看括号里的原因，再运行一次 (Strange)"),
        (OSError(28, "Full", "a", None, "b"), "b：磁盘满了；腾出空间再运行一次 (Full)"),
        (OSError("清单被改动过"), "清单被改动过"),
    ],
)  # fmt: skip
def test_a_fault_of_the_disk_is_told_with_a_remedy(error: OSError, words: str) -> None:
    assert told(error) == words


def files_of(root: Path) -> dict[str, bytes]:
    """Every file of records and content; what a writer leaves beside its target is nobody's."""
    found = (path for folder in ("records", "content") for path in (root / folder).rglob("*"))
    files = (path for path in found if path.is_file() and not is_left_over(path))
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def untidy(root: Path) -> list[str]:
    """Two tables that `fmt` writes anew."""
    for table in ("flaws", "looks"):
        file = root / f"records/tables/{table}.csv"
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    return ["fmt"]


def filled(root: Path) -> list[str]:
    """A sheet that brings one row."""
    sheet = root.parent / "sheet.csv"
    sheet.write_text("器材编号,名称\nAS-9,新的\n", encoding="utf-8")
    return ["import", str(sheet), "--table", "things", "--yes"]


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("prepare", [untidy, filled])
def test_an_editor_keeps_every_file_whole_when_a_write_fails(
    step: int, prepare: Callable[[Path], list[str]], publisher: Publisher, tmp_path: Path
) -> None:
    root = tmp_path / "school"
    shutil.copytree(SCHOOL, root)
    command = [*prepare(root), "--root", str(root)]
    old = files_of(root)
    counted = publisher.run(command, fault=Fault())
    new = files_of(root)
    assert (counted.code, old.keys()) == (0, new.keys())
    assert new != old
    ours = [n for n, (_, path, _) in enumerate(counted.calls, 1) if str(root / "records") in path]
    assert len(ours) > 3
    for number in ours[::step]:
        shutil.rmtree(root)
        shutil.copytree(SCHOOL, root)
        prepare(root)
        ran = publisher.run(command, fault=Fault(number))
        assert "Traceback" not in ran.told
        if ran.code == 0:
            assert files_of(root) == new
        else:
            assert ran.code == 3
            assert files_of(root) == old, ran.failed
            assert f"{root}/records/" in ran.told


@pytest.mark.soak
@pytest.mark.parametrize("prepare", [untidy, filled])
def test_an_editor_killed_at_any_moment_leaves_no_half_file(
    prepare: Callable[[Path], list[str]], publisher: Publisher, tmp_path: Path
) -> None:
    root = tmp_path / "school"
    shutil.copytree(SCHOOL, root)
    command = [*prepare(root), "--root", str(root)]
    old = files_of(root)
    seconds = publisher.run(command).seconds
    new = files_of(root)
    killed = 0
    for turn in range(60):
        shutil.rmtree(root)
        shutil.copytree(SCHOOL, root)
        prepare(root)
        ran = publisher.run(command, kill_after=seconds * (turn + 1) / 60)
        killed += ran.code == KILLED
        for path, data in files_of(root).items():
            assert data in {old[path], new[path]}, path
        assert publisher.run(command).code == 0
        assert files_of(root) == new
    print(f"\n{command[0]}: killed {killed} times, no half file")
