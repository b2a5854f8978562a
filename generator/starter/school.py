"""Make the repository of a new school: `safecampus new`.

Everything is read and changed in memory first; files are written only when all of it is ready.
"""

import dataclasses
import datetime as dt
import re
from pathlib import Path

from generator import __version__
from generator.disk import write_file
from generator.product import product_folder
from generator.starter.recipe import Edit, Recipe, Seed, read_recipe
from generator.starter.tables import starting_tables
from generator.usage import UsageError

_FILES = Path(__file__).parent / "files"
_NAMED = {
    "README.md": "README.md",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "requirements.txt": "requirements.txt",
}
_TEXT = {".csv", ".md", ".yaml", ".yml"}
_NAME = re.compile(r"\w[\w（）()· -]{0,58}[\w）)]")


@dataclasses.dataclass(frozen=True, slots=True)
class _Marks:
    """What stands for `{name}`, `{short}`, `{day}` and `{version}`."""

    values: dict[str, str]

    def fill(self, text: str) -> str:
        for mark, value in self.values.items():
            text = text.replace(f"{{{mark}}}", value)
        return text

    def recipe(self, recipe: Recipe) -> Recipe:
        """The recipe with its marks filled."""
        edits = tuple(
            Edit(self.fill(edit.files), edit.pattern, self.fill(edit.to)) for edit in recipe.edits
        )
        seeds = {name: self._seed(seed) for name, seed in recipe.seeds.items()}
        return Recipe(recipe.copied, seeds, edits)

    def _seed(self, seed: Seed) -> Seed:
        cells = {key: self.fill(value) for key, value in seed.cells.items()}
        return dataclasses.replace(seed, cells=cells)


def start_school(target: Path, name: str, day: dt.date, short: str = "") -> list[Path]:
    """Write a new school's repository and return the files written, sorted.

    Args:
        target: a folder that is absent or empty.
        name: the full name of the school.
        day: the day it starts; posts and places hold from then on.
        short: what the site is called; else the full name.

    Raises:
        UsageError: the folder holds something, or a name cannot be used.
    """
    name, short = name.strip(), short.strip() or name.strip()
    for written in (name, short):
        if not _NAME.fullmatch(written):
            message = f"校名不能用：{written}；写 2 到 60 个汉字、字母或数字，不带引号和别的符号"
            raise UsageError(message)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = f"{target} 已经有东西；请换一个不存在的或空的文件夹"
        raise UsageError(message)
    product = product_folder()
    values = {"name": name, "short": short, "day": day.isoformat(), "version": __version__}
    marks = _Marks(values)
    files = _files(product, marks.recipe(read_recipe(product)))
    for source, path in _NAMED.items():
        files[path] = marks.fill((_FILES / source).read_text(encoding="utf-8")).encode()
    return sorted(_write(target / path, data) for path, data in files.items())


def _files(product: Path, recipe: Recipe) -> dict[str, bytes]:
    """Path to content of all that comes from the product."""
    files: dict[str, bytes] = {}
    for entry in recipe.copied:
        source = product / entry
        found = sorted(source.rglob("*")) if source.is_dir() else sorted(product.glob(entry))
        for file in found:
            if file.is_file():
                files[file.relative_to(product).as_posix()] = file.read_bytes()
    tables = starting_tables(product, recipe)
    files.update({path: text.encode() for path, text in tables.items()})
    return {path: _edited(path, data, recipe) for path, data in files.items()}


def _edited(path: str, data: bytes, recipe: Recipe) -> bytes:
    if Path(path).suffix not in _TEXT:
        return data
    text = data.decode().replace("\r\n", "\n")
    for edit in recipe.edits:
        text = edit.apply(path, text)
    return text.encode()


def _write(path: Path, data: bytes) -> Path:
    write_file(path, data)
    return path
