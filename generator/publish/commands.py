"""The commands `publish`, `releases`, `rollback` and `verify`: parse, call, print, exit code."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from generator.problems.problem import Language

if TYPE_CHECKING:
    from generator.ledger import Ledger
    from generator.publish.manifest import Manifest

Reader: TypeAlias = Callable[[Path, Language], "Ledger | None"]
"""Reads the ledger of a project as of now; None, and problems printed, when it has errors."""
FINE, FAULTS = 0, 1
KEEP = 5


class Edition(StrEnum):
    """For whom a site is made."""

    STAFF = "staff"
    PUBLIC = "public"


Root = Annotated[Path, typer.Option("--root", help="项目文件夹，默认从当前文件夹向上找")]
Lang = Annotated[Language, typer.Option("--lang", help="消息的语言")]
To = Annotated[
    str, typer.Option("--to", help="发布文件夹，或 用户@机器:/文件夹；网站服务器指向其中的 current")
]
Folder = Annotated[str, typer.Argument(help="发布文件夹，或 用户@机器:/文件夹")]
Release = Annotated[str, typer.Argument(help="哪个版本；不写就是上一个")]
Which = Annotated[str, typer.Argument(help="发布文件夹，或其中一个版本的文件夹")]
Forget = Annotated[bool, typer.Option("--forget", help="旧版本和它们的文件一个都不留")]
For = Annotated[
    Edition,
    typer.Option(
        "--edition", help="给谁看：staff 全部；public 只有 school.yaml 里列为 public 的页面"
    ),
]
Keep = Annotated[int, typer.Option("--keep", min=1, help="留几个版本")]


def register(app: typer.Typer, reader: Reader) -> None:
    """Add the commands to the command line."""

    @app.command("publish")
    def publish(
        to: To,
        root: Root = Path(),
        keep: Keep = KEEP,
        forget: Forget = False,
        edition: For = Edition.STAFF,
        lang: Lang = Language.ZH,
    ) -> int:
        """检查、生成、核对，然后一次换上新网站；不成功时读者看到的不变。"""
        from generator.publish.sealing import Order
        from generator.publish.target import publish_to

        ledger = reader(root, lang)
        if ledger is None:
            return FAULTS
        with ledger.checked:
            publish_to(ledger, to, Order(Path(), edition.value, keep, _sayer(lang), forget))
        return FINE

    @app.command("releases")
    def releases(folder: Folder, lang: Lang = Language.ZH) -> int:
        """列出发布过、还留着的版本。"""
        from generator.publish.places import releases_of

        for name, live, manifest in releases_of(folder):
            typer.echo(f"{'*' if live else ' '} {name}  {_facts(manifest, lang)}")
        return FINE

    @app.command("rollback")
    def rollback(folder: Folder, release: Release = "", lang: Lang = Language.ZH) -> int:
        """换回以前的版本，不重新生成。"""
        from generator.publish.places import roll_back_in

        name = roll_back_in(folder, release)
        _sayer(lang)(f"读者看到的版本：{name}", f"now live: {name}")
        return FINE

    @app.command("verify")
    def verify(folder: Which, lang: Lang = Language.ZH) -> int:
        """逐字节核对发布出去的网站；有任何改动都会找出来。"""
        return run_verify(folder, lang)


def run_verify(folder: str, language: Language) -> int:
    """Check the release that a publishing folder shows, or one release folder."""
    from generator.publish.places import check_shown

    manifest, faults = check_shown(folder)
    for fault in faults:
        typer.echo(f"{fault.file}: {fault.what}")
    count = len(manifest.files)
    zh = f"{manifest.id}：核对 {count} 个文件，{len(faults)} 处不符"
    en = f"{manifest.id}: {count} files checked, {len(faults)} differ"
    typer.echo(_words(language, zh, en))
    return FAULTS if faults else FINE


def _facts(manifest: "Manifest | None", language: Language) -> str:
    if manifest is None:
        return _words(language, "清单损坏", "broken manifest")
    facts = manifest.provenance
    pages = _words(language, f"{facts.pages} 页", f"{facts.pages} pages")
    return f"{facts.as_of}  {facts.edition}  {pages}  {facts.builder}"


def _words(language: Language, zh: str, en: str) -> str:
    return zh if language is Language.ZH else en


def _sayer(language: Language) -> Callable[[str, str], None]:
    def say(zh: str, en: str) -> None:
        typer.echo(_words(language, zh, en))

    return say
