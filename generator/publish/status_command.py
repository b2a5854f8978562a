"""The command `status`: parse, call, print, exit code."""

import datetime as dt
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from generator.problems.problem import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.ledger import Ledger

Reader: TypeAlias = "Callable[[Path, dt.datetime | None, Language], Ledger | None]"
"""Gives the ledger of a day; None when it has errors, which have been printed then."""
FINE, FAULTS = 0, 1


class Form(StrEnum):
    """How the status is printed."""

    TEXT = "text"
    JSON = "json"


Root = Annotated[Path, typer.Option("--root", help="项目文件夹，默认从当前文件夹向上找")]
AsOf = Annotated[
    dt.datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="统计日，默认今天")
]
Lang = Annotated[Language, typer.Option("--lang", help="消息的语言")]
Printed = Annotated[Form, typer.Option("--format", help="输出的形式")]
Role = Annotated[str, typer.Option("--role", help="只列这个岗位负责的：岗位编号或名称")]
Which = Annotated[str, typer.Option("--clause", help="只列这一条条款和它的指标")]
Strict = Annotated[bool, typer.Option("--strict", help="有未达标时退出码为 1")]


def register(app: typer.Typer, reader: Reader, now: "Callable[[], dt.datetime]") -> None:
    """Add the command to the command line; `now` reads the clock."""

    @app.command("status")
    def status(
        root: Root = Path(),
        as_of: AsOf = None,
        form: Printed = Form.TEXT,
        role: Role = "",
        clause: Which = "",
        strict: Strict = False,
        lang: Lang = Language.ZH,
    ) -> int:
        """列出每个指标的数值和状态；可以只看一个岗位或一条条款。"""
        from generator.publish.again import kept, repeated, runs_of

        screen = (sys.stdout.isatty(), shutil.get_terminal_size().columns)
        words = (as_of, form, role, clause, strict, lang, *screen)
        runs = runs_of(root, now(), "status", *words)
        if repeated(runs.recall()):
            return FINE
        from generator.publish.status_list import any_missed, choose, status_json, status_table

        ledger = reader(root, as_of, lang)
        if ledger is None:
            return FAULTS
        with ledger.checked:
            chosen = choose(ledger, role, clause)
            if form is Form.JSON:
                said = f"{status_json(ledger, chosen)}\n"
            else:
                said = status_table(ledger, chosen, lang)
            typer.echo(said, nl=False)
            return FAULTS if strict and any_missed(chosen) else kept(runs, said, ledger)
