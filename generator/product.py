"""Where the product's own files are: beside the package in a checkout, inside it in a wheel."""

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

_PACKAGE = Path(__file__).parent
FINGERPRINTS = "records/sample-rows.txt"


def product_folder() -> Path:
    """The folder that holds `theme/`, `records/` and `content/` of the product."""
    packed = _PACKAGE / "product"
    return packed if packed.is_dir() else _PACKAGE.parent


def row_fingerprint(table: str, cells: Iterable[str]) -> str:
    """Twelve hexadecimal digits that tell a row of a table again."""
    text = "\x1f".join([table, *cells])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@functools.cache
def sample_fingerprints() -> frozenset[str]:
    """The fingerprints of the sample's rows; empty when the product carries none."""
    file = product_folder() / FINGERPRINTS
    return frozenset(file.read_text(encoding="ascii").split()) if file.is_file() else frozenset()
