"""Addresses that a school declares: its site, and a file of its repository on the forge."""

import re
import urllib.parse

from generator.declared import Declared
from generator.problems.catalogue.declarations import WRONG_SHAPE
from generator.problems.masking import shown
from generator.problems.problem import Words

_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
_FILE = re.compile(r"https?://[^\s{}]*\{path\}[^\s{}]*(?:\{line\}[^\s{}]*)?")


def read_site_address(top: Declared) -> str:
    """Where readers find the site, with a slash at its end; empty when it is not declared."""
    address = top.text("site_address")
    if not address or _SITE.fullmatch(address):
        return f"{address.rstrip('/')}/" if address else ""
    wanted = Words("网站的完整地址", "the full address of the site")
    _refuse(top, "site_address", wanted, "https://safety.school.example/")
    return ""


def read_file_pattern(repository: Declared, key: str, example: str) -> str:
    """The address of any file, with `{path}` and perhaps `{line}` in it; empty when not declared.

    Args:
        repository: what the profile says of the repository.
        key: which of its addresses to read.
        example: how such an address looks, for those who wrote another.
    """
    pattern = repository.text(key)
    if not pattern or _FILE.fullmatch(pattern):
        return pattern
    wanted = Words("带 {path} 的文件地址", "the address of a file with {path} in it")
    _refuse(repository, key, wanted, example)
    return ""


def file_address(pattern: str, path: str, line: int = 1) -> str:
    """The address of a file and line by a declared pattern; empty without one."""
    quoted = urllib.parse.quote(path)
    return pattern.replace("{path}", quoted).replace("{line}", str(line)) if pattern else ""


def _refuse(owner: Declared, key: str, wanted: Words, example: str) -> None:
    owner.problems.append(
        WRONG_SHAPE.at(
            owner.place(key),
            key=key,
            value=shown(owner.text(key)),
            wanted_zh=wanted.zh,
            wanted_en=wanted.en,
            example=example,
        )
    )
