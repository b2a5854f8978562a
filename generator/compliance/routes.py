"""How to leave each floor, and the floors that people use, from the tables bound by meaning."""

import dataclasses

from generator.compliance.bound_rows import bound_rows, number_of, text_of
from generator.project import Binding
from generator.records.loading import Loader
from generator.records.records import Records


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Floor:
    """One floor of a building."""

    building: str
    number: int


@dataclasses.dataclass(frozen=True, slots=True)
class Route:
    """The way out of a floor or of a part of it."""

    id: str
    floor: Floor
    area: str
    stair: str
    alternative: str
    exit: str
    assembly: str
    night: str
    row: int


def read_routes(binding: Binding | None, records: Records, loader: Loader) -> tuple[Route, ...]:
    """All routes, by building, floor and part."""
    routes = [
        Route(
            str(row["id"]),
            Floor(text_of(row["building"]), number_of(row["floor"])),
            text_of(row.get("area")),
            text_of(row["stair"]),
            text_of(row["alternative"]),
            text_of(row["exit"]),
            text_of(row["assembly"]),
            text_of(row.get("night")),
            number_of(row["_row"]),
        )
        for row in bound_rows(binding, records, loader)
    ]
    return tuple(sorted(routes, key=lambda route: (route.floor, route.id)))


def read_floors(binding: Binding | None, records: Records, loader: Loader) -> tuple[Floor, ...]:
    """The floors that hold a place of a kind listed as occupied."""
    occupied = binding.values.get("occupied", ()) if binding else ()
    found = {
        Floor(text_of(row.get("building")), number_of(row.get("floor")))
        for row in bound_rows(binding, records, loader)
        if text_of(row.get("kind")) in occupied and row.get("floor") is not None
    }
    return tuple(sorted(floor for floor in found if floor.building))
