"""A ledger without anything that the public may not know.

The public edition is made from what this gives and from nothing else: a view cannot show what
is not there. Figures, statuses, reminders, history, staff tables and columns, posts of a table
that is not public, and the texts of pages that are not listed are left out.
"""

import dataclasses

from generator.compliance.bindings import Bound
from generator.compliance.calendar import Calendar
from generator.compliance.clauses import clause_states
from generator.compliance.names import Registry
from generator.compliance.suspects import Suspicion
from generator.history.commits import History
from generator.ledger import Checked, Ledger
from generator.plan.plan import Plan
from generator.project import Binding, School
from generator.records.fields import RESTRICTED
from generator.records.package import Package, Table
from generator.records.records import Records
from generator.records.tables import RawTables
from generator.site.allowed import PUBLIC, public_paths
from generator.site.public_plan import public_plan

_UNTOLD = {"role": "相关岗位", "place": "校内地点"}
"""What stands for the name of a post or a place whose table is not public."""


def public_ledger(ledger: Ledger) -> Ledger:
    """The part of a ledger that everybody may see; it has no problems and counts nothing."""
    checked = ledger.checked
    paths = public_paths(ledger)
    package = _package(checked.records.package)
    bindings = _bindings(checked.project.school, package)
    bound = _bound(checked.bound, bindings, paths)
    plan = public_plan(checked.plan, package, paths)
    if not bound.places:
        procedures = (dataclasses.replace(p, assembly_points=()) for p in plan.procedures)
        plan = dataclasses.replace(plan, procedures=tuple(procedures))
    school = dataclasses.replace(
        checked.project.school, bindings=bindings, edit_url="", history_url="", first_day=()
    )
    told = dataclasses.replace(
        checked,
        project=dataclasses.replace(checked.project, school=school),
        records=_records(checked.records, package),
        plan=plan,
        history=History(checked.history.commit, shallow=True),
        bound=bound,
        calendar=checked.calendar if "calendar" in bindings else Calendar(),
        rules=(),
        evidence={},
        registry=_registry(checked, plan, package, bound),
        maps={},
        problems=(),
        closed=(),
        suspicion=Suspicion({}, {}, {}, {}, ()),
        charts=(),
    )
    clauses = clause_states(plan.clauses, {}, {}, ledger.as_of, 0)
    return Ledger(told, ledger.as_of, {}, clauses, ())


def _package(package: Package) -> Package:
    """Public tables alone; their other columns are hidden as restricted ones are."""
    tables = {name: _table(t) for name, t in package.tables.items() if t.sensitivity == PUBLIC}
    return Package(package.title, tables)


def _table(table: Table) -> Table:
    fields = tuple(
        field if field.sensitivity == PUBLIC else dataclasses.replace(field, sensitivity=RESTRICTED)
        for field in table.schema.fields
    )
    return dataclasses.replace(table, schema=dataclasses.replace(table.schema, fields=fields))


def _records(records: Records, package: Package) -> Records:
    raw = {
        name: dataclasses.replace(found, table=package.tables[name])
        for name, found in records.raw.tables.items()
        if name in package.tables
    }
    return Records(package, RawTables(raw, frozenset()), frozenset())


def _bindings(school: School, package: Package) -> dict[str, Binding]:
    """Bindings to public tables; columns that are not public are not bound."""
    found = {}
    for name, binding in school.bindings.items():
        table = package.tables.get(binding.table)
        if table is not None:
            columns = {k: c for k, c in binding.columns.items() if c not in table.hidden}
            found[name] = dataclasses.replace(binding, columns=columns)
    return found


def _bound(bound: Bound, bindings: dict[str, Binding], paths: frozenset[str]) -> Bound:
    """Posts by their titles, and documents with a page that is shown."""
    posts = {}
    if "roles" in bindings and "title" in bindings["roles"].columns:
        posts = {
            post.id: dataclasses.replace(post, superior="", deputy="", level="", duties="")
            for post in bound.posts.values()
        }
    pages = {path.rpartition("/")[2].removesuffix(".md") for path in paths}
    documents = bound.documents if "documents" in bindings else {}
    told = "places" in bindings and "title" in bindings["places"].columns
    return Bound(
        posts=posts,
        documents={name: found for name, found in documents.items() if name in pages},
        places=bound.places if told else {},
    )


def _registry(checked: Checked, plan: Plan, package: Package, bound: Bound) -> Registry:
    """Titles of what is shown; everything else is its bare id, posts and places a common word."""
    old = checked.registry.titles
    kept = {
        "clause": {part.id for section in plan.sections for part in section.parts}
        | {section.id for section in plan.sections},
        "indicator": set(),
        "document": {document.id for document in plan.documents},
        "table": set(package.tables),
        "role": set(bound.posts),
        "source": {source.id for source in plan.sources},
        "contact": {contact.key for contact in plan.contacts},
        "place": set(bound.places),
    }
    return Registry(
        {
            kind: {
                name: title if name in kept[kind] else _UNTOLD.get(kind, name)
                for name, title in names.items()
            }
            for kind, names in old.items()
            if kind != "contact"
        }
        | {"contact": {contact.key: contact.title for contact in plan.contacts}}
    )
