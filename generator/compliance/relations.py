"""The engine's own relations, which declared SQL reads beside the tables."""

from generator.compliance.calendar import Calendar
from generator.plan.plan import Plan
from generator.records.database import Relation


def engine_relations(plan: Plan, calendar: Calendar) -> tuple[Relation, ...]:
    """`calendar_days`, `plan_clauses` and `plan_pages`."""
    clauses = Relation(
        "plan_clauses",
        dict.fromkeys(("clause_id", "title", "section", "addressee", "role_id", "duty"), "varchar"),
        tuple((c.id, c.title, c.section, c.addressee, c.role, c.duty) for c in plan.clauses),
    )
    pages = Relation(
        "plan_pages",
        dict.fromkeys(("doc_id", "kind", "category", "status", "version", "path"), "varchar")
        | {"review_due": "date"},
        tuple(
            (p.id, p.kind, p.category, p.status, p.version, p.place.file, p.review_due)
            for p in plan.procedures
        ),
    )
    return calendar.relation(), clauses, pages
