"""Publishing to another machine: sealed here, copied there, read back there, switched there.

The switch is the same one rename. Here stays a shadow of the other machine: the manifests of its
releases and their hashed assets, which the next release carries. It may be lost at any time.
"""

import hashlib
import shutil
from pathlib import Path

from generator.ledger import Ledger
from generator.publish.manifest import Manifest, check_files, read_manifest
from generator.publish.publishing import say_cleared, say_pruned
from generator.publish.remote_host import RemoteError, RemoteHost
from generator.publish.remote_showing import switch_there
from generator.publish.sealing import Order, seal_release
from generator.publish.store import Store, open_store, prunable

_SHADOWS = ".build/publish"


def publish_there(ledger: Ledger, order: Order, host: RemoteHost) -> str:
    """Publish a ledger without errors to another machine; returns the id of the release.

    Raises:
        UsageError: another publisher is at work, or the folder is not ours or of another edition.
        SiteError: the built site has faults.
        OSError: the disk, ssh, rsync or the other machine refused; readers keep what they had.
    """
    with host.only_publisher():
        say_cleared(host.prepare(), order.say)
        store = _shadow(ledger.checked.project.root, host)
        name = seal_release(ledger, order, store)
        earlier = host.current_id()
        host.push(store.releases / name, name, earlier)
        order.say(f"已经传到 {host}", f"copied to {host}")
        _read_back(host, f"releases/.new-{name}", read_manifest(store.releases / name))
        order.say("对方逐字节核对通过", "every byte read back")
        host.run(f"mv releases/.new-{name} releases/{name}")
        switch_there(host, name)
        order.say(f"读者看到的版本：{name}", f"now live: {name}")
        gone = prunable(store.ids(), name, order.kept)
        for old in gone:
            host.run(f"mv releases/{old} releases/.old-{old} && rm -rf releases/.old-{old}")
        say_pruned(gone, order.say)
    return name


def _shadow(root: Path, host: RemoteHost) -> Store:
    key = hashlib.sha256(str(host).encode()).hexdigest()[:16]
    folder = root / _SHADOWS / key
    shutil.rmtree(folder / "current", ignore_errors=True)
    store = open_store(folder)
    host.pull(store.releases, assets=True)
    return store


def _read_back(host: RemoteHost, folder: str, manifest: Manifest) -> None:
    faults = check_files(manifest, host.digests(folder))
    if faults:
        first = f"{faults[0].file}: {faults[0].what}"
        message = f"{host}：传过去的与清单不符，共 {len(faults)} 处，例如 {first}；原来的网站不变"
        raise RemoteError(message)
