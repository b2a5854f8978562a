"""Evidence sheets for the inspector: an indicator on one or two pages of A4, and all in one."""

import dataclasses

from generator.compliance.figures import Assessment
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.page import Page
from generator.site.remembered import remembered
from generator.site.views.evidence import evidence_tables, last_change
from generator.site.views.indicators import (
    IndicatorView,
    indicator_view,
    remembered_each,
    sheet_path,
)

ALL_SHEETS = "indicators/sheets.md"
_ROWS = 30
"""Records on a sheet, so that it stays within two pages; of more, those that fall short first."""
_PERIODS = 12
"""Past periods on a sheet, the newest."""


@dataclasses.dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet; `commit` is the last change of the records and the declaration it rests on."""

    indicator: IndicatorView
    school: str
    commit: str
    committed_on: str


@dataclasses.dataclass(frozen=True, slots=True)
class SheetsView:
    """One or more sheets to print."""

    title: str
    sheets: list[SheetView]


def sheet_pages(book: Book) -> list[Page]:
    """One sheet an indicator, and one page with them all."""
    found = list(book.ledger.assessments.values())
    if not found:
        return []
    pages = remembered_each(book, "sheet", _page)
    return [*pages, *remembered(book, "sheets", lambda: [_all(book, found)])]


def _page(book: Book, assessment: Assessment) -> Page:
    indicator = assessment.indicator
    desk = Desk(book, sheet_path(indicator.id))
    title = f"{indicator.id} {indicator.title} 证据单"
    view = SheetsView(title, [_sheet(desk, assessment)])
    trail = [("合规", "indicators/index.md"), (indicator.id, f"indicators/{indicator.id}.md")]
    return _printed(desk, view, trail, (indicator.place.file, "records", "as_of"))


def _all(book: Book, found: list[Assessment]) -> Page:
    desk = Desk(book, ALL_SHEETS)
    view = SheetsView("全部证据单", [_sheet(desk, assessment) for assessment in found])
    trail = [("合规", "indicators/index.md")]
    return _printed(desk, view, trail, ("records", "as_of"))


def _printed(
    desk: Desk, view: SheetsView, trail: list[tuple[str, str]], inputs: tuple[str, ...]
) -> Page:
    first = view.sheets[0].indicator
    return Page(
        path=desk.path,
        title=view.title,
        kind="sheet",
        markdown=render("sheets.html", desk=desk, view=view, trail=[*trail, ("证据单", "")]),
        source=first.source,
        line=first.line,
        edition="staff",
        inputs=inputs,
        hide=("navigation", "toc"),
        in_navigation=False,
    )


def _sheet(desk: Desk, assessment: Assessment) -> SheetView:
    indicator = assessment.indicator
    shown = indicator_view(desk, assessment, _ROWS)
    paths = [path for table in evidence_tables(desk.book, indicator) for path in table.paths]
    change = last_change(desk, [*paths, indicator.place.file])
    view = dataclasses.replace(shown, history=shown.history[:_PERIODS])
    school = desk.ledger.checked.project.school.name
    commit, day = (change.commit[:12], change.day) if change else ("", "")
    return SheetView(view, school, commit, day)
