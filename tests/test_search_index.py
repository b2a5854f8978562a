"""The search index: what readers see, as text, under stable keys."""

import json
from typing import Any

import pytest

from generator.site.page import Page, SearchEntry
from generator.site.search import plain, search_index
from tests.sample_site import known_sizes, sample_ledger, sample_tree


def documents(data: bytes) -> list[dict[str, Any]]:
    index = json.loads(data)
    assert set(index) == {"version", "documents"}
    assert index["version"] == 1
    found: list[dict[str, Any]] = index["documents"]
    return found


def sample_documents() -> list[dict[str, Any]]:
    name = str(sample_tree().facts["search_index"])
    return documents(sample_tree().files[name])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**粗** `码` _斜_", "粗 码 斜", id="marks"),
        pytest.param("## 题\n\n- 一\n- 二", "题 - 一 - 二", id="headings"),
        pytest.param("[词](a.md) 后", "词 后", id="link"),
        pytest.param("| a | b |", "a b", id="table"),
        pytest.param('!!! warning "注意"\n    小心', '"注意" 小心', id="admonition"),
        pytest.param("[[I01]] 与 [[guard]]", "I01 与 guard", id="unexpanded-reference"),
        pytest.param("&lt;b&gt;", "<b", id="entities"),
        pytest.param("\n a \t b\n", "a b", id="space"),
    ],
)
def test_text_without_marks(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_page_gives_one_document_for_each_entry() -> None:
    entries = (
        SearchEntry("D1", "clause", "题", "c-1", "文", ("D1", "号")),
        SearchEntry("", "page", "页", "", ""),
    )
    page = Page("plan/a.md", "页", "section", "", "", 0, "staff", (), search=entries)
    silent = Page("b.md", "页", "text", "", "", 0, "staff", ())
    assert documents(search_index((page, silent))) == [
        {
            "doc": "D1", "kind": "clause", "title": "题", "url": "plan/a/#c-1", "text": "文",
            "keys": ["D1", "号"],
        },
        {"doc": "", "kind": "page", "title": "页", "url": "plan/a/", "text": ""},
    ]  # fmt: skip


def test_every_clause_procedure_indicator_table_and_record_is_in_the_index() -> None:
    ledger, found = sample_ledger(), sample_documents()
    of_kind = {kind: [d for d in found if d["kind"] == kind] for kind in {d["kind"] for d in found}}
    plan = ledger.checked.plan
    assert [d["doc"] for d in of_kind["clause"]] == [clause.id for clause in plan.clauses]
    assert [d["doc"] for d in of_kind["procedure"]] == [p.id for p in plan.procedures]
    assert [d["doc"] for d in of_kind["indicator"]] == list(ledger.assessments)
    assert len(of_kind["table"]) == len(ledger.checked.records.package.tables)
    assert len(of_kind["record"]) == sum(known_sizes().values())
    assert len(of_kind["term"]) == len(plan.terms)
    assert len(of_kind["source"]) == len(plan.sources)


def test_references_are_indexed_as_the_words_that_readers_see() -> None:
    found = sample_documents()
    assert [d["title"] for d in found if "[[" in d["text"] or ".target" in d["text"]] == []
    lessons = next(d for d in found if d["doc"] == "3.2.1d" and d["kind"] == "clause")
    assert "2 课时" in lessons["text"]


def test_every_address_of_the_index_is_a_page() -> None:
    pages = {page.url for page in sample_tree().pages}
    assert {d["url"].partition("#")[0] for d in sample_documents()} <= pages
