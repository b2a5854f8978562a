"""Evidence sheets for the inspector: an indicator on one or two pages of A4, and all in one."""

import dataclasses
from collections.abc import Mapping

from markupsafe import Markup

from generator.compliance.figures import Assessment
from generator.problems.problem import Place
from generator.site.book import Book, Desk
from generator.site.environment import render, render_part
from generator.site.page import Page
from generator.site.views.evidence import evidence_tables, last_change
from generator.site.views.indicators import (
    IndicatorView,
    indicator_view,
    remembered_each,
    sheet_path,
)

ALL_SHEETS = "indicators/sheets.md"
_SHEET = '<section class="sc-sheet"'
"""Where a sheet begins in its page."""
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
    """One or more sheets to print, as they stand in the page."""

    title: str
    sheets: list[Markup]


def sheet_pages(book: Book, counted: Mapping[str, object]) -> list[Page]:
    """One sheet an indicator, and one page with them all; `counted` as for their pages."""
    pages = remembered_each(book, "sheet", _page, counted)
    return [*pages, _all(book, pages)] if pages else []


def _page(book: Book, assessment: Assessment) -> Page:
    indicator = assessment.indicator
    desk = Desk(book, sheet_path(indicator.id))
    title = f"{indicator.id} {indicator.title} 证据单"
    sheet = Markup(render_part("sheet.html", _sheet(desk, assessment)))  # noqa: S704 - ours
    view = SheetsView(title, [sheet])
    trail = [("合规", "indicators/index.md"), (indicator.id, f"indicators/{indicator.id}.md")]
    return _printed(desk, view, trail, indicator.place, (indicator.place.file, "records", "as_of"))


def _all(book: Book, pages: list[Page]) -> Page:
    """The sheets of all pages in one."""
    desk = Desk(book, ALL_SHEETS)
    texts = (page.markdown for page in pages)
    sheets = [Markup(text[text.index(_SHEET) :]) for text in texts]  # noqa: S704 - our own pages
    place = Place(pages[0].source, pages[0].line)
    trail = [("合规", "indicators/index.md")]
    return _printed(desk, SheetsView("全部证据单", sheets), trail, place, ("records", "as_of"))


def _printed(
    desk: Desk,
    view: SheetsView,
    trail: list[tuple[str, str]],
    place: Place,
    inputs: tuple[str, ...],
) -> Page:
    return Page(
        path=desk.path,
        title=view.title,
        kind="sheet",
        markdown=render("sheets.html", desk=desk, view=view, trail=[*trail, ("证据单", "")]),
        source=place.file,
        line=place.line,
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
