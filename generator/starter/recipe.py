"""`records/starter.yaml` to what a new school takes over and what is changed on the way.

The recipe is the product's own, not a school's: a fault in it is a fault of the program.
"""

import dataclasses
import re
from fnmatch import fnmatchcase
from pathlib import Path

from generator.declared import Declared
from generator.files import read_text
from generator.problems.problem import Problem
from generator.strict_yaml import read_yaml

RECIPE_FILE = "records/starter.yaml"


class RecipeError(Exception):
    """The recipe cannot be followed; the installed program is damaged."""


@dataclasses.dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in the files whose path fits a pattern such as `content/*`."""

    files: str
    pattern: re.Pattern[str]
    to: str

    def apply(self, path: str, text: str) -> str:
        """The text after the replacement; unchanged when the path does not fit."""
        if not fnmatchcase(path, self.files):
            return text
        return self.pattern.sub(lambda match: match.expand(self.to), text)


@dataclasses.dataclass(frozen=True, slots=True)
class Seed:
    """The rows a table starts with: a file of the product or written rows, and cells to set."""

    table: str
    source: str
    rows: tuple[dict[str, str], ...]
    cells: dict[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a new school takes over."""

    copied: tuple[str, ...]
    seeds: dict[str, Seed]
    edits: tuple[Edit, ...]


def read_recipe(root: Path) -> Recipe:
    """Read the recipe of a product folder.

    Raises:
        RecipeError: it is absent or has a fault.
    """
    text, problems = read_text(root, RECIPE_FILE)
    node, found = read_yaml(text or "", RECIPE_FILE)
    problems = [*problems, *found]
    if node is None or problems:
        raise _refusal(problems)
    top = Declared(node, RECIPE_FILE, problems)
    copied = tuple(str(item.value) for item in top.texts("copy"))
    seeds = [_seed(entry) for entry in top.mappings("tables")]
    edits = tuple(_edit(entry) for entry in top.mappings("edits"))
    top.close()
    if problems:
        raise _refusal(problems)
    return Recipe(copied, {seed.table: seed for seed in seeds}, edits)


def _seed(entry: Declared) -> Seed:
    cells = entry.inner("set")
    seed = Seed(
        entry.text("table", required=True),
        entry.text("from"),
        tuple(_texts(row) for row in entry.mappings("rows")),
        _texts(cells) if cells else {},
    )
    entry.close()
    return seed


def _texts(row: Declared) -> dict[str, str]:
    return {key: row.text(key) for key in row.entries}


def _edit(entry: Declared) -> Edit:
    pattern = re.compile(entry.text("pattern", required=True), re.MULTILINE)
    edit = Edit(entry.text("in", required=True), pattern, entry.text("to"))
    entry.close()
    return edit


def _refusal(problems: list[Problem]) -> RecipeError:
    first = problems[0] if problems else None
    return RecipeError(f"{first.place}: {first.wrong.en}" if first else RECIPE_FILE)
