"""Preview while editing: each save is built with what is remembered, faults stand on the page.

The pages of the last sound build stay; on top of each it says what is wrong, until it is mended.
"""

import html
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from mkdocs.livereload import LiveReloadServer

from generator.cache.runs import Runs
from generator.cards.deck import with_cards
from generator.ledger import read_ledger
from generator.problems.problem import Problem, errors
from generator.project import read_project
from generator.site.charts import column_chart
from generator.site.environment import forget_theme, theme_folder
from generator.site.mkdocs_run import SERVE, SiteError, build_tree
from generator.site.tree import plan_tree
from generator.site.watching import Watch

_WATCHED = ("content", "records", "mkdocs.yml")
_LOOKED, _SETTLED = 0.05, 0.03
"""Seconds between two looks at the files, and without a change until a build begins."""
_SHOWN = 20
_NOTE = re.compile(r"<div class=\"sc-note\" id=\"sc-faults\".*?</div>", re.DOTALL)
_MAIN = re.compile(r"<div class=\"sc-page\" [^>]*>|<body\b[^>]*>(?!.*id=\"sc-main\")", re.DOTALL)
_EMPTY = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>预览</title><body></body>'


class Preview:
    """The site of a project in a folder that a server shows."""

    def __init__(
        self,
        root: Path,
        edition: str,
        folder: Path,
        look: Callable[[], Runs],
    ) -> None:
        """Name the project and the folder; `look` looks at all files and at the clock."""
        self._root, self._edition, self._look = root, edition, look
        self.shown = folder / "shown"
        self._fresh, self._old = folder / "fresh", folder / "old"
        self._sweeper: Thread | None = None
        """Removes the site before, while a browser shows the new one already."""

    def build(self) -> str:
        """Build anew; returned, and said on every page, is what is in the way of that."""
        forget_theme()
        column_chart.cache_clear()
        try:
            faults = self._build()
        except SiteError as error:
            faults = [str(error)]
        if faults:
            self._tell([html.escape(fault) for fault in faults])
        return "\n".join(faults)

    def missing(self, code: int) -> bytes | None:
        """The page for an address that leads nowhere."""
        for name in (f"{code}.html", "index.html"):
            if (self.shown / name).is_file():
                return (self.shown / name).read_bytes()
        return None

    def _build(self) -> list[str]:
        runs = self._look()
        project, problems = read_project(self._root, runs.now)
        ledger = with_cards(read_ledger(project, problems))
        with ledger.checked:
            if ledger.errors:
                return [_line(problem) for problem in errors(ledger.problems)]
            tree = plan_tree(ledger, self._edition, runs)
            self.close()
            shutil.rmtree(self._fresh, ignore_errors=True)
            build_tree(self._root, tree, self._fresh, SERVE, self.shown)
        if self.shown.is_dir():
            self.shown.rename(self._old)
        self._fresh.rename(self.shown)
        self._sweeper = Thread(target=shutil.rmtree, args=(self._old, True))
        self._sweeper.start()
        return []

    def close(self) -> None:
        """Wait until nothing works in the folder any more."""
        if self._sweeper is not None:
            self._sweeper.join()

    def _tell(self, faults: list[str]) -> None:
        """Put the faults on top of every page."""
        if not (self.shown / "index.html").is_file():
            self.shown.mkdir(parents=True, exist_ok=True)
            (self.shown / "index.html").write_text(_EMPTY, encoding="utf-8")
        more = [f"另有 {len(faults) - _SHOWN} 处"] if len(faults) > _SHOWN else []
        listed = "".join(f"<li>{fault}</li>" for fault in [*faults[:_SHOWN], *more])
        note = (
            '<div class="sc-note" id="sc-faults" data-kind="warning" role="alert">'
            f"<p><b>{len(faults)} 处错误</b> 下面还是上一次生成的页面。</p><ul>{listed}</ul></div>"
        )
        for file in [*self.shown.rglob("index.html"), *self.shown.glob("404.html")]:
            text = _NOTE.sub("", file.read_text(encoding="utf-8"))
            text = _MAIN.sub(lambda main: main.group() + note, text, count=1)
            file.write_text(text, encoding="utf-8")


def serve_project(
    root: Path,
    address: str,
    edition: str,
    look: Callable[[], Runs],
    say: Callable[[str], None],
) -> None:
    """Serve a project until it is interrupted; browsers load a page anew after each build.

    Args:
        root: the project root.
        address: host and port.
        edition: `staff` or `public`.
        look: looks at all files and at the clock before each build.
        say: tells whoever started it.

    Raises:
        OSError: the address cannot be used.
    """
    host, _, port = address.rpartition(":")
    with tempfile.TemporaryDirectory(prefix="safecampus-") as folder:
        preview = Preview(root, edition, Path(folder), look)

        watch = Watch(_LOOKED)

        def build() -> None:
            with watch.paused():
                said = preview.build()
            say(said or f"http://{address}/")

        server = LiveReloadServer(build, host, int(port), str(preview.shown))
        server.observer = watch  # type: ignore[assignment]  # it is asked for no more
        server.build_delay = _SETTLED
        server.error_handler = preview.missing
        for path in (*(root / name for name in _WATCHED), theme_folder()):
            if path.exists():
                server.watch(str(path))
        build()
        try:
            server.serve()
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown(wait=True)
            preview.close()


def _line(problem: Problem) -> str:
    return f"{problem.place} {problem.wrong.zh}。改法：{problem.fix.zh}"
