"""The file of approvers: read as forges read it, compared with the posts of the documents."""

import time

import pytest

from generator.compliance.approvers import agrees, entries_for, fits, parse_approvers
from tests.conftest import Check

PAGE = "content/procedures/NA1-water.md"


def owners(text: str, path: str = PAGE) -> list[str]:
    return [owner for entry in entries_for(parse_approvers(text), path) for owner in entry.owners]


@pytest.mark.parametrize(
    "pattern",
    ["*", "*.md", "/content/", "content/", "content/**", "**/NA1-water.md", "NA1-water.md",
     "content/procedures", "/content/procedures/*", "content/*/NA?-water.md", "content/**/NA1*",
     PAGE, f"/{PAGE}", "procedures/"],
)  # fmt: skip
def test_a_pattern_that_fits(pattern: str) -> None:
    assert owners(f"{pattern} @head") == ["@head"]


@pytest.mark.parametrize(
    "pattern",
    ["content/*", "*.csv", "/procedures/", "water.md", "content/NA1-water.md", "/", "p*e"],
)
def test_a_pattern_that_does_not_fit(pattern: str) -> None:
    assert owners(f"{pattern} @head") == []


def test_the_last_line_wins_also_when_it_names_nobody() -> None:
    assert owners("* @head\ncontent/ @guard @diver # both\n") == ["@guard", "@diver"]
    assert owners("* @head\ncontent/\n") == []
    assert owners("  # * @head\n\n") == []


def test_sections_count_each_and_may_have_usual_owners() -> None:
    text = "* @head\n[Care] @guard\ncontent/\n^[More][2]\n*.md @diver\n*.csv @x\n"
    assert owners(text) == ["@head", "@guard", "@diver"]


def test_a_blank_in_a_path_is_escaped() -> None:
    assert owners("my\\ page.md @head", "content/my page.md") == ["@head"]


def test_a_hostile_pattern_is_answered_at_once() -> None:
    started = time.monotonic()
    assert not fits(("*a" * 200,), "a" * 199 + "b")
    assert not fits(("**", "x") * 500, "/".join("x" * 250))
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "owner",
    [
        "@safety_office",
        "@safety-office",
        "@school/Safety-Office",
        "safety_office@school.example",
        "@group/sub/safety_office",
    ],
)
def test_a_name_stands_for_a_post(owner: str) -> None:
    assert agrees(owner, "safety_office")
    assert not agrees(owner, "office")


def test_a_file_that_agrees_or_none_at_all_is_no_problem(check: Check) -> None:
    for text in (None, "* @head\n", f"* @guard\n{PAGE} @school/head\n"):
        files = {} if text is None else {"CODEOWNERS": text, ".gitea/CODEOWNERS": text}
        assert check(files).problems == ()


def test_every_file_that_a_forge_reads_must_agree(check: Check) -> None:
    found = check({"CODEOWNERS": "* @head\n", ".github/CODEOWNERS": f"* @head\n{PAGE} @guard\n"})
    assert [(p.rule, str(p.place)) for p in found.problems] == [
        ("approver-differs", ".github/CODEOWNERS:2:1")
    ]


def test_a_file_that_cannot_be_read_is_told(check: Check) -> None:
    (problem,) = check({"CODEOWNERS": b"* @head \xff\n"}).problems
    assert (problem.rule, problem.place.file) == ("encoding", "CODEOWNERS")
