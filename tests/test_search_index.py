"""The files of the search: what readers see, every substring of it, nothing they may not see."""

import contextlib
import dataclasses
import json
import operator
import random
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache.store import FILE, Store
from generator.plan.synonyms import NO_SYNONYMS, Sayings, Synonyms
from generator.problems.problem import Place
from generator.search.entries import Entry
from generator.search.folding import fold
from generator.search.grams import pair_places, read_gaps, room, shard_of, write_gaps
from generator.search.patching import index_of, make_index, patched, spelled
from generator.search.readings import readings
from generator.search.rows import chunk_json, chunk_lists, chunk_shards, row_chunks, row_text
from generator.search.shards import Shards
from generator.site.page import Page, SearchEntry
from generator.site.plain import plain
from generator.site.search import page_entries, search_files, small_index, spoken_words
from tests.sample_site import known_sizes, sample_ledger, sample_tree


def sample_file(name: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(sample_tree().files[name])


def sample_head() -> dict[str, Any]:
    head: dict[str, Any] = sample_file(str(sample_tree().facts["search_index"]))
    return head


def sample_documents() -> list[dict[str, Any]]:
    head = sample_head()
    texts = [
        text for name in head["texts"] for text in sample_file(f"assets/search/texts.{name}.json")
    ]
    kinds = [kind for kind, _, _ in head["kinds"]]
    return [
        {"kind": kinds[kind], "doc": doc, "title": title, "url": url, "text": text}
        for (kind, doc, title, url, _, _), text in zip(head["docs"], texts, strict=True)
    ]


def sample_rows() -> list[list[str]]:
    return [
        row
        for name in sample_head()["records"]["chunks"]
        for row in sample_file(f"assets/search/rows.{name}.json")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**粗** `码` _斜_", "粗 码 斜", id="marks"),
        pytest.param("## 题\n\n- 一\n- 二", "题 - 一 - 二", id="headings"),
        pytest.param("[词](a.md) 后", "词 后", id="link"),
        pytest.param("| a | b |", "a b", id="table"),
        pytest.param('!!! warning "注意"\n    小心', '"注意" 小心', id="admonition"),
        pytest.param("[[I01]] 与 [[guard]]", "I01 与 guard", id="unexpanded-reference"),
        pytest.param("&lt;b&gt;", "<b", id="entities"),
        pytest.param("\n a \t b\n", "a b", id="space"),
    ],
)
def test_text_without_marks(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_an_entry_has_the_words_people_use_for_it() -> None:
    said = Sayings("D1", ("说法", "题", "電 梯"), Place("content/synonyms.yml"))
    paged = Sayings("plan/a", ("这页",), Place("content/synonyms.yml"))
    synonyms = Synonyms(declared=True, sayings=(said, paged))
    entries = (
        SearchEntry("D1", "clause", "题", "c-1", "文", ("D1", "号"), ("一步",)),
        SearchEntry("", "page", "页", "", ""),
    )
    page = Page("plan/a.md", "页", "section", "", "", 0, "staff", (), search=entries)
    assert page_entries(page, synonyms) == [
        Entry("D1", "clause", "题", "plan/a/#c-1", "文", ("号", "说法", "电 梯"), ("一步",)),
        Entry("", "page", "页", "plan/a/", "", ("这页",)),
    ]


def test_a_question_that_leads_to_a_procedure_is_a_saying_for_it() -> None:
    plan = sample_ledger().checked.plan
    led = [q for q in plan.questions if q.see and q.see[0] in {p.id for p in plan.procedures}]
    assert led
    words = spoken_words(plan)
    assert all(question.ask in words.words_for(question.see[0]) for question in led)
    assert set(plan.synonyms.sayings) <= set(words.sayings)


@pytest.mark.parametrize(
    "places",
    [[], [0], [0, 1, 2], [7, 60_000, 60_001], [5, 3_000_000, 3_999_999], [55_000], [0xD7A0]],
)
def test_rising_numbers_are_read_as_they_were_written(places: list[int]) -> None:
    written = write_gaps(places)
    assert read_gaps(written) == places
    assert json.loads(json.dumps(written, ensure_ascii=False)) == written
    assert not set(written) & {'"', "\\"}


def test_every_pair_is_listed_at_every_place() -> None:
    found, starts = pair_places(["火灾\n火灾火", "灾火"])
    lists = {key: list(places) for key, places in found.items()}
    assert lists["火灾"] == [0, 3]
    assert lists["灾火"] == [4, 128]
    assert (lists["火"], lists["灾"]) == ([0, 1], [0, 1])
    assert starts == [0, 128], "a text begins where a small edit of the one before cannot move it"
    assert not [key for key in lists if "\n" in key]


LETTERS = st.text("火灾演练检查 \n", max_size=300)


@given(st.lists(LETTERS, min_size=1, max_size=6), st.data())
def test_a_patched_index_is_the_one_made_anew(before: list[str], data: st.DataObject) -> None:
    texts = [data.draw(st.one_of(st.just(text), LETTERS)) for text in before]
    index = patched(make_index(before), texts)
    if index:
        assert index == make_index(texts)
    else:
        assert any(room(old) != room(new) for old, new in zip(before, texts, strict=True))


def test_a_patched_index_of_many_shards_is_the_one_made_anew() -> None:
    dice = random.Random(7)  # noqa: S311 - the same in every run
    wide = [chr(code) for code in range(0x4E00, 0x4E00 + 300)]
    texts = ["".join(dice.choices(wide, k=700)) for _ in range(60)]
    before = make_index(texts)
    assert len(before.shards.parts) > 4
    for _ in range(20):
        number = dice.randrange(len(texts))
        texts = [*texts]
        texts[number] = texts[number][:-9] + "".join(dice.choices(wide, k=9))
        after = patched(before, texts)
        assert after == make_index(texts)
        assert sum(map(operator.ne, before.shards.parts, after.shards.parts)) < 40
        before = after


def test_an_index_is_made_anew_where_texts_come_go_or_grow(tmp_path: Path) -> None:
    store = Store(tmp_path / FILE)
    for texts in (
        ["火灾"],
        ["火灾", "演练"],
        ["演练"],
        ["演练" * 100],
        ["演练" * 100],
        ["演习" * 100],
        ["火 災\n演　練", "火灾"],
        ["火灾\n演练", "火灾"],
    ):
        assert index_of(texts, store) == make_index(list(map(spelled, texts)))
        store.close()


def test_an_index_of_which_a_part_is_lost_is_made_anew(tmp_path: Path) -> None:
    texts = ["火灾\n疏散", "演练"]
    store = Store(tmp_path / FILE)
    whole = index_of(texts, store)
    store.close()
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as kept, kept:
        kept.execute("delete from kept where length(value) = ?", [len(whole.shards.parts[0])])
    assert index_of(texts, store) == whole


def test_most_edits_are_patched() -> None:
    index = make_index(["演练方案", "火灾处置"])
    assert patched(index, ["演练方案（新）", "火灾处置"])
    assert not patched(index, ["演练方案" * 100, "火灾处置"])
    many = [str(number) for number in range(65)]
    assert not patched(make_index(many), [f"第 {text}" for text in many])


def test_a_long_text_has_room_to_grow() -> None:
    text = "演" * 4_000
    assert room(text) == room(text + "练" * 50)
    assert room(text) < 1.26 * len(text)


def test_a_list_is_in_the_shard_that_its_key_names() -> None:
    lists = {f"{a}{b}": list(range(0, 90_000, 9)) for a in "消防安全" for b in "检查演练"}
    shards = [json.loads(shard) for shard in Shards.of(lists).parts]
    assert len(shards) > 1
    for key, places in lists.items():
        assert read_gaps(shards[shard_of(key, len(shards))][key]) == places


def test_rows_are_listed_by_pairs_and_codes_with_their_chunk() -> None:
    rows = [Entry("", "record", f"隐患 HZ-{n:04}", "", "配电房" + "甲" * 400) for n in range(60)]
    chunks = row_chunks(rows)
    lists = chunk_lists(chunks)
    assert len(chunks) > 1
    assert [row for chunk in chunks for row in chunk] == rows
    assert lists["配电"] == list(range(len(chunks)))
    (at,) = [n for n, chunk in enumerate(chunks) if any("0041" in row.title for row in chunk)]
    assert at in lists["0041"]
    assert "hz-0041" in row_text(rows[41])


def test_rows_are_listed_by_the_whole_day() -> None:
    days = ("2026-03-02", "2026-03-20", "12026-03-02")
    chunks = [[Entry("", "record", "检查", "", f"{day} 配电房")] for day in days]
    assert chunk_lists(chunks)["20260302"] == [0]


ROWS = st.lists(st.sampled_from(["火灾 HZ-0001", "演练 DR-0002", "检查 2026-03-02"]), max_size=9)


def rows_of(texts: list[str]) -> list[Entry]:
    return [Entry("", "record", "行", f"records/t{n % 3}/", text) for n, text in enumerate(texts)]


@given(st.lists(ROWS, min_size=2, max_size=4))
def test_lists_of_rows_are_edited_into_those_made_anew(states: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / FILE)
        for state in states:
            chunks = row_chunks(sorted(rows_of(state), key=lambda row: row.url))
            assert chunk_shards(list(map(chunk_json, chunks)), store) == Shards.of(
                chunk_lists(chunks)
            )
            store.close()


def test_a_table_begins_a_chunk() -> None:
    rows = [
        Entry("", "record", "行", f"records/{name}/#r-{n}", "字") for name in "ab" for n in (1, 2)
    ]
    assert row_chunks(rows) == [rows[:2], rows[2:]]


def test_readings_know_words_that_read_otherwise_than_their_characters() -> None:
    found = readings({"银行", "火灾", "a b"})
    syllables = found["syllables"]
    assert isinstance(syllables, dict)
    assert "灾" in syllables["zai"]
    assert "栽" in syllables["zai"]
    assert found["exceptions"] == {"银行": "yin hang"}


def test_every_clause_procedure_indicator_table_and_record_is_in_the_index() -> None:
    ledger, found = sample_ledger(), sample_documents()
    of_kind = {kind: [d for d in found if d["kind"] == kind] for kind in {d["kind"] for d in found}}
    plan = ledger.checked.plan
    assert [d["doc"] for d in of_kind["clause"]] == [clause.id for clause in plan.clauses]
    assert [d["doc"] for d in of_kind["procedure"]] == [p.id for p in plan.procedures]
    assert [d["doc"] for d in of_kind["indicator"]] == list(ledger.assessments)
    assert [d["doc"] for d in of_kind["table"]] == list(ledger.checked.records.package.tables)
    assert len(of_kind["term"]) == len(plan.terms)
    assert len(of_kind["source"]) == len(plan.sources)
    assert len(sample_rows()) == sum(known_sizes().values())


def test_any_phrase_is_found_by_its_pairs_alone() -> None:
    head = sample_head()
    shards = [sample_file(f"assets/search/pairs.{name}.json") for name in head["shards"]]
    starts = read_gaps(head["starts"])
    dice = random.Random(5)  # noqa: S311 - the same places on every run
    documents = sample_documents()

    def holders(phrase: str) -> set[int]:
        pairs = [phrase[at : at + 2] for at in range(len(phrase) - 1)]
        lists = [read_gaps(shards[shard_of(p, len(shards))].get(p, "")) for p in pairs]
        found = {place - at for at, list_ in enumerate(lists) for place in list_}
        for at, list_ in enumerate(lists):
            found &= {place - at for place in list_}
        return {max(n for n, start in enumerate(starts) if start <= place) for place in found}

    for _ in range(30):
        text = dice.choice([d["text"] for d in documents if len(d["text"]) > 20])
        at = dice.randrange(len(text) - 6)
        phrase = fold(text[at : at + dice.randint(2, 6)])
        expected = {n for n, d in enumerate(documents) if phrase in fold(d["text"])}
        assert len(phrase) < 2 or expected <= holders(phrase)


def test_references_are_indexed_as_the_words_that_readers_see() -> None:
    found = sample_documents()
    assert [d["title"] for d in found if "[[" in d["text"] or ".target" in d["text"]] == []
    lessons = next(d for d in found if d["doc"] == "3.2.1d" and d["kind"] == "clause")
    assert "2 课时" in lessons["text"]


def test_every_address_of_the_index_is_a_page() -> None:
    pages = {page.url for page in sample_tree().pages}
    assert {d["url"].partition("#")[0] for d in sample_documents()} <= pages
    assert {url.partition("#")[0] for _, url, _ in sample_rows()} <= pages


def test_every_saying_of_the_sample_leads_to_something_that_is_found() -> None:
    found = {d["doc"] or d["url"].rstrip("/") for d in sample_documents()}
    said = {sayings.target for sayings in sample_ledger().checked.plan.synonyms.sayings}
    assert said - found == set()


def test_the_public_edition_holds_no_word_of_staff_pages() -> None:
    ledger = sample_ledger()
    known = (SearchEntry("", "page", "甲", "", "众所周知"),)
    inner = (SearchEntry("", "page", "乙", "", "内部事项"),)
    shown = Page("a.md", "甲", "text", "", "", 0, "public", (), search=known)
    kept = dataclasses.replace(shown, path="b.md", edition="staff", search=inner)
    public = search_files(ledger, (shown, kept), "public")
    staff = search_files(ledger, (shown, kept), "staff")

    def holding(files: dict[str, bytes], word: str) -> bool:
        return any(word.encode() in data for name, data in files.items() if "texts" in name)

    assert holding(public.files, "众所周知")
    assert not holding(public.files, "内部事项")
    assert holding(staff.files, "内部事项")


def test_restricted_tables_have_no_rows_in_the_index() -> None:
    package = sample_ledger().checked.records.package
    restricted = [t.name for t in package.tables.values() if t.sensitivity == "restricted"]
    assert restricted
    assert [
        url for _, url, _ in sample_rows() if url.split("/")[1].split("#")[0] in restricted
    ] == []


def test_a_copy_without_a_network_carries_everything_inside() -> None:
    entry = Entry("D1", "procedure", "火災", "d/", "内容", ("起火",), ("喊",))
    index = json.loads(small_index([entry], NO_SYNONYMS, Store()))
    assert index["inside"] == ["内容"]
    assert index["docs"] == [[0, "D1", "火災", "d/", ["起火"], ["喊"]]]
    assert "灾" in index["letters"]["syllables"]["zai"]
    assert "災灾" in index["variants"]
    offline = sample_file(str(sample_tree().facts["search_offline"]))
    assert {kind for kind, *_ in offline["docs"]} >= {0}
    assert "shards" not in offline
