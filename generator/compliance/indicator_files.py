"""All indicator files to declarations, read once for as long as nothing they depend on changes."""

import dataclasses

from generator.cache.remembered import Form, known
from generator.compliance.declarations import RELATIONS, Basis, Indicator, Subject, Subjects
from generator.compliance.indicator_reader import IndicatorReader
from generator.compliance.status import AtRisk, Status, Target
from generator.declared import Declared, read_declared
from generator.files import read_folder
from generator.plan.names import Named
from generator.problems.catalogue.declarations import DUPLICATE_ID
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Severity, Words
from generator.project import Fact, Project
from generator.strict_yaml import Node

FOLDER = "records/indicators"


def read_indicators(
    project: Project, tables: list[str]
) -> tuple[tuple[Indicator, ...], list[Named], list[Problem]]:
    """Read every file of the indicators folder; names used are returned for looking up."""
    files, faults = read_folder(project.root, FOLDER)
    profile = project.school.profile
    parts = repr((profile, tables)), *(part for file in files.items() for part in file)
    read = _READ.of(known(), parts, lambda: _read(files, profile, tables))
    return read.indicators, [*read.names], [*faults, *read.problems]


def _read(files: dict[str, bytes], profile: dict[str, Fact], tables: list[str]) -> "_Read":
    problems: list[Problem] = []
    names: list[Named] = []
    found: dict[str, Indicator] = {}
    for path, data in files.items():
        node = read_declared(data, path, problems)
        if node is None:
            continue
        before = len(problems)
        reader = IndicatorReader(Declared(node, "indicator", problems), profile, names)
        indicator = reader.read([*tables, *RELATIONS], tables)
        if indicator is None or len(problems) > before:
            continue
        if indicator.id in found:
            first = str(found[indicator.id].place)
            problems.append(
                DUPLICATE_ID.at(indicator.place, value=shown(indicator.id), first=first)
            )
        found.setdefault(indicator.id, indicator)
    indicators = tuple(sorted(found.values(), key=lambda i: i.id))
    return _Read(indicators, tuple(names), tuple(problems))


@dataclasses.dataclass(frozen=True, slots=True)
class _Read:
    """What all the files were read to, and the names they use."""

    indicators: tuple[Indicator, ...]
    names: tuple[Named, ...]
    problems: tuple[Problem, ...]


_READ = Form[_Read](
    "indicators", _Read, Indicator, Basis, Subjects, Subject, Target, AtRisk, Status, Node, Named,
    Problem, Place, Words, Severity,
)  # fmt: skip
