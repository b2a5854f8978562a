"""Theme assets and pictures under names that carry the hash of their content."""

import dataclasses
import hashlib
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from generator.site.environment import theme_folder

STYLES = (
    "tokens",
    "base",
    "components",
    "indicators",
    "sheets",
    "calendar",
    "clauses",
    "cards",
    "routes",
    "records",
    "charts",
    "print",
)
ICONS = (192, 512)
_HASHED = re.compile(r"\.[0-9a-f]{8}\.(?!html$)[^/]+$")
TABLE_SCRIPTS = ("records-data", "records-fields", "records-files", "records")
"""What the page of a record table loads beside the others."""
SCRIPTS = ("ui", "filter", "search-text", "search-store", "search-near", "search-rank", "search")


@dataclasses.dataclass(frozen=True, slots=True)
class Assets:
    """Files by their hashed path, and what the head of each page names."""

    files: dict[str, bytes]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    favicon: str
    icons: dict[int, str]
    """Pictures for the screen of a telephone, by their width."""


def hashed(path: str, data: bytes) -> str:
    """`assets/css/base.css` with eight digits of its hash before the suffix."""
    pure = PurePosixPath(path)
    digest = hashlib.sha256(data).hexdigest()[:8]
    return str(pure.with_name(f"{pure.stem}.{digest}{pure.suffix}"))


def is_hashed(path: str) -> bool:
    """Tell whether a name carries the hash of its content, as ours and Material's assets do."""
    return _HASHED.search(path) is not None


def gather_assets() -> Assets:
    """Read the theme's own styles and scripts and name them."""
    files: dict[str, bytes] = {}

    def put(path: str, data: bytes) -> str:
        name = hashed(path, data)
        files[name] = data
        return name

    folder = theme_folder() / "assets"
    styles = put("assets/css/site.css", _joined("css", STYLES))
    scripts = put("assets/js/site.js", _joined("js", SCRIPTS))
    put("assets/js/records.js", _joined("js", TABLE_SCRIPTS))
    favicon = _put_file(put, folder, "favicon.svg")
    icons = {size: _put_file(put, folder, f"app/icon-{size}.png") for size in ICONS}
    return Assets(files, (styles,), (scripts,), favicon, icons)


def read_asset(path: str) -> str:
    """The text of a file of the theme that is put inside another one."""
    return (theme_folder() / "assets" / path).read_text(encoding="utf-8")


def table_script() -> str:
    """The published name of the script that only the pages of tables load."""
    return hashed("assets/js/records.js", _joined("js", TABLE_SCRIPTS))


def picture_name(root: Path, path: str) -> str:
    """The published name of a picture of the content."""
    return hashed(path.removeprefix("content/"), (root / path).read_bytes())


def _joined(kind: str, names: tuple[str, ...]) -> bytes:
    """Files one after the other: a page waits for one file, not for a dozen."""
    return "\n".join(read_asset(f"{kind}/{name}.{kind}") for name in names).encode()


def _put_file(put: Callable[[str, bytes], str], folder: Path, path: str) -> str:
    return put(f"assets/{path}", (folder / path).read_bytes())
