"""The commands `fmt`, `import` and `template`: parse, call, print, exit code."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from generator.problems.problem import Language, Problem, Words
from generator.usage import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.exchange.importing import Outcome, Request
    from generator.exchange.monthly import Wanted
    from generator.ledger import Checked
    from generator.project import Project

Opened: TypeAlias = "tuple[Project, list[Problem]]"
Opener: TypeAlias = "Callable[[Path], tuple[Project, list[Problem]]]"
"""Finds the project at or above a folder and reads its profile, as of now."""
FINE, FAULTS = 0, 1

Root = Annotated[Path, typer.Option("--root", help="项目文件夹，默认从当前文件夹向上找")]
Lang = Annotated[Language, typer.Option("--lang", help="消息的语言")]
File = Annotated[Path, typer.Argument(help="填好的表：.xlsx .xls .ods .et .csv")]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问，直接写入")]
Ditto = Annotated[bool, typer.Option("--accept-ditto", help="“同上”按上一行的值收")]
Into = Annotated[str, typer.Option("--table", help="收进哪张表；模板填成的文件不用写")]
SheetName = Annotated[str, typer.Option("--sheet", help="收哪张工作表；只有一张时不用写")]
Only = Annotated[bool, typer.Option("--check", help="只检查，不改；有要改的，退出码为 1")]
Which = Annotated[str, typer.Argument(help="表名；写了 --month 就不用写")]
Month = Annotated[str, typer.Option("--month", help="哪个月要交的表，例如 2026-11")]
Role = Annotated[str, typer.Option("--role", help="只要这个岗位要交的表：岗位编号或名称")]
Out = Annotated[Path | None, typer.Option("--out", help="写到哪个文件")]


def register(app: typer.Typer, opener: Opener) -> None:
    """Add the commands to the command line."""

    @app.command("fmt")
    def fmt(root: Root = Path(), only: Only = False, lang: Lang = Language.ZH) -> int:
        """把表格文件整理成统一的样子；内容不变。"""
        return run_fmt(opener(root), only, lang)

    @app.command("import")
    def import_file(
        file: File,
        table: Into = "",
        sheet: SheetName = "",
        yes: Yes = False,
        accept_ditto: Ditto = False,
        root: Root = Path(),
        lang: Lang = Language.ZH,
    ) -> int:
        """收一份填好的表：先列出要改的，同意后写入；有错误就什么都不写。"""
        from generator.exchange.importing import Request

        request = Request(file, table, sheet, accept_ditto)
        return run_import(opener(root), request, yes, lang)

    @app.command("template")
    def template(
        table: Which = "",
        month: Month = "",
        role: Role = "",
        out: Out = None,
        root: Root = Path(),
        lang: Lang = Language.ZH,
    ) -> int:
        """生成填表用的 .xlsx：一张表，或一个月要交的全部表。"""
        from generator.exchange.monthly import Wanted

        return run_template(opener(root), Wanted(table, month, role), out, lang)


def run_fmt(opened: Opened, only: bool, language: Language) -> int:
    """Rewrite table files canonically, or say which would change."""
    from generator.disk import write_whole
    from generator.exchange.canonical import plan_rewrites
    from generator.exchange.progress import waiting
    from generator.records.package import read_package

    project, found = opened
    with waiting(_say(language, "正在整理表格文件", "formatting tables")):
        package, problems = read_package(project)
        rewrites, more = plan_rewrites(project.root, package)
    if found or problems or more:
        _print_problems([*found, *problems, *more], language)
        typer.echo(_say(language, "有文件读不了，什么都没有改。", "nothing was changed."))
        return FAULTS
    if not only:
        write_whole([(project.root / entry.path, entry.text.encode()) for entry in rewrites])
    for entry in rewrites:
        typer.echo(entry.path)
    count = len(rewrites)
    if only:
        typer.echo(_say(language, f"{count} 个文件要整理。", f"{count} files would change."))
        return FAULTS if rewrites else FINE
    typer.echo(_say(language, f"整理了 {count} 个文件。", f"{count} files changed."))
    return FINE


def run_import(
    opened: Opened,
    request: "Request",
    yes: bool,
    language: Language,
) -> int:
    """Plan, show, ask, write."""
    from generator.exchange.importing import carry_out, plan_import
    from generator.exchange.progress import waiting
    from generator.exchange.report import render_outcome
    from generator.ledger import check_project

    project, found = opened
    if not request.file.is_file():
        message = f"没有这个文件：{request.file}"
        raise UsageError(message)
    with waiting(_say(language, "正在核对", "checking")):
        checked = check_project(project, found)
        with checked:
            _require_table(checked, request.table)
            outcome = plan_import(checked, found, request)
            report = render_outcome(outcome, checked, language)
    if report:
        typer.echo(report)
    if outcome.problems:
        _print_problems(list(outcome.problems), language)
    if outcome.refused:
        return _refuse(request.file, outcome, language)
    if not outcome.texts:
        typer.echo(_say(language, "没有要改的。", "Nothing to change."))
        return FINE
    if not yes and not typer.confirm(_say(language, "写入吗？", "Write?")):
        typer.echo(_say(language, "没有写入。", "Nothing was written."))
        return FINE
    _require_here(checked, tuple(outcome.texts))
    carry_out(project.root, outcome)
    written = "、".join(outcome.texts)
    typer.echo(_say(language, f"已写入 {written}。", f"Written: {written}."))
    return FINE


def run_template(opened: Opened, wanted: "Wanted", out: Path | None, language: Language) -> int:
    """Write a workbook to fill in."""
    from generator.exchange.monthly import plan_workbook
    from generator.exchange.progress import waiting
    from generator.exchange.template import write_template
    from generator.ledger import check_project

    project, found = opened
    with waiting(_say(language, "正在生成", "writing")), check_project(project, found) as checked:
        _require_table(checked, wanted.table)
        pages, problems = plan_workbook(checked, wanted)
        if problems:
            _print_problems(problems, language)
            return FAULTS
        target = out or Path(f"{wanted.name}.xlsx")
        write_template(checked, pages, target)
    typer.echo(_say(language, f"已生成 {target}", f"written: {target}"))
    return FINE


def _refuse(file: Path, outcome: "Outcome", language: Language) -> int:
    """Say that nothing was written, and where the marked copy is."""
    from generator.exchange.faults import write_faults

    typer.echo(_say(language, "有错误，什么都没有写入。", "There are errors; nothing was written."))
    if outcome.sheets:
        target = write_faults(file, outcome.sheets, outcome.problems, language)
        zh = f"标好错误的副本：{target}；改好后收这一份就行。"
        typer.echo(_say(language, zh, f"A marked copy: {target}; mend it and import it."))
    return FAULTS


def _require_here(checked: "Checked", paths: tuple[str, ...]) -> None:
    """Refuse to write a table whose files lie in the folder of restricted tables."""
    for table in checked.records.package.tables.values():
        if table.home is not None and set(table.paths) & set(paths):
            folder = checked.project.school.restricted
            message = f"{table.title}的文件在 {folder}，不在这个仓库；没有写入，请在那里改"
            raise UsageError(message)


def _require_table(checked: "Checked", name: str) -> None:
    """Refuse a table name that is not declared."""
    known = checked.records.package.tables
    if name and name not in known:
        message = f"没有表 {name}；有：{'、'.join(known)}"
        raise UsageError(message)


def _print_problems(problems: list[Problem], language: Language) -> None:
    from generator.problems.rendering import render_all

    typer.echo("\n" + render_all(sorted(set(problems)), "text", language) + "\n")


def _say(language: Language, zh: str, en: str) -> str:
    return Words(zh, en).in_language(language)
