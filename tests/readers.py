"""Readers of a served site that keep what they got, so that it can be held against the releases.

Each loads a page, everything that page names, and what those files name, as a browser does: what
cannot change is asked for once. A release is told by the mark in the titles of its pages.
"""

import hashlib
import http.client
import itertools
import json
import posixpath
import random
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

from generator.publish.manifest import Manifest, read_manifest

MARK = re.compile(r"标记[0-9]{6}")
API = ("api/build.json", "api/clauses.json", "api/indicators.json", "api/pages.json")
_TITLE = re.compile(r"<title>[^<]*(标记[0-9]{6})[^<]*</title>")
_HASHED = re.compile(r"[\w./-]+\.[0-9a-f]{8}\.(?:[a-z0-9]+\.)*[a-z0-9]+")
_NEVER_ASKED = "assets/javascripts/workers/search."
"""The search of the theme, whose address its settings hold; this site has its own."""
_KEPT = ".css", ".js", ".png", ".svg", ".woff2"
"""What a page only shows; data is asked for each time."""


@dataclass(frozen=True)
class Got:
    """One file as it came: the mark of the page that led to it (none for an API file)."""

    mark: str
    path: str
    digest: str


@dataclass
class Readers:
    """So many readers in threads, from the start of the block to its end."""

    port: int
    count: int
    pause: float
    got: set[Got] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    requests: int = 0
    pages: int = 0

    def __enter__(self) -> Self:
        self._ended, self._lock = threading.Event(), threading.Lock()
        self._threads = [
            threading.Thread(target=self._read, args=(number,)) for number in range(self.count)
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def marks(self) -> set[str]:
        """The releases that somebody saw."""
        return {got.mark for got in self.got if got.mark}

    def _read(self, number: int) -> None:
        choice = random.Random(number)  # noqa: S311 - which page is read next
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        seen: set[str] = set()
        try:
            listed = json.loads(self._get(connection, "api/pages.json"))
            for turn in itertools.count():
                if self._ended.wait(self.pause):
                    return
                self._page(connection, choice.choice(listed)["url"], seen)
                path = API[turn % len(API)]
                self._keep("", path, self._get(connection, path))
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader was not served
            self.failed.append(f"reader {number}: {error!r}")
        finally:
            connection.close()

    def _page(self, connection: http.client.HTTPConnection, url: str, seen: set[str]) -> None:
        body = self._get(connection, url)
        found = _TITLE.search(body.decode())
        if found is None:
            self.failed.append(f"{url}: a page without a mark")
            return
        mark = found[1]
        self._keep(mark, posixpath.join(url, "index.html"), body)
        self.pages += 1
        waiting = _named(url, body)
        known = set(waiting)
        while waiting:
            path = waiting.pop()
            if path in seen:
                continue
            if path.endswith(_KEPT):
                seen.add(path)
            data = self._get(connection, path)
            self._keep(mark, path, data)
            more = set(_named(path, data)) - known if path.endswith(".json") else set()
            known |= more
            waiting += more

    def _keep(self, mark: str, path: str, body: bytes) -> None:
        self.got.add(Got(mark, path, hashlib.sha256(body).hexdigest()))

    def _get(self, connection: http.client.HTTPConnection, path: str) -> bytes:
        connection.request("GET", f"/{path}")
        answer = connection.getresponse()
        body = answer.read()
        with self._lock:
            self.requests += 1
        if answer.status != http.HTTPStatus.OK:
            self.failed.append(f"{path}: {answer.status}")
        return body


def _named(path: str, body: bytes) -> list[str]:
    """What a page or a data file names: data below `assets/` or beside itself, pages beside."""
    text = body.decode()
    base = "" if path.endswith(".json") else path
    found = (
        urlsplit(urljoin(f"/{base if '/' in name else path}", name)).path.lstrip("/")
        for name in set(_HASHED.findall(text))
    )
    return [name for name in found if not name.startswith(_NEVER_ASKED)]


@dataclass
class Shelf:
    """The manifests of the releases that a publishing folder ever held, by their marks."""

    www: Path
    manifests: dict[str, Manifest] = field(default_factory=dict)

    def look(self) -> None:
        """Note the releases there are now; call it before they can be pruned."""
        known = {manifest.id for manifest in self.manifests.values()}
        for folder in sorted((self.www / "releases").glob("[0-9]*")):
            if folder.name not in known:
                page = (folder / "index.html").read_text(encoding="utf-8")
                found = _TITLE.search(page)
                assert found, folder
                self.manifests[found[1]] = read_manifest(folder)

    def strange(self, got: set[Got]) -> list[Got]:
        """What belongs to no release, or to another one than the page that led to it."""
        every = {pair for manifest in self.manifests.values() for pair in manifest.files.items()}
        return [one for one in sorted(got, key=repr) if not self._belongs(one, every)]

    def _belongs(self, one: Got, every: set[tuple[str, str]]) -> bool:
        if not one.mark:
            return (one.path, one.digest) in every
        manifest = self.manifests.get(one.mark)
        return manifest is not None and manifest.files.get(one.path) == one.digest
