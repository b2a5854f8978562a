"""A page to make, as a value: what it says, where it stands, what it was made from."""

import dataclasses
import datetime as dt
import functools
import posixpath


@dataclasses.dataclass(frozen=True, slots=True)
class SearchEntry:
    """What search knows of a page or of one part of it; `steps` are shown in the result itself.

    `is_plain` tells that the text has no marks of Markdown any more.
    """

    doc: str
    kind: str
    title: str
    anchor: str
    text: str
    keys: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    is_plain: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    `path` is the Markdown path (`plan/3-2.md`); `source` and `line` are where an editor would
    change it, `more_sources` the further files of a table kept in several; `edition` the widest
    edition that may show it (`public` or `staff`); `inputs` name what it was made from: files,
    tables and `as_of`.
    """

    path: str
    title: str
    kind: str
    markdown: str
    source: str
    line: int
    edition: str
    inputs: tuple[str, ...]
    doc_id: str = ""
    owner: str = ""
    review_due: dt.date | None = None
    version: str = ""
    hide: tuple[str, ...] = ()
    search: tuple[SearchEntry, ...] = ()
    in_navigation: bool = True
    files: dict[str, bytes] = dataclasses.field(default_factory=dict, repr=False)
    """Files that only this page loads, under names that carry their hash."""
    kept: frozenset[str] = frozenset()
    """Anchors of what stands in those files and is shown when it is asked for."""
    more_sources: tuple[str, ...] = ()
    rows: tuple[bytes, ...] = dataclasses.field(default=(), repr=False)
    """What search knows of records that stand on the page, in chunks that a browser reads."""

    @property
    def url(self) -> str:
        """The address below the site root: `plan/3-2/`."""
        return url_of(self.path)


def url_of(path: str) -> str:
    """`plan/3-2.md` is at `plan/3-2/`, `plan/index.md` at `plan/`, `index.md` at the root."""
    stem = path.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("index") if stem.endswith("/index") else f"{stem}/"


def link(from_path: str, target: str) -> str:
    """A relative link from one page to another page or file, its anchor kept.

    Args:
        from_path: the Markdown path of the page the link stands on.
        target: the Markdown path of a page or the path of a file, with an optional `#anchor`.
    """
    path, mark, fragment = target.partition("#")
    relative = _way(from_path, path)
    return f"#{fragment}" if mark and relative == "./" else f"{relative}{mark}{fragment}"


@functools.lru_cache(2**16)
def _way(from_path: str, path: str) -> str:
    """The relative address of a page or file, `./` for the page itself."""
    address = url_of(path) if path.endswith(".md") else path
    here = url_of(from_path)
    if address == here:
        return "./"
    # From one root: without it the working folder of the process would be looked up each time.
    slash = "/" if path.endswith(".md") else ""
    return posixpath.relpath(f"/{address}", f"/{here}") + slash
