"""A forge on this machine, as far as posting a report needs one: comments kept in memory."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "hush"  # noqa: S105 - of a server that lives in a test
Entry = dict[str, object]


@dataclass
class Forge:
    """What the forge holds; `paged` says whether it gives lists page by page."""

    address: str = ""
    paged: bool = True
    comments: dict[str, list[Entry]] = field(default_factory=dict)
    requests: list[Entry] = field(default_factory=list)
    reports: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    refuse: str = ""

    def bodies(self, number: str) -> list[str]:
        return [str(comment["body"]) for comment in self.comments.get(number, [])]

    def answer(  # noqa: PLR0911 - one answer for each thing a forge is asked
        self, method: str, target: str, body: dict[str, str]
    ) -> tuple[int, bytes]:
        self.asked.append(f"{method} {target}")
        if method == self.refuse:
            return 403, b"{}"
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        if found := re.search(r"/artifacts/refs/merge-requests/(\d+)/head/raw/(.+)$", path):
            report = self.reports.get(f"{found[1]}/{found[2]}?{query['job'][0]}")
            return (200, report) if report is not None else (404, b"{}")
        if path.endswith("/merge_requests"):
            return 200, self._page(self.requests, query)
        edited = re.search(r"/(?:comments|notes)/(\d+)$", path)
        if edited and method in {"PATCH", "PUT"}:
            every = [comment for kept in self.comments.values() for comment in kept]
            next(c for c in every if c["id"] == int(edited[1])).update(body)
            return 200, b"{}"
        number = re.search(r"/(?:issues|merge_requests)/(\d+)/(?:comments|notes)$", path)
        if number is None:
            return 404, b"{}"
        kept = self.comments.setdefault(number[1], [])
        if method == "POST":
            kept.append({"id": 1000 + len(kept), **body})
            return 201, b"{}"
        return 200, self._page(kept, query)

    def _page(self, entries: list[Entry], query: dict[str, list[str]]) -> bytes:
        if not self.paged:
            return json.dumps(entries).encode()
        size, number = int(query["per_page"][0]), int(query["page"][0])
        return json.dumps(entries[size * (number - 1) : size * number]).encode()


@contextmanager
def forge_server(*, paged: bool = True) -> Iterator[Forge]:
    """Inside, the forge listens at its `address`."""
    forge = Forge(paged=paged)

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            known = {self.headers.get("Authorization"), self.headers.get("PRIVATE-TOKEN")}
            allowed = known & {f"token {TOKEN}", TOKEN}
            code, answer = forge.answer(self.command, self.path, body) if allowed else (401, b"{}")
            self.send_response(code)
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_PATCH = do_PUT = _serve  # noqa: N815 - the names are those of http.server

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    forge.address = f"http://127.0.0.1:{server.server_address[1]}/api"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield forge
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
