"""The command `safecampus`: parse, call, print, exit code. The only module that reads the clock.

Exit codes: 0 fine, 1 faults in the content, 2 wrong use, 3 program or disk fault.
"""

import datetime as dt
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import generator
from generator.changes import commands as changes_commands
from generator.changes import report_command
from generator.disk import told
from generator.exchange import commands as exchange_commands
from generator.problems.problem import Language
from generator.publish import build_command, status_command
from generator.publish import commands as publish_commands
from generator.publish.build_command import Form, problems_text
from generator.publish.commands import Edition, For

if TYPE_CHECKING:
    from generator.cache.runs import Runs
    from generator.ledger import Ledger
    from generator.problems.problem import Problem
    from generator.project import Project

app = typer.Typer(
    name="safecampus",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
FINE, FAULTS, WRONG_USE, BROKEN = range(4)


Root = Annotated[Path, typer.Option("--root", help="项目文件夹，默认从当前文件夹向上找")]
AsOf = Annotated[
    dt.datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="统计日，默认今天")
]
Lang = Annotated[Language, typer.Option("--lang", help="消息的语言")]


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"safecampus {generator.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="说出版本")
    ] = False,
) -> None:
    """平安校园：检查方案和记录，统计完成情况，生成网站。"""


def _count(root: Path, as_of: dt.datetime | None) -> "Ledger":
    return _read(root, as_of, rows=False)


def _read(root: Path, as_of: dt.datetime | None, *, rows: bool = True) -> "Ledger":
    from generator.cards.deck import with_cards
    from generator.exchange.progress import waiting
    from generator.site.allowed import with_editions

    with waiting("正在检查 · checking"):
        return with_editions(with_cards(_ledger(root, as_of, rows=rows)))


def _ledger(root: Path, as_of: dt.datetime | None, *, rows: bool = True) -> "Ledger":
    from generator.ledger import read_ledger
    from generator.project import find_root, read_project

    day = as_of.date() if as_of else None
    project, problems = read_project(find_root(root), _now(), day)
    return read_ledger(project, problems, rows=rows)


def _read_ahead(root: Path, as_of: dt.datetime | None) -> "Ledger":
    """The ledger for a build, which sets the cards while it plans; faults are told all at once."""
    from generator.cards.deck import with_cards, with_deck
    from generator.exchange.progress import waiting
    from generator.site.allowed import with_editions

    with waiting("正在检查 · checking"):
        ledger = _ledger(root, as_of)
        early = with_editions(with_deck(ledger))
        return with_editions(with_cards(ledger)) if early.errors else early


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)  # noqa: TID251 - the one place that reads the clock


build_command.register(app, _count, _read_ahead, _now)


@app.command()
def serve(
    root: Root = Path(),
    address: Annotated[str, typer.Option(help="地址和端口")] = "127.0.0.1:8000",
    edition: For = Edition.STAFF,
) -> int:
    """在本机预览网站；保存文件后自动更新。"""
    from generator.project import find_root
    from generator.publish.again import runs_of
    from generator.site.mkdocs_serve import serve_project

    def look() -> "Runs":
        return runs_of(root, _now(), "serve", edition)

    serve_project(find_root(root), address, edition.value, look, print)
    return FINE


@app.command()
def stage(
    target: Annotated[Path, typer.Argument(help="写到哪个文件夹")],
    root: Root = Path(),
    as_of: AsOf = None,
    edition: For = Edition.STAFF,
    lang: Lang = Language.ZH,
) -> int:
    """写出普通的 Markdown 文件夹，供其他生成器使用。"""
    from generator.site.stage import write_stage
    from generator.site.tree import plan_tree

    ledger = _read(root, as_of)
    with ledger.checked:
        if ledger.errors:
            print(problems_text(ledger, Form.TEXT, lang, built=None), end="")
            return FAULTS
        count = write_stage(plan_tree(ledger, edition.value), target)
        zh, en = f"{target}：{count} 页", f"{target}: {count} pages"
        print(zh if lang is Language.ZH else en)
        return FINE


@app.command()
def new(
    target: Annotated[Path, typer.Argument(help="新学校的文件夹")],
    name: Annotated[str, typer.Option(help="学校全名")],
    short: Annotated[str, typer.Option(help="学校简称，用作网站名称；默认用全名")] = "",
    lang: Lang = Language.ZH,
) -> int:
    """为一所学校建立自己的项目文件夹。"""
    from generator.starter.school import start_school

    files = start_school(target, name, _now().astimezone().date(), short)
    zh = f"{target}：{len(files)} 个文件。下一步：打开 README.md，照首日清单填写。"
    en = f"{target}: {len(files)} files. Next: open README.md and follow the first-day list."
    print(zh if lang is Language.ZH else en)
    return FINE


def _open(root: Path) -> "tuple[Project, list[Problem]]":
    from generator.project import find_root, read_project

    return read_project(find_root(root), _now())


def _sound(root: Path, lang: Language) -> "Ledger | None":
    """The ledger as of now; None when it has errors, which are printed."""
    return _without_errors(_read(root, None), lang, built=False)


def _counted(root: Path, as_of: dt.datetime | None, lang: Language) -> "Ledger | None":
    """The ledger of a day; None when it has errors, which are printed."""
    return _without_errors(_read(root, as_of), lang, built=None)


def _without_errors(ledger: "Ledger", lang: Language, *, built: bool | None) -> "Ledger | None":
    if not ledger.errors:
        return ledger
    with ledger.checked:
        print(problems_text(ledger, Form.TEXT, lang, built=built), end="")
    return None


def _open_on(root: Path, as_of: dt.date | None) -> "tuple[Project, list[Problem], dt.datetime]":
    from generator.project import find_root, read_project

    now = _now()
    return *read_project(find_root(root), now, as_of), now


exchange_commands.register(app, _open)
publish_commands.register(app, _sound)
changes_commands.register(app, _open_on)
report_command.register(app, _open_on)
status_command.register(app, _counted, _now)


_COLLECTED = 1_000_000
"""Objects made before garbage is looked for: a command makes many that live until it ends, and
looking through those of 1,000 pages takes a third of a second for 12 MB."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    from generator.usage import UsageError

    gc.set_threshold(_COLLECTED)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        code = app(args=arguments, standalone_mode=False)
    except typer.Abort:
        return WRONG_USE
    except typer.TyperException as error:
        print(error.format_message(), file=sys.stderr)
        return WRONG_USE
    except UsageError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except Exception as error:
        if not _is_program_fault(error):
            raise
        print(told(error) if isinstance(error, OSError) else error, file=sys.stderr)
        return BROKEN
    return code if isinstance(code, int) else FINE


def _is_program_fault(error: Exception) -> bool:
    """A fault of the disk or of the builder, told in one line; anything else is a bug."""
    if isinstance(error, OSError):
        return True
    module = sys.modules.get("generator.site.mkdocs_run")
    return module is not None and isinstance(error, module.SiteError)
