"""Files of charts to declarations: what is drawn, of which query, under which table it is found."""

import dataclasses
from typing import TypeAlias

from generator.cache.remembered import Form, known
from generator.compliance.declarations import RELATIONS
from generator.declared import Declared, read_declared
from generator.files import read_folder
from generator.plan.names import Named
from generator.problems.catalogue.declarations import DUPLICATE_ID
from generator.problems.catalogue.queries import CHART_BROKEN
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Severity, Words
from generator.project import Project
from generator.records.package import Package, columns_of
from generator.records.sql import check_query
from generator.records.veil import reads_hidden
from generator.strict_yaml import Node

FOLDER = "records/charts"
PLAIN = "value"
"""The column of numbers where no series are named."""
KINDS: dict[str, tuple[str, ...]] = {
    "columns": ("label",),
    "bars": ("label",),
    "matrix": ("row", "label"),
    "timeline": ("row", "day", "label"),
}
"""The columns of words that a query gives, by kind of chart; a timeline has no numbers."""


@dataclasses.dataclass(frozen=True, slots=True)
class ChartDeclaration:
    """One declared chart."""

    id: str
    table: str
    title: str
    about: str
    kind: str
    unit: str
    series: tuple[tuple[str, str], ...]
    """The columns of numbers with their words."""
    line: str
    """The indicator whose target is drawn as a line."""
    labels: dict[str, str]
    """Words for the codes that the query gives."""
    query: Node
    place: Place

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns its query has to give."""
        numbers = () if self.kind == "timeline" else tuple(name for name, _ in self.series)
        return (*KINDS[self.kind], *numbers)


_Found: TypeAlias = tuple[tuple[ChartDeclaration, ...], tuple[Named, ...], tuple[Problem, ...]]
_READ = Form[_Found]("charts", ChartDeclaration, Node, Named, Problem, Place, Words, Severity)


def read_charts(
    project: Project, package: Package
) -> tuple[tuple[ChartDeclaration, ...], list[Named], list[Problem]]:
    """Read every file of the charts folder; names used are returned for looking up."""
    files, faults = read_folder(project.root, FOLDER)
    parts = columns_of(package), *(part for file in files.items() for part in file)
    charts, names, problems = _READ.of(known(), parts, lambda: _read(files, package))
    return charts, [*names], [*faults, *problems]


def _read(files: dict[str, bytes], package: Package) -> _Found:
    problems: list[Problem] = []
    names: list[Named] = []
    found: dict[str, ChartDeclaration] = {}
    for path, data in files.items():
        for entry in _entries(read_declared(data, path, problems), problems):
            chart = _read_chart(entry, package, names)
            if chart is not None and chart.id in found:
                first = str(found[chart.id].place)
                problems.append(DUPLICATE_ID.at(chart.place, value=shown(chart.id), first=first))
            elif chart is not None:
                found[chart.id] = chart
    return tuple(found.values()), tuple(names), tuple(problems)


def _entries(node: Node | None, problems: list[Problem]) -> list[Declared]:
    if node is None or node.value is None:
        return []
    holder = Node({"charts": node}, node.place, node.place, node.place)
    return Declared(holder, "charts", problems).mappings("charts")


def _read_chart(entry: Declared, package: Package, names: list[Named]) -> ChartDeclaration | None:
    before = len(entry.problems)
    table = package.tables.get(entry.one_of("table", package.tables))
    query = entry.get("query", required=True)
    line = entry.text("line")
    if line:
        names.append(Named("indicator", line, entry.place("line")))
    kind = entry.one_of("kind", KINDS)
    name = entry.text("id", required=True)
    chart = ChartDeclaration(
        id=name,
        table=table.name if table else "",
        title=entry.text("title", required=True),
        about=entry.text("about", required=True),
        kind=kind,
        unit=entry.text("unit"),
        series=_series(entry),
        line=line,
        labels=_labels(entry, name, package),
        query=query or entry.node,
        place=entry.node.place,
    )
    entry.close()
    if query is not None:
        entry.problems.extend(check_query(query, [*package.tables, *RELATIONS]))
    if len(entry.problems) > before:
        return None
    entry.problems.extend(_check_open(chart, package))
    return chart if len(entry.problems) == before else None


def _series(entry: Declared) -> tuple[tuple[str, str], ...]:
    inner = entry.inner("series")
    if inner is None:
        return ((PLAIN, entry.text("unit")),)
    return tuple((name, inner.text(name, required=True)) for name in inner.entries)


def _labels(entry: Declared, chart: str, package: Package) -> dict[str, str]:
    """The words of a declared column, named as `table.column`."""
    written = entry.text("labels")
    if not written:
        return {}
    table, _, column = written.partition(".")
    found = package.tables[table].field(column) if table in package.tables else None
    if found is None or not found.labels:
        what = Words(
            f"labels 写的 {shown(written)} 不是有说法的列",
            f"labels names {shown(written)}, which is no column with labels",
        )
        fix = Words(
            "写成 表名.列名，那一列要有 labels", "write table.column of a column with labels"
        )
        entry.problems.append(broken_chart(entry.place("labels"), chart, what, fix))
        return {}
    return found.labels


def _check_open(chart: ChartDeclaration, package: Package) -> list[Problem]:
    """A chart shows numbers as they are: what only suppressed totals may tell is not for it."""
    if not reads_hidden(str(chart.query.value), package):
        return []
    what = Words("查询读了受限的表或列", "the query reads a restricted table or column")
    fix = Words(
        "受限的数改用指标公布，数字太小时指标不列数",
        "tell restricted numbers by an indicator, which leaves out small ones",
    )
    return [broken_chart(chart.query.first, chart.id, what, fix)]


def broken_chart(place: Place, chart: str, what: Words, fix: Words) -> Problem:
    """The problem of a chart that cannot be drawn as it is declared."""
    return CHART_BROKEN.at(
        place, chart=shown(chart), what_zh=what.zh, what_en=what.en, fix_zh=fix.zh, fix_en=fix.en
    )
