"""Plan, procedures, registers and texts as pages."""

import re

import pytest

from generator.compliance.status import Status
from generator.site.page import Page
from generator.site.pages import plan_pages
from tests.conftest import GOOD, Check
from tests.sample_site import page_of, sample_ledger, sample_tree

NA1 = "content/procedures/NA1-water.md"
PLAN = "content/plan/4-walks.md"


def good(path: str) -> str:
    return (GOOD / path).read_text(encoding="utf-8")


def pages(check: Check, files: dict[str, str | bytes | None] | None = None) -> dict[str, Page]:
    ledger = check(files)
    assert ledger.errors == 0, [(str(p.place), p.wrong.zh) for p in ledger.problems]
    return {page.path: page for page in plan_pages(ledger)}


def test_every_clause_stands_on_its_section_with_status_owner_and_evidence() -> None:
    for state in sample_ledger().clauses:
        clause = state.clause
        path = f"plan/{clause.section.replace('.', '-')}.md"
        markdown = page_of(sample_tree(), path).markdown
        start = markdown.index(f'<article class="sc-clause" id="{clause.anchor}"')
        article = markdown[start : markdown.index("</article>", start)]
        assert f'data-clause="{clause.id}"' in article
        assert f'data-status="{state.status.value}"' in article
        assert f'data-copy="#{clause.anchor}"' in article
        assert "<dt>责任</dt>" in article
        assert "[[" not in article


def test_the_overview_counts_every_clause_once() -> None:
    markdown = page_of(sample_tree(), "plan/index.md").markdown
    assert markdown.count("data-clause=") == len(sample_ledger().clauses) == 107
    for status in Status:
        assert f"{{ #{status.value} }}" in markdown
    assert "学校 74 条，区县 4 条，共同 29 条" in markdown


def test_a_clause_with_a_hole_shows_what_is_missing(check: Check) -> None:
    text = good(PLAN)
    start, end = text.index("evidence:"), text.index("```\n\n[[guard]]")
    holes = text[:start] + text[end:]
    ledger = check({PLAN: holes})
    if ledger.errors:
        pytest.skip("a hole is refused before a page is made")
    markdown = next(page for page in plan_pages(ledger) if page.path == "plan/4.md").markdown
    assert "缺：没有写明证据" in markdown


def test_an_exempt_clause_says_why(check: Check) -> None:
    text = good(PLAN)
    start, end = text.index("evidence:"), text.index("```\n\n[[guard]]")
    exempt = text[:start] + "exempt: 只是一条原则\n" + text[end:]
    assert "无需记录：只是一条原则" in pages(check, {PLAN: exempt})["plan/4.md"].markdown


def test_evidence_and_cross_references_are_linked(check: Check) -> None:
    block = "```clause\naddressee: mixed\nexempt: 说明\nsee_also: [4.1a]\n```"
    more = f"{good(PLAN)}\n### 4.1b 另一条\n\n{block}\n\n文。\n"
    markdown = pages(check, {PLAN: more})["plan/4.md"].markdown
    assert '<a href="../../indicators/Q1/">Q1 巡查次数</a>' in markdown
    assert '<a href="../../procedures/NA1/">NA1 溺水处置</a>' in markdown
    assert '<a href="../../records/walks/">巡查</a> 3 条' in markdown
    assert '<span class="sc-planned">待建</span>' in markdown
    assert '<a href="#c-4-1a">4.1a 按时巡查</a>' in markdown
    assert "学校与区县" in markdown


def test_a_group_and_an_introduction_have_their_text(check: Check) -> None:
    heading = "## 4.1 日常巡查\n"
    text = good(PLAN).replace(heading, f"引言[[guard]]。\n\n{heading}\n组的话。\n")
    markdown = pages(check, {PLAN: text})["plan/4.md"].markdown
    assert '<div class="sc-lead"><p>引言门岗。</p></div>' in markdown
    assert "<div><p>组的话。</p></div>" in markdown


def test_a_procedure_starts_with_its_first_minute() -> None:
    for name in (f"EP{number:02}" for number in range(1, 21)):
        page = page_of(sample_tree(), f"procedures/{name}.md")
        markdown = page.markdown[page.markdown.index('class="sc-fresh"') :]
        assert markdown.index("第一分钟") < markdown.index("tel:") < markdown.index("不要做")
        minutes = re.findall(r'data-minute="(\d+)"', markdown)
        assert minutes == ["1", "5", "15", "60"]
        alarm = markdown.partition('<section class="sc-alarm"')[2].partition("</section>")[0]
        assert 3 <= alarm.count("<li>") <= 5
        assert page.owner
        assert page.doc_id == name
        assert page.version
        assert all(
            part in markdown for part in ("特殊情况", "事后", "照着念", "须与专业单位一起评审")
        )


