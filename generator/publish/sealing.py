"""A ledger to a sealed release in a publishing folder, which no reader sees yet.

Built aside, verified, given the hashed assets of the releases before, sealed, flushed; then one
rename makes it a release. Whatever fails leaves nothing but what the next publisher clears away.
"""

import contextlib
import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import generator
from generator.disk import copy_file, sync_folder, sync_tree, write_file
from generator.ledger import Ledger
from generator.publish.manifest import (
    NAME,
    Provenance,
    digest,
    make_manifest,
    manifest_bytes,
    manifest_or_none,
)
from generator.publish.release import refuse
from generator.publish.store import Store, remove
from generator.site.assets import is_hashed
from generator.site.mkdocs_run import build_tree
from generator.site.tree import Tree, plan_tree
from generator.site.verify import verify_site
from generator.usage import UsageError

LOCK_FILE = "requirements.lock"


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """What to publish where; `say` gets one line for each step (Chinese, English).

    `forget` carries nothing of earlier releases and keeps none: for the day when something
    stood on a page that must not be there any longer, in no old file either.
    """

    folder: Path
    edition: str
    keep: int
    say: Callable[[str, str], None]
    forget: bool = False

    @property
    def kept(self) -> int:
        """How many releases stay."""
        return 1 if self.forget else self.keep


def seal_release(ledger: Ledger, order: Order, store: Store) -> str:
    """Make the next release of a store; returns its id. Call it under the lock.

    Raises:
        UsageError: the folder publishes another edition.
        SiteError: the built site has faults.
        OSError: the disk refused; it names the file.
    """
    refuse_other_edition(store, order.edition)
    name = store.next_id(ledger.checked.history.commit)
    fresh = store.releases / f".new-{name}"
    try:
        tree = plan_tree(ledger, order.edition)
        _build(ledger, order, tree, fresh)
        carried = () if order.forget else carry_assets(store, fresh)
        manifest = make_manifest(fresh, name, _provenance(ledger, order, tree), carried)
        write_file(fresh / NAME, manifest_bytes(manifest))
        order.say(f"清单：{len(manifest.files)} 个文件", f"sealed {len(manifest.files)} files")
        sync_tree(fresh)
        fresh.rename(store.releases / name)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    sync_folder(store.releases)
    return name


def discard(store: Store, name: str) -> None:
    """Remove a release that readers never saw, as far as the disk lets us."""
    old = store.releases / f".old-{name}"
    with contextlib.suppress(OSError):
        (store.releases / name).rename(old)
        remove(old)


def refuse_other_edition(store: Store, edition: str) -> None:
    """Keep editions in folders of their own: old assets of one must not serve in another.

    Raises:
        UsageError: there are releases of another edition.
    """
    for name in store.ids():
        manifest = manifest_or_none(store.releases / name)
        if manifest is not None and manifest.provenance.edition != edition:
            other = manifest.provenance.edition
            raise UsageError(
                f"{store.folder} 发布的是 {other} 版；{edition} 版请发布到另一个文件夹 "
                f"(this folder publishes the {other} edition)"
            )


def carry_assets(store: Store, fresh: Path) -> tuple[str, ...]:
    """Copy the hashed assets of the releases there are; a page opened before still works.

    Only what a release brought itself is carried, so nothing is carried for ever.
    """
    carried: list[str] = []
    for name in store.ids():
        manifest = manifest_or_none(store.releases / name)
        own = set(manifest.files) - set(manifest.carried) if manifest else set()
        for path in sorted(path for path in own if is_hashed(path)):
            if not (fresh / path).exists():
                copy_file(store.releases / name / path, fresh / path)
                carried.append(path)
    return tuple(sorted(carried))


def _build(ledger: Ledger, order: Order, tree: Tree, fresh: Path) -> None:
    build_tree(ledger.checked.project.root, tree, fresh)
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
