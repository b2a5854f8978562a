"""The JSON that others build on: clauses, indicators, pages, build. Keys are stable."""

import json
from collections import Counter
from fractions import Fraction

import generator
from generator.addresses import file_address
from generator.compliance.clauses import ClauseState
from generator.compliance.figures import Assessment
from generator.ledger import Ledger
from generator.plan.clauses import Clause
from generator.problems.problem import Severity
from generator.records.fields import RESTRICTED
from generator.site.allowed import PUBLIC
from generator.site.book import section_path, words_of
from generator.site.page import Page, url_of


def api_files(ledger: Ledger, pages: tuple[Page, ...], edition: str) -> dict[str, bytes]:
    """The files below `api/` by path; the public ones tell no status."""
    clauses = [_clause(ledger, state) for state in ledger.clauses]
    if edition == PUBLIC:
        clauses = [clause | {"status": None} for clause in clauses]
    return {
        "api/clauses.json": _json(clauses),
        "api/indicators.json": _json([_indicator(a) for a in ledger.assessments.values()]),
        "api/pages.json": _json([_page(ledger, page) for page in pages]),
        "api/build.json": _json(_build(ledger, edition)),
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _clause_url(clause: Clause) -> str:
    return f"{url_of(section_path(clause.section))}#{clause.anchor}"


def _clause(ledger: Ledger, state: ClauseState) -> dict[str, object]:
    clause = state.clause
    return {
        "id": clause.id,
        "title": clause.title,
        "section": clause.section,
        "addressee": clause.addressee,
        "role": clause.role,
        "duty": words_of(ledger, clause.duty),
        "status": state.status.value,
        "indicators": list(clause.evidence.indicators),
        "evidence": {
            "tables": list(clause.evidence.tables),
            "documents": list(clause.evidence.documents),
            "planned": [entry.split(" ")[0] for entry in clause.evidence.planned],
        },
        "exempt": clause.exempt,
        "url": _clause_url(clause),
    }


def _indicator(assessment: Assessment) -> dict[str, object]:
    indicator, headline = assessment.indicator, assessment.headline
    url = url_of(f"indicators/{indicator.id}.md")
    due = min((row.due_on for row in assessment.due if row.due_on), default=None)
    return {
        "id": indicator.id,
        "title": indicator.title,
        "source": {indicator.basis.kind: indicator.basis.name},
        "unit": indicator.unit,
        "target": indicator.target_text,
        "period": indicator.period,
        "numerator": headline.numerator if headline.told else None,
        "denominator": headline.denominator if headline.told else None,
        "value": _number(headline.value) if headline.told else None,
        "status": headline.status.value,
        "reason": headline.judgement.reason.zh,
        "owner": indicator.owner,
        "due": due.isoformat() if due else None,
        "url": url,
        "rows_url": f"{url}#evidence",
    }


def _number(value: Fraction) -> str:
    """A decimal number as text, cut off after six places."""
    whole, rest = divmod(value.numerator * 10**6 // value.denominator, 10**6)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")


def _page(ledger: Ledger, page: Page) -> dict[str, object]:
    pattern = ledger.checked.project.school.edit_url
    edit = file_address(pattern, page.source, page.line) or page.source
    return {
        "url": page.url,
        "doc_id": page.doc_id,
        "kind": page.kind,
        "title": page.title,
        "owner_role": page.owner,
        "review_due": page.review_due.isoformat() if page.review_due else None,
        "version": page.version,
        "edit_url": edit,
    }


def _build(ledger: Ledger, edition: str) -> dict[str, object]:
    raw = ledger.checked.records.raw.tables
    hidden = {
        path for t in raw.values() if t.table.sensitivity == RESTRICTED for path in t.table.paths
    }
    told = (problem for problem in ledger.problems if problem.place.file not in hidden)
    counts = Counter(problem.severity for problem in told)
    return {
        "as_of": ledger.as_of.isoformat(),
        "commit": ledger.checked.history.commit,
        "edition": edition,
        "generator": generator.__version__,
        "records": {
            name: table.size for name, table in raw.items() if table.table.sensitivity != RESTRICTED
        },
        "problems": {}
        if edition == PUBLIC
        else {
            "errors": counts[Severity.ERROR],
            "reminders": counts[Severity.REMINDER],
        },
    }
