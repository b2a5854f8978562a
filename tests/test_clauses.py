from pathlib import Path

import pytest

from generator.plan.clauses import Clause, Group, Section, anchor, repeated_ids
from generator.plan.markdown import read_source
from generator.plan.names import Named
from generator.plan.sections import read_section

FRONT = '---\nsection: "3.2"\ntitle: 安全文化\npart: 三、措施\norder: 7\n---\n'
BLOCK = "```clause\naddressee: school\nevidence: {indicators: [I01]}\n```\n"
PAGE = "content/plan/page.md"


def read(
    root: Path, body: str, front: str = FRONT
) -> tuple[Section, list[Named], list[tuple[str, str]]]:
    file = root / PAGE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(front + body, encoding="utf-8")
    source, problems = read_source(root, PAGE)
    assert source is not None
    section, names, found = read_section(source)
    every = [*source.front.problems, *problems[len(source.front.problems) :], *found]
    return section, names, [(p.rule, str(p.place).removeprefix(f"{PAGE}:")) for p in every]


def clause(root: Path, block: str) -> tuple[Clause, list[tuple[str, str]]]:
    section, _, problems = read(root, f"### 3.2a 课时\n\n```clause\n{block}\n```\n\n正文。\n")
    return section.clauses[0], problems


def test_a_page_is_an_introduction_groups_and_clauses(tmp_path: Path) -> None:
    body = f"引言。\n\n## 3.2.1 教育\n\n说明。\n\n### 3.2.1a 课时\n\n{BLOCK}\n谁做什么。\n"
    section, names, problems = read(tmp_path, body)
    assert problems == []
    assert (section.id, section.title, section.part, section.order) == (
        "3.2", "安全文化", "三、措施", 7,
    )  # fmt: skip
    assert section.intro == "引言。"
    group, only = section.parts
    assert isinstance(group, Group)
    assert (group.id, group.text, str(group.place)) == ("3.2.1", "说明。", f"{PAGE}:9:1")
    assert isinstance(only, Clause)
    assert (only.id, only.group, only.text, only.anchor) == (
        "3.2.1a", "3.2.1", "谁做什么。", "c-3-2-1a",
    )  # fmt: skip
    assert str(only.place) == f"{PAGE}:13:1"
    assert [(name.kind, name.name) for name in names] == [("indicator", "I01")]


def test_a_clause_on_the_level_of_a_group_has_no_group(tmp_path: Path) -> None:
    body = f"## 3.2.1 教育\n\n说明。\n\n## 3.2.2 课时\n\n{BLOCK}\n谁做什么。\n"
    assert read(tmp_path, body)[0].clauses[0].group == ""


def test_a_page_without_headings_is_only_an_introduction(tmp_path: Path) -> None:
    section, _, problems = read(tmp_path, "只有引言。\n")
    assert (section.intro, section.parts, problems) == ("只有引言。", (), [])


def test_everything_a_clause_says_is_read(tmp_path: Path) -> None:
    block = (
        "addressee: mixed\nrole: head\nduty: 每月一次\nevidence:\n  indicators: [I01]\n"
        "  tables: [talks]\n  documents: [EP01]\nplanned: [I24]\nsee_also: [3.2b]"
    )
    found, problems = clause(tmp_path, block)
    assert problems == []
    assert (found.addressee, found.role, found.duty, found.see_also) == (
        "mixed", "head", "每月一次", ("3.2b",),
    )  # fmt: skip
    assert (found.evidence.indicators, found.evidence.tables) == (("I01",), ("talks",))
    assert (found.evidence.documents, found.evidence.planned) == (("EP01",), ("I24",))
    assert found.evidence


def test_the_names_of_a_clause_are_kept_with_their_kinds(tmp_path: Path) -> None:
    block = (
        "addressee: school\nrole: head\nevidence: {tables: [talks], documents: [EP01]}\n"
        "planned: [I24]\nsee_also: [3.2b]"
    )
    _, names, _ = read(tmp_path, f"### 3.2a 课时\n\n```clause\n{block}\n```\n见 [[119]]。\n")
    assert {(name.kind, name.name) for name in names} == {
        ("", "119"),
        ("role", "head"),
        ("table", "talks"),
        ("document", "EP01"),
        ("planned", "I24"),
        ("clause", "3.2b"),
    }


