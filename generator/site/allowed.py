"""The list of pages that the public edition shows, and what is wrong with it.

A page is shown to the public when the school lists its address and what it is made from is
public. First page, list of procedures and search are always there; they hold only what is listed.
"""

import dataclasses

from generator.files import with_sources
from generator.ledger import Ledger
from generator.problems.catalogue.content import PAGE_NOT_PUBLIC
from generator.problems.catalogue.declarations import UNKNOWN_NAME
from generator.problems.masking import shown
from generator.problems.problem import Problem, Words
from generator.problems.rule import near_names
from generator.site.book import document_path, page_path, section_path, table_path
from generator.site.page import url_of

PUBLIC = "public"
STAFF = "staff"
ALWAYS = frozenset({"index.md", "procedures/index.md", "search.md"})
_OVERVIEWS = (
    "contacts.md",
    "glossary.md",
    "plan/index.md",
    "policies/index.md",
    "questions.md",
    "sources.md",
    "year.md",
)
_BELOW = "*"


def public_paths(ledger: Ledger) -> frozenset[str]:
    """The Markdown paths of all pages that the public edition of a ledger shows."""
    listed = ledger.checked.project.school.public
    found = {
        path
        for path, edition in listable(ledger).items()
        if edition == PUBLIC and any(_matches(entry, path) for entry in listed)
    }
    return ALWAYS | found


def listable(ledger: Ledger) -> dict[str, str]:
    """Every page a school may name in its list: its path, and the widest edition that shows it."""
    plan, package = ledger.checked.plan, ledger.checked.records.package
    found = dict.fromkeys(_OVERVIEWS, PUBLIC)
    found |= {section_path(section.id): PUBLIC for section in plan.sections}
    found |= {page_path(page.path): PUBLIC for page in plan.pages}
    found |= {
        document_path(document): document.edition
        for document in plan.documents
        if document.status != "retired"
    }
    return found | {
        table_path(table.name): PUBLIC if table.sensitivity == PUBLIC else STAFF
        for table in package.tables.values()
    }


def with_editions(ledger: Ledger) -> Ledger:
    """The ledger with the problems of the list of public pages."""
    found = with_sources(ledger.checked.project.root, tuple(_check(ledger)))
    problems = tuple(sorted({*ledger.problems, *found}))
    return dataclasses.replace(ledger, problems=problems)


def _check(ledger: Ledger) -> list[Problem]:
    pages = listable(ledger)
    problems = []
    for entry, place in ledger.checked.project.school.public.items():
        found = {path: pages[path] for path in pages if _matches(entry, path)}
        if not found and not any(_matches(entry, path) for path in ALWAYS):
            near = near_names(entry, map(url_of, pages))
            among = Words("可以公开的页面地址", "the addresses of pages")
            problems.append(
                UNKNOWN_NAME.at(
                    place,
                    near=near,
                    key="public",
                    value=shown(entry),
                    among_zh=among.zh,
                    among_en=among.en,
                )
            )
        elif found and PUBLIC not in found.values():
            problems.append(PAGE_NOT_PUBLIC.at(place, page=shown(entry)))
    return problems


def _matches(entry: str, path: str) -> bool:
    """`plan/3-2/` is that page; `plan/*` every page below `plan/`, the overview too."""
    if entry.endswith(f"/{_BELOW}"):
        return url_of(path).startswith(entry.removesuffix(_BELOW))
    return bool(entry) and url_of(path) == f"{entry.strip('/')}/"
