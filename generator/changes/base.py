"""The state to compare with: a folder, or what git kept under a revision, laid out aside.

The working tree is never touched: files are read out of git's store, byte for byte, into a
temporary folder. The school may be the whole repository or a folder of a larger one.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.disk import write_file
from generator.history.commits import git_blobs, run_git
from generator.problems.rule import near_names
from generator.project import SCHOOL_FILE
from generator.usage import UsageError

_FOLDERS = ("records", "content")
_LINK = "120000"
_FILE = "100"


@contextmanager
def base_state(root: Path, base: str) -> Iterator[Path]:
    """Inside, the folder of the state to compare with.

    Args:
        root: the project root.
        base: a folder that holds a school, or a git revision.

    Raises:
        UsageError: it is neither, or there was no school in it.
    """
    folder = Path(base)
    if (folder / SCHOOL_FILE).is_file():
        yield folder.resolve()
        return
    commit = run_git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"
    )
    if not commit.strip():
        raise UsageError(_unknown(root, base, folder))
    with tempfile.TemporaryDirectory(prefix="safecampus-") as name:
        target = Path(name).resolve()
        lay_out(root, commit.strip(), target)
        _with_history(root, commit.strip(), target)
        if not (target / SCHOOL_FILE).is_file():
            message = f"{base} 里没有 {SCHOOL_FILE}，不能比较"
            raise UsageError(message)
        yield target


def parting(root: Path, base: str) -> str:
    """Where a change parted from what it is to become part of; `base` itself when unknown."""
    found = run_git(root, "merge-base", "--", base, "HEAD").strip()
    return found or base


def lay_out(root: Path, commit: str, target: Path) -> None:
    """Write the records and the content of a commit into `target`, as they were stored."""
    prefix = run_git(root, "rev-parse", "--show-prefix").strip()
    listed = run_git(
        root, "ls-tree", "-r", "-z", "--full-tree", commit, *(prefix + f for f in _FOLDERS)
    )
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry]
    wanted = [(facts.split(" "), path.removeprefix(prefix)) for facts, _, path in entries]
    kept = [
        (mode, name, path) for (mode, _, name), path in wanted if mode.startswith((_FILE, _LINK))
    ]
    blobs = git_blobs(root, [name for _, name, _ in kept])
    for mode, name, path in (entry for entry in kept if entry[1] in blobs):
        file = target / path
        if mode == _LINK:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.symlink_to(blobs[name].decode("utf-8", "replace"))
        else:
            write_file(file, blobs[name])


def _with_history(root: Path, commit: str, target: Path) -> None:
    """Let the laid-out state know its past as well, without copying an object."""
    if not (root / ".git").exists():
        return
    aside = target / ".aside"
    source = run_git(root, "rev-parse", "--path-format=absolute", "--git-common-dir").strip()
    run_git(target, "clone", "-q", "--shared", "--bare", "--", source, str(aside))
    if aside.is_dir():
        run_git(aside, "update-ref", "--no-deref", "HEAD", commit)
        aside.rename(target / ".git")
        run_git(target, "config", "core.bare", "false")


def _unknown(root: Path, base: str, folder: Path) -> str:
    if folder.is_dir():
        return f"{base} 里没有 {SCHOOL_FILE}，不能比较"
    known = run_git(root, "for-each-ref", "--format=%(refname:short)").split()
    near = "、".join(near_names(base, known))
    hint = f"；相近的有：{near}" if near else ""
    return f"没有这个版本，也没有这个文件夹：{base}{hint}"
