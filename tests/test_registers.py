from pathlib import Path

import pytest

from generator.plan.registers import read_contacts, read_sources, read_terms

CONTACT = '- {key: "119", title: 火警, number: "119", verified: true}\n'
SOURCE = "- {id: R01, title: 指南, fixes: 每月一次, level: ministry}\n"
TERM = "- {term: 销号, meaning: 去掉, see: [1.2a], synonyms: [闭环]}\n"


def write(root: Path, name: str, text: str) -> None:
    (root / "content").mkdir(exist_ok=True)
    (root / "content" / name).write_text(text, encoding="utf-8")


def test_contacts_are_read_with_what_holds_for_them(tmp_path: Path) -> None:
    more = '- {key: duty, title: 值班, number: "023-0000-0101", call: false, local: true}\n'
    write(tmp_path, "contacts.yml", CONTACT + more)
    (fire, duty), names, problems = read_contacts(tmp_path)
    assert (names, problems) == ([], [])
    assert (fire.key, fire.call, fire.verified, fire.local) == ("119", True, True, False)
    assert (duty.number, duty.call, duty.local) == ("023-0000-0101", False, True)
    assert str(duty.place) == "content/contacts.yml:2:3"


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("13800138000", id="plain"),
        pytest.param("138-0013-8000", id="with-dashes"),
        pytest.param("+86 138 0013 8000", id="with-the-country"),
    ],
)
def test_a_private_mobile_number_is_refused_and_masked(tmp_path: Path, number: str) -> None:
    write(tmp_path, "contacts.yml", f'- {{key: k, title: 某, number: "{number}"}}\n')
    (problem,) = read_contacts(tmp_path)[2]
    assert problem.rule == "wrong-shape"
    assert problem.place.column == 30
    assert "0013" not in problem.wrong.zh


def test_sources_are_read_and_name_what_they_supersede(tmp_path: Path) -> None:
    more = "- {id: R02, title: 新, fixes: 两次, level: law, supersedes: [R01], doc_no: 2号}\n"
    write(tmp_path, "sources.yml", SOURCE + more)
    (old, new), names, problems = read_sources(tmp_path)
    assert problems == []
    assert (old.level, old.verified, new.supersedes, new.number) == (
        "ministry", False, ("R01",), "2号",
    )  # fmt: skip
    assert [(name.kind, name.name) for name in names] == [("source", "R01")]


def test_terms_are_read_and_name_what_to_see(tmp_path: Path) -> None:
    write(tmp_path, "glossary.yml", TERM)
    (term,), names, problems = read_terms(tmp_path)
    assert problems == []
    assert (term.term, term.see, term.synonyms) == ("销号", ("1.2a",), ("闭环",))
    assert [(name.kind, name.name) for name in names] == [("", "1.2a")]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        pytest.param(CONTACT * 2, ["duplicate-id"], id="a-key-twice"),
        pytest.param("- {key: a, title: b}\n", ["missing-key"], id="no-number"),
        pytest.param(CONTACT.replace("verified", "verfied"), ["unknown-key"], id="unknown-key"),
        pytest.param("key: a\n", ["wrong-shape"], id="no-list"),
        pytest.param("- a\n", ["wrong-shape", *["missing-key"] * 3], id="no-mapping"),
        pytest.param("- {key: [\n", ["yaml-broken"], id="broken"),
        pytest.param("", [], id="empty"),
        pytest.param("# 还没有\n", [], id="only-a-remark"),
    ],
)
def test_faults_of_a_register_are_problems(tmp_path: Path, text: str, rules: list[str]) -> None:
    write(tmp_path, "contacts.yml", text)
    assert [problem.rule for problem in read_contacts(tmp_path)[2]] == rules


def test_an_id_or_a_term_stands_once(tmp_path: Path) -> None:
    write(tmp_path, "sources.yml", SOURCE * 2)
    write(tmp_path, "glossary.yml", TERM * 3)
    assert [problem.rule for problem in read_sources(tmp_path)[2]] == ["duplicate-id"]
    problems = read_terms(tmp_path)[2]
    assert [(str(p.place), p.rule) for p in problems] == [
        ("content/glossary.yml:2:3", "duplicate-id"),
        ("content/glossary.yml:3:3", "duplicate-id"),
    ]
    assert {p.wrong.zh for p in problems} == {
        '编号 "销号" 用了两次，首次在 content/glossary.yml:1:3'
    }


def test_a_level_is_one_of_those_known(tmp_path: Path) -> None:
    write(tmp_path, "sources.yml", SOURCE.replace("ministry", "county"))
    assert [problem.rule for problem in read_sources(tmp_path)[2]] == ["unknown-name"]


def test_a_register_that_is_not_there_is_empty(tmp_path: Path) -> None:
    for read in (read_contacts, read_sources, read_terms):
        assert read(tmp_path) == ((), [], [])


def test_a_register_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/glossary.yml").write_bytes(TERM.encode("gb18030"))
    entries, _, problems = read_terms(tmp_path)
    assert (entries, [problem.rule for problem in problems]) == ((), ["encoding"])
