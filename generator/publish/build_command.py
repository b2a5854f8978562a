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
    """Add both commands; `count` fetches no rows behind the figures, `read` does."""

    @app.command("check")
    def check(
        root: Root = Path(), as_of: AsOf = None, form: Format = Form.TEXT, lang: Lang = Language.ZH
    ) -> int:
        """检查全部内容和记录；有错误时退出码为 1。"""
        runs = _runs(root, now(), "check", as_of, form, lang)
        return FINE if _repeated(runs.recall()) else _check(runs, count(root, as_of), form, lang)

    @app.command("build")
    def build(
        root: Root = Path(),
        as_of: AsOf = None,
        edition: For = Edition.STAFF,
        form: Format = Form.TEXT,
        lang: Lang = Language.ZH,
    ) -> int:
        """检查并生成网站；有错误时原来的网站不变。"""
        from generator.publish.switch import shown_state

        runs = _runs(root, now(), "build", as_of, edition, form, lang)
        done = _repeated(runs.recall(lambda: shown_state(runs.root)))
        return FINE if done else _build(runs, read(root, as_of), edition, form, lang)


def _repeated(said: str | None) -> bool:
    """Print what an equal run said, if there was one."""
    if said is not None:
        typer.echo(said, nl=False)
    return said is not None


def _check(runs: "Runs", ledger: "Ledger", form: Form, lang: Language) -> int:
    with ledger.checked:
        said = problems_text(ledger, form, lang, built=None)
        typer.echo(said, nl=False)
        return FAULTS if ledger.errors else _kept(runs, said, ledger)


def _build(runs: "Runs", ledger: "Ledger", edition: Edition, form: Form, lang: Language) -> int:
    with ledger.checked:
        if ledger.errors:
            typer.echo(problems_text(ledger, form, lang, built=False), nl=False)
            return FAULTS
        from generator.publish.release import build_site
        from generator.publish.summary import summary
        from generator.publish.switch import shown_state

        built = build_site(ledger, edition.value)
        said = problems_text(ledger, form, lang, built=True)
        if form is Form.TEXT:
            said += f"{summary(ledger, built.link, built.pages, lang)}\n"
        typer.echo(said, nl=False)
        return _kept(runs, said, ledger, shown_state(runs.root)) if built.known else FINE


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


def _runs(root: Path, now: dt.datetime, *words: object) -> "Runs":
    from generator.cache.runs import Runs, listing
    from generator.cards.fonts import font_folders
    from generator.history.commits import run_git
    from generator.product import product_folder
    from generator.project import find_root

    home = find_root(root)
    commit = run_git(home, "rev-parse", "HEAD", "--is-shallow-repository")
    fonts = map(listing, font_folders())
    return Runs(home, product_folder(), now, [str(home), *map(str, words), *fonts], commit)


def _kept(runs: "Runs", said: str, ledger: "Ledger", shown: str = "") -> int:
    """Keep what a run without errors said; it went well."""
    school = ledger.checked.project.school
    named = filter(None, (school.restricted, school.card_fonts))
    beside = [runs.root / folder for folder in named]
    runs.keep(ledger.checked.project.store, said, school.time_zone, beside, shown)
    return FINE
