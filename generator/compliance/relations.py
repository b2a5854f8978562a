"""The engine's own relations, which declared SQL reads beside the tables."""

from collections.abc import Sequence

from generator.compliance.calendar import Calendar
from generator.history.rows import CellChange
from generator.plan.plan import Plan
from generator.plan.policies import Policy
from generator.plan.procedures import Procedure
from generator.records.answers import Row
from generator.records.database import quoted
from generator.records.loading import Loader, Relation
from generator.records.package import Package, Table
from generator.records.records import Records
from generator.records.veil import PAST

ROW_CHANGES = PAST
_PAGE_TEXTS = ("doc_id", "title", "kind", "category", "status", "version", "owner_role", "path")


def engine_relations(plan: Plan, calendar: Calendar) -> tuple[Relation, ...]:
    """`calendar_days`, `plan_clauses` and `plan_pages`."""
    clauses = Relation(
        "plan_clauses",
        dict.fromkeys(("clause_id", "title", "section", "addressee", "role_id", "duty"), "varchar"),
        tuple((c.id, c.title, c.section, c.addressee, c.role, c.duty) for c in plan.clauses),
    )
    pages = Relation(
        "plan_pages",
        dict.fromkeys(_PAGE_TEXTS, "varchar") | {"approved_on": "date", "review_due": "date"},
        tuple(_page_row(page) for page in plan.documents),
    )
    return calendar.relation(), clauses, pages


def _page_row(page: Procedure | Policy) -> Row:
    texts = (page.id, page.title, page.kind, page.category, page.status, page.version)
    return (*texts, page.owner, page.place.file, page.approved_on, page.review_due)


def key_columns(package: Package) -> dict[str, tuple[str, ...]]:
    """The primary key of every table file, by path."""
    return {
        path: table.schema.primary_key
        for table in package.tables.values()
        for path in table.paths
        if table.schema.primary_key
    }


def change_relation(changes: Sequence[CellChange], records: Records, loader: Loader) -> Relation:
    """`row_changes`: every known change of a cell of a record that is still there."""
    columns = {
        "_row": "bigint", "field": "varchar", "before": "varchar", "after": "varchar",
        "changed_on": "date", "commit_id": "varchar",
    }  # fmt: skip
    touched = {change.path for change in changes}
    rows: dict[str, dict[tuple[str, ...], int]] = {}
    for table in records.package.tables.values():
        if touched & set(table.paths) and table.name not in records.faulty:
            known = _rows_by_key(table, loader)
            rows |= dict.fromkeys(table.paths, known)
    found: list[Row] = [
        (row, change.field, change.before, change.after, change.day, change.commit)
        for change in changes
        if (row := rows.get(change.path, {}).get(change.key)) is not None
    ]
    return Relation(ROW_CHANGES, columns, tuple(found))


def _rows_by_key(table: Table, loader: Loader) -> dict[tuple[str, ...], int]:
    names = ", ".join(f"{quoted(name)}::varchar" for name in table.schema.primary_key)
    query = f"select _row, {names} from recorded.{quoted(table.name)}"  # noqa: S608 - declared names
    rows = loader.ask(query, [table.name])
    return {tuple(str(cell) for cell in row[1:]): int(str(row[0])) for row in rows}
