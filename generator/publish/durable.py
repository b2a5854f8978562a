"""Bytes onto the disk before anybody relies on them.

After a power cut a release is whole or absent.
"""

import os
import sys
from pathlib import Path


def sync_tree(folder: Path) -> None:
    """Flush every file and folder below `folder`, and itself.

    Raises:
        OSError: a file could not be written out; it names the file.
    """
    for parent, _, names in os.walk(folder):
        for name in names:
            sync_file(Path(parent, name))
        sync_folder(Path(parent))


def sync_file(path: Path) -> None:
    """Flush one file."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Flush the names in a folder; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
