"""`deploy/nginx.conf` in a real nginx: what is cached, compressed, refused, and the headers."""

import base64
import gzip
import http.client
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sample_site import sample_site
from tests.web_server import free_port, served

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
REVALIDATED, FOR_EVER = "no-cache", "max-age=31536000, immutable"


class Answer:
    """Status, headers and body of one answer."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status = answer.status
        self.headers = answer.headers
        self.body = answer.read()


def ask(port: int, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=named)
    answer = Answer(connection.getresponse())
    connection.close()
    return answer


@pytest.fixture(name="www", scope="module")
def folder_to_serve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site as a published folder: `current` is a link, a table can be downloaded."""
    www = tmp_path_factory.mktemp("www")
    shutil.copytree(sample_site(), www / "releases/000001")
    (www / "releases/000001/table.csv").write_text("编号,日期\n" * 200, encoding="utf-8")
    (www / "releases/000001/.release.json").write_text("{}", encoding="utf-8")
    (www / "current").symlink_to("releases/000001")
    return www


@pytest.fixture(name="port", scope="module")
def started(www: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with served(www / "current", tmp_path_factory.mktemp("nginx")) as port:
        yield port


def hashed_path(www: Path, pattern: str) -> str:
    site = www / "current"
    return "/" + next(site.glob(pattern)).relative_to(site).as_posix()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/plan/", "text/html; charset=utf-8"),
        ("/api/clauses.json", "application/json; charset=utf-8"),
        ("/table.csv", "text/csv; charset=utf-8"),
        ("/sw.js", "application/javascript; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/feeds/all.ics", "text/calendar; charset=utf-8"),
    ],
)
def test_what_may_change_is_asked_for_again_and_carries_all_headers(
    path: str, kind: str, port: int
) -> None:
    answer = ask(port, path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == REVALIDATED
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY
    assert answer.headers["Server"] == "nginx"
    again = ask(port, path, If_None_Match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert {name: again.headers[name] for name in SECURITY} == SECURITY
    assert again.headers["Cache-Control"] == REVALIDATED


@pytest.mark.parametrize(
    "pattern",
    ["assets/css/*.css", "assets/javascripts/bundle.*.js", "assets/search/pairs.*.json"],
)
def test_names_with_a_hash_are_kept_for_ever(pattern: str, www: Path, port: int) -> None:
    answer = ask(port, hashed_path(www, pattern))
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY


def test_a_picture_opened_alone_runs_nothing(www: Path, port: int) -> None:
    answer = ask(port, hashed_path(www, "assets/favicon.*.svg"))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert answer.headers["Cache-Control"] == FOR_EVER


@pytest.mark.parametrize("path", ["/", "/api/clauses.json", "/table.csv", "/feeds/all.ics"])
def test_text_is_compressed_and_stays_the_same(path: str, www: Path, port: int) -> None:
    packed = ask(port, path, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    name = path.lstrip("/") or "index.html"
    assert gzip.decompress(packed.body) == (www / "current" / name).read_bytes()
    assert len(packed.body) * 2 < len(gzip.decompress(packed.body))
    again = ask(port, path, Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"])
    assert again.status == 304


@pytest.mark.parametrize(
    "path", ["/no/such/page/", "/.release.json", "/plan/.git/config", "/a.csv"]
)
def test_what_is_not_there_is_answered_by_the_page_that_helps(path: str, port: int) -> None:
    answer = ask(port, path)
    assert answer.status == 404
    assert "没有这一页" in answer.body.decode()
    assert "应急处置" in answer.body.decode()
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY
    assert answer.headers["Cache-Control"] == REVALIDATED


def test_a_missing_asset_is_not_kept_for_ever_as_missing(port: int) -> None:
    answer = ask(port, "/assets/css/base.00000000.css")
    assert answer.status == 404
    assert answer.headers["Cache-Control"] == REVALIDATED


def test_a_folder_without_its_stroke_leads_to_the_page(port: int) -> None:
    answer = ask(port, "/plan")
    assert (answer.status, answer.headers["Location"]) == (301, "/plan/")


def test_a_switch_of_the_link_is_seen_by_the_next_request(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    for folder, text in ((first, "one"), (second, "two")):
        folder.mkdir()
        (folder / "index.html").write_text(text, encoding="utf-8")
    link = tmp_path / "current"
    link.symlink_to(first)
    with served(link, tmp_path / "nginx") as port:
        assert ask(port, "/").body == b"one"
        (tmp_path / "fresh").symlink_to(second)
        (tmp_path / "fresh").replace(link)
        assert ask(port, "/").body == b"two"


def test_with_a_password_and_over_https(www: Path, tmp_path: Path) -> None:
    key, certificate = tmp_path / "site.key", tmp_path / "site.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
         "-days", "2", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    secure = free_port()
    users = tmp_path / "users"
    users.write_text("teachers:{PLAIN}chalk\n", encoding="utf-8")
    changes = {
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "/etc/ssl/safecampus/site.pem": str(certificate),
        "/etc/ssl/safecampus/site.key": str(key),
        "/etc/nginx/safecampus.users": str(users),
    }
    with served(www / "current", tmp_path / "nginx", "auth", "https", changes=changes) as port:
        plain = ask(port, "/plan/", Host="school.test")
        assert (plain.status, plain.headers["Location"]) == (301, "https://school.test/plan/")
        trust = ssl.create_default_context(cafile=str(certificate))
        trust.check_hostname = False
        assert ask_securely(secure, trust, {}).status == 401
        word = base64.b64encode(b"teachers:chalk").decode()
        answer = ask_securely(secure, trust, {"Authorization": f"Basic {word}"})
        assert answer.status == 200
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert {name: answer.headers[name] for name in SECURITY} == SECURITY


def ask_securely(port: int, trust: ssl.SSLContext, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=trust)
    connection.request("GET", "/plan/", headers=headers)
    answer = Answer(connection.getresponse())
    connection.close()
    return answer
