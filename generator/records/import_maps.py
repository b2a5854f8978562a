"""`records/imports/<table>.yaml` to a header map: how a school's sheets name a table's columns.

It stands beside the schema and says what the schema cannot: other names of columns and values,
which columns repeat the cell above, how new ids are made, which rows are totals, what is due
each month. A table without such a file is read by the titles of its schema.
"""

import dataclasses
import string
from functools import partial

from generator.cache.remembered import Form, known
from generator.declared import Declared, read_declared
from generator.files import read_bytes
from generator.problems.catalogue.declarations import WRONG_SHAPE
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Severity, Words
from generator.project import Project
from generator.records.package import Package, Table
from generator.records.schema import Field
from generator.records.sql import check_expression, check_query
from generator.strict_yaml import Node

IMPORTS_FOLDER = "records/imports"
UNITS = ("", "count", "number", "percent", "ratio", "seconds")
_TOTALS = ("all", "block")
_PREFILLS = ("none", "teaching_days", "open_rows")
_SLOTS = {"year", "month", "number"}


@dataclasses.dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a column is called and how its cells are written on sheets."""

    headers: tuple[str, ...] = ()
    fill_down: bool = False
    values: dict[str, str] = dataclasses.field(default_factory=dict)
    """Written word to value; `true` and `false` for booleans."""
    empty: tuple[str, ...] = ()
    whole: str = ""
    """The word that stands for every record of the other table in force on that day."""
    aliases: Node | None = None
    unit: str = ""
    default: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Monthly:
    """That a table is due each month, from whom, and what is filled in beforehand."""

    role: str
    prefill: str
    months: tuple[str, ...]
    open: Node | None


@dataclasses.dataclass(frozen=True, slots=True)
class ImportMap:
    """Everything a header map says; the plain one for a table without a file."""

    path: str
    columns: dict[str, ColumnMap] = dataclasses.field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    totals: dict[str, str] = dataclasses.field(default_factory=dict)
    empty: tuple[str, ...] = ()
    new_id: str = ""
    id_date: str = ""
    match: tuple[str, ...] = ()
    monthly: Monthly | None = None

    def column(self, name: str) -> ColumnMap:
        """The map of a column; an empty one when nothing is said."""
        return self.columns.get(name, _PLAIN)


_PLAIN = ColumnMap()
_READ = Form[tuple[ImportMap | None, tuple[Problem, ...]]](
    "import map", ImportMap, ColumnMap, Monthly, Node, Problem, Place, Words, Severity
)


def read_maps(
    project: Project, package: Package, relations: list[str]
) -> tuple[dict[str, ImportMap], list[Problem]]:
    """The header map of every table by name.

    Args:
        project: the project.
        package: the declared tables.
        relations: names of the engine's own relations that declared SQL may read.
    """
    maps: dict[str, ImportMap] = {}
    problems: list[Problem] = []
    for table in package.tables.values():
        path = f"{IMPORTS_FOLDER}/{table.name}.yaml"
        maps[table.name] = ImportMap(path, id_date=table.schema.event_date)
        if not (project.root / path).exists():
            continue
        data, found = read_bytes(project.root, path)
        problems += found
        if data is None:
            continue
        names = [*package.tables, *relations]
        fields = [(f.name, f.type, f.constraints.enum) for f in table.schema.fields]
        parts = path, data, repr((names, table.schema.event_date, fields))
        read, faults = _READ.of(known(), parts, partial(_read, path, data, table, names))
        problems += faults
        maps[table.name] = read or maps[table.name]
    return maps, problems


def _read(
    path: str, data: bytes, table: Table, relations: list[str]
) -> tuple[ImportMap | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    node = read_declared(data, path, problems)
    top = Declared(node, table.name, problems) if node else None
    return _read_map(top, table, relations) if top else None, tuple(problems)


def _read_map(top: Declared, table: Table, relations: list[str]) -> ImportMap:
    columns = top.inner("columns")
    entries = [columns.inner(name) for name in columns.entries] if columns else []
    known = [field.name for field in table.schema.fields]
    read: dict[str, ColumnMap] = {}
    for name, entry in zip(columns.entries if columns else (), entries, strict=True):
        field = table.field(name)
        if columns and field is None:
            _unknown(columns, name, known)
        elif entry is not None and field is not None:
            read[name] = _read_column(entry, field, relations)
    totals = top.inner("totals")
    result = ImportMap(
        path=top.node.place.file,
        columns=read,
        ignore=_words(top, "ignore"),
        skip=_words(top, "skip"),
        totals={key: totals.one_of(key, _TOTALS) for key in totals.entries} if totals else {},
        empty=_words(top, "empty"),
        new_id=_new_id(top),
        id_date=top.one_of("id_date", known, table.schema.event_date or known[0])
        if "id_date" in top
        else table.schema.event_date,
        match=tuple(str(node.value) for node in _known_fields(top, "match", known)),
        monthly=_monthly(top, table, relations),
    )
    top.close()
    return result


def _read_column(entry: Declared, field: Field, relations: list[str]) -> ColumnMap:
    values = entry.inner("values")
    synonyms: dict[str, str] = {}
    wanted = field.constraints.enum or (("true", "false") if field.type == "boolean" else ())
    for value in values.entries if values else ():
        if values and value not in wanted:
            _unknown(values, value, list(wanted))
        elif values:
            synonyms |= dict.fromkeys(_words(values, value), value)
    default = entry.text("default")
    if default and wanted and default not in wanted:
        among = Words("这一列登记的值", "the values of the column")
        entry.unknown(entry.entries["default"], "default", among, list(wanted))
    aliases = entry.get("aliases")
    if aliases is not None:
        entry.problems.extend(check_query(aliases, relations))
    result = ColumnMap(
        headers=_words(entry, "headers"),
        fill_down=entry.one_of("fill", ("none", "down"), "none") == "down",
        values=synonyms,
        empty=_words(entry, "empty"),
        whole=entry.text("whole"),
        aliases=aliases,
        unit=entry.one_of("unit", UNITS[1:], "count") if "unit" in entry else "",
        default=default,
    )
    entry.close()
    return result


def _monthly(top: Declared, table: Table, relations: list[str]) -> Monthly | None:
    inner = top.inner("monthly")
    if inner is None:
        return None
    condition = inner.get("open")
    if condition is not None:
        top.problems.extend(check_expression(condition, table.name, relations))
    monthly = Monthly(
        role=inner.text("role", required=True),
        prefill=inner.one_of("prefill", _PREFILLS, "none"),
        months=_words(inner, "months"),
        open=condition,
    )
    inner.close()
    return monthly


def _new_id(top: Declared) -> str:
    """A pattern of text, {year}, {month} and one {number:0N}."""
    text = top.text("new_id")
    try:
        slots = [
            (name, form) for _, name, form, _ in string.Formatter().parse(text) if name is not None
        ]
    except ValueError:
        slots = [("", "")]
    names = [name for name, _ in slots]
    plain = all(not form or form.isdigit() for _, form in slots)
    if not text or (set(names) <= _SLOTS and names.count("number") == 1 and plain):
        return text
    wanted = Words("带 {number} 的编号样式", "a pattern with {number}")
    top.problems.append(
        WRONG_SHAPE.at(
            top.place("new_id"), key="new_id", value=shown(text), wanted_zh=wanted.zh,
            wanted_en=wanted.en, example="A-{year}-{number:03}",
        )
    )  # fmt: skip
    return ""


def _words(owner: Declared, key: str) -> tuple[str, ...]:
    return tuple(str(node.value) for node in owner.texts(key))


def _known_fields(owner: Declared, key: str, known: list[str]) -> list[Node]:
    nodes = owner.texts(key)
    for node in nodes:
        if node.value not in known:
            owner.unknown(node, key, Words("这张表的列", "the columns of the table"), known)
    return [node for node in nodes if node.value in known]


def _unknown(owner: Declared, name: str, known: list[str]) -> None:
    node = owner.entries[name]
    named = Node(name, node.key_place, node.key_place, node.key_place)
    owner.get(name)
    owner.unknown(
        named, owner.owner, Words("登记的列或值", "the declared columns or values"), known
    )
