"""What a build found, for people at a terminal."""

import json
from pathlib import Path

import pytest

from generator.problems.problem import Language
from generator.publish.status_list import choose, status_json, status_table
from generator.publish.summary import summary
from tests.sample_site import sample_ledger, sample_tree


def test_the_summary_names_the_site_and_counts_the_clauses() -> None:
    ledger = sample_ledger()
    counts = [sum(s.status.value == name for s in ledger.clauses) for name in (
        "met", "at_risk", "missed", "no_data", "not_applicable",
    )]  # fmt: skip
    chinese = summary(ledger, Path("site"), 55, Language.ZH).split("\n")
    assert chinese[0] == "网站：site/index.html（55 页，数据截至 2026-11-20）"
    words = ("达标", "临期", "未达标", "无数据", "不适用")
    parts = "  ".join(f"{word} {count}" for word, count in zip(words, counts, strict=True))
    assert chinese[1] == f"条款：{parts}"
    english = summary(ledger, Path("site"), 55, Language.EN).split("\n")
    assert english[0] == "site: site/index.html (55 pages, as of 2026-11-20)"
    assert english[1].startswith(f"clauses: met {counts[0]}  at risk {counts[1]}")


def test_the_status_as_json_is_the_published_list() -> None:
    assert json.loads(status_json(sample_ledger(), choose(sample_ledger(), "", ""))) == json.loads(
        sample_tree().files["api/indicators.json"]
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param(Language.ZH, ("指标", "原因", "22/24", "未达标"), id="zh"),
        pytest.param(Language.EN, ("indicator", "reason", "22/24", "missed"), id="en"),
    ],
)
def test_the_status_as_a_table(
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
    words: tuple[str, ...],
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    printed = status_table(sample_ledger(), choose(sample_ledger(), "", ""), language)
    for name in sample_ledger().assessments:
        assert name in printed
    for word in words:
        assert word in printed
