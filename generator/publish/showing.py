"""Which release readers see: listed, shown, switched back. Nothing here builds, so it is quick."""

from pathlib import Path

from generator.publish.lock import only_publisher
from generator.publish.manifest import Manifest, manifest_or_none, read_manifest
from generator.publish.mirror import has_links, mirror
from generator.publish.store import Store, point
from generator.usage import UsageError


def roll_back(folder: Path, wanted: str = "") -> str:
    """Show an earlier release again, without building; returns its id.

    Args:
        folder: the publishing folder.
        wanted: which release; else the one before the current.

    Raises:
        UsageError: there is no such release, or another publisher is at work.
        ManifestError: the release is not complete.
    """
    store = Store(folder.absolute())
    if not store.ids():
        raise UsageError(f"{folder} 里没有发布过的版本 (nothing was published here)")
    with only_publisher(store.lock):
        name = store.find(wanted or before(store.ids(), store.current_id()))
        read_manifest(store.releases / name)
        show(store, name)
    return name


def before(known: list[str], current: str) -> str:
    """The release before the current one; the current one itself when it is the first."""
    earlier = [name for name in known if name < current]
    return (earlier or [current])[-1]


def show(store: Store, name: str) -> None:
    """Make a finished release the one that readers see."""
    if has_links(store):
        point(store, name)
    else:
        mirror(store, name)


def known_releases(folder: Path) -> list[tuple[str, bool, Manifest | None]]:
    """Every release: its id, whether readers see it, its manifest or None when that is broken."""
    store = Store(folder.absolute())
    current = store.current_id()
    return [
        (name, name == current, manifest_or_none(store.releases / name)) for name in store.ids()
    ]
