"""Bytes onto the disk: whole or not at all, flushed before anybody relies on them.

The operating system does not say which file was being written when a disk is full; a fault that
leaves this module does.
"""

import errno
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

_FULL = ("磁盘满了", "腾出空间再运行一次")
_CLOSED = ("没有读写的权限", "让管理员给运行命令的账户这个权限")
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: ("这里只能读，不能写", "换一个能写的文件夹，或者让管理员改成可写"),
    errno.EIO: ("磁盘读写出错", "检查磁盘，再运行一次"),
    errno.ENOENT: ("找不到", "核对路径，再运行一次"),
}
_NO_TEMPORARY = "没有能写的临时文件夹；腾出空间，或者用环境变量 TMPDIR 指定一个"


def told(error: OSError) -> str:
    """A fault of the disk in one line: the file, what is wrong with it, what to do."""
    if error.errno is None:
        return str(error)
    said = error.strerror or str(error)
    file = error.filename2 or error.filename  # of a copy and a renaming: what was to be written
    if file is None:
        return f"{_NO_TEMPORARY} ({said})" if "temporary directory" in said else str(error)
    fact, remedy = _REASONS.get(error.errno, ("磁盘不让读写", "看括号里的原因，再运行一次"))
    return f"{file}：{fact}；{remedy} ({said})"


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """A fault of the disk that names no file names this one.

    Raises:
        OSError: what was raised inside, with a file name.
    """
    try:
        yield
    except OSError as error:
        if error.filename is not None or error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file of ours, folders included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming(path):
        path.write_bytes(data)


def copy_file(source: Path, target: Path) -> None:
    """Copy the content of a file, folders included; a full disk names the target."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        if error.filename2 is None:
            raise
        raise OSError(error.errno, error.strerror, str(target)) from error


def remove_tree(folder: Path) -> None:
    """Remove a folder with all that is in it; a fault names the folder."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error


def write_whole(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write all files aside, then replace all; when one cannot be written, all stay as they were.

    A process that is killed leaves each file as it was or as it should be, never half of it; what
    lies aside has a fixed name, which the next run writes over and git does not see.
    """
    aside = [(_beside(target, "new"), target) for target, _ in files]
    before = {target: _beside(target, "old") for target, _ in files if target.exists()}
    try:
        for (fresh, _), (_, data) in zip(aside, files, strict=True):
            write_file(fresh, data)
            sync_file(fresh)
        for target, old in before.items():
            copy_file(target, old)
        _replace_all(aside, before)
    finally:
        for path in (*(fresh for fresh, _ in aside), *before.values()):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def walk(folder: Path | str) -> Iterator["os.DirEntry[str]"]:
    """All entries below a folder, each folder before what is in it; links are not followed.

    Raises:
        OSError: a folder cannot be read.
    """
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        yield entry
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path)


def below(root: Path, entry: "os.DirEntry[str]") -> str:
    """The path of an entry from a folder above it, with `/`."""
    path = entry.path[len(str(root)) + 1 :]
    return path if os.sep == "/" else path.replace(os.sep, "/")


def is_left_over(path: PurePath) -> bool:
    """A file that a writer left beside its target when it was killed; nobody reads it."""
    return path.name.startswith(".") and path.name.endswith((".new.tmp", ".old.tmp"))


def _beside(target: Path, kind: str) -> Path:
    return target.with_name(f".{target.name}.{kind}.tmp")


def _replace_all(aside: Sequence[tuple[Path, Path]], before: dict[Path, Path]) -> None:
    """Rename all; when one refuses, those done before it go back."""
    done: list[Path] = []
    try:
        for fresh, target in aside:
            fresh.replace(target)
            done.append(target)
        for folder in {target.parent for target in done}:
            sync_folder(folder)
    except BaseException:
        for target in done:
            old = before.get(target)
            if old is None:
                target.unlink(missing_ok=True)
            elif old.exists():
                old.replace(target)
        raise


def sync_tree(folder: Path) -> None:
    """Flush every file and folder below `folder`, and itself.

    Raises:
        OSError: a file could not be written out; it names the file.
    """
    for parent, _, names in os.walk(folder, onerror=_refuse):
        for name in names:
            sync_file(Path(parent, name))
        sync_folder(Path(parent))


def _refuse(error: OSError) -> None:
    raise error


def sync_file(path: Path) -> None:
    """Flush one file."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        with naming(path):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Flush the names in a folder; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with naming(path):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
