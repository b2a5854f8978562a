"""How to leave each floor: the list of buildings, one page a building, a poster for each door."""

import dataclasses
from itertools import groupby

from generator.compliance.routes import Floor, Route
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.origins import bound_origin
from generator.site.page import Page, SearchEntry

_LIST = "procedures/routes.md"
_ASKED = "走哪|往哪|哪个门|出口|楼梯|疏散|逃生|撤离|下楼|集合"
"""What is asked of a building's way out, beside its name."""


@dataclasses.dataclass(frozen=True, slots=True)
class RouteView:
    """The way out of a floor or of a part of it."""

    anchor: str
    area: str
    stair: str
    alternative: str
    exit: str
    assembly: str
    night: str


@dataclasses.dataclass(frozen=True, slots=True)
class FloorView:
    """One floor with its ways out; none is a hole."""

    name: str
    anchor: str
    routes: list[RouteView]


@dataclasses.dataclass(frozen=True, slots=True)
class BuildingView:
    """One building, its page and its posters."""

    name: str
    address: str
    posters: str
    floors: list[FloorView]


@dataclasses.dataclass(frozen=True, slots=True)
class RoutesView:
    """All buildings, and the floors that people use without a route."""

    buildings: list[BuildingView]
    missing: list[str]
    table: str


@dataclasses.dataclass(frozen=True, slots=True)
class HouseView:
    """One building on its own page."""

    school: str
    house: BuildingView
    back: str


def routes_link(desk: Desk) -> str:
    """A link to the list of routes; empty when the school declares none."""
    return desk.link(_LIST) if _declared(desk.book) else ""


def route_pages(book: Book) -> list[Page]:
    """The list, then a page and a page of posters for each building; nothing when undeclared."""
    if not _declared(book):
        return []
    pages = [_list_page(book)]
    for name, routes in _houses(book).items():
        pages.append(_house_page(book, name, routes))
        if routes:
            pages.append(_posters_page(book, name, routes))
    return pages


def _declared(book: Book) -> bool:
    return "routes" in book.ledger.checked.project.school.bindings


def _houses(book: Book) -> dict[str, list[Route]]:
    """Buildings with a route or an occupied floor, by name."""
    bound = book.ledger.checked.bound
    houses: dict[str, list[Route]] = {
        floor.building: [] for floor in sorted({*bound.floors, *(r.floor for r in bound.routes)})
    }
    for route in bound.routes:
        houses[route.floor.building].append(route)
    return houses


def _list_page(book: Book) -> Page:
    desk = Desk(book, _LIST)
    houses = [_building(desk, name, routes) for name, routes in _houses(book).items()]
    missing = [f"{house.name} {f.name}" for house in houses for f in house.floors if not f.routes]
    table = book.ledger.checked.project.school.bindings["routes"].table
    view = RoutesView(houses, missing, desk.to("table", table))
    text = "疏散路线 逃生 走哪个楼梯 集合点 门贴 " + " ".join(house.name for house in houses)
    return _page(desk, "这层楼怎么走", "routes.html", view, text)


def _house_page(book: Book, name: str, routes: list[Route]) -> Page:
    desk = Desk(book, _path(name, routes))
    house = _building(desk, name, routes)
    told = [
        f"{floor.name} {r.area} {r.stair} {r.alternative} {r.exit} {r.assembly} {r.night}"
        for floor in house.floors
        for r in floor.routes
    ]
    view = HouseView(_school(book), house, desk.link(_LIST))
    text = f"疏散路线 怎么走 {' '.join(told)}"
    page = _page(desk, f"{name}怎么走", "route_house.html", view, text)
    found = tuple(dataclasses.replace(entry, keys=(f"{name} {_ASKED}",)) for entry in page.search)
    return dataclasses.replace(page, line=_line(book, routes), search=found)


def _posters_page(book: Book, name: str, routes: list[Route]) -> Page:
    desk = Desk(book, _path(name, routes, "-posters"))
    view = HouseView(_school(book), _building(desk, name, routes), desk.link(_path(name, routes)))
    page = _page(desk, f"{name}门贴", "route_posters.html", view, "")
    return dataclasses.replace(page, line=_line(book, routes))


def _page(desk: Desk, title: str, template: str, view: object, text: str) -> Page:
    found = (SearchEntry("", "page", title, "", text),) if text else ()
    return Page(
        path=desk.path,
        title=title,
        kind=template.removesuffix(".html"),
        markdown=render(template, desk=desk, view=view),
        source=bound_origin(desk.ledger, "routes").file,
        line=1,
        edition="staff",
        inputs=("records",),
        search=found,
        in_navigation=desk.path == _LIST,
    )


def _line(book: Book, routes: list[Route]) -> int:
    """The line of the first route; the head of the file when there is none."""
    records = book.ledger.checked.records
    return min((records.place(route.row).line for route in routes), default=1)


def _school(book: Book) -> str:
    return book.ledger.checked.project.school.name


def _path(name: str, routes: list[Route], ending: str = "") -> str:
    """Named by the first route of the building, which keeps its id; else by the building."""
    stem = min((route.id for route in routes), default=name.encode().hex()).lower()
    return f"procedures/routes-{stem}{ending}.md"


def _building(desk: Desk, name: str, routes: list[Route]) -> BuildingView:
    known = {floor: list(found) for floor, found in groupby(routes, key=lambda route: route.floor)}
    used = {floor for floor in desk.ledger.checked.bound.floors if floor.building == name}
    floors = [_floor(desk, floor, known.get(floor, [])) for floor in sorted({*known, *used})]
    posters = desk.link(_path(name, routes, "-posters")) if routes else ""
    return BuildingView(name, desk.link(_path(name, routes)), posters, floors)


def _floor(desk: Desk, floor: Floor, routes: list[Route]) -> FloorView:
    name = f"{floor.number} 层" if floor.number > 0 else f"地下 {-floor.number} 层"
    views = [
        RouteView(
            route.id.lower(),
            route.area,
            route.stair,
            route.alternative,
            route.exit,
            desk.book.title("place", route.assembly),
            route.night,
        )
        for route in routes
    ]
    return FloorView(name, f"f{floor.number}", views)
