"""`records/datapackage.yaml` and its schemas to table declarations; unknown keys refused.

The package stays a valid Data Package that Frictionless itself accepts; here it is read more
strictly, because Frictionless takes a misspelt key for a custom one and never applies it.
"""

import dataclasses
from pathlib import Path

from generator.declared import Declared
from generator.files import read_text
from generator.problems.catalogue.declarations import DUPLICATE_ID, UNKNOWN_NAME
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Words
from generator.problems.rule import near_names
from generator.project import Project
from generator.records.schema import Field, TableSchema, read_schema
from generator.strict_yaml import read_yaml

PACKAGE_FILE = "records/datapackage.yaml"
SENSITIVITIES = ("public", "staff", "restricted")


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """One declared table: its files, its schema and who may see it."""

    name: str
    title: str
    description: str
    paths: tuple[str, ...]
    sensitivity: str
    schema: TableSchema
    place: Place

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return self.schema.field(name)


@dataclasses.dataclass(frozen=True, slots=True)
class Package:
    """All declared tables by name, in display order."""

    title: str = ""
    tables: dict[str, Table] = dataclasses.field(default_factory=dict)


def read_package(project: Project) -> tuple[Package, list[Problem]]:
    """Read the package and the schemas it names; check that references agree."""
    text, problems = read_text(project.root, PACKAGE_FILE)
    if text is None:
        return Package(), problems
    node, problems = read_yaml(text, PACKAGE_FILE)
    if node is None:
        return Package(), problems
    top = Declared(node, "datapackage.yaml", problems)
    top.text("name", required=True)
    for key in ("description", "version", "licenses"):
        top.get(key)
    title = top.text("title")
    tables: dict[str, Table] = {}
    for entry in top.mappings("resources"):
        table = _read_table(project.root, entry)
        if table is None:
            continue
        if table.name in tables:
            first = str(tables[table.name].place)
            repeated = DUPLICATE_ID.at(table.place, value=shown(table.name), first=first)
            problems.append(repeated)
            continue
        tables[table.name] = table
    top.close()
    package = Package(title, tables)
    problems.extend(_check_references(package))
    problems.extend(_check_bindings(project, package))
    return package, problems


def _read_table(root: Path, entry: Declared) -> Table | None:
    name = entry.text("name", required=True)
    paths = _paths(entry)
    for key in ("type", "format", "mediatype", "encoding", "dialect"):
        entry.get(key)
    sensitivity = entry.one_of("sensitivity", SENSITIVITIES)
    title = entry.text("title", required=True)
    description = entry.text("description")
    schema_path = entry.text("schema", required=True)
    entry.close()
    if not name or not schema_path:
        return None
    schema, problems = read_schema(root, f"records/{schema_path}")
    entry.problems.extend(problems)
    if schema is None:
        return None
    return Table(name, title, description, paths, sensitivity, schema, entry.place("name"))


def _paths(entry: Declared) -> tuple[str, ...]:
    node = entry.get("path", required=True)
    if node is None:
        return ()
    nodes = node.value if isinstance(node.value, list) else [node]
    return tuple(f"records/{item.value}" for item in nodes)


def _check_references(package: Package) -> list[Problem]:
    """Every foreign key names a declared table and a column of it."""
    problems: list[Problem] = []
    for table in package.tables.values():
        for reference in table.schema.references:
            target = package.tables.get(reference.table or table.name)
            names = list(package.tables)
            if target is None:
                near = Words("已声明的表", "the declared tables")
                problems.append(_unknown(reference.place, reference.table, near, names))
                continue
            columns = [field.name for field in target.schema.fields]
            for column in reference.target_fields:
                if column not in columns:
                    among = Words(f"表 {target.name} 的列", f"the columns of {target.name}")
                    problems.append(_unknown(reference.place, column, among, columns))
    return problems


def _check_bindings(project: Project, package: Package) -> list[Problem]:
    problems: list[Problem] = []
    for binding in project.school.bindings.values():
        table = package.tables.get(binding.table)
        if table is None:
            among = Words("已声明的表", "the declared tables")
            place = binding.places.get("table", binding.place)
            problems.append(_unknown(place, binding.table, among, list(package.tables)))
            continue
        columns = [field.name for field in table.schema.fields]
        for key, column in binding.columns.items():
            if column not in columns:
                among = Words(f"表 {table.name} 的列", f"the columns of {table.name}")
                problems.append(_unknown(binding.places[key], column, among, columns))
    return problems


def _unknown(place: Place, value: str, among: Words, known: list[str]) -> Problem:
    return UNKNOWN_NAME.at(
        place,
        near=near_names(value, known),
        key="reference",
        value=shown(value),
        among_zh=among.zh,
        among_en=among.en,
    )
