"""Every name that content and declarations use is looked up here, once, with its place."""

import dataclasses
from collections.abc import Iterable, Mapping

from generator.compliance.declarations import Indicator
from generator.plan.names import Named
from generator.plan.plan import Plan
from generator.problems.catalogue.content import NAME_COLLISION, UNKNOWN_REFERENCE
from generator.problems.catalogue.declarations import STALE_PLANNED, UNKNOWN_NAME
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Words
from generator.problems.rule import near_names
from generator.records.package import Package

_KINDS = {
    "clause": Words("条款", "the clauses"),
    "indicator": Words("指标", "the indicators"),
    "document": Words("文件", "the documents"),
    "table": Words("表", "the tables"),
    "role": Words("岗位", "the posts"),
    "source": Words("法规依据", "the sources"),
    "contact": Words("联系电话", "the contacts"),
    "place": Words("部位", "the places"),
}
_PLACELESS = Place("records/school.yaml")


@dataclasses.dataclass(frozen=True, slots=True)
class Registry:
    """What each name means: kind to names to titles."""

    titles: Mapping[str, Mapping[str, str]]

    def kind_of(self, name: str) -> str:
        """The kind of thing a name stands for; empty when there is none."""
        return next((kind for kind, names in self.titles.items() if name in names), "")

    def title(self, kind: str, name: str) -> str:
        """The title of a name, or the name itself."""
        return self.titles.get(kind, {}).get(name, name)


def registry_of(
    plan: Plan,
    package: Package,
    indicators: tuple[Indicator, ...],
    bound: Mapping[str, dict[str, str]],
) -> Registry:
    """Gather all names.

    Args:
        plan: clauses, procedures, sources, contacts.
        package: the declared tables.
        indicators: the declared indicators.
        bound: rows of bound tables by meaning: role, document, place (id to title).
    """
    groups = {part.id: part.title for section in plan.sections for part in section.parts}
    sections = {section.id: section.title for section in plan.sections}
    documents = dict(bound.get("document", {}))
    documents |= {page.id: page.title for page in plan.documents}
    return Registry(
        {
            "clause": sections | groups,
            "indicator": {indicator.id: indicator.title for indicator in indicators},
            "document": documents,
            "table": {table.name: table.title for table in package.tables.values()},
            "role": bound.get("role", {}),
            "source": {source.id: source.title for source in plan.sources},
            "contact": {contact.key: contact.title for contact in plan.contacts},
            "place": bound.get("place", {}),
        }
    )


def check_names(names: Iterable[Named], registry: Registry, skip: frozenset[str]) -> list[Problem]:
    """Report names that mean nothing; kinds in `skip` could not be read and are passed over."""
    problems: list[Problem] = []
    for entry in names:
        if entry.kind == "planned":
            problems.extend(_check_planned(entry, registry))
        elif entry.kind and entry.kind not in skip:
            problems.extend(_check_kind(entry, registry))
        elif not entry.kind and not skip:
            problems.extend(_check_reference(entry, registry))
    return problems


def collisions(registry: Registry) -> list[Problem]:
    """One id that stands for things of two kinds."""
    problems = []
    seen: dict[str, str] = {}
    for kind, names in registry.titles.items():
        for name in names:
            if name in seen:
                first, second = _KINDS[seen[name]].zh, _KINDS[kind].zh
                problems.append(
                    NAME_COLLISION.at(_PLACELESS, name=name, first=first, second=second)
                )
            seen.setdefault(name, kind)
    return problems


def _check_planned(entry: Named, registry: Registry) -> list[Problem]:
    built = entry.name in registry.titles["indicator"] or entry.name in registry.titles["table"]
    return [STALE_PLANNED.at(entry.place, value=shown(entry.name))] if built else []


def _check_kind(entry: Named, registry: Registry) -> list[Problem]:
    known = registry.titles.get(entry.kind, {})
    if entry.name in known:
        return []
    among = _KINDS[entry.kind]
    return [
        UNKNOWN_NAME.at(
            entry.place,
            near=near_names(entry.name, known),
            key=entry.kind,
            value=shown(entry.name),
            among_zh=among.zh,
            among_en=among.en,
        )
    ]


def _check_reference(entry: Named, registry: Registry) -> list[Problem]:
    name, _, attribute = entry.name.rpartition(".")
    if attribute == "target" and name in registry.titles["indicator"]:
        return []
    if registry.kind_of(entry.name):
        return []
    every = [known for names in registry.titles.values() for known in names]
    near = near_names(entry.name, every)
    return [UNKNOWN_REFERENCE.at(entry.place, near=near, name=entry.name)]
