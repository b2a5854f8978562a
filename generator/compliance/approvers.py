"""The file of approvers against the documents: whoever approves a page is the post it names.

Forges ask these people before a change is taken in (`CODEOWNERS`). A name agrees with a post when
its last part is the post's identifier: `@safety_office`, `@school/safety-office`,
`safety_office@school.example`. A school without such a file has nothing to compare.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from generator.compliance.names import Registry
from generator.files import read_text
from generator.plan.policies import Policy
from generator.plan.procedures import Procedure
from generator.problems.catalogue.approval import APPROVER_DIFFERS, APPROVER_MISSING
from generator.problems.problem import Place, Problem

FOLDERS = ("", ".github/", ".gitea/", ".gitlab/", "docs/")
"""Where forges look for it."""
NAME = "CODEOWNERS"
_SECTION = re.compile(r"\^?\[[^\]]+\](\[[0-9]+\])?(?P<owners>(\s+\S+)*)")
_WORD = re.compile(r"(?:\\.|\S)+")


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One line: which paths, whose approval; later lines of a section win over earlier ones."""

    paths: tuple[str, ...]
    owners: tuple[str, ...]
    line: int
    section: int


def check_approvers(
    root: Path, documents: Iterable[Procedure | Policy], registry: Registry
) -> list[Problem]:
    """Every document has its post among those who approve its page, in every file there is."""
    known = tuple(documents)
    problems: list[Problem] = []
    for folder in FOLDERS:
        path = f"{folder}{NAME}"
        if (root / path).is_file():
            text, faults = read_text(root, path)
            problems += faults
            if text is not None:
                problems += _check(path, parse_approvers(text), known, registry)
    return problems


def parse_approvers(text: str) -> tuple[Entry, ...]:
    """The lines that name paths, with the default owners of their section."""
    found: list[Entry] = []
    section, usual = 0, ()  # type: int, tuple[str, ...]
    for number, line in enumerate(text.split("\n"), 1):
        words = _WORD.findall(line.partition(" #")[0])
        if not words or words[0].startswith("#"):
            continue
        head = _SECTION.fullmatch(line.partition(" #")[0].strip())
        if head:
            section, usual = section + 1, tuple(head["owners"].split())
            continue
        parts = _parts(words[0].replace("\\ ", " ").replace("\\#", "#"))
        found.append(Entry(parts, tuple(words[1:]) or usual, number, section))
    return tuple(found)


def entries_for(entries: tuple[Entry, ...], path: str) -> tuple[Entry, ...]:
    """The last line of each section that fits a path."""
    last = {entry.section: entry for entry in entries if fits(entry.paths, path)}
    return tuple(last.values())


def agrees(owner: str, role: str) -> bool:
    """Tell whether a name in the file stands for a post."""
    name = owner.removeprefix("@").rpartition("/")[2].partition("@")[0]
    return name.lower().replace("-", "_") == role.lower().replace("-", "_")


def _check(
    path: str,
    entries: tuple[Entry, ...],
    documents: tuple[Procedure | Policy, ...],
    registry: Registry,
) -> Iterator[Problem]:
    for document in documents:
        page, role = document.place.file, document.owner
        found = entries_for(entries, page)
        owners = [owner for entry in found for owner in entry.owners]
        post = registry.title("role", role)
        if not owners:
            yield APPROVER_MISSING.at(
                Place(path), path=page, title=document.title, post=post, role=role
            )
        elif not any(agrees(owner, role) for owner in owners):
            yield APPROVER_DIFFERS.at(
                Place(path, max(entry.line for entry in found), 1),
                path=page,
                title=document.title,
                owners=" ".join(owners),
                post=post,
                role=role,
            )


def _parts(written: str) -> tuple[str, ...]:
    """A path with wildcards, part by part; one without a slash inside fits at any depth."""
    parts = tuple(part for part in written.split("/") if part)
    anywhere = bool(parts) and "/" not in written.rstrip("/")
    return ("**", *parts) if anywhere else parts


def fits(pattern: tuple[str, ...], path: str) -> bool:
    """Tell whether a path fits; a folder stands for all below it, a last `*` for files only."""
    parts = path.split("/")
    reached = {0}
    for wanted in pattern:
        if wanted == "**":
            reached = set(range(min(reached, default=len(parts) + 1), len(parts) + 1))
        else:
            reached = {
                place + 1
                for place in reached
                if place < len(parts) and fnmatchcase(parts[place], wanted)
            }
    whole = pattern[-1:] == ("*",) and pattern != ("**", "*")
    return len(parts) in reached if whole else bool(pattern) and bool(reached)