def test_a_procedure_says_when_its_review_is_due(check: Check) -> None:
    def note(day: str) -> str:
        text = good(NA1).replace("review_due: 2027-03-01", f"review_due: {day}")
        papers = good("records/tables/papers.csv").replace("2027-03-01", day)
        ledger = check({NA1: text, "records/tables/papers.csv": papers})
        markdown = next(p for p in plan_pages(ledger) if p.path == "procedures/NA1.md").markdown
        found = re.search(r'<p class="sc-note" data-kind="(\w+)">(.*?)</p>', markdown)
        return " ".join(found.groups()) if found else ""

    assert note("2027-03-01") == ""
    assert note("2026-12-20") == "at_risk 复审将在 30 天后到期。"
    assert note("2026-11-10") == "missed 复审已逾期 10 天，内容可能已经过时。"


def test_a_draft_says_so(check: Check) -> None:
    text = good(NA1).replace("status: approved", "status: draft")
    text = text.replace("approved_on: 2026-03-01\nreview_due: 2027-03-01\n", "")
    ledger = check({NA1: text})
    markdown = next(p for p in plan_pages(ledger) if p.path == "procedures/NA1.md").markdown
    assert "这份程序还是草稿，没有批准。" in markdown


def test_headings_in_a_code_block_split_nothing(check: Check) -> None:
    text = good(NA1) + "\n```text\n## 不是标题\n```\n"
    markdown = pages(check, {NA1: text})["procedures/NA1.md"].markdown
    assert "不是标题 {" not in markdown
    assert "## 不是标题" in markdown
    page = "---\ntitle: 说明\norder: 2\n---\n\n前言。\n\n## 一\n\n```\n## 二\n```\n"
    shown = pages(check, {"content/pages/note.md": page})["note.md"].markdown
    assert "## 一 { #s1 }" in shown
    assert "{ #s2 }" not in shown


def test_registered_procedures_without_a_page_are_listed() -> None:
    markdown = page_of(sample_tree(), "procedures/index.md").markdown
    assert markdown.count('class="sc-tile"') == 20
    assert "纸质版" not in markdown
    assert 'href="EP20/"' in markdown


def test_posts_and_what_they_answer_for() -> None:
    markdown = page_of(sample_tree(), "organisation.md").markdown
    posts = sample_ledger().checked.bound.posts
    for post in posts.values():
        assert f'id="post-{post.id}"' in markdown
    owners = {state.clause.role for state in sample_ledger().clauses if state.clause.role}
    assert markdown.count("{ #duty-") == len(owners & set(posts))


def test_numbers_can_be_called_and_unread_ones_say_so(check: Check) -> None:
    markdown = pages(check)["contacts.md"].markdown
    assert 'href="tel:120"' in markdown
    assert markdown.count("待核实") == 1


def test_terms_and_sources_have_anchors(check: Check) -> None:
    found = pages(check)
    assert (
        '<dt id="t-1">巡查 <small class="sc-quiet">也叫 巡视</small></dt>'
        in found["glossary.md"].markdown
    )
    sources = found["sources.md"].markdown
    assert "## F1 泳池安全办法 { #src-f1 }" in sources
    assert '用在：<a href="../procedures/NA1/">NA1 溺水处置</a>' in sources


def test_a_source_is_used_where_an_indicator_names_it() -> None:
    markdown = page_of(sample_tree(), "sources.md").markdown
    part = markdown[markdown.index("{ #src-r01 }") :]
    assert "I04" in part[: part.index("\n## ")]


def test_reminders_are_grouped_by_the_table_they_are_in() -> None:
    markdown = page_of(sample_tree(), "quality.md").markdown
    files = {p.place.file for p in sample_ledger().problems}
    assert markdown.count("{ #q-") == len(files)
    assert "\n## 应急演练（" in markdown
    assert markdown.count('class="sc-list__item"') == len(sample_ledger().problems)


def test_a_school_without_reminders_says_so(check: Check) -> None:
    assert "没有提醒。" in pages(check)["quality.md"].markdown


def test_every_message_is_explained() -> None:
    markdown = page_of(sample_tree(), "help/messages-by-name.md").markdown
    for rule in sample_ledger().checked.rules:
        assert f"{{ #{rule.id} }}" in markdown
    assert "改法：" in markdown
