"""Git to the changes that were taken in, and whether a second person saw each of them.

Who proposed and who took in is compared here and told to nobody: names and addresses of authors
leave this module only as yes or no.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from generator.history.commits import History, run_git

_FOLDERS = ("content", "records")
_SIGNED = ("Reviewed-by", "Approved-by", "Acked-by")
_FORM = "%x00%H%x1f%P%x1f%aE%x1f%cE%x1f%(trailers:{},valueonly,separator=%x1e)"
_ADDRESS = re.compile(r"<([^>]+)>")
_MACHINE = re.compile(r"no-?reply[@+]", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Accepted:
    """One change of the published branch: the day, the files, whether a second person saw it."""

    commit: str
    day: dt.date
    files: tuple[str, ...]
    seconded: bool


@dataclasses.dataclass(frozen=True, slots=True)
class _Commit:
    parents: tuple[str, ...]
    author: str
    seconds: tuple[str, ...]
    """Everybody else who is named: who took it in, who signed it."""


def read_accepted(root: Path, history: History, count: int) -> tuple[Accepted, ...]:
    """The last changes of what the pages are made from, newest first.

    Args:
        root: the project root.
        history: what is known of the repository; an unknown history tells nothing.
        count: how many at most.
    """
    if not history.known:
        return ()
    commits = _commits(root)
    writers = _writers(history.commit, commits)
    found = []
    for commit, day, files in _taken_in(root):
        if commit in writers:
            known = commits[commit]
            merged = len(known.parents) > 1
            others = {*known.seconds, *([known.author] if merged else [])}
            seconded = bool(others - writers[commit])
            found.append(Accepted(commit, day, files, seconded))
    return tuple(found[:count])


def _commits(root: Path) -> dict[str, _Commit]:
    keys = ",".join(f"key={key}" for key in _SIGNED)
    log = run_git(root, "log", f"--format={_FORM.format(keys)}")
    found = {}
    for block in log.split("\0")[1:]:
        name, parents, author, taker, signed = block.strip("\n").split("\x1f")
        seconds = [*_people(signed), *([] if _MACHINE.search(taker) else [taker.lower()])]
        found[name] = _Commit(tuple(parents.split()), author.lower(), tuple(seconds))
    return found


def _people(signed: str) -> Iterator[str]:
    """The addresses in signatures; one without an address proves nothing."""
    for line in signed.split("\x1e"):
        yield from (address.lower() for address in _ADDRESS.findall(line))


def _writers(tip: str, commits: dict[str, _Commit]) -> dict[str, set[str]]:
    """Who wrote what each change of the published branch brought in, oldest change first."""
    line = [tip] if tip in commits else []
    while line and commits[line[-1]].parents:
        line.append(commits[line[-1]].parents[0])
    known: set[str] = set(line)
    found: dict[str, set[str]] = {}
    for name in reversed(line):
        commit = commits[name]
        waiting = [parent for parent in commit.parents[1:] if parent not in known]
        writers = set() if waiting else {commit.author}
        while waiting:
            brought = waiting.pop()
            if brought not in known and brought in commits:
                known.add(brought)
                writers.add(commits[brought].author)
                waiting += commits[brought].parents
        found[name] = writers
    return found


def _taken_in(root: Path) -> Iterator[tuple[str, dt.date, tuple[str, ...]]]:
    """The changes along the published branch that touch content or records."""
    log = run_git(
        root, "log", "--first-parent", "-m", "--no-renames", "--name-only",
        "--format=%x00%H%x09%cs", "--", *_FOLDERS,
    )  # fmt: skip
    for block in log.split("\0")[1:]:
        head, _, names = block.partition("\n")
        commit, day = head.split("\t")
        files = tuple(sorted(name for name in names.split("\n") if name))
        yield commit, dt.date.fromisoformat(day), files
