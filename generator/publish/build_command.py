"""The commands `check` and `build`: parse, call, print, exit code."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from generator.problems.problem import Language
from generator.publish.commands import Edition, For

if TYPE_CHECKING:
    from generator.cache.runs import Runs
    from generator.ledger import Ledger
    from generator.site.tree import Tree

Reader: TypeAlias = "Callable[[Path, dt.datetime | None], Ledger]"
"""Gives the ledger of a day with its problems."""
FINE, FAULTS = 0, 1


class Form(StrEnum):
    """How problems are printed."""

    TEXT = "text"
    LINE = "line"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"


Root = Annotated[Path, typer.Option("--root", help="项目文件夹，默认从当前文件夹向上找")]
AsOf = Annotated[
    dt.datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="统计日，默认今天")
]
Lang = Annotated[Language, typer.Option("--lang", help="消息的语言")]
Format = Annotated[Form, typer.Option("--format", help="消息的形式")]


def register(app: typer.Typer, count: Reader, read: Reader, now: Callable[[], dt.datetime]) -> None:
    """Add both commands; `count` fetches no rows behind the figures, `read` does.

    What `read` gives lacks the faults that only show when a card is set.
    """

    @app.command("check")
    def check(
        root: Root = Path(), as_of: AsOf = None, form: Format = Form.TEXT, lang: Lang = Language.ZH
    ) -> int:
        """检查全部内容和记录；有错误时退出码为 1。"""
        from generator.publish.again import repeated, runs_of

        runs = runs_of(root, now(), "check", as_of, form, lang)
        return FINE if repeated(runs.recall()) else _check(runs, count(root, as_of), form, lang)

    @app.command("build")
    def build(
        root: Root = Path(),
        as_of: AsOf = None,
        edition: For = Edition.STAFF,
        form: Format = Form.TEXT,
        lang: Lang = Language.ZH,
    ) -> int:
        """检查并生成网站；有错误时原来的网站不变。"""
        from generator.publish.again import repeated, runs_of
        from generator.publish.switch import shown_state
        from generator.site.ahead import prose_ahead

        runs = runs_of(root, now(), "build", as_of, edition, form, lang)
        if repeated(runs.recall(lambda: shown_state(runs.root))):
            return FINE
        with prose_ahead(runs.root) as ahead:
            ledger = read(root, as_of)
            ahead.give(ledger.checked.project.store)
        return _build(runs, ledger, edition, form, lang)


def _check(runs: "Runs", ledger: "Ledger", form: Form, lang: Language) -> int:
    from generator.publish.again import kept

    with ledger.checked:
        said = problems_text(ledger, form, lang, built=None)
        typer.echo(said, nl=False)
        return FAULTS if ledger.errors else kept(runs, said, ledger)


def _build(runs: "Runs", ledger: "Ledger", edition: Edition, form: Form, lang: Language) -> int:
    with ledger.checked:
        ledger, tree = _planned(runs, ledger, edition)
        if ledger.errors:
            typer.echo(problems_text(ledger, form, lang, built=False), nl=False)
            return FAULTS
        from generator.publish.again import kept
        from generator.publish.release import build_site
        from generator.publish.summary import summary
        from generator.publish.switch import shown_state

        built = build_site(ledger, edition.value, tree)
        said = problems_text(ledger, form, lang, built=True)
        if form is Form.TEXT:
            said += f"{summary(ledger, built.link, built.pages, lang)}\n"
        typer.echo(said, nl=False)
        return kept(runs, said, ledger, shown_state(runs.root)) if built.known else FINE


def _planned(runs: "Runs", ledger: "Ledger", edition: Edition) -> "tuple[Ledger, Tree | None]":
    """The ledger with the problems of its cards, which are set while the site is planned."""
    if ledger.errors:
        return ledger, None
    from generator.cards.deck import cards_aside, with_cards
    from generator.site.tree import plan_tree

    if edition is Edition.PUBLIC:
        return with_cards(ledger), None
    with cards_aside(ledger):
        tree = plan_tree(ledger, edition.value, runs)
        return with_cards(ledger), tree


def problems_text(ledger: "Ledger", form: Form, lang: Language, *, built: bool | None) -> str:
    """The problems of a ledger as printed, with a last line for people.

    Args:
        ledger: the ledger.
        form: the form of each problem.
        lang: the language.
        built: whether a site was built; None when none was asked for.
    """
    from generator.problems.rendering import closing_line, render_all

    text = render_all(ledger.problems, form.value, lang)
    if form is Form.TEXT:
        sizes = [table.size for table in ledger.checked.records.raw.tables.values()]
        facts = (len(sizes), sum(sizes), len(ledger.checked.indicators))
        text += "\n\n" if text else ""
        text += closing_line(ledger.problems, facts, lang, built=built)
    return f"{text}\n" if text else ""
