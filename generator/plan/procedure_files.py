"""Procedure pages to procedures: strict front matter, the body as it is."""

from generator.declared import Declared
from generator.plan.markdown import Source
from generator.plan.names import Named, named, references_in
from generator.plan.procedure_checks import check_procedure
from generator.plan.procedures import EDITIONS, STATUSES, DrillQuota, Procedure, Report, Task
from generator.problems.problem import Place, Problem


def read_procedure(source: Source) -> tuple[Procedure, list[Named], list[Problem]]:
    """Read one procedure; the names it uses are returned for looking up."""
    front = source.front
    names = [*references_in(source), *_names(front)]
    approved = front.text("status") == "approved"
    procedure = Procedure(
        id=front.text("doc_id", required=True),
        title=front.text("title", required=True),
        summary=front.text("summary", required=True),
        kind=front.text("kind", required=True),
        category=front.text("category", required=True),
        icon=front.text("icon", required=True),
        status=front.one_of("status", STATUSES),
        version=front.text("version", required=True),
        owner=front.text("owner_role", required=True),
        commander=front.text("commander_role", required=True),
        deputy=front.text("deputy_role", required=True),
        approved_on=front.date("approved_on", required=approved),
        review_due=front.date("review_due", required=approved),
        sources=_texts(front, "source_refs"),
        clauses=_texts(front, "clauses"),
        tasks=_tasks(front),
        contacts=_texts(front, "contacts"),
        report=_report(front),
        assembly_points=_texts(front, "assembly_points"),
        drills=_drills(front),
        do_not=_texts(front, "do_not"),
        first_minute=_texts(front, "first_minute"),
        routes=front.flag("routes"),
        edition=front.one_of("sensitivity", EDITIONS),
        body=source.body,
        place=Place(source.path, 1),
    )
    front.get("related_assets")
    front.flag("card")
    problems = check_procedure(procedure, source)
    front.close()
    return procedure, names, problems


def _texts(front: Declared, key: str) -> tuple[str, ...]:
    return tuple(str(node.value) for node in front.texts(key))


def _names(front: Declared) -> list[Named]:
    names: list[Named] = []
    for key, kind in (
        ("source_refs", "source"),
        ("clauses", "clause"),
        ("contacts", "contact"),
        ("assembly_points", "place"),
    ):
        names.extend(named(kind, front.texts(key)))
    posts = ("owner_role", "commander_role", "deputy_role")
    names.extend(Named("role", front.text(key), front.place(key)) for key in posts)
    names.append(Named("document", front.text("doc_id"), front.place("doc_id")))
    names.extend(
        Named("role", t.text("role_id"), t.place("role_id")) for t in front.mappings("roles")
    )
    drills = front.inner("drills")
    if drills is not None:
        names.append(Named("table", drills.text("table"), drills.place("table")))
    report = front.inner("report")
    if report is not None:
        names.extend(named("contact", report.texts("to")))
        names.append(Named("source", report.text("basis"), report.place("basis")))
    return [name for name in names if name.name]


def _tasks(front: Declared) -> tuple[Task, ...]:
    tasks = []
    for entry in front.mappings("roles"):
        task = Task(
            entry.text("group", required=True),
            entry.text("role_id", required=True),
            entry.text("task", required=True),
        )
        entry.close()
        tasks.append(task)
    return tuple(tasks)


def _report(front: Declared) -> Report | None:
    inner = front.inner("report", required=True)
    if inner is None:
        return None
    report = Report(
        inner.integer("verbal_hours"),
        inner.integer("written_hours"),
        _texts(inner, "to"),
        inner.text("basis"),
        inner.text("script", required=True),
    )
    inner.close()
    return report


def _drills(front: Declared) -> DrillQuota | None:
    inner = front.inner("drills")
    if inner is None:
        return None
    quota = DrillQuota(
        inner.text("table", required=True),
        inner.text("scenario", required=True),
        inner.integer("min_per_year", 1),
    )
    inner.close()
    return quota
