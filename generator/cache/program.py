"""What the program itself is: answers of another one are not asked."""

import hashlib
import platform
import sys
from pathlib import Path

from generator.disk import below, walk

LIBRARIES = (
    "click", "duckdb", "frictionless", "icalendar", "jinja2", "markdown", "markupsafe", "mkdocs",
    "mkdocs-material", "opencc", "openpyxl", "pymdown-extensions", "pypinyin", "python-calamine",
    "pyyaml", "rich", "segno", "typer", "typst", "tzdata",
)  # fmt: skip
"""Whose versions an answer depends on."""
_TOLD = ".dist-info"


def program_digest() -> bytes:
    """The digest of the program itself: its source, its libraries, its interpreter."""
    found = hashlib.sha256(platform.python_version().encode())
    package = Path(__file__).parent.parent
    for entry in walk(package):
        if entry.name.endswith((".py", ".json")):
            data = Path(entry.path).read_bytes()
            found.update(b"%b\0%b" % (below(package, entry).encode(), data))
    for name, version in _versions().items():
        found.update(f"{name} {version}\n".encode())
    return found.digest()


def _versions() -> dict[str, str]:
    """The version of each library, by the name of the folder that says so.

    Raises:
        PackageNotFoundError: one is not installed.
    """
    found: dict[str, str] = {}
    for folder in filter(Path.is_dir, map(Path, sys.path)):
        for told in folder.glob(f"*{_TOLD}"):
            name, _, version = told.name.removesuffix(_TOLD).partition("-")
            found.setdefault(name.lower().replace("_", "-"), version)
    return {name: found.get(name) or _asked_version(name) for name in LIBRARIES}


def _asked_version(name: str) -> str:
    """The version of a library that lies elsewhere; who looks it up takes long to load."""
    from importlib.metadata import version  # noqa: PLC0415

    return version(name)
