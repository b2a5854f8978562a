from tests.conftest import Check
from tests.sample_site import page_of, sample_ledger, sample_tree

GOOD = """\
- ask: 下水前看什么
  heading: 玩水
  answer: 看有没有[[diver]]，打 [[120]]。
  pages: [content/pages/privacy.md]
  see: [walks, 4.1a]
  also: [能不能下水]
"""
QUESTIONS = "content/questions.yml"


def test_a_question_is_read_with_its_answer_and_where_more_stands(check: Check) -> None:
    ledger = check({QUESTIONS: GOOD})
    assert ledger.problems == ()
    (question,) = ledger.checked.plan.questions
    assert (question.ask, question.heading, question.also, question.see) == (
        "下水前看什么", "玩水", ("能不能下水",), ("walks", "4.1a"),
    )  # fmt: skip


def test_a_lost_reference_page_or_repeated_question_is_told_by_place(check: Check) -> None:
    bad = GOOD.replace("[[120]]", "[[118]]").replace("privacy", "secrecy") + GOOD
    found = [(p.rule, p.place.line) for p in check({QUESTIONS: bad}).problems]
    assert found == [("reference-unknown", 3), ("link-missing", 4), ("duplicate-id", 7)]


def test_a_page_outside_the_content_is_not_a_page(check: Check) -> None:
    for path in ("records/school.yaml", "../x.md", "content/../records/school.yaml"):
        bad = GOOD.replace("content/pages/privacy.md", path)
        assert [p.rule for p in check({QUESTIONS: bad}).problems] == ["link-missing"]


def test_every_question_is_an_entry_of_its_own_in_the_search() -> None:
    page = page_of(sample_tree(), "questions.md")
    questions = sample_ledger().checked.plan.questions
    entries = [entry for entry in page.search if entry.kind == "faq"]
    assert [entry.title for entry in entries] == [question.ask for question in questions]
    assert all(f'id="{entry.anchor}"' in page.markdown for entry in entries)


def test_answers_expand_references_and_lead_to_pages() -> None:
    text = page_of(sample_tree(), "questions.md").markdown
    assert "[[" not in text
    assert 'href="tel:119"' in text
    assert "collect-children/" in text


def test_the_home_page_leads_to_the_questions_and_the_policies() -> None:
    text = page_of(sample_tree(), "index.md").markdown
    for address in ("questions/", "policies/", "contacts/", "organisation/", "help/"):
        assert f'href="{address}"' in text


def test_the_chart_shows_every_post_once_below_the_one_it_reports_to() -> None:
    text = page_of(sample_tree(), "organisation.md").markdown
    chart = text[text.index('class="sc-tree"') : text.index("每个岗位做什么")]
    posts = sample_ledger().checked.bound.posts
    for post in posts.values():
        assert chart.count(f'roles/{post.id}/"') == 1
    assert chart.index("校长") < chart.index("分管安全副校长")
    assert "不在：分管安全副校长" in chart


def test_who_leads_when_the_head_is_away_follows_the_deputies() -> None:
    text = page_of(sample_tree(), "organisation.md").markdown
    line = text[text.index('class="sc-command"') : text.index("前一个不在")]
    order = [line.index(word) for word in (">校长<", ">分管安全副校长<", ">安全办公室主任<")]
    assert order == sorted(order)


def test_the_year_wheel_computes_the_last_monday_of_march() -> None:
    text = page_of(sample_tree(), "year.md").markdown
    row = text[text.index("2027-03-29") :]
    assert "全国中小学生安全教育日" in row[: row.index("</tr>")]
    assert "2027年6月" in text
    assert "2026-03-30" not in text, "the day of another school year"
    held = text[text.index("全国消防日") : text.index("全国交通安全日")]
    assert "已过" in held


def test_the_hand_over_lists_work_by_post_late_first() -> None:
    text = page_of(sample_tree(), "handover.md").markdown
    heads = [int(part.split(" ")[0]) for part in text.split("（逾期 ")[1:]]
    assert heads == sorted(heads, reverse=True)
    assert sum(heads) == text.count("sc-overdue")
    assert "accounts/" in text
    assert "originals/" in text


def test_a_source_tells_the_policies_and_clauses_it_is_used_in() -> None:
    text = page_of(sample_tree(), "sources.md").markdown
    part = text[text.index("src-r12") : text.index("src-r13")]
    assert "policies/ZD04/" in part
    clause = text[text.index("src-r26") : text.index("src-r27")]
    assert "#c-3-1-3b" in clause
