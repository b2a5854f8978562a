"""`records/datapackage.yaml` and its schemas to table declarations; unknown keys refused.

The package stays a valid Data Package that Frictionless itself accepts; here it is read more
strictly, because Frictionless takes a misspelt key for a custom one and never applies it.
"""

import dataclasses
from pathlib import Path

from generator.declared import Declared
from generator.files import inside, read_text
from generator.problems.catalogue.declarations import DUPLICATE_ID, UNKNOWN_NAME, WRONG_SHAPE
from generator.problems.catalogue.files import FILE_OUTSIDE
from generator.problems.catalogue.tables import SCHEMA_REFUSED
from generator.problems.masking import HIDDEN, shown
from generator.problems.problem import Place, Problem, Words
from generator.problems.rule import near_names
from generator.project import Project
from generator.records.apart import apart
from generator.records.fields import NAME, RESTRICTED, SENSITIVITIES
from generator.records.schema import Field, Reference, TableSchema
from generator.records.schema_files import read_schema
from generator.strict_yaml import Node, read_yaml

PACKAGE_FILE = "records/datapackage.yaml"
RESERVED = frozenset({"calendar_days", "plan_clauses", "plan_pages", "row_changes"})
"""Relations of the engine, whose names no table may take."""


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
    enabled: bool = True
    """The school keeps this table already; one that it does not keep needs no file."""
    home: Path | None = None
    """Where its files are when they are not in the repository: `home/records/tables/x.csv`."""

    @property
    def label(self) -> str:
        """The title and the name, for messages."""
        return f"{self.title}（{self.name}）"

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return self.schema.field(name)

    @property
    def hidden(self) -> frozenset[str]:
        """The columns whose values nobody may see, in messages neither."""
        every = self.sensitivity == RESTRICTED
        fields = self.schema.fields
        return frozenset(f.name for f in fields if every or f.sensitivity == RESTRICTED)

    def told(self, name: str, value: str) -> str:
        """A value of a column as a message may quote it."""
        return HIDDEN if name in self.hidden else shown(value)


@dataclasses.dataclass(frozen=True, slots=True)
class Package:
    """All declared tables by name, in display order."""

    title: str = ""
    tables: dict[str, Table] = dataclasses.field(default_factory=dict)


def columns_of(package: Package) -> str:
    """All that declared queries can know of the tables: columns, words of codes, who may see."""
    shapes = [
        (t.name, t.sensitivity, [(f.name, f.sensitivity, f.labels) for f in t.schema.fields])
        for t in package.tables.values()
    ]
    return repr(shapes)


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
        enabled = project.school.enabled is None or table.name in project.school.enabled
        tables[table.name] = dataclasses.replace(table, enabled=enabled)
    top.close()
    tables, found = apart(project, tables)
    problems += found
    package = Package(title, tables)
    problems.extend(_check_references(package))
    problems.extend(_check_bindings(project, package))
    known, among = list(tables), Words("已声明的表", "the declared tables")
    problems += [
        _unknown(place, name, among, known, "enabled")
        for name, place in (project.school.enabled or {}).items()
        if name not in tables
    ]
    return package, problems


def _read_table(root: Path, entry: Declared) -> Table | None:
    name = _name(entry)
    paths = _paths(entry)
    for key in ("type", "format", "mediatype", "encoding", "dialect"):
        entry.get(key)
    sensitivity = entry.one_of("sensitivity", SENSITIVITIES)
    title = entry.text("title", required=True)
    description = entry.text("description")
    schema_path = entry.text("schema", required=True)
    entry.close()
    if not name or not schema_path or not _is_inside(entry.entries["schema"], entry):
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
    nodes = entry.texts("path") if isinstance(node.value, list) else [node]
    return tuple(f"records/{item.value}" for item in nodes if _is_inside(item, entry))


def _is_inside(node: Node, entry: Declared) -> bool:
    path = str(node.value)
    if not inside(path):
        entry.problems.append(FILE_OUTSIDE.at(node.place, path=shown(path)))
    return inside(path)


def _name(entry: Declared) -> str:
    name = entry.text("name", required=True)
    if not name or (NAME.fullmatch(name) and name not in RESERVED):
        return name
    entry.problems.append(
        WRONG_SHAPE.at(
            entry.place("name"),
            key="name",
            value=shown(name),
            wanted_zh="小写字母开头、没有被引擎占用的英文名",
            wanted_en="a name of small letters, digits and _ that the engine does not use",
            example="hazards",
        )
    )
    return ""


def _check_references(package: Package) -> list[Problem]:
    """Every key into another table names a declared table and columns of it of like type."""
    problems: list[Problem] = []
    for table in package.tables.values():
        for reference in table.schema.references:
            target = reference.table or table.name
            names = [(name, reference.place) for name in reference.target_fields]
            found = _check_names(package, (target, reference.place), names, "reference")
            problems += found or _check_types(table, package.tables[target], reference)
        for field in table.schema.fields:
            if field.list_of is not None:
                target = field.list_of.table
                place = field.list_of.place
                names = [(field.list_of.field, place)]
                problems += _check_names(package, (target, place), names, "list_of")
    return problems


def _check_types(table: Table, target: Table, reference: Reference) -> list[Problem]:
    problems = []
    for own, other in zip(reference.fields, reference.target_fields, strict=True):
        mine, theirs = table.field(own), target.field(other)
        if mine and theirs and (mine.type, mine.format) != (theirs.type, theirs.format):
            problems.append(
                SCHEMA_REFUSED.at(
                    reference.place,
                    detail_zh=f"{own} 与 {target.name} 的 {other} 类型不同",
                    detail_en=f"{own} has another type than {other} of {target.name}",
                )
            )
    return problems


def _check_bindings(project: Project, package: Package) -> list[Problem]:
    problems: list[Problem] = []
    for name, binding in project.school.bindings.items():
        table = binding.table, binding.places.get("table", binding.place)
        columns = [(column, binding.places[key]) for key, column in binding.columns.items()]
        problems += _check_names(package, table, columns, f"bindings {name}")
    return problems


def _check_names(
    package: Package, table: tuple[str, Place], columns: list[tuple[str, Place]], key: str
) -> list[Problem]:
    """The table and then its columns are declared; each name comes with its place."""
    name, place = table
    target = package.tables.get(name)
    if target is None:
        among = Words("已声明的表", "the declared tables")
        return [_unknown(place, name, among, list(package.tables), key)]
    known = [field.name for field in target.schema.fields]
    among = Words(f"表 {name} 的列", f"the columns of {name}")
    return [
        _unknown(where, column, among, known, key)
        for column, where in columns
        if column not in known
    ]


def _unknown(place: Place, value: str, among: Words, known: list[str], key: str) -> Problem:
    return UNKNOWN_NAME.at(
        place,
        near=near_names(value, known),
        key=key,
        value=shown(value),
        among_zh=among.zh,
        among_en=among.en,
    )
