"""The command `report`: what a proposed change means, as one comment below it."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from generator.problems.problem import Language, Problem
from generator.usage import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.changes.proposal import Proposal
    from generator.project import Project

Opened: TypeAlias = "tuple[Project, list[Problem], dt.datetime]"
Opener: TypeAlias = "Callable[[Path, dt.date | None], tuple[Project, list[Problem], dt.datetime]]"
FINE, FAULTS = 0, 1


class Form(StrEnum):
    """How a report is written."""

    MARKDOWN = "markdown"
    TEXT = "text"


class Marks(StrEnum):
    """How faults are written for a forge to show them on their lines."""

    GITHUB = "github"
    GITLAB = "gitlab"


Root = Annotated[Path, typer.Option("--root", help="项目文件夹，默认从当前文件夹向上找")]
Lang = Annotated[Language, typer.Option("--lang", help="消息的语言")]
Base = Annotated[str, typer.Argument(help="改动并入哪个版本；从两者分开的地方比起")]
AsOf = Annotated[
    dt.datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="统计日，默认今天")
]
To = Annotated[Path | None, typer.Option("--to", help="写进哪个文件；不写就显示")]
Lines = Annotated[
    str, typer.Option("--lines", help="看一行原文的地址，写 {path} 和 {line}；默认用学校的设置")
]
Preview = Annotated[str, typer.Option("--preview", help="预览的地址")]
Annotate = Annotated[
    Marks | None,
    typer.Option("--annotate", help="再写出让平台标在各行上的话：只有错误和这次多出的提醒"),
]
Written = Annotated[Form, typer.Option("--format", help="输出的形式")]


def register(app: typer.Typer, opener: Opener) -> None:
    """Add the command to the command line."""

    @app.command("report")
    def report(
        base: Base,
        root: Root = Path(),
        to: To = None,
        lines: Lines = "",
        preview: Preview = "",
        annotate: Annotate = None,
        as_of: AsOf = None,
        form: Written = Form.MARKDOWN,
        lang: Lang = Language.ZH,
    ) -> int:
        """写出送审意见：错误在哪一行，记录、指标、条款和期限怎样变；有错误时退出码为 1。"""
        opened = opener(root, as_of.date() if as_of else None)
        text, found = write_report(opened, base, (lines, preview), form, lang)
        if to is None:
            typer.echo(text)
        else:
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_text(f"{text}\n", encoding="utf-8", newline="\n")
        if annotate is not None:
            from generator.problems.rendering import render_all

            typer.echo(render_all([*found.errors, *found.reminders], annotate.value, lang))
        return FAULTS if found.errors else FINE


def write_report(
    opened: Opened,
    base: str,
    addresses: tuple[str, str],
    form: Form,
    language: Language,
) -> "tuple[str, Proposal]":
    """The report, and what it tells of.

    Args:
        opened: the project at hand with the problems of its profile, and the moment.
        base: what the change is to become part of.
        addresses: where a line is shown (a pattern), and where the preview is.
        form: Markdown or text.
        language: of the report.
    """
    from generator.cards.deck import with_cards
    from generator.changes.base import base_state, parting
    from generator.changes.comparing import read_earlier
    from generator.changes.proposal import weigh
    from generator.changes.proposal_report import Links, proposal_markdown, proposal_text
    from generator.exchange.progress import waiting
    from generator.ledger import read_ledger

    project, found, now = opened
    links = Links(addresses[0] or project.school.edit_url, addresses[1])
    check_pattern(links.lines)
    start = parting(project.root, base)
    with waiting("正在比较 · comparing"), base_state(project.root, start) as folder:
        after = with_cards(read_ledger(project, found))
        with after.checked:
            checked, before = read_earlier(folder, now, project)
            with checked:
                proposal = weigh(with_cards(before), after, folder, base)
    render = proposal_markdown if form is Form.MARKDOWN else proposal_text
    return render(proposal, links, language), proposal


def check_pattern(pattern: str) -> None:
    """Refuse an address that asks for something else than path and line.

    Raises:
        UsageError: it does.
    """
    try:
        pattern.format(path="", line="")
    except (KeyError, IndexError, ValueError) as error:
        message = f"--lines 只能用 {{path}} 和 {{line}}：{pattern}"
        raise UsageError(message) from error
