"""What `records/school.yaml` says: names, the facts of the profile, bindings, who may see what."""

import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeAlias

from generator.addresses import read_file_pattern, read_site_address
from generator.declared import Declared
from generator.files import read_text
from generator.problems.catalogue.declarations import SAMPLE_LEFT, WRONG_SHAPE
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem
from generator.strict_yaml import Node, read_yaml

_ZONE = "Asia/Shanghai"
SCHOOL_FILE = "records/school.yaml"
PLACEHOLDER = re.compile("〔待填[^〕]*〕")
"""What a new school finds where it has to decide."""
Fact: TypeAlias = bool | str
_EDIT = "https://git.school.example/safety/_edit/main/{path}#L{line}"
_HISTORY = "https://git.school.example/safety/commits/branch/main/{path}"


@dataclass(frozen=True, slots=True)
class Binding:
    """What the engine needs by meaning, bound to a table: columns and lists of values."""

    name: str
    table: str
    columns: dict[str, str]
    values: dict[str, tuple[str, ...]]
    place: Place
    places: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FirstDayTask:
    """One line of a new school's checklist.

    Done when its table has rows, its fact is set, or no placeholder is left in its file.
    """

    title: str
    table: str
    fact: str
    file: str


@dataclass(frozen=True, slots=True)
class HouseRules:
    """Numbers that no law gives and that a school decides for itself."""

    teaching_month_days: int = 10
    """A month or quarter with fewer teaching days carries no quota."""
    review_notice_days: int = 30
    """So many days before its review a document is told to be due."""
    late_entry_days: int = 30
    """A record first seen more days than these after its day was entered late."""


@dataclass(frozen=True, slots=True)
class School:
    """What `records/school.yaml` says."""

    name: str = ""
    site_name: str = ""
    sample: bool = False
    as_of: dt.date | None = None
    time_zone: str = _ZONE
    profile: dict[str, Fact] = field(default_factory=dict)
    house: HouseRules = field(default_factory=HouseRules)
    bindings: dict[str, Binding] = field(default_factory=dict)
    edit_url: str = ""
    """Where a file is changed on the forge, with `{path}` and `{line}`; empty without a forge."""
    history_url: str = ""
    """Where the changes of a file are listed, with `{path}`."""
    first_day: tuple[FirstDayTask, ...] = ()
    enabled: dict[str, Place] | None = None
    """Tables the school keeps already, with where each is named; None means all."""
    site_address: str = ""
    """Where readers find the site, with a slash at its end; for the codes on paper."""
    card_fonts: str = ""
    """A folder with a Chinese font for the cards; empty means those of the machine."""
    restricted: str = ""
    """A folder outside the repository with the files of restricted tables; empty means here."""
    restricted_place: Place = field(default_factory=lambda: Place(SCHOOL_FILE))
    public: dict[str, Place] = field(default_factory=dict)
    """Addresses of the pages that the public edition shows, with where each is named."""


def read_school(root: Path) -> tuple[School, list[Problem]]:
    """Read the profile of the school; an empty one with problems when that cannot be done."""
    text, problems = read_text(root, SCHOOL_FILE)
    if text is None:
        return School(), problems
    node, problems = read_yaml(text, SCHOOL_FILE)
    if node is None:
        return School(), problems
    top = Declared(node, "school.yaml", problems)
    repository = Declared(top.get("repository") or _nothing(top), "repository", problems)
    school = School(
        name=top.text("name", required=True),
        site_name=top.text("site_name", required=True),
        sample=top.flag("sample"),
        as_of=top.date("as_of"),
        time_zone=_time_zone(top),
        profile=_profile(top),
        house=_house(top),
        bindings=_bindings(top),
        edit_url=read_file_pattern(repository, "edit", _EDIT),
        history_url=read_file_pattern(repository, "history", _HISTORY),
        first_day=tuple(_task(task) for task in top.mappings("first_day")),
        enabled=_listed(top, "enabled") if top.get("enabled") is not None else None,
        restricted=top.text("restricted"),
        restricted_place=top.place("restricted"),
        public=_listed(top, "public"),
        site_address=read_site_address(top),
        card_fonts=top.text("card_fonts"),
    )
    repository.close()
    top.close()
    if school.as_of and not school.sample:
        problems.append(_fixed_day(top.place("as_of")))
    return school, problems


def _nothing(top: Declared) -> Node:
    return Node(None, top.node.place, top.node.place, top.node.place)


def _listed(top: Declared, key: str) -> dict[str, Place]:
    return {str(node.value): node.place for node in top.texts(key)}


def _fixed_day(place: Place) -> Problem:
    return SAMPLE_LEFT.at(
        place,
        what_zh="固定的 as_of",
        what_en="a fixed as_of",
        remedy_zh="删去 as_of 这一行，统计日就是当天",
        remedy_en="delete the line as_of; figures are then counted on the day itself",
    )


def _time_zone(top: Declared) -> str:
    name = top.text("time_zone", _ZONE)
    if name == _ZONE or name in zoneinfo.available_timezones():  # looking for all takes 10 ms
        return name
    top.problems.append(
        WRONG_SHAPE.at(
            top.place("time_zone"),
            key="time_zone",
            value=shown(name),
            wanted_zh="时区名",
            wanted_en="the name of a time zone",
            example=_ZONE,
        )
    )
    return _ZONE


def _profile(top: Declared) -> dict[str, Fact]:
    inner = top.inner("profile")
    if inner is None:
        return {}
    facts: dict[str, Fact] = {}
    for key in inner.entries:
        value = inner.text(key)
        facts[key] = value == "true" if value in {"true", "false"} else value
    return facts


def _house(top: Declared) -> HouseRules:
    """The rules that are written, each at least 1; the usual ones for the rest."""
    usual = HouseRules()
    inner = top.inner("house_rules")
    if inner is None:
        return usual
    found = {}
    for rule in fields(usual):
        known = int(getattr(usual, rule.name))
        number = inner.integer(rule.name, known)
        if number < 1:
            wrong = WRONG_SHAPE.at(
                inner.place(rule.name),
                key=rule.name,
                value=shown(str(number)),
                wanted_zh="1 以上的整数",
                wanted_en="a whole number of 1 or more",
                example=str(known),
            )
            top.problems.append(wrong)
        found[rule.name] = number if number >= 1 else known
    inner.close()
    return HouseRules(**found)


def _bindings(top: Declared) -> dict[str, Binding]:
    inner = top.inner("bindings")
    if inner is None:
        return {}
    bindings = {}
    for name in inner.entries:
        entry = inner.inner(name)
        if entry is not None:
            bindings[name] = _binding(name, entry)
    return bindings


def _binding(name: str, entry: Declared) -> Binding:
    columns: dict[str, str] = {}
    values: dict[str, tuple[str, ...]] = {}
    table = entry.text("table", required=True)
    for key, node in entry.entries.items():
        if isinstance(node.value, list):
            values[key] = tuple(str(item.value) for item in entry.texts(key))
        elif key != "table":
            columns[key] = entry.text(key)
    places = {key: node.place for key, node in entry.entries.items()}
    return Binding(name, table, columns, values, entry.node.place, places)


def _task(task: Declared) -> FirstDayTask:
    result = FirstDayTask(
        task.text("title", required=True), task.text("table"), task.text("fact"), task.text("file")
    )
    task.close()
    return result
