"""A disk that fails at one write: counts every call that changes files and lets one of them fail.

The calls are those of Python's own `os` and `open`; what DuckDB and SQLite write themselves is not
counted. A fault carries a file name where the operating system's own would, and none elsewhere.
"""

import builtins
import errno
import io
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

_PATHS = ("mkdir", "replace", "rename", "link", "symlink", "unlink", "remove", "rmdir", "truncate")
_DESCRIPTORS = ("write", "fsync", "sendfile")
_WRITING = set("wax+")


@dataclass
class FaultyDisk:
    """Fails the call of that number, among all or those of one name.

    `lasting`: every one after it fails as well, like on a full disk.
    `calls` tells what was counted: the call, the file, and the line of ours that led to it;
    `failed` which of them was the first that failed, from 1.
    """

    number: int = 0
    lasting: bool = False
    only: str = ""
    failed: int = 0
    calls: list[tuple[str, str, str]] = field(default_factory=list)

    def install(self) -> None:
        """Stand before the calls of this process, until it ends."""
        for name in _PATHS:
            setattr(os, name, self._with_path(name, getattr(os, name)))
        for name in _DESCRIPTORS:
            setattr(os, name, self._with_descriptor(name, getattr(os, name)))
        os.open = self._os_open(os.open)
        builtins.open = io.open = self._open(io.open)

    def count(self, call: str, path: str, *, named: bool) -> None:
        """Note a call; raise when it is the one that fails."""
        self.calls.append((call, path, _line()))
        if self.only not in {"", call}:
            return
        now = sum(self.only in {"", name} for name, _, _ in self.calls)
        if self.number and (now == self.number or (self.lasting and now > self.number)):
            self.failed = self.failed or len(self.calls)
            code = errno.ENOSPC if self.lasting else errno.EIO
            raise (
                OSError(code, os.strerror(code), path)
                if named
                else OSError(code, os.strerror(code))
            )

    def _with_path(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *rest: Any, **options: Any) -> Any:
            self.count(name, str(path), named=True)
            return real(path, *rest, **options)

        return call

    def _with_descriptor(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(descriptor: int, *rest: Any) -> Any:
            path = str(Path(f"/proc/self/fd/{descriptor}").readlink())
            if Path(path).is_file() or Path(path).is_dir():
                self.count(name, path, named=False)
            return real(descriptor, *rest)

        return call

    def _os_open(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(path: Any, flags: int, *rest: Any, **options: Any) -> int:
            if flags & os.O_CREAT:
                self.count("open", str(path), named=True)
            return real(path, flags, *rest, **options)

        return call

    def _open(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
            if isinstance(path, int) or not _WRITING & set(mode):
                return real(path, mode, *rest, **options)
            self.count("open", str(path), named=True)
            return _Written(real(path, mode, *rest, **options), self, str(path))

        return call


class _Written:
    """A file opened for writing whose writes are counted; the fault of a write names no file."""

    def __init__(self, file: Any, disk: FaultyDisk, path: str) -> None:
        self._file, self._disk, self._path = file, disk, path

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: Any) -> Any:
        self._disk.count("write", self._path, named=False)
        return self._file.write(data)


def _line() -> str:
    """The innermost line of the program itself that led here."""
    for frame, number in traceback.walk_stack(None):
        name = frame.f_code.co_filename
        if "/generator/" in name and "site-packages" not in name:
            return f"{name.rsplit('/generator/', 1)[1]}:{number}"
    return ""