@pytest.mark.parametrize(
    ("block", "rule", "place"),
    [
        pytest.param("addressee: nobody\nexempt: 无", "unknown-name", "10:12", id="addressee"),
        pytest.param("exempt: 无", "missing-key", "10:1", id="no-addressee"),
        pytest.param(
            "addressee: school\nexempt: 无\nevidence: {tables: [t]}",
            "clause-block",
            "7:1",
            id="evidence-and-exemption",
        ),
        pytest.param("addressee: school\nexemt: 无", "unknown-key", "11:1", id="unknown-key"),
        pytest.param(
            "addressee: school\nevidence: {indicator: [I01]}",
            "unknown-key",
            "11:12",
            id="unknown-kind-of-evidence",
        ),
        pytest.param("addressee: [", "yaml-broken", "11", id="broken"),
        pytest.param(
            "addressee: school\naddressee: mixed", "yaml-duplicate-key", "11:1", id="twice"
        ),
    ],
)
def test_a_fault_in_a_clause_block_has_its_place(
    tmp_path: Path, block: str, rule: str, place: str
) -> None:
    _, problems = clause(tmp_path, block)
    assert problems[0][0] == rule
    assert problems[0][1].startswith(place)


def test_a_clause_needs_words_of_its_own(tmp_path: Path) -> None:
    assert read(tmp_path, f"### 3.2a 课时\n\n{BLOCK}")[2] == [("clause-block", "7:1")]


def test_a_block_that_never_closes_is_a_fault(tmp_path: Path) -> None:
    body = "### 3.2a 课时\n\n```clause\naddressee: school\n\n文字没有冒号\n\n### 3.2b 另一条\n"
    _, _, problems = read(tmp_path, body)
    assert problems[0][0] == "yaml-broken"


@pytest.mark.parametrize(
    ("heading", "rules"),
    [
        pytest.param("### 课时", ["heading-form"], id="no-id"),
        pytest.param("### 3.2a", ["heading-form"], id="no-title"),
        pytest.param("## 3.2 课时", [], id="both"),
        pytest.param("```\n### 课时\n```", [], id="inside-a-fence"),
        pytest.param("### 3.2a 课时", ["clause-block"], id="a-clause-without-its-block"),
    ],
)
def test_a_heading_has_an_id_and_a_title(tmp_path: Path, heading: str, rules: list[str]) -> None:
    assert [rule for rule, _ in read(tmp_path, f"{heading}\n\n文字\n")[2]] == rules


def test_front_matter_of_a_section_is_closed(tmp_path: Path) -> None:
    _, _, problems = read(tmp_path, "", "---\ntitle: 页\norde: 1\n---\n")
    assert [rule for rule, _ in problems] == ["missing-key", "unknown-key"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("3.2.1d", "c-3-2-1d", id="clause"),
        pytest.param("0", "c-0", id="section"),
        pytest.param("A.2", "c-a-2", id="letters"),
    ],
)
def test_an_anchor_never_shifts(name: str, expected: str) -> None:
    assert anchor(name) == expected


def test_an_id_is_used_once_except_for_a_section_and_its_only_group(tmp_path: Path) -> None:
    twice, _, _ = read(tmp_path, "## 3.2 教育\n\n一\n\n## 3.2a 甲\n\n一\n\n## 3.2a 乙\n\n二\n")
    other, _, _ = read(tmp_path, "## 9 其他\n\n一\n")
    moved = Section(other.id, other.title, "", 1, "", other.parts, "content/plan/other.md")
    problems = repeated_ids((twice, moved))
    assert [(p.rule, str(p.place)) for p in problems] == [
        ("duplicate-id", "content/plan/other.md:1"),
        ("duplicate-id", f"{PAGE}:15:1"),
    ]
    assert repeated_ids((other,)) == []
