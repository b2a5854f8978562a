"""What is published: in a folder of this machine or of another, told apart by how it is written."""

from generator.publish.manifest import Manifest, check_release
from generator.publish.remote_host import RemoteHost, parse_target
from generator.publish.remote_showing import check_there, releases_there, roll_back_there
from generator.publish.showing import known_releases, roll_back
from generator.site.fault import Fault


def releases_of(target: str) -> list[tuple[str, bool, Manifest | None]]:
    """Every release: its id, whether readers see it, its manifest or None when that is broken."""
    place = parse_target(target)
    return releases_there(place) if isinstance(place, RemoteHost) else known_releases(place)


def roll_back_in(target: str, wanted: str) -> str:
    """Show an earlier release again, without building; returns its id."""
    place = parse_target(target)
    if isinstance(place, RemoteHost):
        return roll_back_there(place, wanted)
    return roll_back(place, wanted)


def check_shown(target: str) -> tuple[Manifest, list[Fault]]:
    """Compare what readers see, or one release folder of this machine, with its manifest."""
    place = parse_target(target)
    if isinstance(place, RemoteHost):
        return check_there(place)
    inner = place / "current"
    return check_release(inner if inner.exists() else place)
