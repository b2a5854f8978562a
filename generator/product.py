"""Where the product's own files are: beside the package in a checkout, inside it in a wheel."""

import csv
import functools
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

_PACKAGE = Path(__file__).parent
FINGERPRINTS = "records/sample-rows.txt"
SCHOOL = "records/school.yaml"
TABLES = "records/tables"


def product_folder() -> Path:
    """The folder that holds `theme/`, `records/` and `content/` of the product."""
    packed = _PACKAGE / "product"
    return packed if packed.is_dir() else _PACKAGE.parent


def row_fingerprint(table: str, cells: Iterable[str]) -> str:
    """Twelve hexadecimal digits that tell a row of a table again."""
    text = "\x1f".join([table, *cells])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def table_fingerprints(tables: Path) -> list[str]:
    """The fingerprints of every row in a folder of CSV files named after their tables."""
    found: set[str] = set()
    for file in tables.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            next(rows, None)
            found.update(row_fingerprint(file.stem, cells) for cells in rows)
    return sorted(found)


@functools.cache
def sample_fingerprints() -> frozenset[str]:
    """The fingerprints of the sample's rows; empty when the product carries none.

    The wheel carries a list; a checkout has the rows, as long as it is the sample itself.
    """
    folder = product_folder()
    listed = folder / FINGERPRINTS
    if listed.is_file():
        return frozenset(listed.read_text(encoding="ascii").split())
    school = (folder / SCHOOL).read_text(encoding="utf-8") if (folder / SCHOOL).is_file() else ""
    is_sample = re.search("^sample: true", school, re.MULTILINE)
    return frozenset(table_fingerprints(folder / TABLES) if is_sample else ())
