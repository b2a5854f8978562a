"""What could not be read: names and relations that must not be judged, to spare false alarms.

A table with faults of its own holds only its sound rows, so a reference into it may look lost
and a rule over it may look broken. The fault itself is reported; what follows from it is not.
"""

import dataclasses
from collections.abc import Iterable

from generator.compliance.declarations import Indicator
from generator.compliance.indicator_files import FOLDER
from generator.plan.plan import Plan
from generator.problems.catalogue.declarations import UNKNOWN_NAME
from generator.problems.catalogue.queries import CHART_BROKEN, SQL_UNKNOWN_RELATION
from generator.problems.problem import Problem
from generator.project import Binding
from generator.records.facts import relations_in
from generator.records.package import PACKAGE_FILE
from generator.records.records import Records

_MEANINGS = {"roles": "role", "documents": "document", "places": "place"}
_REGISTERS = {"content/contacts.yml": "contact", "content/sources.yml": "source"}
_CONTENT = {"plan": "plan_clauses", "procedures": "plan_pages", "policies": "plan_pages"}
_CALENDAR = "calendar_days"
_FOLLOWS = {UNKNOWN_NAME.name, SQL_UNKNOWN_RELATION.name, CHART_BROKEN.name}


@dataclasses.dataclass(frozen=True, slots=True)
class Unread:
    """Kinds of names that cannot be looked up, and relations that are not complete."""

    kinds: frozenset[str]
    relations: frozenset[str]

    def spare(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems without those that only say again that no table could be read."""
        if "table" not in self.kinds:
            return list(problems)
        return [p for p in problems if p.rule not in _FOLLOWS]

    def concerns(self, indicator: Indicator) -> bool:
        """The indicator reads something incomplete, or is placed in a calendar that is."""
        if indicator.period != "as_of" and _CALENDAR in self.relations:
            return True
        read = {indicator.subjects.table}
        for node in (indicator.evidence, indicator.looked):
            if node is not None:
                read |= relations_in(str(node.value))
        return bool(read & self.relations)


def what_is_unread(
    bindings: dict[str, Binding],
    usable: dict[str, Binding],
    records: Records,
    plan: Plan,
    problems: Iterable[Problem],
) -> Unread:
    """Gather what could not be read.

    Args:
        bindings: the bindings as written.
        usable: those of them that are complete.
        records: the tables with the names of the faulty ones.
        plan: the content with the folders that have unreadable files.
        problems: everything found so far.
    """
    lost = {
        name
        for name, binding in bindings.items()
        if name not in usable or binding.table in records.faulty
    }
    files = {problem.place.file for problem in problems}
    kinds = {kind for name, kind in _MEANINGS.items() if name in lost}
    kinds |= {kind for file, kind in _REGISTERS.items() if file in files}
    kinds |= {"clause"} if "plan" in plan.unread else set()
    kinds |= {"indicator"} if any(file.startswith(f"{FOLDER}/") for file in files) else set()
    kinds |= {"table"} if PACKAGE_FILE in files and not records.package.tables else set()
    relations = {relation for folder, relation in _CONTENT.items() if folder in plan.unread}
    relations |= {_CALENDAR} if "calendar" in lost else set()
    return Unread(frozenset(kinds), frozenset(records.faulty | relations))
