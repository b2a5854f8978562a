"""A ledger to what readers see: seal a release, switch to it, prune.

Whatever fails, and whenever the process dies, readers see the release before or the new one,
whole; the next publish clears away what was left unfinished.
"""

import contextlib
from collections.abc import Callable

from generator.disk import told
from generator.ledger import Ledger
from generator.publish.lock import only_publisher
from generator.publish.mirror import mirror
from generator.publish.sealing import Order, discard, seal_release
from generator.publish.showing import show
from generator.publish.store import Store, clear_unfinished, open_store, prune


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
        _prune_or_say(store, order)
    return name


def _prune_or_say(store: Store, order: Order) -> None:
    """Remove old releases; one that cannot be removed is no fault of the new one.

    What had to be forgotten must go: there it is a fault.
    """
    try:
        say_pruned(prune(store, order.kept), order.say)
    except OSError as error:
        if order.forget:
            raise
        reason = told(error)
        zh = f"旧版本没有删干净，下次发布再删。{reason}"
        order.say(zh, f"an old release was not removed: {reason}")


def say_cleared(names: list[str], say: Callable[[str, str], None]) -> None:
    """One line for each thing that an interrupted publisher had left."""
    for name in names:
        say(f"清理上次没有做完的 {name}", f"cleared unfinished {name}")


def say_pruned(names: list[str], say: Callable[[str, str], None]) -> None:
    """One line for each release that was removed."""
    for name in names:
        say(f"删去旧版本 {name}", f"removed old release {name}")


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
