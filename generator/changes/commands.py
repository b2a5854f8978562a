"""The command `diff`: parse, call, print, exit code."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from generator.problems.problem import Language, Problem
from generator.project import Project

if TYPE_CHECKING:
    from generator.changes.comparing import Comparison

Opener: TypeAlias = Callable[[Path, dt.date | None], tuple[Project, list[Problem], dt.datetime]]
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


def run_diff(
    opened: tuple[Project, list[Problem], dt.datetime], base: str, form: Form, language: Language
) -> int:
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
