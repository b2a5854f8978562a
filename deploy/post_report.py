"""Posts a finished report below its proposal: one comment, updated, never a second one.

Runs in the trusted job of a pipeline, which never runs anything that was proposed: the report is
data. It is taken only when it begins with the mark of a report, is cut to what a forge takes, and
cannot call anybody by `@name`. Standard library only; nothing has to be installed.

    python3 deploy/post_report.py REPORT     GitHub, Gitea, Forgejo: REPORT is a file, PROPOSAL the
                                             number; GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN
    python3 deploy/post_report.py --gitlab   GitLab: the newest report of every open merge request;
                                             CI_API_V4_URL, CI_PROJECT_ID, SAFECAMPUS_TOKEN
"""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

MARK = "<!-- safecampus-report -->"
LONGEST = 65_000
PAGE = 100
JOB = "check"
FILE = "report/report.md"
MISSING = 404


class Refused(Exception):  # noqa: N818 - a refusal, told in one line
    """What was handed over is no report, or the forge refused."""


def clean(text: str) -> str:
    """The report as it may be posted.

    Raises:
        Refused: it is no report.
    """
    if not text.startswith(MARK):
        raise Refused("这不是送审意见，没有贴出 · not a report, nothing was posted")
    body = MARK + text[len(MARK) :].replace("<!--", "&lt;!--")
    return re.sub(r"@(?=[\w-])", "@\u2060", body)[:LONGEST]


class Forge:
    """One forge, spoken to in JSON."""

    def __init__(self, address: str, header: tuple[str, str]) -> None:
        if not address.startswith(("http://", "https://")):
            raise Refused(f"地址不能用 · not an address: {address}")
        self.address = address.rstrip("/")
        self.header = header

    def fetch(self, method: str, path: str, body: dict[str, str] | None = None) -> bytes:
        """What the forge answers.

        Raises:
            Refused: it does not take the request.
        """
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{self.address}/{path}", data, method=method)  # noqa: S310 - checked above
        request.add_header(*self.header)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
                content: bytes = answer.read()
                return content
        except urllib.error.HTTPError as error:
            if error.code == MISSING and method == "GET":
                return b""
            raise Refused(f"{method} {path}: {error.code} {error.reason}") from error
        except urllib.error.URLError as error:
            raise Refused(f"{self.address}: {error.reason}") from error

    def pages(self, path: str) -> list[dict[str, Any]]:
        """All entries of a list; a forge that knows no pages gives them all at once."""
        found: dict[int, dict[str, Any]] = {}
        mark = "&" if "?" in path else "?"
        for number in range(1, 1000):
            answer = self.fetch("GET", f"{path}{mark}per_page={PAGE}&page={number}")
            entries = json.loads(answer or b"[]")
            fresh = {entry["id"]: entry for entry in entries if entry["id"] not in found}
            found.update(fresh)
            if len(entries) < PAGE or not fresh:
                break
        return list(found.values())

    def post(self, comments: str, edited: str, body: str, verb: str) -> str:
        """Update the comment that begins with the mark, or write the first one."""
        for comment in self.pages(comments):
            if str(comment.get("body", "")).startswith(MARK):
                if comment["body"] != body:
                    self.fetch(verb, f"{edited}/{comment['id']}", {"body": body})
                    return "更新 · updated"
                return "没有变化 · unchanged"
        self.fetch("POST", comments, {"body": body})
        return "贴出 · posted"


def post_on_hub(file: Path) -> str:
    """GitHub, Gitea and Forgejo speak alike here."""
    repository, number = os.environ["GITHUB_REPOSITORY"], os.environ["PROPOSAL"]
    if not number.isdecimal():
        raise Refused(f"PROPOSAL: {number}")
    token = os.environ["GITHUB_TOKEN"]
    forge = Forge(os.environ["GITHUB_API_URL"], ("Authorization", f"token {token}"))
    body = clean(file.read_text(encoding="utf-8", errors="replace"))
    issues = f"repos/{repository}/issues"
    return forge.post(f"{issues}/{number}/comments", f"{issues}/comments", body, "PATCH")


def post_on_lab() -> list[str]:
    """Every open merge request of a GitLab project that has a report."""
    token = os.environ["SAFECAMPUS_TOKEN"]
    forge = Forge(os.environ["CI_API_V4_URL"], ("PRIVATE-TOKEN", token))
    project = f"projects/{os.environ['CI_PROJECT_ID']}"
    told = []
    for request in forge.pages(f"{project}/merge_requests?state=opened"):
        number = int(request["iid"])
        source = f"refs/merge-requests/{number}/head/raw/{FILE}?job={JOB}"
        report = forge.fetch("GET", f"{project}/jobs/artifacts/{source}")
        if report:
            notes = f"{project}/merge_requests/{number}/notes"
            try:
                body = clean(report.decode("utf-8", "replace"))
                told.append(f"!{number}: {forge.post(notes, notes, body, 'PUT')}")
            except Refused as error:
                told.append(f"!{number}: {error}")
    return told


def main(arguments: list[str]) -> int:
    """0 fine, 1 refused, 2 wrong use."""
    if len(arguments) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        told = post_on_lab() if arguments == ["--gitlab"] else [post_on_hub(Path(arguments[0]))]
    except (Refused, KeyError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
