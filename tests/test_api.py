"""The JSON that others build on: exactly these keys, and values that agree with the ledger."""

import json
from collections import Counter
from fractions import Fraction
from typing import Any

import generator
from generator.site.api import _number, api_files
from tests.conftest import GOOD, Check
from tests.sample_site import open_sizes, sample_ledger, sample_tree


def read(name: str) -> list[dict[str, Any]]:
    found = json.loads(sample_tree().files[f"api/{name}.json"])
    return found if isinstance(found, list) else [found]


def test_clauses() -> None:
    clauses = read("clauses")
    assert len(clauses) == 107
    assert Counter(clause["addressee"] for clause in clauses) == {
        "school": 74, "district": 4, "mixed": 29,
    }  # fmt: skip
    for clause in clauses:
        assert list(clause) == [
            "id", "title", "section", "addressee", "role", "duty", "status", "indicators",
            "evidence", "exempt", "url",
        ]  # fmt: skip
        assert list(clause["evidence"]) == ["tables", "documents", "planned"]
        assert "[[" not in clause["duty"]
    lessons = next(clause for clause in clauses if clause["id"] == "3.2.1d")
    assert lessons["url"] == "plan/3-2/#c-3-2-1d"
    assert lessons["indicators"] == ["I01"]
    assert lessons["duty"].endswith(" 2 课时")


def test_no_clause_is_a_hole_without_a_reason() -> None:
    for clause in read("clauses"):
        evidence = [name for names in clause["evidence"].values() for name in names]
        told = clause["indicators"] or evidence or clause["exempt"]
        assert told or clause["addressee"] == "district", clause["id"]
        assert clause["url"]


def test_indicators() -> None:
    indicators = read("indicators")
    assert [entry["id"] for entry in indicators] == list(sample_ledger().assessments)
    for entry in indicators:
        assert list(entry) == [
            "id", "title", "source", "unit", "target", "period", "numerator", "denominator",
            "value", "status", "reason", "owner", "due", "url", "rows_url",
        ]  # fmt: skip
        assert entry["rows_url"] == f"{entry['url']}#evidence"
        headline = sample_ledger().assessments[entry["id"]].headline
        assert (entry["numerator"], entry["denominator"]) == (
            (headline.numerator, headline.denominator) if headline.told else (None, None)
        )
    lessons = next(entry for entry in indicators if entry["id"] == "I01")
    assert lessons["source"] == {"clause": "3.2.1d"}
    assert lessons["target"] == "2 课时"
    hazards = next(entry for entry in indicators if entry["id"] == "I08")
    assert hazards["due"] == "2026-10-30"


def test_pages() -> None:
    pages = read("pages")
    assert [page["url"] for page in pages] == [page.url for page in sample_tree().pages]
    for page in pages:
        assert list(page) == [
            "url", "doc_id", "kind", "title", "owner_role", "review_due", "version", "edit_url",
        ]  # fmt: skip
    fire = next(page for page in pages if page["doc_id"] == "EP01")
    assert fire["kind"] == "procedure"
    assert fire["url"] == "procedures/EP01/"
    assert fire["owner_role"]
    assert fire["review_due"] > "2026-01-01"
    assert fire["edit_url"].endswith("/main/content/procedures/EP01-fire.md#L1")


def test_build() -> None:
    (build,) = read("build")
    assert list(build) == ["as_of", "commit", "edition", "generator", "records", "problems"]
    assert build["as_of"] == "2026-11-20"
    assert build["edition"] == "staff"
    assert build["generator"] == generator.__version__
    ledger = sample_ledger()
    assert build["records"] == open_sizes()
    assert build["problems"]["errors"] == 0
    restricted = {
        path
        for table in ledger.checked.records.package.tables.values()
        if table.sensitivity == "restricted"
        for path in table.paths
    }
    told = [problem for problem in ledger.problems if problem.place.file not in restricted]
    assert build["problems"]["reminders"] == len(told) < len(ledger.problems)
    assert build["commit"] == ledger.checked.history.commit


def test_the_files_end_with_a_newline_and_keep_chinese_readable() -> None:
    for name in ("clauses", "indicators", "pages", "build"):
        data = sample_tree().files[f"api/{name}.json"]
        assert data.endswith(b"\n")
        assert b"\\u" not in data


def test_a_number_is_decimal_text() -> None:
    assert _number(Fraction(2, 3)) == "0.666666"
    assert _number(Fraction(10)) == "10"
    assert _number(Fraction(1, 2)) == "0.5"
    assert _number(Fraction(1999999, 2000000)) == "0.999999"


def test_an_address_for_editing_is_made_from_the_pattern(check: Check) -> None:
    school = (GOOD / "records/school.yaml").read_text(encoding="utf-8")
    pattern = 'edit: "https://git.example/{path}?l={line}"'
    ledger = check({"records/school.yaml": school.replace('edit: ""', pattern)})
    pages = tuple(page for page in sample_tree().pages if page.doc_id == "EP01")
    entry = json.loads(api_files(ledger, pages, "public")["api/pages.json"])[0]
    assert entry["edit_url"] == "https://git.example/content/procedures/EP01-fire.md?l=1"
    build = json.loads(api_files(ledger, pages, "public")["api/build.json"])
    assert build["edition"] == "public"
