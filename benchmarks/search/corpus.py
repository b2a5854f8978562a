"""What is searched in the measurements: the project's pages, and 1,000 pages made from them.

The large corpus takes the sentences of our own content apart and lays them together anew, each
page about a place and a matter of its own, seeded, so that it is the same on every run. A third of
the sentences get other characters from the whole content, so that the vocabulary is wide.
"""

import csv
import hashlib
import random
import re
from pathlib import Path
from typing import NamedTuple

from generator.ledger import read_ledger
from generator.plan.synonyms import Synonyms
from generator.project import read_project
from generator.search.entries import Entry
from generator.search.rows import rows_in
from generator.site.pages import plan_pages
from generator.site.search import page_entries, spoken_words
from tests.sample_site import NOW

ROOT = Path(__file__).resolve().parents[2]
PAGES = 1000
SENTENCES = 28
SHORT = 9
_HAN = re.compile("[\u4e00-\u9fff]")


class Corpus(NamedTuple):
    """Entries to search, records beside them, and the words people use."""

    entries: list[Entry]
    records: list[Entry]
    synonyms: Synonyms


class Asked(NamedTuple):
    """One question of the set."""

    query: str
    style: str
    answers: list[str]
    held_out: bool


def project_corpus() -> Corpus:
    """Everything the site of the sample school can find."""
    ledger = read_ledger(*read_project(ROOT, NOW))
    with ledger.checked:
        synonyms = spoken_words(ledger.checked.plan)
        pages = plan_pages(ledger)
    found = [entry for page in pages for entry in page_entries(page, synonyms)]
    records = [row for page in pages for chunk in page.rows for row in rows_in(chunk)]
    return Corpus(found, records, synonyms)


def large_corpus(small: Corpus, pages: int = PAGES) -> Corpus:
    """So many pages from the sentences of a small corpus."""
    dice = random.Random(20261120)  # noqa: S311 - the same pages on every run
    text = " ".join(entry.text for entry in small.entries)
    sentences = [s.strip() for s in re.split(r"[。；！？]", text) if len(s.strip()) > SHORT]
    letters = _HAN.findall(text)
    names = sorted({entry.title for entry in small.entries if len(entry.title) < SHORT})
    made = []
    for number in range(pages):
        body = "。".join(_sentence(dice, sentences, letters) for _ in range(SENTENCES))
        title = f"{dice.choice(names)}与{dice.choice(names)}{number:04}"
        made.append(Entry(f"P{number:04}", "page", title, f"p/{number}/", body))
    return Corpus(made, [], small.synonyms)


def _sentence(dice: random.Random, sentences: list[str], letters: list[str]) -> str:
    sentence = dice.choice(sentences)
    if dice.random() > 1 / 3:
        return sentence
    return _HAN.sub(lambda m: dice.choice([*m[0] * 2, dice.choice(letters)]), sentence)


def phrases(corpus: Corpus, count: int) -> list[tuple[str, list[int]]]:
    """Phrases of 2 to 12 characters from random places, with every entry that holds each."""
    dice = random.Random(4711)  # noqa: S311 - the same phrases on every run
    found = []
    while len(found) < count:
        text = dice.choice(corpus.entries).text
        runs = re.findall("[\u4e00-\u9fff]{2,}", text)
        if not runs:
            continue
        run = dice.choice(runs)
        at = dice.randrange(len(run) - 1)
        phrase = run[at : at + dice.randint(2, 12)]
        holders = [n for n, e in enumerate(corpus.entries) if phrase in e.title or phrase in e.text]
        found.append((phrase, holders))
    return found


def questions() -> list[Asked]:
    """The question set with its two halves."""
    with (Path(__file__).parent / "questions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Asked(
            row["question"],
            row["style"],
            row["answers"].split(";"),
            int(hashlib.sha256(row["question"].encode()).hexdigest(), 16) % 2 == 1,
        )
        for row in rows
    ]


def own_questions() -> list[Asked]:
    """The questions that synonyms and ranking were written with; they prove nothing alone."""
    with (Path(__file__).parent / "own.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Asked(r["question"], "own", r["answers"].split(";"), held_out=False) for r in rows]


def answers(entry: Entry, wanted: str) -> bool:
    """Tell whether an entry is a right page; README.md says how answers are written."""
    form, mark, name = wanted.partition(":")
    page = entry.kind != "record"
    forms = {
        "page": page and (entry.url.startswith(name) or name in entry.title),
        "table": entry.kind == "table" and entry.doc == name,
        "record": not page and name in entry.title,
        "term": entry.kind == "term" and entry.title == name,
        "faq": entry.kind == "faq",
    }
    return forms[form] if mark or form in forms else page and entry.doc == wanted
