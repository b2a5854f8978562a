"""What a release holds: the SHA-256 of every file, where it came from, and a seal over both.

The manifest lies in the release as a dotfile, so it travels with it and no web server shows it.
"""

import dataclasses
import hashlib
import json
from pathlib import Path

from generator.site.fault import Fault

NAME = ".release.json"
_FORM = 1
_PART = 2**20


class ManifestError(OSError):
    """The manifest of a release is missing, broken or changed; exit code 3."""


@dataclasses.dataclass(frozen=True, slots=True)
class Provenance:
    """Where a release came from.

    `lock` is the SHA-256 of the project's `requirements.lock`, empty where there is none;
    `builder` the program and its version; `as_of` and `edition` what was built.
    """

    commit: str
    lock: str
    as_of: str
    edition: str
    builder: str
    pages: int


@dataclasses.dataclass(frozen=True, slots=True)
class Manifest:
    """One release: files by path with their SHA-256; `carried` are assets of earlier ones."""

    id: str
    provenance: Provenance
    files: dict[str, str]
    carried: tuple[str, ...]


def list_files(folder: Path) -> list[str]:
    """Every file of a release but its manifest, in order; links are listed as files."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    names = (path.relative_to(folder).as_posix() for path in found)
    return sorted(name for name in names if name != NAME)


def make_manifest(
    folder: Path, name: str, provenance: Provenance, carried: tuple[str, ...]
) -> Manifest:
    """Read a finished release folder."""
    files = {path: digest(folder / path) for path in list_files(folder)}
    return Manifest(name, provenance, files, carried)


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as JSON, sealed: one changed byte of it is found as well."""
    content = {"form": _FORM, **dataclasses.asdict(manifest)}
    content["carried"] = list(manifest.carried)
    return _dump({**content, "seal": _seal(content)})


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a release folder.

    Raises:
        ManifestError: it is missing, broken, or was changed after it was sealed.
    """
    file = folder / NAME
    if not file.is_file():
        raise ManifestError(f"{folder} 里没有发布清单 (no release manifest)")
    data = file.read_bytes()
    try:
        content = json.loads(data)
        seal = content.pop("seal")
        manifest = Manifest(
            content["id"],
            Provenance(**content["provenance"]),
            content["files"],
            tuple(content["carried"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(f"{file}：清单读不出来 (the manifest cannot be read)") from error
    if seal != _seal(content) or data != _dump({**content, "seal": seal}):
        raise ManifestError(f"{file}：清单被改动过 (the manifest was changed)")
    return manifest


def manifest_or_none(folder: Path) -> Manifest | None:
    """The manifest of a release folder; None where it is missing, broken or was changed."""
    try:
        return read_manifest(folder)
    except ManifestError:
        return None


def check_release(folder: Path) -> tuple[Manifest, list[Fault]]:
    """Compare a release with its manifest, byte for byte.

    Raises:
        ManifestError: there is no manifest to compare with.
    """
    manifest = read_manifest(folder)
    found = {
        path: "" if _is_link(folder / path) else digest(folder / path)
        for path in list_files(folder)
    }
    return manifest, check_files(manifest, found)


def check_files(manifest: Manifest, found: dict[str, str]) -> list[Fault]:
    """What differs between a manifest and the files there are.

    Args:
        manifest: what should be there.
        found: the SHA-256 of every file; empty for a link, which is no file of a release.
    """
    faults = [
        Fault(path, "多出的文件 (not in the manifest)")
        for path in found
        if path not in manifest.files
    ]
    for path, expected in manifest.files.items():
        if not found.get(path):
            faults.append(Fault(path, "文件不见了 (missing)"))
        elif found[path] != expected:
            faults.append(Fault(path, "内容被改动过 (changed)"))
    return sorted(faults, key=lambda fault: fault.file)


def _is_link(path: Path) -> bool:
    return path.is_symlink() or not path.is_file()


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_PART):
            found.update(part)
    return found.hexdigest()


def _dump(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _seal(content: object) -> str:
    return hashlib.sha256(_dump(content)).hexdigest()
