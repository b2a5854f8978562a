"""A ledger to a published release: build aside, verify, seal, flush, switch, prune.

Whatever fails, and whenever the process dies, readers see the release before or the new one,
whole; the next publish clears away what was left unfinished.
"""

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import generator
from generator.ledger import Ledger
from generator.publish.durable import sync_folder, sync_tree
from generator.publish.lock import only_publisher
from generator.publish.manifest import (
    NAME,
    Manifest,
    ManifestError,
    Provenance,
    digest,
    make_manifest,
    manifest_bytes,
    read_manifest,
)
from generator.publish.mirror import has_links, mirror
from generator.publish.release import refuse
from generator.publish.store import Store, clear_unfinished, open_store, point, prune
from generator.site.mkdocs_run import build_tree
from generator.site.tree import Tree, plan_tree
from generator.site.verify import verify_site

LOCK_FILE = "requirements.lock"
_ASSETS = "assets"


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """What to publish where; `say` gets one line for each step (Chinese, English)."""

    folder: Path
    edition: str
    keep: int
    say: Callable[[str, str], None]


def publish(ledger: Ledger, order: Order) -> str:
    """Publish a ledger without errors; returns the id of the release.

    Raises:
        UsageError: another publisher is at work, or the folder is not ours.
        SiteError: the built site has faults; readers keep what they had.
        OSError: the disk refused; it names the file.
    """
    store = open_store(order.folder)
    with only_publisher(store.lock):
        for name in clear_unfinished(store):
            order.say(f"清理上次没有做完的 {name}", f"cleared unfinished {name}")
        commit = ledger.checked.history.commit
        name = store.next_id(commit)
        fresh = store.releases / f".new-{name}"
        try:
            tree = plan_tree(ledger, order.edition)
            _build(ledger, order, tree, fresh)
            carried = carry_assets(store, fresh)
            manifest = make_manifest(fresh, name, _provenance(ledger, order, tree), carried)
            (fresh / NAME).write_bytes(manifest_bytes(manifest))
            order.say(f"清单：{len(manifest.files)} 个文件", f"sealed {len(manifest.files)} files")
            sync_tree(fresh)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        fresh.rename(store.releases / name)
        sync_folder(store.releases)
        show(store, name)
        order.say(f"读者看到的版本：{name}", f"now live: {name}")
        for gone in prune(store, order.keep):
            order.say(f"删去旧版本 {gone}", f"removed old release {gone}")
    return name


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
        name = store.find(wanted or _before(store))
        read_manifest(store.releases / name)
        show(store, name)
    return name


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
    return [(name, name == current, _manifest(store.releases / name)) for name in store.ids()]


def carry_assets(store: Store, fresh: Path) -> tuple[str, ...]:
    """Copy the hashed assets of the releases there are; a page opened before still works.

    Only what a release brought itself is carried, so nothing is carried for ever.
    """
    carried: list[str] = []
    for name in store.ids():
        manifest = _manifest(store.releases / name)
        own = set(manifest.files) - set(manifest.carried) if manifest else set()
        for path in sorted(path for path in own if path.startswith(f"{_ASSETS}/")):
            target = fresh / path
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(store.releases / name / path, target)
                carried.append(path)
    return tuple(sorted(carried))


def _build(ledger: Ledger, order: Order, tree: Tree, fresh: Path) -> None:
    build_tree(ledger.checked.project.root, tree, fresh, ledger.as_of)
    order.say(f"生成 {len(tree.pages)} 页", f"built {len(tree.pages)} pages")
    refuse(verify_site(fresh, tree))
    order.say("核对通过", "verified")


def _provenance(ledger: Ledger, order: Order, tree: Tree) -> Provenance:
    lock = ledger.checked.project.root / LOCK_FILE
    return Provenance(
        commit=ledger.checked.history.commit,
        lock=digest(lock) if lock.is_file() else "",
        as_of=ledger.as_of.isoformat(),
        edition=order.edition,
        builder=f"safecampus {generator.__version__}",
        pages=len(tree.pages),
    )


def _before(store: Store) -> str:
    """The release before the current one; the current one itself when it is the first."""
    known, current = store.ids(), store.current_id()
    earlier = [name for name in known if name < current]
    return (earlier or [current])[-1]


def _manifest(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except ManifestError:
        return None
