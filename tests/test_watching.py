"""What a preview sees of the files it watches, and that it does not look while it builds."""

import queue
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from generator.site.watching import Watch

PATIENCE = 10
"""Seconds after which something is taken not to come."""
QUIET = 0.3


class Told(FileSystemEventHandler):
    """Notes what it is told."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.events: queue.Queue[str] = queue.Queue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note the path."""
        assert not event.is_directory
        self.events.put(str(event.src_path))


@pytest.fixture(name="folder")
def watched_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages/a.md").write_text("one", encoding="utf-8")
    return folder


@pytest.fixture(name="watch")
def watch_at_work(folder: Path) -> Iterator[tuple[Watch, Told]]:
    watch, told = Watch(0.02), Told()
    watch.schedule(told, str(folder))
    watch.start()
    yield watch, told
    watch.stop()
    watch.join()


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "pages/a.md").write_text("three", encoding="utf-8"),
        lambda folder: (folder / "pages/b.md").write_text("", encoding="utf-8"),
        lambda folder: (folder / "pages/a.md").unlink(),
        lambda folder: (folder / "pages/a.md").rename(folder / "pages/c.md"),
        lambda folder: shutil.rmtree(folder / "pages"),
        shutil.rmtree,
    ],
    ids=["written", "new", "gone", "renamed", "folder", "everything"],
)
def test_a_change_is_told_once(
    folder: Path, watch: tuple[Watch, Told], change: Callable[[Path], object]
) -> None:
    change(folder)
    events = watch[1].events
    assert events.get(timeout=PATIENCE) == str(folder)
    while not events.empty():  # several looks may fall into one change
        events.get()
    with pytest.raises(queue.Empty):
        events.get(timeout=QUIET)


def test_a_change_during_a_build_is_told_after_it(folder: Path, watch: tuple[Watch, Told]) -> None:
    with watch[0].paused():
        (folder / "pages/a.md").write_text("meanwhile", encoding="utf-8")
        with pytest.raises(queue.Empty):
            watch[1].events.get(timeout=QUIET)
    assert watch[1].events.get(timeout=PATIENCE) == str(folder)


def test_one_file_is_watched_too_until_it_no_longer_is(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text("a", encoding="utf-8")
    watch, told = Watch(0.02), Told()
    watch.schedule(told, str(file))
    file.write_text("changed before the first look", encoding="utf-8")
    watch.start()
    assert told.events.get(timeout=PATIENCE) == str(file)
    watch.unschedule(str(file))
    file.write_text("b", encoding="utf-8")
    with pytest.raises(queue.Empty):
        told.events.get(timeout=QUIET)
    watch.stop()
    watch.join()
