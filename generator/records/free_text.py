"""Which cells take any text, and what a schema may not ask at all."""

import re
from collections.abc import Iterator

from generator.problems.catalogue.privacy import FORBIDDEN_COLUMN, RESTRICTED_TEXT
from generator.problems.problem import Place, Problem
from generator.records.fields import RESTRICTED
from generator.records.package import Package, Table
from generator.records.schema import Field
from generator.records.tables import RawTable

_LOOSE = frozenset({"any", "array", "object", "list", "geojson"})
_ANYTHING = ("他说家里最近不太平，不想来上学。", "a1 b2, c3")
_FORBIDDEN = re.compile(
    "thought|opinion|belief|religio|ideolog|political_(?:view|lean)|suspect|watch_?list"
    "|思想(?!教育|道德|政治教育)|言论|信仰|宗教(?!场所)|政治倾向|重点人(?!群密集)|可疑人"
)


def takes_any_text(field: Field, schema_fields: frozenset[str]) -> bool:
    """Tell whether anything can be written into a column.

    Args:
        field: the column.
        schema_fields: columns whose values another table fixes.
    """
    if field.type in _LOOSE:
        return not field.constraints.enum
    closed = field.constraints.enum or field.list_of or field.name in schema_fields
    if field.type != "string" or closed:
        return False
    pattern = field.constraints.pattern
    try:
        return not pattern or any(re.fullmatch(pattern, text) for text in _ANYTHING)
    except re.error:  # the schema is refused for it
        return False


def free_fields(table: Table) -> frozenset[str]:
    """The columns of a table that take any text."""
    fixed = frozenset(name for key in table.schema.references for name in key.fields)
    return frozenset(f.name for f in table.schema.fields if takes_any_text(f, fixed))


class FreeText:
    """Tells in which free column of a table of happenings a character of a file stands."""

    def __init__(self, table: RawTable) -> None:
        """Take a table whose structure could be read."""
        self._table = table.table
        self._files = {file.path: file for file in table.files}
        happenings = bool(table.table.schema.event_date)
        self._free = free_fields(table.table) if happenings else frozenset()

    def __repr__(self) -> str:
        """All that decides what is said of a file, apart from the file."""
        return repr([(f.name, f.title) for f in self._table.schema.fields if f.name in self._free])

    def field_at(self, place: Place) -> Field | None:
        """The free column at a place; None in the header and in other columns."""
        file = self._files.get(place.file)
        column = file.column_at(place) if file else None
        field = self._table.field(column) if column else None
        return field if field and field.name in self._free else None


def check_schemas(package: Package) -> Iterator[Problem]:
    """No table may record what people think; a restricted one takes no free text."""
    for table in package.tables.values():
        yield from _forbidden(table.label, f"{table.name} {table.title}", table.place)
        for field in table.schema.fields:
            label = f"{field.title}（{field.name}）"
            yield from _forbidden(label, f"{field.name} {field.title}", field.place)
        if table.sensitivity == RESTRICTED:
            free = free_fields(table)
            for field in table.schema.fields:
                if field.name in free:
                    yield RESTRICTED_TEXT.at(
                        field.place, table=table.label, field=field.name, title=field.title
                    )


def _forbidden(label: str, names: str, place: Place) -> Iterator[Problem]:
    found = _FORBIDDEN.search(names)
    if found:
        yield FORBIDDEN_COLUMN.at(place, name=label, word=found.group())
