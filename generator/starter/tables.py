"""The tables a new school starts with: a header, and rows where every school needs them."""

import csv
import datetime as dt
import io
from pathlib import Path

from generator.project import Project, School
from generator.records.package import Table, read_package
from generator.starter.recipe import Recipe, RecipeError, Seed


def starting_tables(product: Path, recipe: Recipe) -> dict[str, str]:
    """Path to text of every file of every declared table.

    Raises:
        RecipeError: the package cannot be read, or a seed does not fit its table.
    """
    project = Project(product, School(), dt.date.min, dt.date.min)
    package, problems = read_package(project)
    unknown = recipe.seeds.keys() - package.tables.keys()
    if problems or unknown:
        raise RecipeError(f"{problems[0].place if problems else sorted(unknown)}")
    files: dict[str, str] = {}
    for table in package.tables.values():
        seed = recipe.seeds.get(table.name)
        rows = _rows(product, table, seed) if seed else []
        for number, path in enumerate(table.paths):
            files[path] = _text(table, rows if number == 0 else [])
    return files


def _rows(product: Path, table: Table, seed: Seed) -> list[dict[str, str]]:
    rows = list(seed.rows)
    if seed.source:
        with (product / seed.source).open(encoding="utf-8", newline="") as stream:
            rows += csv.DictReader(stream)
    filled = [{**row, **seed.cells} for row in rows]
    columns = {field.name for field in table.schema.fields}
    if any(row.keys() - columns for row in filled):
        raise RecipeError(f"tables: {table.name}")
    return filled


def _text(table: Table, rows: list[dict[str, str]]) -> str:
    stream = io.StringIO()
    columns = [field.name for field in table.schema.fields]
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
