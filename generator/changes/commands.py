"""The commands `diff`, `close` and `review`: parse, call, print, exit code."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from generator.problems.problem import Language, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.changes.comparing import Comparison
    from generator.project import Project

Opened: TypeAlias = "tuple[Project, list[Problem], dt.datetime]"
Opener: TypeAlias = "Callable[[Path, dt.date | None], tuple[Project, list[Problem], dt.datetime]]"
"""Finds the project at or above a folder and reads its profile; gives the moment as well."""
FINE, FAULTS = 0, 1


class Form(StrEnum):
    """How a comparison is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


Root = Annotated[Path, typer.Option("--root", help="项目文件夹，默认从当前文件夹向上找")]
Lang = Annotated[Language, typer.Option("--lang", help="消息的语言")]
Base = Annotated[str, typer.Argument(help="和什么相比：以前的一个版本，或者另一个项目文件夹")]
AsOf = Annotated[
    dt.datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="统计日，默认今天")
]
Month = Annotated[str, typer.Argument(help="哪个月，例如 2026-11")]
Again = Annotated[bool, typer.Option("--again", help="已经结过账，再结一次")]
Doc = Annotated[str, typer.Argument(help="程序、制度或指标的编号；不写就列出待复核的")]
Every = Annotated[bool, typer.Option("--all", help="先列出，同意后全部确认")]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问，直接写入")]
DiffForm = Annotated[Form, typer.Option("--format", help="输出的形式")]


def register(app: typer.Typer, opener: Opener) -> None:
    """Add the commands to the command line."""

    @app.command("diff")
    def diff(
        base: Base,
        root: Root = Path(),
        as_of: AsOf = None,
        form: DiffForm = Form.TEXT,
        lang: Lang = Language.ZH,
    ) -> int:
        """列出改动：哪些记录变了，哪些指标、条款和期限跟着变。"""
        return run_diff(opener(root, as_of.date() if as_of else None), base, form, lang)

    @app.command("close")
    def close(
        month: Month, again: Again = False, root: Root = Path(), lang: Lang = Language.ZH
    ) -> int:
        """月度结账：把这个月每个指标的数值和状态写进一个文件。"""
        return run_close(opener(root, None), month, again=again, language=lang)

    @app.command("review")
    def review(
        doc: Doc = "",
        every: Every = False,
        yes: Yes = False,
        root: Root = Path(),
        lang: Lang = Language.ZH,
    ) -> int:
        """条款改过之后，确认依据它的程序、制度或指标已经复核。"""
        return run_review(opener(root, None), (doc, every, yes), lang)


def run_diff(opened: Opened, base: str, form: Form, language: Language) -> int:
    """Compare the working tree with an earlier state and print what differs."""
    from generator.changes.base import base_state
    from generator.changes.comparing import compare, read_earlier
    from generator.exchange.progress import waiting
    from generator.ledger import read_ledger

    project, found, now = opened
    with waiting("正在比较 · comparing"), base_state(project.root, base) as folder:
        after = read_ledger(project, found)
        with after.checked:
            if after.errors:
                print_problems(after.problems, language)
                return FAULTS
            checked, before = read_earlier(folder, now, project)
            with checked:
                comparison = compare(before, after, base)
    typer.echo(_rendered(comparison, form, language))
    return FINE


def run_close(
    opened: Opened,
    month: str,
    *,
    again: bool,
    language: Language,
) -> int:
    """Count a month that is over and write it down."""
    from generator.changes.close import check_request, plan_closing, write_closing
    from generator.exchange.progress import waiting
    from generator.ledger import read_ledger

    project, found, _ = opened
    check_request(project, month, again=again)
    with waiting("正在结账 · closing"):
        ledger = read_ledger(project, found)
        with ledger.checked:
            blocking = tuple(p for p in ledger.problems if not (again and _is_of(p, month)))
            if any(p.severity is Severity.ERROR for p in blocking):
                print_problems(blocking, language)
                return FAULTS
            closing = plan_closing(ledger, month)
    target = write_closing(project.root, closing).relative_to(project.root).as_posix()
    count, commit = len(closing.month.figures), closing.month.commit[:12] or "—"
    zh = f"已写入 {target}：{count} 项指标，依据的版本 {commit}。请照常提交并送审。"
    en = f"Written {target}: {count} indicators, counted from {commit}. Commit it for review."
    typer.echo(zh if language is Language.ZH else en)
    return FINE


def run_review(
    opened: Opened,
    asked: tuple[str, bool, bool],
    language: Language,
) -> int:
    """List what is open, or confirm a document, an indicator, or all."""
    from generator.changes.review import chosen, open_lines, write_review
    from generator.ledger import check_project

    doc, every, yes = asked
    project, found, _ = opened
    with check_project(project, found) as checked:
        wrong = tuple(p for p in checked.problems if p.severity is Severity.ERROR)
        suspicion = checked.suspicion
    if wrong:
        print_problems(wrong, language)
        return FAULTS
    zh = language is Language.ZH
    names = chosen(suspicion, doc, every=every) if doc or every else ()
    if not doc:
        lines = open_lines(suspicion, language)
        typer.echo("\n".join(lines) or ("没有待复核的。" if zh else "Nothing to review."))
    if not names:
        return FINE
    if every and not yes and not typer.confirm("都复核过了，写入吗？" if zh else "Write?"):
        typer.echo("没有写入。" if zh else "Nothing was written.")
        return FINE
    write_review(project.root, suspicion, names)
    told = "、".join(names) if zh else ", ".join(names)
    typer.echo(f"已确认 {told}。" if zh else f"Confirmed: {told}.")
    return FINE


def _is_of(problem: Problem, month: str) -> bool:
    """A fault of the very file that is to be written again."""
    from generator.compliance.closed_files import FOLDER

    return problem.place.file == f"{FOLDER}/{month}.yaml"


def _rendered(comparison: "Comparison", form: Form, language: Language) -> str:
    from generator.changes import report

    if form is Form.JSON:
        return report.render_json(comparison)
    if form is Form.MARKDOWN:
        return report.render_markdown(comparison, language)
    return report.render_text(comparison, language)


def print_problems(problems: tuple[Problem, ...], language: Language) -> None:
    """Print problems as `check` does."""
    from generator.problems.rendering import render_all

    typer.echo(render_all(problems, "text", language))
