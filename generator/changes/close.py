"""Close a month: every figure as it stands, with the commit it was counted from, in one file."""

import dataclasses
from pathlib import Path

from generator.compliance.closed_files import (
    FOLDER,
    ClosedMonth,
    is_month,
    last_day,
    render_closed,
)
from generator.compliance.closing import closed_figure
from generator.disk import write_whole
from generator.history.commits import run_git
from generator.ledger import Ledger
from generator.past import count_month
from generator.project import Project
from generator.usage import UsageError


@dataclasses.dataclass(frozen=True, slots=True)
class Closing:
    """A month as it will be written, and whether it replaces an earlier one."""

    month: ClosedMonth
    again: bool


def check_request(project: Project, month: str, *, again: bool) -> None:
    """Refuse a month that is none, is not over, or is closed already.

    Raises:
        UsageError: the month cannot be closed.
    """
    if not is_month(month):
        message = f"月份写成 2026-11 的样子：{month}"
        raise UsageError(message)
    if last_day(month) >= project.today:
        message = f"{month} 还没有结束，不能结账；{last_day(month)} 之后再结"
        raise UsageError(message)
    target = project.root / ClosedMonth(month, project.today, "", ()).path
    if target.exists() and not again:
        message = f"{month} 已经结过账；要改正，加上 --again 再结一次"
        raise UsageError(message)


def plan_closing(ledger: Ledger, month: str) -> Closing:
    """Count the month; the commit is the one at hand.

    Raises:
        UsageError: records or content have changes that no commit holds.
    """
    checked = ledger.checked
    project = checked.project
    if has_changes(project.root):
        message = "有还没有提交的改动，先提交（或请管理员提交），再结账"
        raise UsageError(message)
    commit = head_commit(project.root)
    figures = count_month(checked, last_day(month))
    known = {indicator.id: indicator for indicator in checked.indicators}
    published = tuple(closed_figure(known[name], figure) for name, figure in figures.items())
    closed = ClosedMonth(month, project.today, commit, published)
    return Closing(closed, (project.root / closed.path).exists())


def write_closing(root: Path, closing: Closing) -> Path:
    """Write the file, whole or not at all."""
    target = root / closing.month.path
    write_whole([(target, render_closed(closing.month).encode())])
    return target


def has_changes(root: Path) -> bool:
    """Tell whether records or content differ from the commit at hand; closed months aside."""
    paths = ("records", "content", f":(exclude){FOLDER}")
    return bool(run_git(root, "status", "--porcelain", "--", *paths).strip())


def head_commit(root: Path) -> str:
    """The commit at hand; empty without a repository."""
    return run_git(root, "rev-parse", "--verify", "--quiet", "HEAD").strip()
