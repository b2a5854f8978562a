"""The publishing folder: `releases/<id>` beside `current`, the link that the web server serves."""

import dataclasses
import os
import re
from collections.abc import Iterable
from pathlib import Path

from generator.disk import remove_tree, sync_folder
from generator.publish.manifest import ManifestError, read_manifest
from generator.usage import UsageError

_ID = re.compile(r"[0-9]{6}(-[0-9a-f]{7})?")
_UNFINISHED = (".new-", ".old-", ".current-")


@dataclasses.dataclass(frozen=True, slots=True)
class Store:
    """One publishing folder."""

    folder: Path

    @property
    def releases(self) -> Path:
        """The folder of the releases."""
        return self.folder / "releases"

    @property
    def current(self) -> Path:
        """What the web server serves."""
        return self.folder / "current"

    @property
    def lock(self) -> Path:
        """The file that a publisher locks."""
        return self.folder / ".lock"

    def ids(self) -> list[str]:
        """The releases there are, oldest first."""
        if not self.releases.is_dir():
            return []
        return self.named(entry.name for entry in self.releases.iterdir() if entry.is_dir())

    @staticmethod
    def named(names: Iterable[str]) -> list[str]:
        """Those names that are releases, oldest first."""
        return sorted(name for name in names if _ID.fullmatch(name))

    def current_id(self) -> str:
        """The release that readers see; empty when there is none."""
        if self.current.is_symlink():
            return self.current.readlink().name
        try:
            return read_manifest(self.current).id
        except ManifestError:
            return ""

    def next_id(self, commit: str) -> str:
        """The name of the next release: a number, and the commit where it is known."""
        last = max((int(name[:6]) for name in self.ids()), default=0)
        return f"{last + 1:06d}" + (f"-{commit[:7]}" if commit else "")

    def find(self, name: str) -> str:
        """A release by its name or the number at its start.

        Raises:
            UsageError: there is none, or more than one.
        """
        return find_release(self.ids(), name)


def find_release(known: list[str], name: str) -> str:
    """A release among those known by its name or the number at its start.

    Raises:
        UsageError: there is none, or more than one.
    """
    number = name.lstrip("0")
    found = [one for one in known if one == name or one[:6].lstrip("0") == number]
    if len(found) == 1:
        return found[0]
    listed = "、".join(known) or "无"
    raise UsageError(f"没有发布版本 {name}；现有：{listed} (no such release)")


def open_store(folder: Path) -> Store:
    """Make the folders that publishing needs.

    Raises:
        UsageError: the folder holds something that this program did not put there.
        OSError: it cannot be written to.
    """
    store = Store(folder.absolute())
    store.releases.mkdir(parents=True, exist_ok=True)
    if store.current.exists() and not store.current.is_symlink() and not store.current_id():
        raise UsageError(f"{store.current} 不是本程序发布的；请先移走它 (not published by us)")
    return store


def clear_unfinished(store: Store) -> list[str]:
    """Remove what an interrupted publisher left behind; call it under the lock."""
    gone = []
    for parent in (store.folder, store.releases):
        for entry in sorted(parent.iterdir()):
            if entry.name.startswith(_UNFINISHED):
                remove(entry)
                gone.append(entry.name)
    return gone


def remove(entry: Path) -> None:
    """Remove a folder, a link or a file."""
    if entry.is_dir() and not entry.is_symlink():
        remove_tree(entry)
    else:
        entry.unlink()


def point(store: Store, name: str) -> None:
    """Make a release the one that readers see, by one rename of a link."""
    fresh = store.folder / f".current-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(store.releases.name, name), target_is_directory=True)
    fresh.replace(store.current)
    sync_folder(store.folder)


def prunable(known: list[str], current: str, keep: int) -> list[str]:
    """All but the last `keep` releases; never the current one."""
    return [name for name in known[: max(len(known) - keep, 0)] if name != current]


def prune(store: Store, keep: int) -> list[str]:
    """Remove all but the last `keep` releases; never the current one. Returns what went.

    Raises:
        OSError: one could not be removed; the next publisher does what is left.
    """
    gone = prunable(store.ids(), store.current_id(), keep)
    for name in gone:
        old = store.releases / f".old-{name}"
        (store.releases / name).rename(old)
        remove_tree(old)
    return gone
