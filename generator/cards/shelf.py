"""What was made before, by the hash of all it was made from; a lost shelf costs time only."""

import contextlib
import hashlib
import os
from pathlib import Path

_FOLDER = ".build/cards"


class Shelf:
    """Files below `.build/cards` of a project, under the hash of their inputs."""

    def __init__(self, root: Path) -> None:
        self._folder = root / _FOLDER
        self._used: set[str] = set()

    def get(self, made_from: str, suffix: str) -> bytes | None:
        """The file made from these inputs, or None."""
        file = self._file(made_from, suffix)
        self._used.add(file.name)
        return file.read_bytes() if file.is_file() else None

    def put(self, made_from: str, suffix: str, data: bytes) -> bytes:
        """Keep a file, whole or not at all; a disk that refuses is no reason to stop."""
        file = self._file(made_from, suffix)
        fresh = file.with_name(f".{os.getpid()}-{file.name}")
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(data)
            fresh.replace(file)
        return data

    def clear(self) -> None:
        """Remove what nobody asked for since this shelf was opened."""
        for file in self._folder.glob("[0-9a-f]*"):
            if file.name not in self._used:
                with contextlib.suppress(OSError):
                    file.unlink()

    def _file(self, made_from: str, suffix: str) -> Path:
        digest = hashlib.sha256(made_from.encode()).hexdigest()[:32]
        return self._folder / f"{digest}.{suffix}"
