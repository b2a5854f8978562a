"""Which release readers of another machine see: listed, checked, switched. Nothing here builds."""

import shlex
import tempfile
from pathlib import Path

from generator.publish.manifest import Manifest, check_files, read_manifest
from generator.publish.remote_host import RemoteHost
from generator.publish.showing import before, known_releases
from generator.publish.store import Store, find_release
from generator.site.fault import Fault


def roll_back_there(host: RemoteHost, wanted: str = "") -> str:
    """Show an earlier release over there again; returns its id.

    Raises:
        UsageError: there is no such release, or another publisher is at work.
        OSError: the other machine refused.
    """
    with host.only_publisher():
        listed = host.run("mkdir -p releases; ls -1 releases").split()
        known = Store.named(listed)
        name = find_release(known, wanted or before(known, host.current_id()))
        host.run(f"test -f releases/{name}/.release.json")
        switch_there(host, name)
    return name


def releases_there(host: RemoteHost) -> list[tuple[str, bool, Manifest | None]]:
    """Every release over there, as `known_releases` lists those here."""
    with tempfile.TemporaryDirectory(prefix="safecampus-") as name:
        folder = Path(name)
        host.pull(folder / "releases", assets=False)
        current = host.current_id()
        found = known_releases(folder)
    return [(release, release == current, manifest) for release, _, manifest in found]


def check_there(host: RemoteHost) -> tuple[Manifest, list[Fault]]:
    """Compare what readers see over there with its manifest, byte for byte.

    Raises:
        ManifestError: there is no manifest to compare with.
    """
    with tempfile.TemporaryDirectory(prefix="safecampus-") as name:
        folder = Path(name)
        host.pull(folder, assets=False)
        manifest = read_manifest(folder / host.current_id())
    return manifest, check_files(manifest, host.digests("current"))


def switch_there(host: RemoteHost, name: str) -> None:
    """Flush, then one rename of a link, then flush that."""
    flush = "{ sync -f releases 2>/dev/null || sync; }"
    fresh = shlex.quote(f".current-{name}")
    host.run(f"{flush} && ln -sfn releases/{name} {fresh} && mv -T {fresh} current && {flush}")
