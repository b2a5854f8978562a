"""Publishing where a file system has no links: `current` is a folder, brought up file by file.

What holds: each file is whole at every moment, nothing a page loads is missing (hashed assets
come first and are never removed before the pages), a run that fails goes back, one that was
killed is completed by the next. What does not: for the seconds of the copying, pages of two
releases stand side by side, and a roll-back takes as long as the copying.
"""

import errno
import os
from pathlib import Path

from generator.disk import copy_file, sync_file, sync_folder
from generator.publish.manifest import NAME, digest, read_manifest
from generator.publish.store import Store

_ASSETS = "assets/"
_FRONT = "index.html"
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
"""How file systems say that they know no links; a full disk is something else."""


def has_links(store: Store) -> bool:
    """Try whether the publishing folder can hold a link; what is served already decides first.

    Raises:
        OSError: the disk refused for another reason; it names the file.
    """
    if store.current.is_symlink():
        return True
    if store.current.exists():
        return False
    trial = store.folder / f".current-{os.getpid()}"
    trial.unlink(missing_ok=True)
    try:
        trial.symlink_to(store.releases.name, target_is_directory=True)
    except NotImplementedError:
        return False
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False
        raise
    trial.unlink()
    return True


def mirror(store: Store, name: str) -> None:
    """Bring the folder `current` to the content of a release."""
    source = store.releases / name
    manifest = read_manifest(source)
    store.current.mkdir(exist_ok=True)
    for path in sorted(manifest.files, key=_order):
        target = store.current / path
        if not target.is_file() or digest(target) != manifest.files[path]:
            _replace(source / path, target)
    _replace(source / NAME, store.current / NAME)
    for file in sorted(store.current.rglob("*"), reverse=True):
        path = file.relative_to(store.current).as_posix()
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()
        elif path != NAME and path not in manifest.files:
            file.unlink()


def _order(path: str) -> tuple[int, str]:
    """Assets first, then pages and data, the home page last."""
    return (0 if path.startswith(_ASSETS) else 2 if path == _FRONT else 1, path)


def _replace(source: Path, target: Path) -> None:
    fresh = target.with_name(f".new-{os.getpid()}")
    copy_file(source, fresh)
    sync_file(fresh)
    fresh.replace(target)
    sync_folder(target.parent)
