"""The page of mechanisms: each with its page, tables, indicators or the reason why none."""

import re

from generator.site.pages import plan_pages
from tests.conftest import Check
from tests.sample_site import page_of, sample_ledger, sample_tree

PATH = "indicators/mechanisms.md"


def test_every_mechanism_has_a_page_and_an_indicator_or_a_reason() -> None:
    mechanisms = sample_ledger().checked.plan.mechanisms
    assert len(mechanisms) == 36
    text = page_of(sample_tree(), PATH).markdown
    assert re.findall(r'data-mechanism="([^"]+)"', text) == [m.id for m in mechanisms]
    for mechanism in mechanisms:
        part = text.partition(f'data-mechanism="{mechanism.id}"')[2].partition("</dl>")[0]
        answers = part.partition("看这里</dt><dd>")[2].partition("</dd>")[0]
        assert answers.count("<a href=") == len(mechanism.pages) > 0
        tables = part.partition("台账</dt><dd>")[2].partition("</dd>")[0]
        assert tables.count("<a href=") == len(mechanism.tables)
        measured = re.findall(r'<li><a href="\.\./(\w+)/">', part)
        assert measured == list(mechanism.indicators)
        assert measured or mechanism.reason in part
        assert mechanism.question in text


def test_a_school_without_a_list_of_mechanisms_has_no_such_page(check: Check) -> None:
    assert PATH not in {page.path for page in plan_pages(check())}


def test_a_question_leads_to_its_mechanism_in_the_search() -> None:
    entries = page_of(sample_tree(), PATH).search
    mechanisms = sample_ledger().checked.plan.mechanisms
    assert [entry.title for entry in entries] == ["机制", *(m.title for m in mechanisms)]
    assert all(m.question in e.text for m, e in zip(mechanisms, entries[1:], strict=True))
