"""A register kept as YAML: a list of entries, read once for as long as its bytes stay the same."""

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias, TypeVar

from generator.cache.remembered import Form, known
from generator.declared import Declared, read_declared
from generator.files import read_bytes
from generator.plan.markdown import Link, missing_links
from generator.plan.names import Named
from generator.problems.catalogue.declarations import DUPLICATE_ID
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Severity, Words
from generator.strict_yaml import Node

T = TypeVar("T")
Read: TypeAlias = tuple[tuple[T, ...], tuple[Named, ...], tuple[Problem, ...], tuple[Link, ...]]


@dataclasses.dataclass(slots=True)
class Register:
    """The entries as written, and what comes up while values are made of them."""

    entries: list[Declared]
    problems: list[Problem]
    names: list[Named] = dataclasses.field(default_factory=list)
    links: list[Link] = dataclasses.field(default_factory=list)
    """Files that must be there; that is looked at anew each time."""


def register_form(path: str, kind: type[T]) -> "Form[Read[T]]":
    """How the entries of a register are remembered."""
    return Form(path, kind, Named, Link, Problem, Place, Words, Severity)


def read_register(
    root: Path, path: str, form: "Form[Read[T]]", make: Callable[[Register], Iterable[T]]
) -> tuple[tuple[T, ...], list[Named], list[Problem]]:
    """Read a register; a school without the file has no entries.

    Args:
        root: the project root.
        path: the file.
        form: how its entries are remembered.
        make: makes the values, of nothing but the register.
    """
    if not (root / path).exists():
        return (), [], []
    data, problems = read_bytes(root, path)
    if data is None:
        return (), [], problems
    values, names, found, links = form.of(known(), (data,), lambda: _made(data, path, make))
    return values, [*names], [*found, *missing_links(root, links)]


def _made(data: bytes, path: str, make: Callable[[Register], Iterable[T]]) -> "Read[T]":
    problems: list[Problem] = []
    node = read_declared(data, path, problems)
    register = Register([], problems)
    if node is not None and node.value is not None:
        holder = Node({"entries": node}, node.place, node.place, node.place)
        register.entries = Declared(holder, Path(path).name, problems).mappings("entries")
    values = tuple(make(register))
    return values, tuple(register.names), tuple(problems), tuple(register.links)


def repeated(entries: Iterable[tuple[str, Place]]) -> list[Problem]:
    """One name that stands for two entries."""
    problems = []
    first: dict[str, Place] = {}
    for name, place in entries:
        if name in first:
            problems.append(DUPLICATE_ID.at(place, value=shown(name), first=str(first[name])))
        first.setdefault(name, place)
    return problems
