"""What a Table Schema file says, as values: fields, keys, and what the rows mean in time.

Beyond the standard, a schema says what the engine needs by meaning: the day a row became
true, the life of a thing, the human title of a row, labels of choices, sensitivity.
"""

import dataclasses
from typing import TypeAlias

from generator.problems.problem import Place
from generator.strict_yaml import Node

Plain: TypeAlias = "str | bool | int | float | list[Plain] | dict[str, Plain] | None"

READING = frozenset(
    {
        "name",
        "type",
        "format",
        "bareNumber",
        "decimalChar",
        "groupChar",
        "trueValues",
        "falseValues",
    }
)
"""The keys of a field that say how its cells are read."""


@dataclasses.dataclass(frozen=True, slots=True)
class Constraints:
    """What Table Schema lets a field demand; text as written, absent is None or empty."""

    required: bool = False
    unique: bool = False
    pattern: str = ""
    enum: tuple[str, ...] = ()
    minimum: str = ""
    maximum: str = ""
    min_length: int | None = None
    max_length: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class ListReference:
    """A cell that lists keys of another table, separated by `;`."""

    table: str
    field: str
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One declared column."""

    name: str
    title: str
    description: str
    type: str
    format: str
    sensitivity: str
    constraints: Constraints
    labels: dict[str, str]
    future: bool
    list_of: ListReference | None
    derived: str
    unit: str
    special: bool
    """The field uses formatting keys that the screen leaves to the judge."""
    true_values: tuple[str, ...]
    false_values: tuple[str, ...]
    place: Place
    derived_node: Node | None
    """Where the SQL of `derived` is written."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key; `table` is empty when it points into its own table."""

    fields: tuple[str, ...]
    table: str
    target_fields: tuple[str, ...]
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class TableSchema:
    """A schema file: fields, keys, and what the rows mean in time."""

    path: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    references: tuple[Reference, ...]
    event_date: str
    valid_from: str
    valid_to: str
    row_title: str
    sort: tuple[str, ...]
    descriptor: "dict[str, Plain]"
    """The schema as Frictionless reads it."""

    @property
    def targets(self) -> frozenset[str]:
        """The other tables that rows of this one refer to."""
        lists = {field.list_of.table for field in self.fields if field.list_of}
        return frozenset({reference.table for reference in self.references} | lists) - {""}

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    def reading(self, name: str) -> "dict[str, Plain]":
        """How Frictionless reads the cells of a field, without what it demands of them."""
        fields = self.descriptor["fields"]
        for entry in fields if isinstance(fields, list) else []:
            if isinstance(entry, dict) and entry.get("name") == name:
                return {key: value for key, value in entry.items() if key in READING}
        raise LookupError(name)
