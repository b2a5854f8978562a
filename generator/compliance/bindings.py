"""Bound tables by meaning: posts, documents, places and dated events, under a school's names."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from generator.compliance.bound_rows import bound_rows, day_of, number_of, text_of
from generator.compliance.clauses import DocumentState
from generator.compliance.routes import Floor, Route, read_floors, read_routes
from generator.problems.catalogue.declarations import MISSING_KEY, UNKNOWN_KEY, UNKNOWN_NAME
from generator.problems.masking import shown
from generator.problems.problem import Problem
from generator.problems.rule import near_names
from generator.project import Binding, School
from generator.records.answers import Cell
from generator.records.loading import Loader
from generator.records.package import Package
from generator.records.records import Records

_NEEDED = {
    "calendar": ("start", "end", "kind", "term", "name", "teaching"),
    "roles": ("id", "title"),
    "documents": ("id", "title", "owner", "approved", "review_due"),
    "places": ("id", "title"),
    "events": ("day", "title"),
    "drills": ("day", "title"),
    "routes": ("id", "building", "floor", "stair", "alternative", "exit", "assembly"),
}
_OPTIONAL: dict[str, tuple[str, ...]] = {
    "calendar": ("makeup", "holiday"),
    "roles": ("superior", "deputy", "level", "duties"),
    "documents": ("kind", "category", "version", "page", "short"),
    "places": ("building", "floor", "kind", "occupied"),
    "events": ("owner", "kind", "cancelled"),
    "drills": (
        "owner",
        "kind",
        "cancelled",
        "document",
        "seconds",
        "problems",
        "reviewed",
        "rectified",
    ),
    "routes": ("area", "night"),
}
_LISTS = ("teaching", "makeup", "holiday", "cancelled", "occupied")
"""Keys that list values of the column bound as `kind`; the others name a column."""


@dataclasses.dataclass(frozen=True, slots=True)
class Post:
    """One post of the school; people are not named."""

    id: str
    title: str
    superior: str
    deputy: str
    level: str
    duties: str
    row: int


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """One dated row of a bound table, held or planned; `meaning` is the name of the binding."""

    meaning: str
    table: str
    day: dt.date
    title: str
    title_column: str
    owner: str
    row: int


@dataclasses.dataclass(frozen=True, slots=True)
class Bound:
    """The rows of the bound tables, in the order of their tables."""

    posts: dict[str, Post] = dataclasses.field(default_factory=dict)
    documents: dict[str, DocumentState] = dataclasses.field(default_factory=dict)
    places: dict[str, str] = dataclasses.field(default_factory=dict)
    events: tuple[Event, ...] = ()
    routes: tuple[Route, ...] = ()
    floors: tuple[Floor, ...] = ()
    """Floors that people use."""

    def titles(self) -> dict[str, dict[str, str]]:
        """Names by meaning, for looking up references."""
        return {
            "role": {post.id: post.title for post in self.posts.values()},
            "document": {document.id: document.title for document in self.documents.values()},
            "place": self.places,
        }


def usable_bindings(school: School, package: Package) -> tuple[dict[str, Binding], list[Problem]]:
    """The bindings that say all the engine needs, and what is wrong with the others."""
    usable: dict[str, Binding] = {}
    problems: list[Problem] = []
    for name, binding in school.bindings.items():
        found = [*_check_keys(name, binding), *_check_values(binding, package)]
        problems.extend(found)
        if not found and _resolves(binding, package):
            usable[name] = binding
    return usable, problems


def _resolves(binding: Binding, package: Package) -> bool:
    """The table and its columns exist; the package has reported it when they do not."""
    table = package.tables.get(binding.table)
    return table is not None and all(table.field(name) for name in binding.columns.values())


def _check_keys(name: str, binding: Binding) -> list[Problem]:
    owner = f"bindings {name}"
    if name not in _NEEDED:
        near = near_names(name, _NEEDED)
        key = shown(name)
        return [UNKNOWN_KEY.at(binding.place, near=near, owner="bindings", key=key)]
    problems = [
        MISSING_KEY.at(binding.place, owner=owner, key=key)
        for key in _NEEDED[name]
        if key not in (binding.values if key in _LISTS else binding.columns)
    ]
    known = (*_NEEDED[name], *_OPTIONAL[name])
    for key in [*binding.columns, *binding.values]:
        if key not in known:
            near = near_names(key, known)
            place = binding.places[key]
            problems.append(UNKNOWN_KEY.at(place, near=near, owner=owner, key=shown(key)))
    return problems


def _check_values(binding: Binding, package: Package) -> list[Problem]:
    """Listed values are among the choices of the column bound as `kind`."""
    table = package.tables.get(binding.table)
    field = table.field(binding.columns.get("kind", "")) if table else None
    choices = field.constraints.enum if field else ()
    if field is None or not choices:
        return []
    among_zh, among_en = f"{field.name} 列的取值", f"the values of {field.name}"
    return [
        UNKNOWN_NAME.at(
            binding.places[key],
            near=near_names(value, choices),
            key=key,
            value=shown(value),
            among_zh=among_zh,
            among_en=among_en,
        )
        for key, values in binding.values.items()
        for value in values
        if value not in choices
    ]


def read_bound(bindings: dict[str, Binding], records: Records, loader: Loader) -> Bound:
    """Read posts, documents and places as recorded; a faulty table gives none."""
    posts = [
        Post(
            str(row["id"]),
            text_of(row["title"]),
            text_of(row.get("superior")),
            text_of(row.get("deputy")),
            text_of(row.get("level")),
            text_of(row.get("duties")),
            number_of(row["_row"]),
        )
        for row in bound_rows(bindings.get("roles"), records, loader)
    ]
    documents = [_document(row) for row in bound_rows(bindings.get("documents"), records, loader)]
    places = bound_rows(bindings.get("places"), records, loader)
    return Bound(
        {post.id: post for post in posts},
        {document.id: document for document in documents},
        {str(row["id"]): text_of(row["title"]) for row in places},
        tuple(
            event
            for meaning in ("events", "drills")
            for event in _events(meaning, bindings.get(meaning), records, loader)
        ),
        read_routes(bindings.get("routes"), records, loader),
        read_floors(bindings.get("places"), records, loader),
    )


def _events(
    meaning: str, binding: Binding | None, records: Records, loader: Loader
) -> Iterator[Event]:
    """The dated rows of a bound table as recorded, planned ones too, without the cancelled."""
    cancelled = binding.values.get("cancelled", ()) if binding else ()
    for row in bound_rows(binding, records, loader):
        day = row["day"]
        held = text_of(row.get("kind")) not in cancelled
        if binding is not None and held and isinstance(day, dt.date):
            yield Event(
                meaning,
                binding.table,
                day,
                text_of(row["title"]),
                binding.columns["title"],
                text_of(row.get("owner")),
                number_of(row["_row"]),
            )


def _document(row: dict[str, Cell]) -> DocumentState:
    return DocumentState(
        id=str(row["id"]),
        title=text_of(row["title"]),
        owner=text_of(row["owner"]),
        approved_on=day_of(row["approved"]),
        review_due=day_of(row["review_due"]),
        version=text_of(row.get("version")),
        page=text_of(row.get("page")),
        row=number_of(row["_row"]),
        kind=text_of(row.get("kind")),
        category=text_of(row.get("category")),
        short=text_of(row.get("short")),
    )
