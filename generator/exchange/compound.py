"""A compound file, the box that `.xls` and `.et` come in, to the bytes of one stream in it."""

import struct

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Numbers from here on name no sector."""
_HEAD = 512
_ENTRY = 128
_ROOT = 5


class CompoundError(Exception):
    """The bytes are no compound file, or it is broken."""


def read_stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream of one of these names.

    Raises:
        CompoundError: there is none.
        struct.error, IndexError: the file ends too early.
    """
    if not data.startswith(_MAGIC):
        message = "no compound file"
        raise CompoundError(message)
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    first, _, cutoff, small_first = struct.unpack_from("<IIII", data, 48)
    table = _numbers(b"".join(_sector(data, number, size) for number in _table_sectors(data, size)))
    folder = _chain(data, first, table, size)
    entries = [folder[at : at + _ENTRY] for at in range(0, len(folder), _ENTRY)]
    root = next((entry for entry in entries if entry[66] == _ROOT), None)
    for entry in entries:
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(0, length - 2)].decode("utf-16-le", "replace")
        if name not in names or root is None:
            continue
        start, size_in_bytes = struct.unpack_from("<II", entry, 116)
        if size_in_bytes >= cutoff:
            return _chain(data, start, table, size)[:size_in_bytes]
        box = _chain(data, struct.unpack_from("<I", root, 116)[0], table, size)
        small_table = _numbers(_chain(data, small_first, table, size))
        return _chain(box, start, small_table, small, 0)[:size_in_bytes]
    message = "no such stream"
    raise CompoundError(message)


def _table_sectors(data: bytes, size: int) -> list[int]:
    """The sectors that hold the table of sectors: the first 109 in the head, the rest linked."""
    found = list(struct.unpack_from("<109I", data, 76))
    following = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while following < _LAST and following not in seen:
        seen.add(following)
        numbers = _numbers(_sector(data, following, size))
        found += numbers[:-1]
        following = numbers[-1]
    return [number for number in found if number < _LAST]


def _chain(data: bytes, start: int, table: list[int], size: int, head: int = _HEAD) -> bytes:
    parts: list[bytes] = []
    seen: set[int] = set()
    while start < _LAST and start not in seen:
        seen.add(start)
        parts.append(_sector(data, start, size, head))
        start = table[start]
    return b"".join(parts)


def _sector(data: bytes, number: int, size: int, head: int = _HEAD) -> bytes:
    start = max(head, size if head else 0) + number * size
    return data[start : start + size]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
