"""A ledger to what readers see: seal a release, switch to it, prune; or switch back.

Whatever fails, and whenever the process dies, readers see the release before or the new one,
whole; the next publish clears away what was left unfinished.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path

from generator.ledger import Ledger
from generator.publish.lock import only_publisher
from generator.publish.manifest import Manifest, manifest_or_none, read_manifest
from generator.publish.mirror import has_links, mirror
from generator.publish.sealing import Order, discard, seal_release
from generator.publish.store import Store, clear_unfinished, open_store, point, prune


def publish(ledger: Ledger, order: Order) -> str:
    """Publish a ledger without errors; returns the id of the release.

    Raises:
        UsageError: another publisher is at work, the folder is not ours or of another edition.
        SiteError: the built site has faults; readers keep what they had.
        OSError: the disk refused; it names the file.
    """
    store = open_store(order.folder)
    with only_publisher(store.lock):
        say_cleared(clear_unfinished(store), order.say)
        name = seal_release(ledger, order, store)
        _show_or_go_back(store, name)
        order.say(f"读者看到的版本：{name}", f"now live: {name}")
        say_pruned(prune(store, order.kept), order.say)
    return name


def say_cleared(names: list[str], say: Callable[[str, str], None]) -> None:
    """One line for each thing that an interrupted publisher had left."""
    for name in names:
        say(f"清理上次没有做完的 {name}", f"cleared unfinished {name}")


def say_pruned(names: list[str], say: Callable[[str, str], None]) -> None:
    """One line for each release that was removed."""
    for name in names:
        say(f"删去旧版本 {name}", f"removed old release {name}")


def roll_back(folder: Path, wanted: str = "") -> str:
    """Show an earlier release again, without building; returns its id.

    Args:
        folder: the publishing folder.
        wanted: which release; else the one before the current.

    Raises:
        UsageError: there is no such release, or another publisher is at work.
        ManifestError: the release is not complete.
    """
    store = open_store(folder)
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


def _show_or_go_back(store: Store, name: str) -> None:
    """Show a new release; when that fails, readers keep the one before, and the new one goes."""
    earlier = store.current_id()
    try:
        show(store, name)
    except BaseException:
        if earlier and not store.current.is_symlink():
            with contextlib.suppress(OSError):
                mirror(store, earlier)
        if store.current_id() != name:
            discard(store, name)
        raise
