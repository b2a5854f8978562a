"""An evidence row says when git saw it changed last, where a rule asks git at all."""

from generator.site.book import Desk
from generator.site.shelves import open_book
from generator.site.views.evidence import evidence_view
from tests.sample_site import sample_ledger


def test_the_last_change_of_a_record_stands_at_its_place() -> None:
    book, _ = open_book(sample_ledger())
    desk = Desk(book, "indicators/I08.md")
    assessment = sample_ledger().assessments["I08"]
    row = assessment.evidence[-1].row
    book.changed[row] = "2026-11-18"
    view = evidence_view(desk, assessment)
    marked = [entry for entry in view.rows if entry.changed == "2026-11-18"]
    assert len(marked) == 1
    assert marked[0].place.startswith("hazards.csv 第 ")
