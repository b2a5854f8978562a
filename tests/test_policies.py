from generator.compliance.status import Status
from generator.ledger import read_ledger
from generator.site.tree import plan_tree
from tests.conftest import Check, MakeProject
from tests.sample_site import page_of, sample_ledger, sample_tree

TEXT = """\
---
doc_id: NA2
title: 门岗规矩
summary: 谁能进门，见 [[guard]]。
kind: rule
category: gate
status: approved
version: "1.0"
owner_role: guard
approved_on: 2026-03-01
review_due: 2027-03-01
clauses: [4.1a]
records: [walks]
indicators: [Q1]
sensitivity: public
---

## 规定

来人先登记，按 [[4.1a]]。
"""
ROW = "paper,label,keeper,signed_on,redo_on\nNA1,溺水处置,head,2026-03-01,2027-03-01\n"
PAGE = "content/policies/gate.md"
PAPERS = "records/tables/papers.csv"
LISTED = ROW + "NA2,门岗规矩,guard,2026-03-01,2027-03-01\n"


def test_a_policy_is_read_with_all_it_names(check: Check) -> None:
    ledger = check({PAGE: TEXT, PAPERS: LISTED})
    assert ledger.problems == ()
    (policy,) = ledger.checked.plan.policies
    assert (policy.id, policy.owner, policy.tables, policy.indicators) == (
        "NA2", "guard", ("walks",), ("Q1",),
    )  # fmt: skip


def test_names_that_mean_nothing_are_told_by_their_place(check: Check) -> None:
    text = TEXT.replace("[walks]", "[wlaks]").replace("[[4.1a]]", "[[4.1x]]")
    problems = check({PAGE: text, PAPERS: LISTED}).problems
    assert [(p.rule, p.place.line) for p in problems] == [
        ("unknown-name", 13), ("reference-unknown", 20),
    ]  # fmt: skip


def test_a_review_before_the_approval_and_a_late_one_are_told(check: Check) -> None:
    early = TEXT.replace("review_due: 2027-03-01", "review_due: 2026-02-01")
    rules = {p.rule for p in check({PAGE: early, PAPERS: LISTED}).problems}
    assert rules == {"review-late", "review-order"}


def test_one_id_for_a_procedure_and_a_policy_is_refused(check: Check) -> None:
    problems = check({PAGE: TEXT.replace("NA2", "NA1")}).problems
    assert [p.rule for p in problems] == ["duplicate-id"]


def test_a_policy_without_a_row_is_listed_by_what_it_says(project: MakeProject) -> None:
    ledger = read_ledger(*project({PAGE: TEXT}))
    tree = plan_tree(ledger)
    ledger.checked.database.close()
    listed = page_of(tree, "policies/index.md").markdown
    assert "门岗规矩" in listed
    assert 'data-status="met"' in listed


def test_the_list_shows_owner_version_review_and_state_of_every_document() -> None:
    listed = page_of(sample_tree(), "policies/index.md").markdown
    documents = sample_ledger().checked.bound.documents
    for name in ("ZD01", "ZD06", "FA03"):
        document = documents[name]
        assert document.title in listed
        assert f">{document.version}</td>" in listed
        assert f">{document.review_due}</td>" in listed
    assert listed.index("ZD08") < listed.index("FA03"), "policies come before single papers"
    assert "EP01" not in listed


def test_a_policy_page_leads_to_its_records_figures_clause_and_review() -> None:
    page = page_of(sample_tree(), "policies/ZD04.md")
    assert (page.doc_id, page.kind, page.version) == ("ZD04", "policy", "2.3")
    for words in ("今天谁陪餐", "records/canteen_days/", "indicators/I30/", "#c-3-3-1d"):
        assert words in page.markdown
    assert f'data-status="{Status.MET.value}"' in page.markdown
    assert [entry.doc for entry in page.search] == ["ZD04"]
