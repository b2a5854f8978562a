"""No file hangs the check: what is too long, too wide or too deep is answered within seconds."""

import datetime as dt
import time
from collections.abc import Callable

import pytest

from generator.plan.limits import BRACKETS, DEEPEST, LONGEST, check_limits
from generator.strict_yaml import read_yaml
from tests.conftest import GOOD, Check

SECONDS = 15
"""Of the processor: a loaded machine takes longer."""
PAGE = "---\ntitle: 说明\norder: 1\n---\n\n"
HEADER = (GOOD / "records/tables/walks.csv").read_text(encoding="utf-8").split("\n", 1)[0]
PAGES = {
    "50,000 [": "[" * 50_000,
    "open links": "[x](" * 50_000,
    "open pictures": "![" * 50_000,
    "pictures in links": "[![a](b)](" * 10_000,
    "open tags": "<a " * 50_000,
    "comments": "<!--" * 20_000,
    "stars": "**a" * 20_000,
    "backticks": "`a" * 20_000,
    "backslashes": "\\" * 20_000,
    "quotes": "> " * 3_000 + "x",
    "lists in lists": "\n".join("  " * depth + "- a" for depth in range(500)),
    "notes in notes": "\n".join("    " * depth + "!!! note" for depth in range(200)),
    "cells": "|" * 50_000 + "\n" + "|-" * 25_000,
    "entities": "&#" * 30_000,
    "references": "[[a]]" * 20_000,
    "paragraphs of brackets": ("[" * 900 + "\n\n") * 300,
    "a long page": "长" * (LONGEST + 1),
    "steps of quotes": "\n".join("> " * depth + "- a" for depth in range(300)),
}
TABLES = {
    "100,000 columns": ",".join(f"c{number}" for number in range(100_000)) + "\n",
    "100,000 equal columns": ",".join("c" for _ in range(100_000)) + "\n",
    "a row of 100,000 cells": f"{HEADER}\n{',' * 100_000}\n",
    "200,000 short rows": f"{HEADER}\n" + "a\n" * 200_000,
    "200,000 blank rows": f"{HEADER}\n" + "\n" * 200_000,
    "a million quotes": f"{HEADER}\n" + '"' * 1_000_001 + "\n",
    "stray quotes": f"{HEADER}\n" + '"a"b,' * 100_000 + "\n",
    "commas in quotes": f'{HEADER}\n"' + "," * 1_000_000 + '"\n',
}
YAMLS = {
    "20,000 levels in brackets": "a: " + "[" * 20_000 + "]" * 20_000,
    "20,000 open brackets": "a: " + "[" * 20_000,
    "20,000 lists": "- " * 20_000 + "x",
    "20,000 keys of keys": "? " * 20_000 + "x",
    "20,000 mappings": "{a: " * 20_000,
    "5,000 steps": "\n".join(" " * depth + "a:" for depth in range(5_000)),
    "a long text": "a: " + "x" * 3_000_000,
    "open quotes": 'a: "' * 20_000,
    "tags": "!!a " * 20_000,
}


def timed(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_a_page_is_answered_within_seconds(check: Check, text: str) -> None:
    files = {"content/pages/privacy.md": f"{PAGE}{text}\n"}
    assert timed(lambda: check(files)) < SECONDS


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_table_is_answered_within_seconds(check: Check, text: str) -> None:
    ledgers = []
    assert timed(lambda: ledgers.append(check({"records/tables/walks.csv": text}))) < SECONDS
    assert ledgers[0].errors > 0


@pytest.mark.parametrize("text", YAMLS.values(), ids=YAMLS)
def test_yaml_is_answered_within_seconds(text: str) -> None:
    answers = []
    assert timed(lambda: answers.append(read_yaml(text, "a.yaml"))) < SECONDS
    assert [problem.rule for problem in answers[0][1]][:1] in (
        ["yaml-broken"], ["yaml-anchor"], ["text-limit"],
    )  # fmt: skip


def test_a_long_yaml_names_its_limit() -> None:
    node, (problem,) = read_yaml("a" * 2_000_001, "a.yaml")
    assert node is None
    assert problem.wrong.zh == "这份 YAML 的字数：2000001，上限是 2000000"


def test_the_fault_stands_on_the_paragraph_with_too_many_brackets() -> None:
    body = "一\n\n二\n" + "[" * (BRACKETS + 1)
    (problem,) = check_limits(body, "a.md", 5)
    assert str(problem.place) == "a.md:7"
    assert problem.wrong.zh == "这一段里的 [ 和 <：1001，上限是 1000"


def test_the_limits_themselves_may_be_reached() -> None:
    assert check_limits("[" * BRACKETS, "a.md", 1) == []
    assert check_limits("长" * LONGEST, "a.md", 1) == []
    assert check_limits(" " * DEEPEST + "a", "a.md", 1) == []
    assert len(check_limits(" " * (DEEPEST + 1) + "a", "a.md", 1)) == 1
    assert len(check_limits(("[" * BRACKETS + "\n\n") * 11, "a.md", 1)) == 1


def test_dates_far_away_do_not_fill_the_calendar(check: Check) -> None:
    rows = (GOOD / "records/tables/spans.csv").read_text(encoding="utf-8")
    last = rows.splitlines()[-1].split(",")
    last[0:2] = ["2027-01-01", str(dt.date(9999, 12, 31))]
    far = f"{rows}{','.join(last)}\n"
    assert timed(lambda: check({"records/tables/spans.csv": far})) < SECONDS
