"""What a proposed change means: faults, what it brings about, which pages, whose approval."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.changes.comparing import Comparison, compare, compare_tables
from generator.ledger import Ledger
from generator.problems.masking import mask
from generator.problems.problem import Problem, Severity, errors

_CONTENT = "content"


@dataclasses.dataclass(frozen=True, slots=True)
class PageChange:
    """One page of the content that is new, changed or gone; `title` as readers know it.

    `approver` is the title of the post that answers for it, empty for a page without one.
    """

    path: str
    title: str
    before: bool
    after: bool
    approver: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed state beside the one it starts from."""

    errors: tuple[Problem, ...]
    reminders: tuple[Problem, ...]
    """Only those that were not there before."""
    settled: int
    """How many problems of the earlier state are gone."""
    kept: int
    """How many reminders were there before as well."""
    pages: tuple[PageChange, ...]
    comparison: Comparison

    @property
    def approvers(self) -> tuple[str, ...]:
        """The posts that answer for what changes, each once."""
        return tuple(dict.fromkeys(page.approver for page in self.pages if page.approver))


def weigh(before: Ledger, after: Ledger, folder: Path, base: str) -> Proposal:
    """Compare a proposed state with the one it starts from.

    Args:
        before: the state it starts from.
        after: the proposed state; its figures are told only when it has no error.
        folder: where the files of the earlier state lie.
        base: how the earlier state was named.
    """
    fresh = _new(after.problems, before.problems)
    reminders = tuple(p for p in fresh if p.severity is Severity.REMINDER)
    all_reminders = sum(p.severity is Severity.REMINDER for p in after.problems)
    return Proposal(
        errors=errors(after.problems),
        reminders=reminders,
        settled=len(_new(before.problems, after.problems)),
        kept=all_reminders - len(reminders),
        pages=tuple(_pages(before, after, folder)),
        comparison=(compare_tables if after.errors else compare)(before, after, base),
    )


def _new(present: Iterable[Problem], known: Iterable[Problem]) -> list[Problem]:
    """The problems that the other state has not; a line that only moved is no news."""
    seen = Counter(_name(problem) for problem in known)
    found = []
    for problem in present:
        name = _name(problem)
        if seen[name]:
            seen[name] -= 1
        else:
            found.append(problem)
    return found


def _name(problem: Problem) -> tuple[str, str, str]:
    return problem.rule, problem.place.file, problem.wrong.zh


def _pages(before: Ledger, after: Ledger, folder: Path) -> Iterator[PageChange]:
    """Every file below `content/` whose bytes differ."""
    old, new = _files(folder), _files(after.checked.project.root)
    titles = _titles(before) | _titles(after)
    owners = _owners(before) | _owners(after)
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            title = mask(titles.get(path, path))
            yield PageChange(path, title, path in old, path in new, owners.get(path, ""))


def _files(root: Path) -> dict[str, bytes]:
    found = sorted((root / _CONTENT).rglob("*"))
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in found if f.is_file()}


def _titles(ledger: Ledger) -> dict[str, str]:
    plan = ledger.checked.plan
    found = {section.path: f"方案 {section.id} {section.title}" for section in plan.sections}
    found |= {page.path: page.title for page in plan.pages}
    return found | {page.place.file: f"{page.id} {page.title}" for page in plan.documents}


def _owners(ledger: Ledger) -> dict[str, str]:
    """Titles of the posts that answer for documents, by the file of their page."""
    checked = ledger.checked
    return {
        document.place.file: checked.registry.title("role", document.owner)
        for document in checked.plan.documents
    }
