"""Bound tables by meaning: posts, documents and places, under whatever names a school uses."""

import dataclasses
import datetime as dt

from generator.compliance.clauses import DocumentState
from generator.problems.catalogue.declarations import MISSING_KEY
from generator.problems.problem import Problem
from generator.project import Binding, School
from generator.records.database import Cell, Loader, quoted
from generator.records.records import Records

_NEEDED = {
    "calendar": ("start", "end", "kind", "term", "name"),
    "roles": ("id", "title"),
    "documents": ("id", "title", "owner", "approved", "review_due"),
    "places": ("id", "title"),
}


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
class Bound:
    """The rows of the bound tables, in the order of their tables."""

    posts: dict[str, Post] = dataclasses.field(default_factory=dict)
    documents: dict[str, DocumentState] = dataclasses.field(default_factory=dict)
    places: dict[str, str] = dataclasses.field(default_factory=dict)

    def titles(self) -> dict[str, dict[str, str]]:
        """Names by meaning, for looking up references."""
        return {
            "role": {post.id: post.title for post in self.posts.values()},
            "document": {document.id: document.title for document in self.documents.values()},
            "place": self.places,
        }


def check_bindings(school: School) -> list[Problem]:
    """Every binding that is written names the columns the engine needs."""
    problems = []
    for name, needed in _NEEDED.items():
        binding = school.bindings.get(name)
        if binding is None:
            continue
        for key in needed:
            if key not in binding.columns:
                owner = f"bindings {name}"
                problems.append(MISSING_KEY.at(binding.place, owner=owner, key=key))
    return problems


def read_bound(school: School, records: Records, loader: Loader) -> Bound:
    """Read posts, documents and places as recorded; a faulty table gives none."""
    posts = [
        Post(
            str(row["id"]),
            _text(row["title"]),
            _text(row.get("superior")),
            _text(row.get("deputy")),
            _text(row.get("level")),
            _text(row.get("duties")),
            _number(row["_row"]),
        )  # fmt: skip
        for row in _rows(school.bindings.get("roles"), records, loader)
    ]
    documents = [_document(row) for row in _rows(school.bindings.get("documents"), records, loader)]
    places = _rows(school.bindings.get("places"), records, loader)
    return Bound(
        {post.id: post for post in posts},
        {document.id: document for document in documents},
        {str(row["id"]): _text(row["title"]) for row in places},
    )


def _rows(binding: Binding | None, records: Records, loader: Loader) -> list[dict[str, Cell]]:
    if binding is None or binding.table in records.faulty:
        return []
    keys = list(binding.columns)
    columns = ", ".join(["_row", *(quoted(binding.columns[key]) for key in keys)])
    query = f"select {columns} from recorded.{quoted(binding.table)} order by _row"  # noqa: S608
    return [dict(zip(["_row", *keys], row, strict=True)) for row in loader.run(query)]


def _document(row: dict[str, Cell]) -> DocumentState:
    return DocumentState(
        id=str(row["id"]),
        title=_text(row["title"]),
        owner=_text(row["owner"]),
        approved_on=_day(row["approved"]),
        review_due=_day(row["review_due"]),
        version=_text(row.get("version")),
        page=_text(row.get("page")),
        row=_number(row["_row"]),
        kind=_text(row.get("kind")),
        category=_text(row.get("category")),
    )


def _text(value: Cell) -> str:
    return "" if value is None else str(value)


def _number(value: Cell) -> int:
    return value if isinstance(value, int) else 0


def _day(value: Cell) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
