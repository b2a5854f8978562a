"""Everything that a school declares over its tables: rules, indicators and charts, in one value."""

import dataclasses

from generator.compliance.chart_files import ChartDeclaration, read_charts
from generator.compliance.declarations import RELATIONS, Indicator
from generator.compliance.indicator_files import read_indicators
from generator.plan.names import Named
from generator.problems.problem import Problem
from generator.project import Project
from generator.records.facts import relations_in
from generator.records.package import Package
from generator.records.rules import RecordRule, read_rules


@dataclasses.dataclass(frozen=True, slots=True)
class DeclaredQueries:
    """What is declared, the names it uses, and what is wrong with the files."""

    rules: tuple[RecordRule, ...]
    indicators: tuple[Indicator, ...]
    charts: tuple[ChartDeclaration, ...]
    names: tuple[Named, ...]
    problems: tuple[Problem, ...]

    @property
    def relations(self) -> frozenset[str]:
        """The relations that the queries read."""
        queries = [*(i.evidence for i in self.indicators), *(c.query for c in self.charts)]
        found = [rule.relations for rule in self.rules]
        return frozenset().union(*found, *(relations_in(str(query.value)) for query in queries))


def read_queries(project: Project, package: Package) -> DeclaredQueries:
    """Read the files of rules, indicators and charts."""
    rules, rule_faults = read_rules(project.root, package, list(RELATIONS))
    indicators, names, indicator_faults = read_indicators(project, list(package.tables))
    charts, chart_names, chart_faults = read_charts(project, package)
    return DeclaredQueries(
        rules,
        indicators,
        charts,
        (*names, *chart_names),
        (*rule_faults, *indicator_faults, *chart_faults),
    )
