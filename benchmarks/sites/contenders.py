"""The contenders: how each gets the pages, builds, and is told of a change."""

import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.processes import ROOT
from benchmarks.sites.corpus import Made

PINS = Path(__file__).with_name("contenders.txt")
OURS, MATERIAL, PRUNED, ZENSICAL, HUGO = "ours", "Material", "Material pruned", "Zensical", "Hugo"
_MKDOCS = """\
site_name: 平安校园
use_directory_urls: true
theme: {{name: material, language: zh, font: false, features: [{features}]}}
plugins:
  - search: {{lang: zh}}
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - tables
  - pymdownx.details
  - pymdownx.superfences
  - toc: {{permalink: false}}
"""
_LAYOUT = """\
<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{.Title}}</title></head><body>
<nav>{{range .CurrentSection.RegularPages}}<a href="{{.RelPermalink}}">{{.Title}}</a>{{end}}</nav>
<main><h1>{{.Title}}</h1>{{.Content}}</main>{{.TableOfContents}}</body></html>
"""


@dataclass(kw_only=True)
class Contender:
    """One way to build the site.

    `again` tells whether a second build may be cheaper than the first; `search` is a pattern of
    the files a reader's search loads from, below `output`.
    """

    name: str
    root: Path
    command: list[str]
    pages: Path
    output: Path
    search: str
    made: tuple[str, ...]
    again: bool
    edits: int = field(default=0)

    def clean(self) -> None:
        """Remove the site and everything that an earlier run left."""
        for name in self.made:
            path = self.root / name
            if path.is_symlink():
                path.unlink()
            shutil.rmtree(path, ignore_errors=True)

    def files(self) -> Iterator[Path]:
        """All files of the built site."""
        return (path for path in self.output.resolve().rglob("*") if path.is_file())

    def edit(self, page: Made) -> str:
        """Add a sentence to a page; returns it."""
        self.edits += 1
        said = f"这是第{self.edits}次修改。"
        (self.pages / page.path).write_text(f"{page.text}\n{said}\n", encoding="utf-8")
        return said


def install(cache: Path) -> Path:
    """An environment with the others, made anew when the pins change; returns its programs."""
    home, pins = cache / "venv", PINS.read_text(encoding="utf-8")
    kept = home / "pins.txt"
    if not kept.is_file() or kept.read_text(encoding="utf-8") != pins:
        venv.create(home, clear=True, with_pip=True)
        pip = [str(home / "bin/python"), "-m", "pip", "install", "-q", "-r", str(PINS)]
        subprocess.run(pip, check=True)
        kept.write_text(pins, encoding="utf-8")
    return home / "bin"


def others(folder: Path, programs: Path, pages: Sequence[Made]) -> list[Contender]:
    """MkDocs with Material as it comes and with pruned navigation, Zensical, Hugo."""
    mkdocs = [str(programs / "python"), "-m", "mkdocs", "build", "-q"]
    zensical = _material(
        folder / "zensical", ZENSICAL, pages, [str(programs / "zensical"), "build"]
    )
    zensical.search, zensical.made, zensical.again = "search.json", ("site", ".cache"), True
    return [
        _material(folder / "material", MATERIAL, pages, mkdocs),
        _material(folder / "pruned", PRUNED, pages, mkdocs),
        zensical,
        _hugo(folder / "hugo", programs, pages),
    ]


def _material(root: Path, name: str, pages: Sequence[Made], command: list[str]) -> Contender:
    """A tree for MkDocs, which does everything anew in each build."""
    _write(root / "docs", pages)
    (root / "docs/index.md").write_text("# 平安校园\n\n首页\n", encoding="utf-8")
    features = "" if name == MATERIAL else "navigation.prune"
    (root / "mkdocs.yml").write_text(_MKDOCS.format(features=features), encoding="utf-8")
    return Contender(
        name=name,
        root=root,
        command=command,
        pages=root / "docs",
        output=root / "site",
        search="search/search_index.json",
        made=("site",),
        again=False,
    )


def _hugo(root: Path, programs: Path, pages: Sequence[Made]) -> Contender:
    """Hugo with the barest layout that has a navigation; it brings no search of its own."""
    _write(root / "content", pages)
    for name in ("_default/single.html", "_default/list.html", "index.html"):
        layout = root / "layouts" / name
        layout.parent.mkdir(parents=True, exist_ok=True)
        layout.write_text(_LAYOUT, encoding="utf-8")
    config = 'title = "平安校园"\nlanguageCode = "zh"\ndisableKinds = ["taxonomy", "term", "RSS"]\n'
    (root / "hugo.toml").write_text(config, encoding="utf-8")
    program = next(programs.parent.glob("lib/python3*/site-packages/hugo/binaries/hugo*"))
    command = [str(program), "--quiet", "--cacheDir", str(root / "cache")]
    return Contender(
        name=HUGO,
        root=root,
        command=command,
        pages=root / "content",
        output=root / "public",
        search="",
        made=("public", "resources", "cache"),
        again=True,
    )


def ours(root: Path, pages: Sequence[Made]) -> Contender:
    """The sample school with the pages beside its own; under git, as a school is.

    Only the command line is used, so that the comparison holds whatever goes on inside.
    """
    for name in ("content", "records"):
        if not (root / name).is_dir():
            shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / ".gitignore").write_text("/site\n/.build/\n", encoding="utf-8")
    target = root / "content/pages"
    _write(target, pages)
    git = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "school"]):
        subprocess.run([*git, *words], cwd=root, check=True)
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), "--format", "line"]
    return Contender(
        name=OURS,
        root=root,
        command=command,
        pages=target,
        output=root / "site",
        search="assets/search/**/*",
        made=("site", ".build"),
        again=True,
    )


def _write(target: Path, pages: Sequence[Made]) -> None:
    for page in pages:
        file = target / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.text, encoding="utf-8")
