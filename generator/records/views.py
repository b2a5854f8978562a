"""The tables as known on a day: views over what was recorded, under the tables' own names."""

from generator.problems.problem import Problem
from generator.records.database import QueryError, quoted
from generator.records.loading import Loader
from generator.records.package import Table
from generator.records.refusals import refused
from generator.records.schema import Field
from generator.records.sql import check_derived


def check_views(table: Table) -> list[Problem]:
    """Report derived columns whose SQL must not run."""
    return [
        problem
        for field in table.schema.fields
        if field.derived_node is not None
        for problem in check_derived(field.derived_node, table.name)
    ]


def create_view(loader: Loader, table: Table) -> list[Problem]:
    """Create the view of a table; a derived column that DuckDB refuses stays as recorded."""
    problems: list[Problem] = []
    derived: list[Field] = []
    for field in table.schema.fields:
        if field.derived_node is None:
            continue
        try:
            loader.run(f"explain {_select(table, [field])}")
            derived.append(field)
        except QueryError as error:
            problems.append(refused(error, field.derived_node))
    loader.run(f"create view {quoted(table.name)} as {_select(table, derived)}")
    return problems


def view_of(table: Table) -> str:
    """What decides the view of a table, apart from its rows."""
    derived = [field for field in table.schema.fields if field.derived_node is not None]
    return _select(table, derived)


def _select(table: Table, derived: list[Field]) -> str:
    """The table as known on `as_of()`: later rows hidden, later dates blanked, rest derived."""
    schema = table.schema
    later = [
        field
        for field in schema.fields
        if field.type == "date" and not field.future and field.name != schema.event_date
    ]
    blanked = ", ".join(
        f"case when {quoted(field.name)} <= as_of() then {quoted(field.name)} end"
        f" as {quoted(field.name)}"
        for field in later
    )
    replaced = f"* replace ({blanked})" if blanked else "*"
    is_later = " or ".join(f"{quoted(field.name)} > as_of()" for field in later) or "false"
    event = schema.field(schema.event_date)
    monthly = event is not None and event.type == "yearmonth"
    today = "strftime(as_of(), '%Y-%m')" if monthly else "as_of()"
    known = f"coalesce({quoted(event.name)} <= {today}, true)" if event else "true"
    columns = ", ".join(["_row", *(_column(field, derived) for field in schema.fields)])
    return (
        f"select {columns} from (select {replaced},"  # noqa: S608
        f" coalesce({is_later}, false) as _later"
        f" from recorded.{quoted(table.name)} where {known})"
    )


def _column(field: Field, derived: list[Field]) -> str:
    if field not in derived:
        return quoted(field.name)
    name = quoted(field.name)
    return f"case when _later then ({field.derived}) else {name} end as {name}"
