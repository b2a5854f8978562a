"""A filled-in file to a planned change: read, map, merge, try. Writes nothing by itself.

`plan_import` is the spine; `carry_out` replaces the table files once the change is accepted.
"""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from generator.disk import write_whole
from generator.exchange.canonical import canonical_text
from generator.exchange.intake import Desk, Intake, Note
from generator.exchange.layout import find_layout
from generator.exchange.merging import Merger, TableChange
from generator.exchange.names import names_of
from generator.exchange.sheets import META_SHEET, Sheet, read_sheets, visible
from generator.exchange.trial import BESIDE, try_change
from generator.ledger import Checked
from generator.problems.catalogue.exchange import SHEET_EMPTY, SHEET_UNKNOWN, TABLE_UNKNOWN
from generator.problems.masking import told_path
from generator.problems.problem import Place, Problem, Severity, errors
from generator.records.import_maps import ImportMap
from generator.records.package import Package, Table

_SHOWN = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: the file, and how it is meant."""

    file: Path
    table: str = ""
    sheet: str = ""
    accept_ditto: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What an import would do, everything changed on the way in, and what stands against it."""

    changes: tuple[TableChange, ...] = ()
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether an error keeps it from being carried out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """One sheet that goes into one table."""

    sheet: Sheet
    table: Table
    prefilled: frozenset[str] = frozenset()


def plan_import(checked: Checked, found: list[Problem], request: Request) -> Outcome:
    """Read a file and say what it would change.

    Args:
        checked: the project as it is.
        found: the problems of its profile.
        request: the file and how it is meant.
    """
    broken = [p for p in checked.problems if _hinders(p, checked.records.package)]
    if broken or checked.records.raw.broken:
        return Outcome(problems=tuple(sorted({*broken})))
    sheets, problems = read_sheets(request.file)
    parts, more = _parts(sheets, request, checked.records.package) if not problems else ([], [])
    problems += more
    changes: list[TableChange] = []
    notes: list[Note] = []
    for part in parts:
        change, part_notes, part_problems = _read_part(checked, checked.maps, part, request)
        problems += part_problems
        notes += part_notes
        changes += [change] if change is not None else []
    texts = _texts(changes)
    if texts:
        inside, outside = try_change(checked, found, texts, changes)
        problems += inside if errors(tuple(problems)) else inside + outside
    unique = tuple(sorted(set(problems)))
    return Outcome(tuple(changes), tuple(notes), unique, texts, tuple(sheets))


def carry_out(root: Path, outcome: Outcome) -> None:
    """Replace the table files, all or none."""
    write_whole([(root / path, text.encode()) for path, text in outcome.texts.items()])


def _hinders(problem: Problem, package: Package) -> bool:
    """An error that leaves tables unread: in a declaration, or in the structure of a table.

    A file that lies beside the tables leaves none unread: it may be the very one to be imported.
    """
    paths = {path for table in package.tables.values() for path in table.paths}
    declared = problem.place.file.startswith("records/") and problem.place.file not in paths
    structural = declared and problem.rule not in BESIDE
    return problem.severity is Severity.ERROR and (
        structural or (not package.tables) or problem.rule in {"encoding", "file-missing"}
    )


def _parts(
    sheets: Sequence[Sheet], request: Request, package: Package
) -> tuple[list[_Part], list[Problem]]:
    """Which sheet goes into which table: as asked, or as a workbook of ours says itself."""
    place = Place(told_path(request.file.name))
    shown = visible(sheets)
    told = _told(sheets, package)
    if request.sheet:
        shown = [sheet for sheet in sheets if sheet.name == request.sheet]
    elif not request.table and told:
        return [part for part in told if part.sheet in shown], []
    if not request.table:
        names = "、".join(package.tables)
        return [], [TABLE_UNKNOWN.at(place, names=names)]
    if not visible(sheets):
        return [], [SHEET_EMPTY.at(place)]
    if len(shown) != 1:
        names = "、".join(sheet.name for sheet in visible(sheets))
        return [], [SHEET_UNKNOWN.at(place, names=names)]
    table = package.tables[request.table]
    mine = [part for part in told if part.sheet is shown[0] and part.table is table]
    return mine or [_Part(shown[0], table)], []


def _told(sheets: Sequence[Sheet], package: Package) -> list[_Part]:
    """What the hidden sheet of a workbook of ours says, referred tables first."""
    by_name = {sheet.name: sheet for sheet in sheets}
    parts = []
    for row in by_name[META_SHEET].rows if META_SHEET in by_name else []:
        name, table, prefilled = ([cell.text for cell in row] + [""] * 3)[:3]
        if name in by_name and table in package.tables:
            columns = frozenset(prefilled.split(";")) - {""}
            parts.append(_Part(by_name[name], package.tables[table], columns))
    ordered: list[_Part] = []
    while parts:
        waiting = {part.table.name for part in parts}
        free = [part for part in parts if not (_targets(part.table) & waiting - {part.table.name})]
        ordered += free or parts
        parts = [part for part in parts if part not in ordered]
    return ordered


def _targets(table: Table) -> set[str]:
    lists = {field.list_of.table for field in table.schema.fields if field.list_of}
    return lists | {reference.table for reference in table.schema.references}


def _read_part(
    checked: Checked, maps: dict[str, ImportMap], part: _Part, request: Request
) -> tuple[TableChange | None, list[Note], list[Problem]]:
    table, header_map = part.table, maps[part.table.name]
    layout, problems = find_layout(part.sheet, table, header_map)
    if layout is None:
        return None, [], problems
    names, problems = names_of(checked, table, header_map)
    desk = Desk(
        table, header_map, names, checked.project.as_of, _posts(checked),
        request.accept_ditto, part.prefilled,
    )  # fmt: skip
    intake = Intake(desk, part.sheet, layout)
    intake.read()
    raw = checked.records.raw.tables[table.name]
    merger = Merger(table, header_map, {file.path: file.rows for file in raw.files})
    change = merger.merge(intake.rows)
    return change, intake.notes, [*problems, *intake.problems, *merger.problems]


def _posts(checked: Checked) -> str:
    """Some titles of posts, for whoever wrote a person's name."""
    binding = checked.project.school.bindings.get("roles")
    if binding is None or binding.table not in checked.records.raw.tables:
        return "岗位名称"
    titles = sorted(checked.records.raw.tables[binding.table].values(binding.columns["title"]))
    return "、".join(titles[:_SHOWN])


def _texts(changes: Sequence[TableChange]) -> dict[str, str]:
    """The canonical text of every file of a table that changes."""
    return {
        path: canonical_text(
            change.table.schema, [field.name for field in change.table.schema.fields], rows
        )
        for change in changes
        if change
        for path, rows in change.files.items()
    }
