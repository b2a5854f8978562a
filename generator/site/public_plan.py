"""The part of the plan that the public edition is made from: pages that are listed, no evidence."""

import dataclasses
from collections.abc import Iterable

from generator.plan.clauses import Clause, Evidence, Group, Section
from generator.plan.names import REFERENCE
from generator.plan.plan import Plan
from generator.plan.questions import Question
from generator.records.package import Package
from generator.site.book import document_path, page_path, section_path


def public_plan(plan: Plan, package: Package, paths: frozenset[str]) -> Plan:
    """The plan without pages that are not listed, and without evidence.

    Args:
        plan: everything the school wrote.
        package: the public tables.
        paths: the pages that are shown.
    """
    sections = tuple(_section(s) for s in plan.sections if section_path(s.id) in paths)
    clauses = frozenset(clause.id for section in sections for clause in section.clauses)
    policies = tuple(
        dataclasses.replace(
            policy,
            tables=tuple(name for name in policy.tables if name in package.tables),
            indicators=(),
            clauses=_kept(policy.clauses, clauses),
        )
        for policy in plan.policies
        if document_path(policy) in paths
    )
    procedures = tuple(
        dataclasses.replace(
            procedure, drills=None, routes=False, clauses=_kept(procedure.clauses, clauses)
        )
        for procedure in plan.procedures
        if document_path(procedure) in paths
    )
    told = dataclasses.replace(
        plan,
        sections=tuple(_section(section, clauses) for section in sections),
        procedures=procedures,
        policies=policies,
        pages=tuple(page for page in plan.pages if page_path(page.path) in paths),
        names=(),
        terms=plan.terms if "glossary.md" in paths else (),
        days=plan.days if "year.md" in paths else (),
        questions=plan.questions if "questions.md" in paths else (),
        printed=(),
        mechanisms=(),
    )
    return _only_named(told, package, paths)


def _section(section: Section, clauses: frozenset[str] | None = None) -> Section:
    """A section whose clauses have no evidence and point only to clauses that are shown."""

    def told(part: Clause | Group) -> Clause | Group:
        if isinstance(part, Group):
            return part
        see_also = part.see_also if clauses is None else _kept(part.see_also, clauses)
        return dataclasses.replace(part, evidence=Evidence(), see_also=see_also)

    return dataclasses.replace(section, parts=tuple(told(part) for part in section.parts))


def _only_named(plan: Plan, package: Package, paths: frozenset[str]) -> Plan:
    """Numbers and sources as far as a page names them; no question leads to what is not shown."""
    named = _named(plan)
    contacts = plan.contacts
    if "contacts.md" not in paths:
        contacts = tuple(c for c in contacts if not c.local or c.key in named)
    sources = plan.sources
    if "sources.md" not in paths:
        sources = tuple(source for source in sources if source.id in named)
    files = {page.path for page in plan.pages} | {s.path for s in plan.sections}
    files |= {document.place.file for document in plan.documents}
    files |= {path for table in package.tables.values() for path in table.paths}
    known = {clause.id for clause in plan.clauses} | {d.id for d in plan.documents}
    known |= {contact.key for contact in contacts} | {source.id for source in sources}
    known |= set(package.tables)

    def told(question: Question) -> Question:
        pages = tuple(path for path in question.pages if path in files)
        return dataclasses.replace(question, see=_kept(question.see, known), pages=pages)

    questions = tuple(told(question) for question in plan.questions)
    terms = tuple(dataclasses.replace(t, see=_kept(t.see, known)) for t in plan.terms)
    return dataclasses.replace(
        plan, contacts=contacts, sources=sources, questions=questions, terms=terms
    )


def _named(plan: Plan) -> set[str]:
    """Every name that a page which is shown uses."""
    texts = [page.body for page in plan.pages]
    texts += [section.intro for section in plan.sections]
    for section in plan.sections:
        for part in section.parts:
            texts += [part.text, part.duty if isinstance(part, Clause) else ""]
    texts += [question.answer for question in plan.questions]
    found = {name for question in plan.questions for name in question.see}
    for document in plan.documents:
        texts += [document.body, document.summary]
        found |= {*document.contacts, *document.sources}
    for procedure in plan.procedures:
        if procedure.report:
            found |= set(procedure.report.to)
            texts.append(procedure.report.script)
    return found | {name for text in texts for name in REFERENCE.findall(text)}


def _kept(names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    among = set(known)
    return tuple(name for name in names if name in among)
